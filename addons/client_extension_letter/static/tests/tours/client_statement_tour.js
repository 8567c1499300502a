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
