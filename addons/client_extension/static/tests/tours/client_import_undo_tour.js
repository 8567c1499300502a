import { registry } from "@web/core/registry";

const HEADER = "reference;name;email;city";
const FIRST = `${HEADER}\nUT-1;Premier du tour;;Lyon\nUT-2;Second du tour;nobody;Nice\n`;
const CORRECTED = `${HEADER};line;error\nUT-2;Second du tour;second@example.com;Nice;3;x\n`;

function drop(input, text, name) {
  const transfer = new DataTransfer();
  transfer.items.add(new File([text], name, { type: "text/csv" }));
  input.files = transfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

registry.category("web_tour.tours").add("client_import_undo_tour", {
  url: "/odoo/client-imports",
  steps: () => [
    {
      content: "Import a file of which one row is wrong",
      trigger: ".o_control_panel button:contains(Import Clients)",
      run: "click",
    },
    {
      trigger: ".o_client_import_wizard .o_client_import_file:has(input[type=file])",
      run({ anchor }) {
        drop(anchor.querySelector("input[type=file]"), FIRST, "undo_tour.csv");
      },
    },
    { trigger: ".modal footer button[name=action_import]", run: "click" },
    { trigger: ".o_client_import_form [name=rejected_count]:contains(1)" },
    {
      content: "Drop the corrected row on the same import",
      trigger: ".o_statusbar_buttons button:contains(Import Corrected File)",
      run: "click",
    },
    {
      trigger:
        ".o_client_import_correct_wizard .o_client_import_file:has(input[type=file])",
      run({ anchor }) {
        drop(anchor.querySelector("input[type=file]"), CORRECTED, "corrected.csv");
      },
    },
    { trigger: ".modal footer button[name=action_correct]", run: "click" },
    { trigger: ".o_client_import_form [name=created_count]:contains(2)" },
    { trigger: ".o_client_import_form [name=rejected_count]:contains(0)" },
    {
      content: "See the clients that the import created",
      trigger: "button[name=action_open_created]",
      run: "click",
    },
    { trigger: ".o_list_view .o_data_row:contains(Second du tour)" },
    { trigger: ".breadcrumb-item:contains(undo_tour.csv) a", run: "click" },
    {
      content: "Undo it",
      trigger: ".o_statusbar_buttons button[name=undo]",
      run: "click",
    },
    { trigger: ".modal footer .btn-primary", run: "click" },
    { trigger: ".o_client_import_form .alert:contains(The import has been undone)" },
    { trigger: ".alert:contains(deleted: 2)" },
    { trigger: ".o_form_view:not(:has(button[name=undo]))" },
  ],
});
