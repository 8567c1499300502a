import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * The columns of a file, as checkboxes. The field holds the chosen headers, nothing for
 * the default ones; `column_choices` of the same record lists all columns.
 */
export class ExportColumnsField extends Component {
  static template = "client_extension.ExportColumnsField";
  static props = { ...standardFieldProps };

  get groups() {
    const chosen = this.chosen;
    const groups = this.props.record.data.column_choices || [];
    return groups.map((group) => {
      const columns = group.columns.map((column) => ({
        ...column,
        isChosen: chosen.has(column.header),
      }));
      const count = columns.filter((column) => column.isChosen).length;
      const all = count === columns.length;
      return { ...group, columns, isAll: all, isPartly: count > 0 && !all };
    });
  }

  get chosen() {
    const value = this.recent || this.props.record.data[this.props.name];
    if (value?.chosen) {
      return new Set(value.chosen);
    }
    const groups = this.props.record.data.column_choices || [];
    const columns = groups.flatMap((group) => group.columns);
    return new Set(columns.filter((c) => c.usual).map((c) => c.header));
  }

  /**
   * With two clicks in quick succession, the second must include the first, which may
   * not be in the record yet.
   */
  async choose(columns, isChosen) {
    const chosen = this.chosen;
    for (const { header } of columns) {
      chosen[isChosen ? "add" : "delete"](header);
    }
    const value = { chosen: [...chosen] };
    this.recent = value;
    await this.props.record.update({ [this.props.name]: value });
    if (this.recent === value) {
      this.recent = null;
    }
  }
}

registry.category("fields").add("client_export_columns", {
  component: ExportColumnsField,
  supportedTypes: ["json"],
});
