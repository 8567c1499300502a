import { _t } from "@web/core/l10n/translation";
import { normalize } from "@web/core/l10n/utils";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { Component, useState } from "@odoo/owl";

import { ClientPropertyValue } from "./client_property_value";

/** With more labels than this, a search box is shown. */
const MANY = 12;

/** @returns {boolean} whether there is a value: 0 and No are, as on the server */
const isFilled = ({ type, value }) => {
  if (type === "boolean") {
    return value !== undefined && value !== null;
  }
  return Array.isArray(value) ? value.length > 0 : Boolean(value) || value === 0;
};

/**
 * The additional data of a client: labels with a value come first, empty ones are
 * folded into one line. Users with the right to do so add labels in a dialog.
 */
export class ClientPropertiesField extends Component {
  static template = "client_extension.ClientPropertiesField";
  static components = { ClientPropertyValue };
  static props = { ...standardFieldProps, context: { type: Object, optional: true } };

  setup() {
    this.action = useService("action");
    this.state = useState({ filled: new Set(), isUnfolded: false, query: "" });
    let shown = null;
    useRecordObserver((record) => {
      // A value keeps its place while the user types.
      const values = record.data[this.props.name] || [];
      if (record.resId !== shown || !record.dirty) {
        if (record.resId !== shown) {
          this.state.isUnfolded = false;
          this.state.query = "";
        }
        shown = record.resId;
        this.state.filled = new Set(values.filter(isFilled).map(({ name }) => name));
      }
    });
  }

  // Labels

  /** @returns {Object[]} labels with their values */
  get labels() {
    const labels = this.props.record.data[this.props.name] || [];
    return labels.filter(
      (label) => label.type !== "separator" && !label.definition_deleted,
    );
  }

  /** @returns {boolean} */
  get isSearchable() {
    return this.labels.length > MANY && !this.props.readonly;
  }

  get found() {
    const query = normalize(this.state.query.trim());
    return query
      ? this.labels.filter((label) => normalize(label.string || "").includes(query))
      : null;
  }

  get filled() {
    return this.labels.filter((label) => this.state.filled.has(label.name));
  }

  get empty() {
    return this.labels.filter((label) => !this.state.filled.has(label.name));
  }

  get isUnfolded() {
    return this.state.isUnfolded && !this.found && !this.props.readonly;
  }

  /** @returns {string} */
  get foldText() {
    const count = this.empty.length;
    return this.state.isUnfolded
      ? _t("Hide empty labels (%s)", count)
      : _t("Show empty labels (%s)", count);
  }

  // Rights

  /** @returns {string|boolean} */
  get right() {
    return !this.props.readonly && this.props.record.data.client_label_right;
  }

  // Events

  onChange(name, value) {
    return this.update(name, { value });
  }

  onTagsChange(name, _tags, value) {
    return value === undefined ? undefined : this.update(name, { value });
  }

  update(name, changes) {
    const values = (this.props.record.data[this.props.name] || []).map((label) =>
      label.name === name ? { ...label, ...changes } : { ...label },
    );
    return this.props.record.update({ [this.props.name]: values });
  }

  /** Ask for a label and its value; the client is saved first, so that it can have one. */
  async addLabel() {
    const { record } = this.props;
    if (!(await record.save())) {
      return;
    }
    await this.action.doAction("client_extension.client_label_add_action", {
      additionalContext: { default_partner_id: record.resId },
      onClose: () => record.load(),
    });
  }

  async manageLabels() {
    if (await this.props.record.save()) {
      await this.action.doAction("client_extension.client_label_action");
    }
  }
}

registry.category("fields").add("client_properties", {
  component: ClientPropertiesField,
  supportedTypes: ["properties"],
  fieldDependencies: [{ name: "client_label_right", type: "selection" }],
  extractProps: (_fieldInfo, dynamicInfo) => ({ context: dynamicInfo.context }),
});
