import { FormRenderer } from "@web/views/form/form_renderer";

import { ClientFormLabel } from "./client_form_label";

export class ClientFormRenderer extends FormRenderer {
  static components = { ...FormRenderer.components, FormLabel: ClientFormLabel };
}
