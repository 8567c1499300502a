import { registry } from "@web/core/registry";
import { formView } from "@web/views/form/form_view";

import { ClientFormRenderer } from "./client_form_renderer";

export const clientFormView = { ...formView, Renderer: ClientFormRenderer };

registry.category("views").add("client_form", clientFormView);
