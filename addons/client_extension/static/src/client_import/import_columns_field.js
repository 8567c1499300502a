import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * The columns of a file, and the fields that the user maps them to. The field holds the
 * user's choices by header; `column_choices` of the same record holds the rest.
 */
export class ImportColumnsField extends Component {
  static template = "client_extension.ImportColumnsField";
  static props = { ...standardFieldProps };

  setup() {
    this.recent = {};
    this.pending = 0;
  }

  get mapping() {
    return this.props.record.data[this.props.name] || {};
  }

  get choices() {
    return this.props.record.data.column_choices?.choices || [];
  }

  /** @returns {Object[]} the columns, each with its current mapping */
  get columns() {
    const columns = this.props.record.data.column_choices?.columns || [];
    return columns.map((column) => {
      const choice = this.mapping[column.header] || column.choice;
      return {
        ...column,
        choice,
        isSuggested: Boolean(column.suggestion) && choice === "+",
        isDouble: Boolean(column.double) && choice === "+",
        isNewLabel: column.is_new_label && choice === "+",
      };
    });
  }

  getName(key) {
    const found = this.choices.find((choice) => choice[0] === key);
    return found ? found[1] : key;
  }

  /** @returns {Object[]} the columns that may mean another field */
  get suggested() {
    return this.columns.filter((column) => column.isSuggested);
  }

  getQuestion(column) {
    return _t("Did you mean “%s”?", column.suggestion_name);
  }

  getDouble(column) {
    return _t("Same meaning as “%s”, which is imported instead", column.double);
  }

  /** Take every proposal; of several for one field, only the first. */
  async chooseAll() {
    const taken = new Set(this.columns.map((column) => column.choice));
    for (const { header, suggestion } of this.suggested) {
      if (!taken.has(suggestion)) {
        taken.add(suggestion);
        this.recent[header] = suggestion;
      }
    }
    await this.save();
  }

  /**
   * Add a choice to the others. The record updates one after the other, so choices that
   * are not in the record yet are sent again with the next one.
   */
  async choose(column, choice) {
    this.recent[column.header] = choice;
    await this.save();
  }

  async save() {
    this.pending++;
    const mapping = { ...this.mapping, ...this.recent };
    try {
      await this.props.record.update({ [this.props.name]: mapping });
    } finally {
      this.pending--;
      if (!this.pending) {
        this.recent = {};
      }
    }
  }
}

registry.category("fields").add("client_import_columns", {
  component: ImportColumnsField,
  supportedTypes: ["json"],
});
