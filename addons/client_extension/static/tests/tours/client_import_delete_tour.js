import { registry } from "@web/core/registry";

const WARNING = ".modal-body:contains(change logs):contains(can no longer be undone)";

/** Opens the question of Delete, and answers no. */
const askToDelete = (view) => [
  { trigger: `${view} .o_cp_action_menus .fa-cog`, run: "click" },
  { trigger: ".o-dropdown-item:contains(Delete)", run: "click" },
  { trigger: WARNING },
  { trigger: ".modal footer .btn-secondary", run: "click" },
  { trigger: "body:not(:has(.modal))" },
];

registry.category("web_tour.tours").add("client_import_delete_tour", {
  steps: () => [
    { content: "Who deletes an import is told what goes", trigger: ".o_form_view" },
    ...askToDelete(".o_form_view"),
    { content: "In the list too", trigger: ".breadcrumb-item a", run: "click" },
    {
      trigger: ".o_data_row:contains(goes.csv) .o_list_record_selector input",
      run: "click",
    },
    ...askToDelete(".o_list_view"),
  ],
});
