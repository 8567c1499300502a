import { save } from "@client_extension/../tests/tours/client_tour_steps";
import { registry } from "@web/core/registry";

const card = ".o_client_overview .o_client_card[data-section=crm]";
const back = { trigger: ".o_back_button a", run: "click" };

/** A salesperson sees the opportunities of a client, and starts another one. */
registry.category("web_tour.tours").add("client_opportunity_overview_tour", {
  steps: () => [
    {
      content: "The revenue that is expected, and what was won",
      trigger: `${card} [data-figure=open]:contains("1,250.00")`,
    },
    { trigger: `${card} [data-figure=won]:contains("2,000.00")` },
    {
      content: "No money of invoices",
      trigger:
        ".o_client_overview:not(:has([data-section=invoices], .o_client_overview_failed))",
    },
    {
      content: "Lost ones are on the timeline too",
      trigger: '.o_client_timeline .o_client_entry:contains("Trip for 4000")',
    },
    {
      content: "A figure opens its list",
      trigger: `${card} [data-figure=open]`,
      run: "click",
    },
    {
      trigger: ".o_list_view .o_data_row:contains(Trip for 250)",
      run() {
        const rows = document.querySelectorAll(".o_list_view .o_data_row").length;
        if (rows !== 2) {
          throw new Error(`Two opportunities are open, the list shows ${rows}`);
        }
      },
    },
    back,
    {
      content: "A new opportunity",
      trigger: `${card} .o_client_card_new`,
      run: "click",
    },
    {
      content: "It is with the client",
      trigger:
        ".o_form_view:has([name=expected_revenue]) .o_field_widget[name=partner_id] input:value(Lefèvre)",
    },
    ...save(),
  ],
});
