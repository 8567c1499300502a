import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

const tours = registry.category("web_tour.tours");

tours.add("client_letter_write_tour", {
  steps: () => [
    {
      content: "Without access to invoices, no statement of account is offered",
      trigger: ".o_form_view .o_cp_action_menus .fa-cog",
      run: "click",
    },
    {
      trigger:
        ".o-dropdown--menu:has(.o-dropdown-item:contains(Labels or Envelopes)):not(:has(.o-dropdown-item:contains(Statement)))",
    },
    {
      trigger: ".o_form_view .o_cp_action_menus .fa-cog",
      run: "click",
    },
    {
      content: "Start a letter from the client",
      trigger: "button[name=action_client_write_letter]",
      run: "click",
    },
    {
      content: "The address is shown in the window",
      trigger: ".modal [name=preview] svg text:contains(69002 LYON)",
    },
    {
      content: "Choose the template",
      trigger: ".modal [name=template_id] input",
      run: "edit Visit",
    },
    {
      trigger: ".ui-autocomplete .dropdown-item:contains(Visit)",
      run: "click",
    },
    {
      content: "The text has the data of the client",
      trigger: ".modal [name=body] .odoo-editor-editable:contains(T-0001)",
    },
    {
      content: "Keep it for later",
      trigger: ".modal-footer button:contains(Save for Later)",
      run: "click",
    },
    { trigger: "body:not(:has(.modal))" },
  ],
});

tours.add("client_letter_template_tour", {
  steps: () => [
    stepUtils.showAppsMenuItem(),
    {
      trigger: ".o_app[data-menu-xmlid='client_extension.client_menu_root']",
      run: "click",
    },
    {
      trigger:
        ".o_menu_sections [data-menu-xmlid='client_extension.client_config_menu']",
      run: "click",
    },
    {
      trigger:
        ".o-dropdown-item[data-menu-xmlid='client_extension_letter.mail_template_menu_letter']",
      run: "click",
    },
    { trigger: ".o_breadcrumb:contains(Letter Templates)" },
    { trigger: ".o_list_button_add", run: "click" },
    {
      trigger: ".o_form_view [name=name] input",
      run: "edit Tour letter",
    },
    {
      trigger: ".o_form_view [name=subject] input",
      run: "edit Hello",
    },
    ...stepUtils.saveForm(),
  ],
});
