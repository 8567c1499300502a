import { FormLabel } from "@web/views/form/form_label";

const LABELS = {
  vat: "client_vat_label",
  company_registry: "client_company_registry_label",
};

/** A label with the names of tax ID and company ID in the client's country. */
export class ClientFormLabel extends FormLabel {
  static template = "client_extension.ClientFormLabel";

  /** @returns {string} */
  get string() {
    const { fieldName, record, string } = this.props;
    return record.data[LABELS[fieldName]] || string;
  }
}
