import { registry } from "@web/core/registry";

import { openPage, save } from "./client_tour_steps";

const unfold = { trigger: "button.o_client_properties_fold", run: "click" };
const value = (label) =>
  `.o_client_property:contains("${label}") .o_client_property_value input`;
const row = (label) => `.o_data_row:contains("${label}")`;

registry.category("web_tour.tours").add("client_add_label_tour", {
  steps: () => [
    openPage("additional_data"),
    { trigger: "button.o_client_properties_add", run: "click" },
    { trigger: ".modal [name=name] input", run: "edit Dormitory" },
    { trigger: ".modal [name=value_char] input", run: "edit Blue" },
    { trigger: ".modal button[name=action_confirm]", run: "click" },
    {
      content: "It is filled in, and so among the first",
      trigger: `body:not(:has(.modal)) ${value("Dormitory")}:value(Blue)`,
    },
    {
      content: "The same label again",
      trigger: "button.o_client_properties_add",
      run: "click",
    },
    { trigger: ".modal [name=name] input", run: "edit DORMITORY && press Tab" },
    { trigger: '.modal [name=warning]:contains("Dormitory")' },
    { trigger: ".modal button[special=cancel]", run: "click" },
    { trigger: "body:not(:has(.modal)) .o_form_renderer.o_form_saved" },
  ],
});

registry.category("web_tour.tours").add("client_give_value_tour", {
  steps: () => [
    openPage("additional_data"),
    {
      content: "No way to add or change labels",
      trigger: ".o_client_properties:not(:has(.o_client_properties_add))",
    },
    { trigger: ".o_client_properties:not(:has(.o_client_properties_manage))" },
    { trigger: 'button.o_client_properties_fold:contains("60")' },
    {
      content: "Nothing but what is filled in",
      trigger:
        ".o_client_properties:not(:has(.o_client_property + .o_client_property))",
    },
    unfold,
    { trigger: value("Dormitory"), run: "edit Green && press Tab" },
    {
      content: "A number is emptied, not set to 0",
      trigger: value("Beds"),
      run: "clear && press Tab",
    },
    ...save(),
    { trigger: ".o_client_properties_search", run: "edit dormitory" },
    { trigger: `${value("Dormitory")}:value(Green)` },
    {
      trigger:
        ".o_client_properties:not(:has(.o_client_property + .o_client_property))",
    },
  ],
});

registry.category("web_tour.tours").add("client_remove_label_tour", {
  steps: () => [
    openPage("additional_data"),
    { trigger: value("Dormitory") },
    { trigger: "button.o_client_properties_manage", run: "click" },
    { trigger: `${row("Dormitory")} button[name=action_remove]`, run: "click" },
    { trigger: '.modal [name=message]:contains("“Dormitory”: 1")' },
    { trigger: ".modal button[name=action_remove]", run: "click" },
    { trigger: `body:not(:has(.modal)):not(:has(${row("Dormitory")})) .o_list_view` },
    { content: "The client has it no more", trigger: ".o_back_button", run: "click" },
    openPage("additional_data"),
    {
      trigger:
        '.o_client_properties:not(:has(.o_client_property:contains("Dormitory")))',
    },
    { trigger: "button.o_client_properties_manage", run: "click" },
    { trigger: ".o_searchview_dropdown_toggler", run: "click" },
    { trigger: '.o_filter_menu .o_menu_item:contains("Removed")', run: "click" },
    { trigger: `${row("Dormitory")} button[name=action_restore]`, run: "click" },
    { trigger: `body:not(:has(${row("Dormitory")})) .o_list_view` },
    { trigger: ".o_back_button", run: "click" },
    openPage("additional_data"),
    { trigger: `${value("Dormitory")}:value(Blue)` },
  ],
});
