import { registry } from "@web/core/registry";

import {
  choose,
  getTypedName,
  openPage,
  save,
  type,
  typeName,
} from "./client_tour_steps";

registry.category("web_tour.tours").add("client_create_tour", {
  url: "/odoo/clients",
  steps: () => [
    { trigger: ".o_list_view .o_list_button_add", run: "click" },
    typeName("", "Familles Lefèvre"),
    {
      content: "The banner names a client while the name is typed",
      trigger:
        '.o_client_duplicate:contains("Famille Lefèvre"):contains("very similar name")',
      run: "click",
    },
    {
      content: "It opens over the form",
      trigger: ".modal .o_form_renderer .o_field_widget[name=name]",
    },
    { trigger: ".modal .btn-close", run: "click" },
    {
      content: "What was typed is still there",
      trigger: "body:not(:has(.modal)) .o_form_renderer",
      run() {
        if (getTypedName() !== "Familles Lefèvre") {
          throw new Error(`The name that was typed became ${getTypedName()}`);
        }
      },
    },
    typeName("Zoé", "Quatremère"),
    {
      content: "Nobody has such a name",
      trigger: ".o_form_renderer:not(:has(.o_client_duplicate))",
    },
    type("email", "lefevre@example.com"),
    {
      content: "Somebody has this e-mail",
      trigger: '.o_client_duplicate:contains("same email")',
    },
    type("email", "quatremere@example.com"),
    {
      content: "Nobody has this one",
      trigger: ".o_form_renderer:not(:has(.o_client_duplicate))",
    },
    type("mobile", "+33 6 12 34 56 77"),
    ...choose("client_type_id", "Family"),
    type("street", "3 rue des Lilas"),
    type("city", "Lyon"),
    ...choose("country_id", "France"),
    {
      content: "Invoices go elsewhere",
      trigger: ".o_field_widget[name=client_invoice_same] input",
      run: "click",
    },
    type("client_invoice_street", "9 quai de Saône"),
    type("client_invoice_zip", "69009"),
    type("client_invoice_city", "Lyon"),
    ...save(),
    {
      content: "The new client is a prospect",
      trigger: ".o_arrow_button_current:contains(Prospect)",
    },
    {
      content: "One click makes a client of it",
      trigger: "button[name=action_client_mark_client]",
      run: "click",
    },
    { trigger: ".o_arrow_button_current:contains(Client)" },
  ],
});

registry.category("web_tour.tours").add("client_invoice_address_tour", {
  steps: () => [
    openPage("details"),
    {
      content: "Use the client's own address again",
      trigger: ".o_field_widget[name=client_invoice_same] input",
      run: "click",
    },
    {
      content: "Odoo asks, and names the address",
      trigger: '.modal-body:contains("1 rue du Trésor, 69002 Lyon")',
    },
    { trigger: ".modal-footer button:contains(Keep it)", run: "click" },
    {
      content: "It is kept",
      trigger:
        "body:not(:has(.modal)) .o_field_widget[name=client_invoice_street] input",
    },
    {
      trigger: ".o_field_widget[name=client_invoice_same] input:not(:checked)",
      run: "click",
    },
    { trigger: ".modal-footer button:contains(Archive)", run: "click" },
    {
      trigger:
        "body:not(:has(.modal)) .o_field_widget[name=client_invoice_same] input:checked",
    },
    ...save(),
  ],
});
