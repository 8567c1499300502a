import { registry } from "@web/core/registry";

import { addByKeyboard } from "@client_extension/../tests/tours/client_sale_steps";

registry.category("web_tour.tours").add("client_sale_order_tour", {
  steps: () => [
    ...addByKeyboard([
      ["BUS", "50.00"],
      ["3400000000024", "80.00"],
    ]),
    {
      content: "The answer names the quotation and its total",
      trigger: ".o_notification:contains(S0):contains(156.00)",
    },
  ],
});
