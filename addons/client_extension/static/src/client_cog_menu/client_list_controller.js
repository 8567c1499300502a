import { onWillStart } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { ListController } from "@web/views/list/list_controller";

import { withFigureColumns } from "../client_list_figures/client_list_figures";
import { openClientExport } from "./client_export";
import { canExportClients } from "./client_rights";

/**
 * Adds the export to the actions on selected clients.
 *
 * @param {Function} Controller the controller of a list or kanban view
 * @returns {Function}
 */
const withClientExport = (Controller) =>
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
        clientExport: {
          isAvailable: () => this.canExportClients,
          sequence: 5,
          icon: "fa fa-upload",
          description: _t("Export clients"),
          callback: () => openClientExport(this.env.services, this.model.root),
        },
      };
    }
  };

export class ClientListController extends withFigureColumns(
  withClientExport(ListController),
) {}
export class ClientKanbanController extends withClientExport(KanbanController) {}
