import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { makeActiveField } from "@web/model/relational_model/utils";
import { charField } from "@web/views/fields/char/char_field";
import { ListRenderer } from "@web/views/list/list_renderer";

/**
 * A list reads its optional columns even while they are hidden. Figures of a client cost
 * queries, so columns with the option `client_figure` are read only while they are shown.
 */

/**
 * @param {Object} config configuration of the environment of the view
 * @returns {string} part of the key of the browser's storage in which a list keeps which
 *  of its optional columns are shown; the same whether figures are read or not
 */
const viewKey = (config) => `client_list,${config.viewId}`;

/**
 * @param {Object} archInfo the parsed list
 * @returns {string[]} names of the fields that are read only while they are shown
 */
const figureNames = (archInfo) =>
  archInfo.columns
    .filter((column) => column.type === "field" && column.options?.client_figure)
    .map((column) => column.name);

/**
 * @param {Function} Controller the controller of a list view
 * @returns {Function}
 */
export const withFigureColumns = (Controller) =>
  class extends Controller {
    get modelParams() {
      const params = super.modelParams;
      const key = `optional_fields,${viewKey(this.env.config)}`;
      const shown = (browser.localStorage.getItem(key) || "").split(",");
      const activeFields = { ...params.config.activeFields };
      for (const name of figureNames(this.archInfo)) {
        if (!shown.includes(name)) {
          delete activeFields[name];
        }
      }
      return { ...params, config: { ...params.config, activeFields } };
    }
  };

// The name stays readable while figures are shown beside it: the list scrolls instead.
registry.category("fields").add("list.client_name", {
  ...charField,
  listViewWidth: [170],
});

export class ClientListRenderer extends ListRenderer {
  createViewKey() {
    return viewKey(this.env.config);
  }

  setup() {
    super.setup();
    this.figureLoads = {};
  }

  /**
   * A figure is read before its column is shown: the column may look at its value.
   *
   * @override
   */
  async toggleOptionalField(name) {
    if (figureNames(this.props.archInfo).includes(name)) {
      await (this.figureLoads[name] ??= this.loadFigure(name));
    }
    return super.toggleOptionalField(name);
  }

  /**
   * Read a figure of the clients that are shown, unless it was read with them.
   *
   * @param {string} name of its field
   */
  async loadFigure(name) {
    const { model } = this.props.list;
    if (!(name in model.config.activeFields)) {
      model.config.activeFields[name] = makeActiveField({});
      await model.load();
    }
  }
}
