import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

import { addByKeyboard } from "@client_extension/../tests/tours/client_sale_steps";

const room = (name) => `.o_kanban_group:has(.o_column_title:contains(${name}))`;
const current = (state) => `.o_arrow_button_current[data-value=${state}]`;
const back = { trigger: ".o_back_button", run: "click" };
const openOrder = {
  content: "Open the only order of the trip",
  trigger: "button[name=action_view_orders]",
  run: "click",
};

registry.category("web_tour.tours").add("client_group_trip_tour", {
  steps: () => [
    { content: "It begins as an enquiry", trigger: current("enquiry") },
    {
      content: "Quote it",
      trigger: "button[name=action_new_quotation]",
      run: "click",
    },
    {
      content: "The quotation is for the trip",
      trigger: ".o_field_widget[name=client_trip_id] input:value(Rome)",
    },
    ...stepUtils.saveForm(),
    back,
    { content: "The trip is quoted", trigger: current("quoted") },
    ...addByKeyboard([["SEAT", "100.00"]], "action_add_sale"),
    {
      content: "Keep an option",
      trigger: ".o_field_widget[name=option_until] input",
      run: "edit 12/31/2099 && press Tab",
    },
    {
      trigger: ".o_statusbar_status button[data-value=option]",
      run: "click",
    },
    { trigger: current("option") },
    openOrder,
    {
      content: "The products are on the quotation: the client orders",
      trigger: "button[name=action_confirm]",
      run: "click",
    },
    { trigger: current("sale") },
    back,
    { content: "The trip is confirmed", trigger: current("confirmed") },
    {
      content: "Assign the rooms of the trip",
      trigger: "button[name=action_view_rooms]",
      run: "click",
    },
    {
      content: "The room with too many people is shown",
      trigger: `.o_client_room_over${room("Single")} .o_client_room_count:contains(2 / 1)`,
    },
    {
      content: "Take one of them into the empty room",
      trigger: `${room("Single")} .o_kanban_record:contains(Bob)`,
      run: `drag_and_drop(.o_client_room_empty${room("Twin")})`,
    },
    {
      content: "Both rooms say how many people are in them",
      trigger: `.o_client_room_full${room("Single")} .o_client_room_count:contains(1 / 1)`,
    },
    {
      trigger: `.o_client_room_under${room("Twin")} .o_client_room_count:contains(1 / 2)`,
    },
    back,
    openOrder,
    {
      content: "Invoice the order",
      trigger: ".o_statusbar_buttons button:contains(Create Invoice)",
      run: "click",
    },
    {
      trigger: ".modal button[name=create_invoices]",
      run: "click",
    },
    {
      content: "The invoice says which trip it is for",
      trigger: ".o_field_widget[name=invoice_line_ids] .o_is_line_note",
    },
  ],
});
