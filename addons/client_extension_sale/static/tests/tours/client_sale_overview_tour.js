import { save } from "@client_extension/../tests/tours/client_tour_steps";
import { registry } from "@web/core/registry";

const card = ".o_client_overview .o_client_card[data-section=sale]";
const back = { trigger: ".o_back_button a", run: "click" };

/** A salesperson without accounting rights: orders, and no money of invoices. */
registry.category("web_tour.tours").add("client_sale_overview_tour", {
  steps: () => [
    {
      content: "The quotation and the order are counted with their amounts",
      trigger: `${card} [data-figure=quotations]:contains("75.00")`,
    },
    { trigger: `${card} [data-figure=orders]:contains("120.00")` },
    {
      content: "Nothing about invoices, late as they are",
      trigger:
        ".o_client_overview:not(:has([data-section=invoices], .o_client_urgent_late, .o_client_timeline_kind[data-kind=invoice], .o_client_overview_failed))",
    },
    {
      content: "They are not on the timeline either, orders are",
      trigger:
        '.o_client_timeline:not(:contains("Secret coach")) .o_client_entry:contains("S0"):contains("120.00")',
    },
    {
      content: "A figure opens its list",
      trigger: `${card} [data-figure=orders]`,
      run: "click",
    },
    {
      trigger: ".o_list_view .o_data_row:contains(120.00)",
      run() {
        const rows = document.querySelectorAll(".o_list_view .o_data_row").length;
        if (rows !== 1) {
          throw new Error(`One order is confirmed, the list shows ${rows}`);
        }
      },
    },
    back,
    {
      content: "An entry opens its document",
      trigger: '.o_client_entry:contains("75.00") .o_client_entry_title',
      run: "click",
    },
    { trigger: ".o_form_view button[name=action_confirm]" },
    back,
    {
      content: "A new quotation",
      trigger: `${card} .o_client_card_new`,
      run: "click",
    },
    {
      content: "It is for the client",
      trigger:
        ".o_form_view:has([name=order_line]) .o_field_widget[name=partner_id] input:value(Lefèvre)",
    },
    ...save(),
  ],
});
