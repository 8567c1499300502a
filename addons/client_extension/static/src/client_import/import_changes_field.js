import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** The changes of a row of a file: old and new value of each field, as plain text. */
export class ImportChangesField extends Component {
  static template = "client_extension.ImportChangesField";
  static props = { ...standardFieldProps };

  get changes() {
    return this.props.record.data[this.props.name] || [];
  }

  get note() {
    return this.props.record.data.note;
  }
}

registry.category("fields").add("client_import_changes", {
  component: ImportChangesField,
  supportedTypes: ["json"],
});
