import { Component } from "@odoo/owl";
import {
  downloadList,
  withListExport,
} from "@client_extension/client_cog_menu/list_export";
import { canExportClients } from "@client_extension/client_cog_menu/client_rights";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { STATIC_ACTIONS_GROUP_NUMBER } from "@web/search/action_menus/action_menus";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";

const VIEWS = ["client_trip_list", "client_trip_kanban"];
const TRIPS = "/client_extension_travel/export/trips";
const PARTICIPANTS = "/client_extension_travel/export/participants";
const FILES = [
  {
    key: "tripExport",
    url: TRIPS,
    format: "csv",
    icon: "fa-upload",
    label: () => _t("Export trips (CSV)"),
  },
  {
    key: "tripExportXlsx",
    url: TRIPS,
    format: "xlsx",
    icon: "fa-file-excel-o",
    label: () => _t("Export trips (XLSX)"),
  },
  {
    key: "participantExport",
    url: PARTICIPANTS,
    format: "csv",
    icon: "fa-users",
    label: () => _t("Export participants (CSV)"),
  },
  {
    key: "participantExportXlsx",
    url: PARTICIPANTS,
    format: "xlsx",
    icon: "fa-file-excel-o",
    label: () => _t("Export participants (XLSX)"),
  },
];

/** The exports of trips and of their participants, in the cog menu of the list. */
export class ExportTrips extends Component {
  static template = "client_extension_travel.ExportTrips";
  static components = { DropdownItem };
  static props = {};

  setup() {
    this.files = FILES;
  }

  exportFile({ url, format }) {
    return downloadList(this.env.model.root, url, format);
  }
}

export class TripListController extends withListExport(ListController, FILES) {}
export class TripKanbanController extends withListExport(KanbanController, FILES) {}

const views = registry.category("views");
views.add("client_trip_list", { ...listView, Controller: TripListController });
views.add("client_trip_kanban", { ...kanbanView, Controller: TripKanbanController });
registry.category("cogMenu").add(
  "client-trip-export-menu",
  {
    Component: ExportTrips,
    groupNumber: STATIC_ACTIONS_GROUP_NUMBER,
    isDisplayed: async ({ config }) =>
      VIEWS.includes(config.viewSubType) && (await canExportClients()),
  },
  { sequence: 0 },
);
