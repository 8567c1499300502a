import { registry } from "@web/core/registry";
import { dropFile } from "./client_import_tour";

const TEXT =
  "customerID,companyName,city,Phone 1,fax\r\n" +
  "T-OLD,Camping du Tour,Liège,081 1,9\r\n" +
  "T-NEW,<b>Neuf</b>,Namur,081 2,9\r\n";

function makeFile(name) {
  return new File([TEXT], name, { type: "text/csv" });
}

/** @returns {Object[]} from the list of clients to the wizard with a file in it */
function openWizard(name) {
  return [
    { trigger: ".o_cp_action_menus .fa-cog", run: "click" },
    { trigger: ".o_client_import_menu", run: "click" },
    { trigger: ".o_client_import_wizard a.o_client_import_template" },
    {
      content: "Choose a file of another program",
      trigger: ".o_client_import_wizard .o_client_import_file:has(input[type=file])",
      run({ anchor }) {
        dropFile(anchor.querySelector("input[type=file]"), makeFile(name));
      },
    },
  ];
}

function column(header) {
  return `.o_client_import_column:contains(${header})`;
}

registry.category("web_tour.tours").add("client_import_mapping_tour", {
  url: "/odoo/clients",
  steps: () => [
    ...openWizard("northwind.csv"),
    { trigger: ".modal footer button[name=action_check]", run: "click" },
    {
      content: "The file has no reference: the page asks for it",
      trigger: ".o_client_import_form .alert:contains(no “reference” column)",
    },
    { trigger: `${column("customerID")}:contains(T-OLD)` },
    {
      content: "Take what is proposed for the name",
      trigger: `${column("companyName")} button:contains(Name)`,
      run: "click",
    },
    { trigger: `${column("companyName")}:not(:has(button))` },
    {
      content: "Take all other proposals: the reference and the phone",
      trigger: ".o_client_import_columns button:contains(Take All Proposals)",
      run: "click",
    },
    { trigger: `${column("customerID")}:not(:has(button))` },
    { trigger: `${column("Phone 1")} select:value(phone)` },
    { trigger: `${column("fax")} select`, run: "select -" },
    { trigger: ".o_statusbar_buttons button[name=action_check]", run: "click" },
    {
      content: "Old and new of what would change",
      trigger: ".o_data_row:contains(T-OLD):contains(City):contains(Liège)",
    },
    { trigger: ".o_data_row:contains(T-OLD) del:contains(Dinant)" },
    {
      content: "Markup in a cell is text",
      trigger: ".o_data_row:contains(T-NEW) td:contains(<b>Neuf</b>)",
    },
    { trigger: "button[name=action_open_previews]", run: "click" },
    { trigger: ".o_breadcrumb:contains(Checked Rows)" },
    {
      content: "Only the rows that would be created",
      trigger: ".o_searchview_dropdown_toggler",
      run: "click",
    },
    { trigger: ".o_filter_menu .o_menu_item:contains(/^Rows Created$/)", run: "click" },
    { trigger: ".o_list_view:not(:has(.o_data_row:contains(T-OLD)))" },
    { trigger: ".o_data_row:contains(T-NEW)" },
    { trigger: ".breadcrumb .o_back_button, .o_back_button", run: "click" },
    {
      content: "Keep what was chosen for the next file",
      trigger: ".o_client_import_form .nav-link[name=columns]",
      run: "click",
    },
    { trigger: "button[name=action_save_mapping]", run: "click" },
    {
      trigger: ".modal [name=name] input:value(northwind)",
      run: "edit Northwind weekly",
    },
    { trigger: ".modal button[name=action_save]", run: "click" },
    { trigger: ".o_client_import_form [name=mapping_id]:contains(Northwind weekly)" },
    { trigger: ".o_statusbar_buttons button[name=action_import]", run: "click" },
    {
      trigger: ".o_statusbar_buttons button:contains(Open Clients)",
      run: "click",
    },
    { trigger: ".o_list_view, .o_kanban_view" },
    ...openWizard("northwind_again.csv"),
    {
      content: "The next file with these columns",
      trigger: ".modal [name=mapping_id] input:value(Northwind weekly)",
    },
    { trigger: ".modal footer button[name=action_import]", run: "click" },
    { trigger: ".o_client_import_form [name=unchanged_count]:contains(2)" },
  ],
});
