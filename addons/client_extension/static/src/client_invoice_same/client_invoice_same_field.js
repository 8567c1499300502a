import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import {
  BooleanToggleField,
  booleanToggleField,
} from "@web/views/fields/boolean_toggle/boolean_toggle_field";

/** "Use this address for invoices": asks before an invoice address is archived. */
export class ClientInvoiceSameField extends BooleanToggleField {
  setup() {
    super.setup();
    this.dialog = useService("dialog");
  }

  /** @override */
  async onChange(newValue) {
    if (!newValue || !this.props.record.data.client_invoice_partner_id) {
      return super.onChange(newValue);
    }
    this.state.value = newValue;
    this.dialog.add(
      ConfirmationDialog,
      {
        title: _t("Archive the invoice address?"),
        body: _t(
          "Invoices will go to the client's own address, and the following will be archived: %s",
          this.props.record.data.client_invoice_addresses,
        ),
        confirmLabel: _t("Archive"),
        confirm: () => super.onChange(newValue),
        cancelLabel: _t("Keep it"),
        cancel: () => this.keepAddress(),
      },
      { onClose: () => this.keepAddress() },
    );
  }

  /** Show again what the record holds, after the user changed their mind. */
  keepAddress() {
    this.state.value = this.props.record.data[this.props.name];
  }
}

registry.category("fields").add("client_invoice_same", {
  ...booleanToggleField,
  component: ClientInvoiceSameField,
  extractProps: (fieldInfo, dynamicInfo) => ({
    ...booleanToggleField.extractProps(fieldInfo, dynamicInfo),
    autosave: false,
  }),
});
