import { Component } from "@odoo/owl";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { STATIC_ACTIONS_GROUP_NUMBER } from "@web/search/action_menus/action_menus";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";

import { canExportClients } from "../client_cog_menu/client_rights";
import { downloadList, withListExport } from "../client_cog_menu/list_export";

const VIEWS = ["client_contact_list", "client_contact_kanban"];
const URL = "/client_extension/export/contacts";
const FILES = [
  {
    key: "contactExport",
    url: URL,
    format: "csv",
    icon: "fa-upload",
    label: () => _t("Export contacts (CSV)"),
  },
  {
    key: "contactExportXlsx",
    url: URL,
    format: "xlsx",
    icon: "fa-file-excel-o",
    label: () => _t("Export contacts (XLSX)"),
  },
];

/** "Export contacts", as CSV and as XLSX, in the cog menu of the list of contacts. */
export class ExportContacts extends Component {
  static template = "client_extension.ExportContacts";
  static components = { DropdownItem };
  static props = {};

  exportCsv() {
    return downloadList(this.env.model.root, URL, "csv");
  }

  exportXlsx() {
    return downloadList(this.env.model.root, URL, "xlsx");
  }
}

export class ContactListController extends withListExport(ListController, FILES) {}
export class ContactKanbanController extends withListExport(KanbanController, FILES) {}

const views = registry.category("views");
views.add("client_contact_list", { ...listView, Controller: ContactListController });
views.add("client_contact_kanban", {
  ...kanbanView,
  Controller: ContactKanbanController,
});
registry.category("cogMenu").add(
  "client-contact-export-menu",
  {
    Component: ExportContacts,
    groupNumber: STATIC_ACTIONS_GROUP_NUMBER,
    isDisplayed: async ({ config }) =>
      VIEWS.includes(config.viewSubType) && (await canExportClients()),
  },
  { sequence: 0 },
);
