import { registry } from "@web/core/registry";

import { save } from "./client_tour_steps";

const openPage = {
  trigger: ".o_notebook .nav-link[name=client_additional_data]",
  run: "click",
};
const value = '.o_property_field:contains("Dormitory") .o_property_field_value input';

registry.category("web_tour.tours").add("client_add_label_tour", {
  steps: () => [
    openPage,
    {
      content: "Change the labels",
      trigger: "button.o_client_properties_labels",
      run: "click",
    },
    {
      content: "The first one is added at once",
      trigger: ".o_property_field_popover .o_field_property_definition_header",
      run: "edit Dormitory && press Tab",
    },
    { content: "Close the label", trigger: ".o_client_properties", run: "click" },
    {
      trigger:
        'body:not(:has(.o_property_field_popover)) .o_property_field:contains("Dormitory")',
    },
    { trigger: value, run: "edit Blue && press Tab" },
    { trigger: "button.o_client_properties_labels", run: "click" },
    ...save(),
  ],
});

registry.category("web_tour.tours").add("client_give_value_tour", {
  steps: () => [
    openPage,
    {
      trigger: ".o_client_properties:not(:has(.o_client_properties_labels))",
    },
    { trigger: value, run: "edit Green && press Tab" },
    ...save(),
  ],
});
