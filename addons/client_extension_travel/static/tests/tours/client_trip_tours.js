import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

import { addByKeyboard } from "@client_extension/../tests/tours/client_sale_steps";

const tours = registry.category("web_tour.tours");
tours.add("client_trip_again_tour", {
  steps: () => [
    {
      content: "Open the trips of the client",
      trigger: ".o_notebook_headers a[name=client_travel]",
      run: "click",
    },
    {
      content: "Make the same stay as last time",
      trigger: "button[name=action_client_same_trip]",
      run: "click",
    },
    {
      content: "The party is there",
      trigger: ".o_field_widget[name=participant_ids] .o_data_row:contains(Ann)",
    },
    { trigger: ".o_field_widget[name=place_id] input:value(T-99)" },
    {
      content: "Say until when they stay",
      trigger: ".o_field_widget[name=date_from] input[data-field=date_to]",
      run: "edit 12/31/2099 && press Tab",
    },
    ...stepUtils.saveForm(),
    {
      content: "Car and dog are there too",
      trigger: ".o_notebook_headers a[name=vehicles]",
      run: "click",
    },
    { trigger: ".o_field_widget[name=vehicle_ids] .o_tag:contains(GT-123-K)" },
    { trigger: ".o_field_widget[name=animal_ids] .o_tag:contains(Bas)" },
    {
      content: "They arrive",
      trigger: "button[name=action_check_in]",
      run: "click",
    },
    { trigger: ".o_field_widget[name=checked_in]" },
    ...addByKeyboard([["TOKEN", "2.00"]], "action_add_sale"),
    {
      content: "They leave early",
      trigger: "button[name=action_check_out]",
      run: "click",
    },
    { trigger: ".o_field_widget[name=checked_out]" },
    {
      content: "The tokens are on an invoice of this stay",
      trigger: "button[name=action_view_invoices]",
      run: "click",
    },
    {
      content: "It says what it is for",
      trigger: ".o_field_widget[name=invoice_line_ids] .o_is_line_note",
    },
    {
      content: "Post it",
      trigger: "button[name=action_post]",
      run: "click",
    },
    {
      trigger: ".o_arrow_button_current[data-value=posted]",
    },
  ],
});
