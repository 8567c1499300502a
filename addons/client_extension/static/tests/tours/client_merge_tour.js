import { registry } from "@web/core/registry";

import { openPage } from "./client_tour_steps";

const row = (name) => `.modal .o_client_merge tr:has(th:contains("${name}"))`;

registry.category("web_tour.tours").add("client_merge_banner_tour", {
  steps: () => [
    {
      content: "An old client has a folded line",
      trigger: '.o_client_duplicates_title:contains("2 possible duplicates")',
      run: "click",
    },
    {
      content: "One of them is somebody else",
      trigger: 'li:contains("Lefebvre") .o_client_duplicate_apart',
      run: "click",
    },
    {
      content: "Nobody speaks of them again",
      trigger: '.o_client_duplicates_title:contains("One possible duplicate")',
    },
    {
      content: "The other one is compared",
      trigger: 'li:contains("Fam. Lefevre") .o_client_duplicate_compare',
      run: "click",
    },
    {
      content: "The prospect whose form this is shall stay",
      trigger: '.modal th:contains("Famille Lefèvre") input[type=radio]',
      run: "click",
    },
    {
      content: "Its values win",
      trigger: `${row("Name")} td:contains("Famille Lefèvre") input:checked`,
    },
    {
      content: "But for the address of the other one",
      trigger: `${row("Address")} td:contains("3 rue des Lilas") input`,
      run: "click",
    },
    {
      content: "What is dropped is struck out",
      trigger: `${row("Address")} td.o_client_merge_dropped:contains("Lyon")`,
    },
    { trigger: ".modal-footer button[name=action_merge]", run: "click" },
    { trigger: "body:not(:has(.modal)) .o_form_renderer" },
    openPage("details"),
    {
      content: "The form shows what it has now",
      trigger:
        'body:not(:has(.modal)) .o_field_widget[name=client_former_references]:contains("T-0100")',
    },
    { trigger: ".o_form_renderer:not(:has(.o_client_duplicate))" },
    { trigger: '.o_arrow_button_current:contains("Client")' },
  ],
});

registry.category("web_tour.tours").add("client_find_duplicates_tour", {
  steps: () => [
    {
      trigger: "[data-menu-xmlid='client_extension.client_duplicate_menu']",
      run: "click",
    },
    { trigger: "button[name=action_search]", run: "click" },
    {
      content: "Two groups are found; the first is compared",
      trigger:
        '.o_data_row:contains("same email"):contains("Fam. Lefevre") button[name=action_compare]',
      run: "click",
    },
    {
      content: "One of the three is somebody else",
      trigger: '.modal th:contains("Lefebvre") button:contains("Exclude")',
      run: "click",
    },
    { trigger: '.modal th:contains("Lefebvre") button:contains("Include")' },
    { trigger: ".modal-footer button[name=action_merge]", run: "click" },
    {
      content: "Two of them are left",
      trigger:
        'body:not(:has(.modal)) .o_data_row:contains("Lefebvre"):not(:contains("Famille Lefèvre"))',
    },
    {
      trigger: '.o_data_row:contains("Lefebvre") button[name=action_not_duplicates]',
      run: "click",
    },
    {
      trigger: '.o_data_row:contains("Collège") button[name=action_not_duplicates]',
      run: "click",
    },
    { trigger: '.o_form_renderer:contains("No duplicates left")' },
  ],
});
