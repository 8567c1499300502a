import { registry } from "@web/core/registry";

const COG = ".o_control_panel .o_cp_action_menus .fa-cog";
const NEXT = ".modal .o_field_widget[name=sent_notice]:contains(new 0, changed 1)";

registry.category("web_tour.tours").add("client_trip_lists_tour", {
  steps: () => [
    { content: "Open the cog menu of a trip", trigger: COG, run: "click" },
    {
      content: "Open the rooming list",
      trigger: ".o-dropdown-item:contains(Rooming List: print or send)",
      run: "click",
    },
    { trigger: ".modal p:contains(This list has not been sent yet)" },
    {
      content: "It went to the hotel by other means",
      trigger: ".modal button[name=action_mark_sent]",
      run: "click",
    },
    {
      content: "The log of the trip says so",
      trigger: ".o-mail-Message:contains(Rooming List: marked as sent.)",
    },
    {
      content: "Change a remark",
      trigger: ".o_data_row:contains(Bob) td[name=remark]",
      run: "click",
    },
    {
      trigger: ".o_data_row td[name=remark] input",
      run: "edit Late && press Enter",
    },
    { trigger: ".o_form_button_save", run: "click" },
    { trigger: ".o_form_saved" },
    { content: "The next list marks it", trigger: COG, run: "click" },
    {
      trigger: ".o-dropdown-item:contains(Rooming List: print or send)",
      run: "click",
    },
    { trigger: NEXT },
    {
      content: "Nobody is written to yet",
      trigger: ".modal button[name=action_send]",
      run: "click",
    },
    { trigger: ".o_error_dialog button, .modal .btn:contains(Close)", run: "click" },
    { trigger: ".modal button[special=cancel]", run: "click" },
    { trigger: "body:not(:has(.modal))" },
    {
      content: "Back to the list",
      trigger: ".o_breadcrumb .breadcrumb-item a:contains(Trips and Stays)",
      run: "click",
    },
    { trigger: ".o_list_view .o_data_row" },
    // A list that is still being drawn would close its menu again.
    { trigger: ".o_search_panel_counter" },
    { trigger: ".o_last_breadcrumb_item:contains(Trips and Stays)" },
    { content: "The exports are in its cog menu", trigger: COG, run: "click" },
    { trigger: ".o_trip_export_menu:contains(Export participants (CSV))" },
  ],
});
