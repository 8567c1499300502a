import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { RadioField, radioField } from "@web/views/fields/radio/radio_field";

/** The clients to export and their number: the selected ones only if there are any. */
export class ExportScopeField extends RadioField {
  get items() {
    const count = this.props.record.data.selected_count;
    return super.items
      .filter(([key]) => key !== "selection" || count)
      .map(([key, label]) => [
        key,
        key === "selection" ? _t("%(label)s (%(count)s)", { label, count }) : label,
      ]);
  }
}

registry.category("fields").add("client_export_scope", {
  ...radioField,
  component: ExportScopeField,
});
