import { Component } from "@odoo/owl";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { STATIC_ACTIONS_GROUP_NUMBER } from "@web/search/action_menus/action_menus";

import { openClientExport } from "./client_export";
import { canExportClients, canImportClients } from "./client_rights";

const VIEWS = ["client_list", "client_kanban"];

/** "Import clients" in the cog menu of the Clients list. */
export class ImportClients extends Component {
  static template = "client_extension.ImportClients";
  static components = { DropdownItem };
  static props = {};

  setup() {
    this.action = useService("action");
  }

  importClients() {
    return this.action.doAction("client_extension.client_import_wizard_action");
  }
}

/** "Export clients" in the cog menu of the Clients list. */
export class ExportClients extends Component {
  static template = "client_extension.ExportClients";
  static components = { DropdownItem };
  static props = {};

  exportClients() {
    // The menu is closed before the server answers; its services would be too.
    return openClientExport(this.env.services, this.env.model.root);
  }
}

registry.category("cogMenu").add(
  "client-import-menu",
  {
    Component: ImportClients,
    groupNumber: STATIC_ACTIONS_GROUP_NUMBER,
    isDisplayed: async ({ config }) =>
      VIEWS.includes(config.viewSubType) && (await canImportClients()),
  },
  { sequence: 0 },
);
registry.category("cogMenu").add(
  "client-export-menu",
  {
    Component: ExportClients,
    groupNumber: STATIC_ACTIONS_GROUP_NUMBER,
    isDisplayed: async ({ config }) =>
      VIEWS.includes(config.viewSubType) && (await canExportClients()),
  },
  { sequence: 0 },
);
