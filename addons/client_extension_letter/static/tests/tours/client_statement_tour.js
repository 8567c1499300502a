import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("client_statement_tour", {
  steps: () => [
    {
      content: "Open the menu of the client",
      trigger: ".o_form_view .o_cp_action_menus .fa-cog",
      run: "click",
    },
    {
      trigger: ".o-dropdown-item:contains(Statement of Account)",
      run: "click",
    },
    {
      content: "No letter is chosen: the standard text",
      trigger: ".modal [name=count]:contains(1)",
    },
    {
      trigger: ".modal-footer button[name=action_email]",
      run: "click",
    },
    {
      content: "The text greets the client",
      trigger: ".modal [name=body]:contains(statement of account)",
    },
    {
      trigger: ".modal .o_mail_send",
      run: "click",
    },
    { trigger: "body:not(:has(.modal))" },
  ],
});

registry.category("web_tour.tours").add("client_statement_run_tour", {
  steps: () => [
    {
      content: "The statements of all who owe",
      trigger: "[data-menu-xmlid='client_extension_letter.client_statement_menu']",
      run: "click",
    },
    { trigger: ".modal [name=note]:contains(in the background)" },
    {
      trigger: ".modal-footer button[name=action_print]",
      run: "click",
    },
    {
      content: "The page of the run says that it works in the background",
      trigger: ".o_form_view [name=pending_count]",
    },
    {
      content: "It can be stopped",
      trigger: ".o_form_view button[name=action_stop]",
      run: "click",
    },
    { trigger: ".modal-footer .btn-primary", run: "click" },
    {
      content: "And continued",
      trigger: ".o_form_view button[name=action_write_missing]:visible",
    },
  ],
});
