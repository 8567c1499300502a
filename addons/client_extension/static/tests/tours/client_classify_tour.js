import { registry } from "@web/core/registry";

import { choose, openPage, save } from "./client_tour_steps";

const filterValue = (text) =>
  `.o_search_panel_filter_value:contains("${text}") input[type=checkbox]`;
const row = (text) => `.o_data_row:contains("${text}")`;

registry.category("web_tour.tours").add("client_classify_tour", {
  url: "/odoo/clients",
  steps: () => [
    {
      content: "Find the school by the name of its town",
      trigger: ".o_searchview_input",
      run: "edit Grenoble",
    },
    { trigger: ".o_searchview_autocomplete .o-dropdown-item:first", run: "click" },
    { trigger: `${row("Collège Jean Moulin")} td[name=complete_name]`, run: "click" },
    openPage("details"),
    ...choose("client_type_id", "School"),
    ...choose("client_business_unit_id", "Groups desk"),
    ...choose("category_id", "Tour category"),
    ...save(),
    { trigger: ".o_breadcrumb .o_back_button a, .breadcrumb-item a", run: "click" },
    { trigger: ".o_facet_remove", run: "click" },
    {
      content: "The unit above counts the clients of its sub-units",
      trigger:
        '.o_search_panel_category_value:contains("Agency Lyon"):has(.o_search_panel_counter:contains(1)) header',
      run: "click",
    },
    { trigger: `.o_list_renderer:not(:has(${row("Famille Lefèvre")}))` },
    { trigger: filterValue("School"), run: "click" },
    { trigger: filterValue("Tour category"), run: "click" },
    { trigger: row("Collège Jean Moulin") },
    {
      content: "A status that it has not",
      trigger: filterValue("Prospect"),
      run: "click",
    },
    { trigger: `.o_list_view:not(:has(${row("Collège Jean Moulin")}))` },
  ],
});

registry.category("web_tour.tours").add("client_one_click_tour", {
  url: "/odoo/clients",
  steps: () => [
    {
      content: "Select the prospect in the list",
      trigger: `${row("Famille Lefèvre")} .o_list_record_selector input`,
      run: "click",
    },
    { trigger: "button[name=action_client_mark_client]", run: "click" },
    { trigger: `${row("Famille Lefèvre")} [name=client_status]:contains(Client)` },
    { trigger: ".o_switch_view.o_kanban", run: "click" },
    {
      content: "One click on the card",
      trigger:
        '.o_kanban_record:contains("Famille Garnier") button[name=action_client_mark_client]',
      run: "click",
    },
    {
      trigger:
        '.o_kanban_record:contains("Famille Garnier"):not(:has(button[name=action_client_mark_client]))',
    },
  ],
});
