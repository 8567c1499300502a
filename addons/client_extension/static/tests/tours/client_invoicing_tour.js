import { registry } from "@web/core/registry";

import { addByKeyboard } from "./client_sale_steps";
import { save } from "./client_tour_steps";

const IBAN = ".o_field_widget[name=bank_ids] .o_selected_row [name=acc_number]";

registry.category("web_tour.tours").add("client_sale_draft_tour", {
  steps: () => [
    ...addByKeyboard([
      ["BUS", "50.00"],
      ["3400000000024", "80.00"],
    ]),
    {
      content: "The answer names the draft and its total, with a link",
      trigger: ".o_notification:contains(256.00) a:contains(Draft Invoice)",
    },
  ],
});

registry.category("web_tour.tours").add("client_invoice_gap_tour", {
  steps: () => [
    { trigger: "button[name=action_client_new_invoice]", run: "click" },
    {
      content: "The dialog says what is missing",
      trigger: ".modal:contains(The invoice address is incomplete)",
    },
    {
      content: "The field is right there",
      trigger: ".modal .o_field_widget[name=street] input",
      run: "edit 3 rue des Lilas",
    },
    {
      content: "What is not missing is not asked",
      trigger: ".modal:not(:has(.o_field_widget[name=email]))",
    },
    {
      content: "Nothing is blocked",
      trigger: ".modal button[name=action_client_create_invoice]",
      run: "click",
    },
    {
      content: "Odoo's form is filled in with the client",
      trigger:
        "body:not(:has(.modal)) .o_field_widget[name=partner_id] input:value(Lefèvre)",
    },
    {
      content: "The form is that of a customer invoice",
      trigger: ".o_form_view .o_field_widget[name=invoice_line_ids]",
    },
    ...save(),
  ],
});

registry.category("web_tour.tours").add("client_bank_account_tour", {
  steps: () => [
    { trigger: ".o_notebook a[name=accounting]", run: "click" },
    {
      trigger: ".o_field_widget[name=bank_ids] .o_field_x2many_list_row_add > *",
      run: "click",
    },
    {
      content: "An IBAN with a wrong digit",
      trigger: `${IBAN} input`,
      run: "edit FR7630006000011234567890188",
    },
    { content: "It is marked while it is typed", trigger: `${IBAN} .o_iban_fail` },
    {
      content: "The right one",
      trigger: `${IBAN} input`,
      run: "edit FR7630006000011234567890189",
    },
    { content: "It is accepted", trigger: `${IBAN} .fa-check.o_iban` },
    { trigger: ".o_form_button_save:enabled", run: "click" },
    { trigger: ".o_form_renderer.o_form_saved" },
  ],
});

registry.category("web_tour.tours").add("client_files_tour", {
  steps: () => [
    { trigger: ".o_notebook a[name=client_files]", run: "click" },
    {
      content: "The client's own file",
      trigger: ".o_client_files .o-mail-AttachmentContainer[title='passport.txt']",
    },
    {
      content: "A file is added",
      trigger: ".o_client_files input.o_input_file:not(:visible)",
      async run({ anchor }) {
        const transfer = new DataTransfer();
        transfer.items.add(new File(["text"], "contract.txt", { type: "text/plain" }));
        anchor.files = transfer.files;
        anchor.dispatchEvent(new Event("change"));
      },
    },
    {
      content: "It is there",
      trigger: ".o_client_files .o-mail-AttachmentContainer[title='contract.txt']",
    },
    {
      content: "Delete the first one",
      trigger:
        ".o_client_files .o-mail-AttachmentContainer[title='passport.txt'] .o-mail-Attachment-unlink",
      run: "click",
    },
    { trigger: ".modal-footer .btn-primary", run: "click" },
    {
      content: "It is gone",
      trigger:
        "body:not(:has(.modal)) .o_client_files:not(:has([title='passport.txt']))",
    },
    {
      content: "The files of invoices come below",
      trigger:
        ".o_client_files section[data-model='account.move']:contains(Draft) .o_client_file:contains(voucher.txt)",
      run: "click",
    },
    {
      content: "They can be previewed",
      trigger: ".o-FileViewer",
    },
    { trigger: ".o-FileViewer [aria-label=Close]", run: "click" },
    { trigger: "body:not(:has(.o-FileViewer))" },
  ],
});
