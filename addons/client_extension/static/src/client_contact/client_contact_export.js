import { Component, onWillStart } from "@odoo/owl";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { STATIC_ACTIONS_GROUP_NUMBER } from "@web/search/action_menus/action_menus";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";

import { canExportClients } from "../client_cog_menu/client_rights";

const VIEWS = ["client_contact_list", "client_contact_kanban"];

/**
 * Download the contacts of a list: the selected ones, or all that match its filters.
 *
 * @param {Object} root the root of the list's model
 * @param {string} format csv or xlsx
 * @returns {Promise<any>}
 */
function downloadContacts(root, format) {
  const selected = root.isDomainSelected ? [] : root.selection;
  const data = {
    format,
    domain: root.domain,
    ids: selected.map((record) => record.resId),
    company_ids: root.context.allowed_company_ids || user.context.allowed_company_ids,
  };
  return download({
    url: "/client_extension/export/contacts",
    data: { data: JSON.stringify(data) },
  });
}

/** "Export contacts", as CSV and as XLSX, in the cog menu of the list of contacts. */
export class ExportContacts extends Component {
  static template = "client_extension.ExportContacts";
  static components = { DropdownItem };
  static props = {};

  exportCsv() {
    return downloadContacts(this.env.model.root, "csv");
  }

  exportXlsx() {
    return downloadContacts(this.env.model.root, "xlsx");
  }
}

/**
 * Adds the exports to the actions on selected contacts.
 *
 * @param {Function} Controller the controller of a list or kanban view
 * @returns {Function}
 */
const withContactExport = (Controller) =>
  class extends Controller {
    setup() {
      super.setup();
      onWillStart(async () => {
        this.canExportClients = await canExportClients();
      });
    }

    getStaticActionMenuItems() {
      return {
        ...super.getStaticActionMenuItems(),
        contactExport: {
          isAvailable: () => this.canExportClients,
          sequence: 5,
          icon: "fa fa-upload",
          description: _t("Export contacts (CSV)"),
          callback: () => downloadContacts(this.model.root, "csv"),
        },
        contactExportXlsx: {
          isAvailable: () => this.canExportClients,
          sequence: 6,
          icon: "fa fa-file-excel-o",
          description: _t("Export contacts (XLSX)"),
          callback: () => downloadContacts(this.model.root, "xlsx"),
        },
      };
    }
  };

export class ContactListController extends withContactExport(ListController) {}
export class ContactKanbanController extends withContactExport(KanbanController) {}

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
