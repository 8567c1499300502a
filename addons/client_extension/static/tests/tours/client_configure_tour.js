import { registry } from "@web/core/registry";

import { openPage, save } from "./client_tour_steps";

const menu = (name) => [
  {
    trigger: '.o_menu_sections button:contains("Configuration")',
    run: "click",
  },
  { trigger: `.o-dropdown--menu .dropdown-item:contains("${name}")`, run: "click" },
];
const row = ".o_list_view .o_selected_row";
const country = ".o_setting_box#client_country_default";

/** A manager of the app: from the overview of a client to a new client type. */
registry.category("web_tour.tours").add("client_configure_type_tour", {
  steps: () => [
    {
      content: "The overview, without anything of others",
      trigger:
        ".o_client_overview:has(.o_client_timeline):not(:has([data-section=invoices], [data-section=sale], .o_client_overview_failed))",
    },
    {
      content: "Configuration is for managers; its settings are for administrators",
      trigger: '.o_menu_sections button:contains("Configuration")',
      run: "click",
    },
    {
      trigger: '.o-dropdown--menu:not(:contains("Settings"))',
    },
    {
      trigger: '.o-dropdown--menu .dropdown-item:contains("Client Types")',
      run: "click",
    },
    { trigger: ".o_list_view .o_list_button_add", run: "click" },
    { trigger: `${row} [name=name] input`, run: "edit Choir" },
    {
      content: "A group has no first and last name",
      trigger: `${row} [name=kind] input, ${row} [name=kind] select`,
      run({ anchor, click, select }) {
        return anchor.tagName === "SELECT" ? select('"group"') : click();
      },
    },
    ...[
      {
        content: "The kinds are explained by their names",
        trigger: '.o_select_menu_item:contains("Group of People")',
        run: "click",
      },
    ],
    { trigger: `${row} [name=salutation] input`, run: "edit Dear {nom}," },
    { trigger: ".o_list_button_save", run: "click" },
    {
      content: "A placeholder that does not exist is refused",
      trigger: '.modal:contains("contains an unknown placeholder")',
    },
    { trigger: ".modal .btn-primary", run: "click" },
    {
      trigger: `body:not(:has(.modal)) ${row} [name=salutation] input`,
      run: "edit Dear {name} choir,",
    },
    { trigger: ".o_list_button_save", run: "click" },
    {
      content: "It is saved",
      trigger:
        '.o_list_view:not(:has(.o_selected_row)) .o_data_row:contains("Choir"):contains("Group of People"):contains("Dear {name} choir,")',
    },
  ],
});

/** An administrator: the country with which the form of a new client starts. */
registry.category("web_tour.tours").add("client_configure_country_tour", {
  steps: () => [
    ...menu("Settings"),
    {
      content: "Another country than the company's",
      trigger: `${country} [name=client_country_default] input, ${country} [name=client_country_default] select`,
      run: "click",
    },
    {
      trigger: '.o_select_menu_item:contains("Another country")',
      run: "click",
    },
    {
      content: "Now it can be chosen",
      trigger: `${country} [name=client_country_id] input`,
      run: "edit Belgium",
    },
    {
      trigger: '.o-autocomplete--dropdown-item:contains("Belgium")',
      run: "click",
    },
    { trigger: ".o_form_button_save:enabled", run: "click" },
    {
      content: "Settings reload the page",
      trigger: ".o_form_button_save:not(:visible), .o_web_client",
      expectUnloadPage: true,
    },
    { trigger: '.o_menu_sections a:contains("Clients")', run: "click" },
    { trigger: ".o_list_view .o_list_button_add", run: "click" },
    openPage("details"),
    {
      content: "A new client starts with it",
      trigger: ".o_form_renderer .o_field_widget[name=country_id] input:value(Belgium)",
    },
    { trigger: ".o_form_button_cancel", run: "click" },
    { trigger: ".o_list_view .o_data_row" },
  ],
});
