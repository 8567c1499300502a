import { registry } from "@web/core/registry";

import { openPage, save, type } from "./client_tour_steps";

const dialog = (text) => `.modal ${text}`;
const fill = (name, value) => ({
  trigger: dialog(`.o_field_widget[name=${name}] input`),
  run: `edit ${value}`,
});
const row = (text) =>
  `.o_field_widget[name=client_contact_ids] .o_data_row:contains(${text})`;
const openContacts = openPage("contacts");
const addContact = {
  trigger: ".o_field_widget[name=client_contact_ids] .o_field_x2many_list_row_add a",
  run: "click",
};
const saveContact = { trigger: dialog(".o_form_button_save"), run: "click" };
const role = (name) => [
  {
    trigger: dialog(".o_field_widget[name=role_ids] input"),
    run: `edit ${name}`,
  },
  { trigger: `.o-autocomplete--dropdown-item:contains(${name})`, run: "click" },
];

registry.category("web_tour.tours").add("client_contact_tour", {
  url: "/odoo/clients/new",
  steps: () => [
    { trigger: ".o_radio_input[data-value=company]", run: "click" },
    {
      content: "A company has no first name",
      trigger: ".o_form_renderer:not(:has(.o_client_person))",
    },
    type("name", "Lycée Ampère"),
    openContacts,
    {
      content: "The client and its main contact are created in one form",
      ...addContact,
    },
    fill("last_name", "de la Tour"),
    {
      content: "A main contact of a company must have more than that",
      ...saveContact,
    },
    { trigger: dialog(".o_field_widget[name=email].o_field_invalid") },
    fill("first_name", "Hélène"),
    fill("email", "helene@example.com"),
    fill("phone", "+33 4 78 00 11 21"),
    ...role("Trip manager"),
    saveContact,
    { trigger: `body:not(:has(.modal)) ${row("Hélène de la Tour")}` },
    addContact,
    {
      content: "Somebody who is there already is named while one types",
      ...fill("last_name", "Zzroussel"),
    },
    { trigger: dialog('.o_client_duplicate:contains("Paul Zzroussel")'), run: "click" },
    {
      content: "The person is there with what is known of them",
      trigger: dialog(".o_field_widget[name=email] input:value(paul@example.com)"),
    },
    ...role("Escort"),
    saveContact,
    { trigger: `body:not(:has(.modal)) ${row("Paul Zzroussel")}` },
    ...save(),
    { trigger: `${row("Paul Zzroussel")}:contains(Escort)` },
  ],
});

registry.category("web_tour.tours").add("client_contact_two_clients_tour", {
  steps: () => [
    openContacts,
    addContact,
    {
      content: "Look for the person by the number on their card",
      trigger: dialog(".o_field_widget[name=contact_id] input"),
      run: "edit 98004512",
    },
    {
      trigger: '.o-autocomplete--dropdown-item:contains("Paul Zzroussel")',
      run: "click",
    },
    {
      trigger: dialog(".o_field_widget[name=last_name] input:value(Zzroussel)"),
    },
    ...role("Traveler"),
    saveContact,
    { trigger: `body:not(:has(.modal)) ${row("Paul Zzroussel")}` },
    ...save(),
    {
      content: "All contacts: one line for each client of the person",
      trigger: ".o_nav_entry[data-menu-xmlid='client_extension.client_contact_menu']",
      run: "click",
    },
    { trigger: ".o_searchview_input", run: "edit Zzroussel" },
    { trigger: ".o_searchview_autocomplete .o-dropdown-item:first", run: "click" },
    { trigger: ".o_data_row:contains(Traveler)" },
    { trigger: ".o_data_row:contains(Escort)" },
    {
      content: "Those with a role only",
      trigger: ".o_search_panel_filter_value:contains(Traveler) input[type=checkbox]",
      run: "click",
    },
    { trigger: ".o_list_renderer:not(:has(.o_data_row:contains(Escort)))" },
    { trigger: ".o_list_record_selector input", run: "click" },
    { trigger: "button[name=action_client_write]", run: "click" },
    { trigger: ".modal .o_mail_composer_form_view, .modal .o_form_view" },
    { trigger: ".modal button[special=cancel], .modal .btn-close", run: "click" },
    { trigger: "body:not(:has(.modal)) .o_data_row:contains(Traveler)" },
  ],
});

registry.category("web_tour.tours").add("client_contact_archived_tour", {
  steps: () => [
    openContacts,
    addContact,
    fill("last_name", "Zzroussel"),
    {
      content: "A client is no contact of itself",
      trigger: dialog(
        ".o_client_duplicates:contains(Archived):not(:contains(Zzroussel et fils))",
      ),
    },
    { trigger: dialog(".o_client_duplicate:contains(Archived)"), run: "click" },
    {
      content: "Whoever is archived comes back first",
      trigger: '.modal-footer button:contains("Unarchive and Select")',
      run: "click",
    },
    { trigger: dialog(".o_field_widget[name=email] input:value(paul@example.com)") },
    saveContact,
    { trigger: `body:not(:has(.modal)) ${row("Paul Zzroussel")}` },
    ...save(),
  ],
});

registry.category("web_tour.tours").add("client_contact_merge_tour", {
  steps: () => [
    { trigger: ".o_searchview_input", run: "edit Zzroussel" },
    { trigger: ".o_searchview_autocomplete .o-dropdown-item:first", run: "click" },
    {
      content: "Nobody but these two",
      trigger: ".o_list_renderer:not(:has(.o_data_row ~ .o_data_row ~ .o_data_row))",
    },
    { trigger: "thead .o_list_record_selector input", run: "click" },
    { trigger: "button[name=action_client_compare]", run: "click" },
    {
      content: "What each stands with comes together",
      trigger: '.modal .o_client_merge tr:contains("Contact Of"):contains("Collège")',
    },
    { trigger: ".modal-footer button[name=action_merge]", run: "click" },
    { trigger: "body:not(:has(.modal)) .o_data_row:contains(Famille)" },
  ],
});
