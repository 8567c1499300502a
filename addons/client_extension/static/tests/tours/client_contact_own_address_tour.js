import { registry } from "@web/core/registry";

import { openPage, save, type } from "./client_tour_steps";

registry.category("web_tour.tours").add("client_contact_own_address_tour", {
  steps: () => [
    openPage("details"),
    {
      content: "The address of the client can be read and not typed here",
      trigger:
        '.o_client_shared_address:contains("1 rue de l\'Église"):contains("Collège Jean Moulin")',
    },
    { trigger: ".o_form_renderer:not(:has([name=street] input))" },
    {
      content: "It is changed where it belongs",
      trigger: "button[name=action_client_open_parent]",
      run: "click",
    },
    { trigger: ".o_breadcrumb .active:contains(Collège Jean Moulin)" },
    openPage("details"),
    { trigger: ".o_form_renderer [name=street] input:value(1 rue)" },
    {
      content: "Back to the contact",
      trigger: ".o_back_button a, .breadcrumb-item:last-child a",
      run: "click",
    },
    {
      trigger: "button[name=action_client_give_own_address]",
      run: "click",
    },
    {
      content: "The address is theirs now, and begins as it was",
      trigger: ".o_form_renderer [name=city] input:value(Lyon)",
    },
    type("city", "Paris"),
    ...save(),
  ],
});

registry.category("web_tour.tours").add("client_main_contact_hint_tour", {
  steps: () => [
    {
      content: "A company client without a main contact",
      trigger: "button[name=action_client_add_main_contact]",
      run: "click",
    },
    {
      trigger: ".modal .o_field_widget[name=first_name] input",
      run: "edit Hélène",
    },
    { trigger: ".modal .o_field_widget[name=last_name] input", run: "edit Zztour" },
    { trigger: ".modal .o_form_button_save", run: "click" },
    {
      content: "The setting asks for more",
      trigger: ".modal .o_field_widget[name=email].o_field_invalid",
    },
    {
      trigger: ".modal .o_field_widget[name=email] input",
      run: "edit helene@example.com",
    },
    {
      trigger: ".modal .o_field_widget[name=phone] input",
      run: "edit +33 4 78 00 11 21",
    },
    { trigger: ".modal .o_form_button_save", run: "click" },
    {
      content: "Nothing asks for it any more",
      trigger:
        "body:not(:has(.modal)):not(:has(button[name=action_client_add_main_contact])) .o_form_renderer",
    },
    openPage("contacts"),
    { content: "It is there", trigger: '.o_data_row:contains("Hélène Zztour")' },
  ],
});
