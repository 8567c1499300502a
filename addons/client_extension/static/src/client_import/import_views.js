import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { getFieldsSpec } from "@web/model/relational_model/utils";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";

import { SEARCH_NOTICE, useImportProgress } from "./import_progress";

const MANY = ["many2many", "one2many"];

/** Says what is lost with an import before it is deleted. */
function withLoss(props) {
  const body = _t(
    "Delete the imports with their change logs? What they imported stays, and can no longer be undone.",
  );
  return { ...props, body };
}

/**
 * Shows the progress of imports, and keeps the selection.
 *
 * @param {Function} Controller the controller of a list or kanban view
 * @returns {Function}
 */
const withImportProgress = (Controller) =>
  class extends Controller {
    setup() {
      super.setup();
      useImportProgress((ids) => this.showProgress(ids));
    }

    get deleteConfirmationDialogProps() {
      return withLoss(super.deleteConfirmationDialogProps);
    }

    /**
     * Reloads the imports that progressed; for a new one the list is reloaded.
     *
     * @param {Set<number>} ids
     */
    async showProgress(ids) {
      const { root } = this.model;
      if (!root) {
        return;
      }
      const shown = root.records.filter((record) => ids.has(record.resId));
      const known = new Set(shown.map((record) => record.resId));
      if ([...ids].some((id) => !known.has(id)) && !root.selection.length) {
        // the sample rows of an empty list are gone now
        this.model.useSampleModel = false;
        await root.load();
      } else {
        await Promise.all(shown.map((record) => record.load()));
      }
    }
  };

export class ClientImportListController extends withImportProgress(ListController) {}
export class ClientImportKanbanController extends withImportProgress(
  KanbanController,
) {}

/** Shows the progress of an import, and keeps edits and the pages of its lists. */
export class ClientImportFormController extends FormController {
  static notice = undefined;

  setup() {
    super.setup();
    this.orm = useService("orm");
    useImportProgress((ids) => this.showProgress(ids), this.constructor.notice);
  }

  get deleteConfirmationDialogProps() {
    const props = super.deleteConfirmationDialogProps;
    return this.props.resModel === "client.import" ? withLoss(props) : props;
  }

  /** @param {Set<number>} ids */
  async showProgress(ids) {
    const { root } = this.model;
    // A notice may arrive before the page has loaded its import.
    if (!root?.resId || !ids.has(root.resId)) {
      return;
    }
    const lists = Object.values(root.data).filter((value) => value?.offset > 0);
    if (lists.length || (await root.isDirty())) {
      await this.readFigures(root);
    } else {
      await root.load();
    }
  }

  /**
   * Reloads everything except the lists.
   *
   * @param {Record} root
   */
  async readFigures(root) {
    const names = Object.keys(root.activeFields).filter(
      (name) => !MANY.includes(root.fields[name].type),
    );
    const active = Object.fromEntries(
      names.map((name) => [name, root.activeFields[name]]),
    );
    const specification = getFieldsSpec(active, root.fields, root.evalContext);
    const [values] = await this.orm.webRead(root.resModel, [root.resId], {
      specification,
    });
    if (values) {
      root._applyValues(values);
    }
  }
}

/** Shows the progress of a search for duplicates in the same way. */
export class ClientDuplicateSearchController extends ClientImportFormController {
  static notice = SEARCH_NOTICE;
}

export const clientImportListView = {
  ...listView,
  Controller: ClientImportListController,
};
export const clientImportKanbanView = {
  ...kanbanView,
  Controller: ClientImportKanbanController,
};
export const clientImportFormView = {
  ...formView,
  Controller: ClientImportFormController,
};
export const clientDuplicateSearchView = {
  ...formView,
  Controller: ClientDuplicateSearchController,
};

registry
  .category("views")
  .add("client_duplicate_search_form", clientDuplicateSearchView);
registry.category("views").add("client_import_list", clientImportListView);
registry.category("views").add("client_import_kanban", clientImportKanbanView);
registry.category("views").add("client_import_form", clientImportFormView);
