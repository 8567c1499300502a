import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

import { addByKeyboard } from "@client_extension/../tests/tours/client_sale_steps";

const room = (name) => `.o_kanban_group:has(.o_column_title:contains(${name}))`;
// A card is draggable once the server knows of its last move.
const card = (name) => `.o_kanban_record.o_draggable:contains(${name})`;
const current = (state) => `.o_arrow_button_current[data-value=${state}]`;
const back = { trigger: ".o_back_button", run: "click" };
const list = (name) => `.o_field_widget[name=${name}]`;
const page = (name) => ({
  trigger: `.o_notebook_headers a[name=${name}]`,
  run: "click",
});
const ours = ".o_data_row:contains(Rome in spring)";
const COG = ".o_control_panel .o_cp_action_menus .fa-cog";
const openOrder = {
  content: "Open the only order of the trip",
  trigger: "button[name=action_view_orders]",
  run: "click",
};

/** Type into the line that is edited, the first cell of which has the focus. */
function addLine(name, label, cells) {
  return [
    {
      content: label,
      trigger: `${list(name)} .o_field_x2many_list_row_add button:contains(${label}), ${list(name)} .o_field_x2many_list_row_add a:contains(${label})`,
      run: "click",
    },
    ...cells.flatMap(([field, text, chosen]) => [
      {
        trigger: `${list(name)} .o_selected_row [name=${field}] input`,
        run: `edit ${text}`,
      },
      ...(chosen
        ? [
            {
              trigger: `.o-autocomplete--dropdown-item:contains(${text})`,
              run: "click",
            },
          ]
        : []),
    ]),
  ];
}

registry.category("web_tour.tours").add("client_group_trip_tour", {
  steps: () => [
    {
      content: "The enquiry becomes a trip",
      trigger: "button[name=action_client_new_trip]",
      run: "click",
    },
    {
      content: "It has the title of the enquiry",
      trigger: ".o_field_widget[name=title] input:value(Rome in spring)",
    },
    ...addLine("participant_ids", "Add a participant", [
      ["contact_id", "Ann Traveler", true],
    ]),
    ...addLine("participant_ids", "Add a participant", [
      ["contact_id", "Bob Traveler", true],
    ]),
    page("rooms"),
    ...addLine("room_ids", "Add a room", [
      ["name", "Single"],
      ["beds", "1"],
    ]),
    ...addLine("room_ids", "Add a room", [
      ["name", "Twin"],
      ["beds", "2"],
    ]),
    ...stepUtils.saveForm(),
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
      content: "Both have no room yet: take one of them into the single room",
      trigger: card("Ann"),
      run: `drag_and_drop(.o_client_room_empty${room("Single")})`,
    },
    {
      trigger: `.o_client_room_full${room("Single")}:has(${card("Ann")}) .o_client_room_count:contains(1 / 1)`,
    },
    {
      content: "The other one too, which is one too many",
      trigger: card("Bob"),
      run: `drag_and_drop(${room("Single")})`,
    },
    {
      content: "The room with too many people is shown",
      trigger: `.o_client_room_over${room("Single")} .o_client_room_count:contains(2 / 1)`,
    },
    {
      trigger: `${room("Single")} ${card("Bob")}`,
      run: `drag_and_drop(.o_client_room_empty${room("Twin")})`,
    },
    {
      content: "Both rooms say how many people are in them",
      trigger: `.o_client_room_full${room("Single")} .o_client_room_count:contains(1 / 1)`,
    },
    {
      trigger: `.o_client_room_under${room("Twin")}:has(${card("Bob")}) .o_client_room_count:contains(1 / 2)`,
    },
    back,
    { content: "The rooming list", trigger: current("confirmed") },
    { trigger: COG, run: "click" },
    {
      trigger: ".o-dropdown-item:contains(Rooming List: print or send)",
      run: "click",
    },
    {
      content: "It went to the hotel",
      trigger: ".modal button[name=action_mark_sent]",
      run: "click",
    },
    {
      trigger: ".o-mail-Message:contains(Rooming List: marked as sent.)",
    },
    { content: "What is missing", ...page("missing") },
    {
      trigger:
        ".o_field_widget[name=missing_table] tr:contains(Ann Traveler):contains(Birth date missing)",
    },
    {
      content: "One email to all concerned",
      trigger: "button[name=action_ask_missing]",
      run: "click",
    },
    { trigger: ".modal-title:contains(Ann Traveler):contains(Bob Traveler)" },
    { trigger: ".modal button[name=action_send_mail]", run: "click" },
    {
      content: "The log says to whom",
      trigger: "body:not(:has(.modal)) .o-mail-Message:contains(Bob Traveler)",
    },
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
    { trigger: "button[name=action_post]", run: "click" },
    { trigger: current("posted") },
    ...stepUtils.goToAppSteps("client_extension_travel.client_trip_menu_root"),
    {
      content: "The trip leaves soon",
      trigger: "[data-menu-xmlid='client_extension_travel.client_trip_ready_menu']",
      run: "click",
    },
    {
      content: "Papers are missing, and the invoice is not paid",
      trigger: `${ours} td[name=missing_count]:contains(4)`,
    },
    { trigger: `${ours} td[name=amount_open]:contains(100.00)` },
  ],
});

/** The day of the departure: all have answered, and the invoice is paid. */
registry.category("web_tour.tours").add("client_group_trip_departure_tour", {
  steps: () => [
    {
      content: "Nothing is missing any more",
      trigger: `.o_list_view:has(.o_searchview_facet):not(:has(${ours})), .o_view_nocontent`,
    },
    {
      trigger: "[data-menu-xmlid='client_extension_travel.client_trip_menu']",
      run: "click",
    },
    {
      trigger: `${ours} td[name=client_id]`,
      run: "click",
    },
    {
      content: "They leave today",
      trigger: ".o_field_widget[name=phase]:contains(Arriving)",
    },
    {
      content: "Both in a room, and with nothing to pay",
      trigger: `.o_form_view:not(:has(.o_notebook_headers a[name=missing])) ${list("participant_ids")} .o_data_row:contains(Bob Traveler):contains(Twin)`,
    },
    { trigger: ".o_field_widget[name=amount_open]:contains(0.00)" },
    {
      content: "Nobody changed since the hotel has its list",
      trigger: COG,
      run: "click",
    },
    {
      trigger: ".o-dropdown-item:contains(Rooming List: print or send)",
      run: "click",
    },
    { trigger: ".modal .o_field_widget[name=sent_notice]:contains(new 0, changed 2)" },
    { trigger: ".modal button[special=cancel]", run: "click" },
    { trigger: "body:not(:has(.modal))" },
  ],
});
