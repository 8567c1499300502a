import { ClientImportFormController } from "@client_extension/client_import/import_views";
import { registry } from "@web/core/registry";
import { formView } from "@web/views/form/form_view";

/** Shows how far a mail merge is while its letters are written in the background. */
export class ClientLetterRunController extends ClientImportFormController {
  static notice = "client_extension_letter.run_moved";
}

registry.category("views").add("client_letter_run_form", {
  ...formView,
  Controller: ClientLetterRunController,
});
