import { ORM } from "@web/core/orm_service";
import { registry } from "@web/core/registry";

const card = (section) => `.o_client_overview .o_client_card[data-section=${section}]`;
const figure = (section, key) =>
  `${card(section)} .o_client_figure[data-figure=${key}]`;
const entry = (text) => `.o_client_timeline .o_client_entry:contains("${text}")`;
const noEntry = (text) =>
  `.o_client_timeline:not(:has(.o_client_entry:contains("${text}")))`;
const countEntries = () =>
  document.querySelectorAll(".o_client_timeline .o_client_entry").length;
const back = { trigger: ".o_back_button a", run: "click" };

/** The accountant: figures, their lists, the timeline and its documents. */
registry.category("web_tour.tours").add("client_overview_accountant_tour", {
  steps: () => [
    {
      content: "The installments that are late come first",
      trigger: '.o_client_urgent_late:contains("Late installments: 1, oldest 40 days")',
    },
    { trigger: `${figure("invoices", "late")} .text-danger` },
    {
      content: "A figure opens its list",
      trigger: figure("invoices", "late"),
      run: "click",
    },
    {
      trigger: ".o_list_view .o_data_row",
      run() {
        const rows = document.querySelectorAll(".o_list_view .o_data_row").length;
        if (rows !== 1) {
          throw new Error(`One instalment is late, the list shows ${rows}`);
        }
      },
    },
    back,
    {
      content: "The keyboard opens it too",
      trigger: figure("invoices", "late"),
      async run({ anchor, press }) {
        anchor.focus();
        await press("Enter");
      },
    },
    { trigger: ".o_list_view .o_data_row" },
    back,
    {
      content: "Invoices alone",
      trigger: ".o_client_timeline_kind[data-kind=invoice]",
      run: "click",
    },
    {
      content: "One page of them",
      trigger: `${noEntry("A note about the rooms")} .o_client_timeline_more:enabled`,
      run() {
        if (countEntries() !== 40) {
          throw new Error(`A page of 40 has ${countEntries()} entries`);
        }
      },
    },
    { trigger: ".o_client_timeline_more", run: "click" },
    {
      content: "The rest of them",
      trigger: ".o_client_timeline:not(:has(.o_client_timeline_more))",
      run() {
        if (countEntries() !== 42) {
          throw new Error(`42 invoices are ${countEntries()} entries`);
        }
      },
    },
    { trigger: ".o_client_timeline_all", run: "click" },
    { trigger: ".o_client_timeline_search", run: "edit coach to Annecy" },
    {
      content: "One invoice is found",
      trigger: `${noEntry("Draft Invoice")} .o_client_entry:contains("Coach to Annecy")`,
      run() {
        if (countEntries() !== 1) {
          throw new Error(`One invoice is found as ${countEntries()} entries`);
        }
      },
    },
    {
      content: "Its messages unfold",
      trigger: `${entry("Coach to Annecy")} .o_client_entry_unfold`,
      run: "click",
    },
    { trigger: '.o_client_entry_talk li:contains("The coach leaves at eight")' },
    {
      content: "It opens",
      trigger: `${entry("Coach to Annecy")} .o_client_entry_title`,
      run: "click",
    },
    {
      trigger:
        ".o_form_view .o_field_widget[name=move_type], .o_form_view [name=invoice_line_ids]",
    },
    back,
    { content: "Back on the overview", trigger: card("invoices") },
  ],
});

/** A user without sales and accounting rights. */
registry.category("web_tour.tours").add("client_overview_user_tour", {
  steps: () => [
    { trigger: card("activities") },
    {
      content: "No money, and no error",
      trigger:
        ".o_client_overview:not(:has([data-section=invoices], .o_client_urgent_late, .o_client_overview_failed, .o_client_card_error))",
    },
    {
      content: "What was said with the client is there, its invoices are not",
      trigger: entry("A note about the rooms"),
    },
    { trigger: `${noEntry("Coach to Annecy")}:not(:has([data-kind=invoice]))` },
    {
      content: "The activity of today",
      trigger: '.o_client_urgent_activity:contains("Call about the rooms")',
    },
    { trigger: ".o-mail-Activity-markDone", run: "click" },
    { trigger: ".o-mail-ActivityMarkAsDone button[aria-label=Done]", run: "click" },
    {
      content: "Once done, it is no longer the next one",
      trigger: ".o_client_overview:not(:has(.o_client_urgent_activity))",
    },
  ],
});

/** The answer for a client that was left comes late. */
registry.category("web_tour.tours").add("client_overview_pager_tour", {
  steps: () => {
    const { call } = ORM.prototype;
    let letIn = () => {};
    return [
      {
        content: "From now on the first overview takes its time",
        trigger: ".o_data_row:first",
        run() {
          const gate = new Promise((resolve) => (letIn = resolve));
          let isFirst = true;
          ORM.prototype.call = async function (_model, method) {
            const answer = call.apply(this, arguments);
            if (method === "get_client_overview" && isFirst) {
              isFirst = false;
              await gate;
            }
            return answer;
          };
        },
      },
      { trigger: '.o_data_row:contains("Overview A") .o_data_cell', run: "click" },
      {
        content: "The form is there, its overview is not",
        trigger:
          '.o_form_view:contains("Overview A") .o_client_overview .o_client_card_skeleton',
      },
      { trigger: ".o_pager_next", run: "click" },
      {
        content: "The next client has nothing",
        trigger: '.o_form_view:contains("Overview B") .o_client_overview_empty',
        async run() {
          ORM.prototype.call = call;
          letIn();
          await new Promise((resolve) => setTimeout(resolve, 100));
        },
      },
      {
        content: "The late answer does not show on it",
        trigger:
          ".o_client_overview:has(.o_client_overview_empty):not(:has(.o_client_urgent_activity))",
      },
      // A form that is left with the browser saves, and its overview asks once more.
      back,
      { trigger: ".o_list_view .o_data_row" },
    ];
  },
});

/** The server fails once; the form goes on, and the page can be asked for again. */
registry.category("web_tour.tours").add("client_overview_failure_tour", {
  steps: () => {
    const { call } = ORM.prototype;
    let isBroken = true;
    return [
      {
        content: "From now on the server fails",
        trigger: ".o_data_row:first",
        run() {
          ORM.prototype.call = function (_model, method) {
            return isBroken && method.startsWith("get_client_")
              ? Promise.reject(new Error("The server fails"))
              : call.apply(this, arguments);
          };
        },
      },
      { trigger: '.o_data_row:contains("Overview A") .o_data_cell', run: "click" },
      { trigger: ".o_client_timeline .o_client_timeline_failed button" },
      {
        content: "Ask again, this time it answers",
        trigger: ".o_client_overview_failed button",
        async run({ anchor, click }) {
          // Components keep the method that they found first.
          isBroken = false;
          ORM.prototype.call = call;
          await click(anchor);
        },
      },
      {
        content: "Overview and timeline are there",
        trigger: `.o_client_overview:not(:has(.o_client_overview_failed, .o_client_timeline_failed)) ${entry("A note about the rooms")}`,
      },
    ];
  },
});

/** The accountant shows the figures of clients in their list. */
registry.category("web_tour.tours").add("client_list_figures_tour", {
  steps: () => {
    const show = (name) => ({
      content: `Show the column ${name}`,
      trigger: `.o-dropdown--menu .dropdown-item:contains("${name}")`,
      run: "click",
    });
    const cell = (name) => `.o_data_row:contains("Famille Lefèvre") [name=${name}]`;
    return [
      { trigger: ".o_searchview_input", run: "edit T-0001" },
      { trigger: ".o_searchview_input", run: "press Enter" },
      { trigger: ".o_list_view:not(:has(.o_data_row:nth-child(2)))" },
      { trigger: ".o_optional_columns_dropdown button", run: "click" },
      show("Late"),
      {
        content: "What is late is red",
        trigger: `${cell("client_late_amount")}.text-danger:contains("9.00")`,
      },
      show("Open Amount"),
      { trigger: `${cell("client_open_amount")}:contains("9.00")` },
      show("Next Activity"),
      { trigger: `${cell("client_next_activity")}:contains("Today")` },
      show("Late"),
      {
        content: "The others stay when one is hidden",
        trigger: `.o_list_view:not(:has([name=client_late_amount])) ${cell("client_open_amount")}:contains("9.00")`,
      },
    ];
  },
});

/** What is urgent stands above the figures, the most urgent first. */
registry.category("web_tour.tours").add("client_overview_urgent_tour", {
  steps: () => [
    {
      content: "Late installments come first, with the oldest day and the sum",
      trigger:
        '.o_client_urgent > .o_client_urgent_late:first-child:contains("Late installments: 2, oldest 40 days"):contains("18.00")',
    },
    {
      content: "Then the next activity, which is late too",
      trigger:
        '.o_client_urgent_late + .o_client_urgent_activity.alert-warning:contains("Call about the rooms")',
    },
    {
      content: "A client with invoices lacks nothing for the first one",
      trigger: ".o_client_urgent:not(:has(.o_client_urgent_gaps))",
    },
    {
      content: "The cards come after it",
      trigger: ".o_client_urgent + .o_client_cards",
    },
    { trigger: ".o_client_urgent_late", run: "click" },
    {
      content: "The two installments, not the one that is not due",
      trigger: ".o_list_view .o_data_row:nth-child(2)",
      run() {
        const rows = document.querySelectorAll(".o_list_view .o_data_row").length;
        if (rows !== 2) {
          throw new Error(`Two installments are late, the list shows ${rows}`);
        }
      },
    },
  ],
});

/** A client without invoices: what is missing before the first one. */
registry.category("web_tour.tours").add("client_overview_gaps_tour", {
  steps: () => [
    {
      content: "The activity comes before what is missing",
      trigger:
        '.o_client_urgent > .o_client_urgent_activity.alert-info:first-child:contains("Call about the rooms")',
    },
    {
      content: "What is missing",
      trigger:
        '.o_client_urgent_activity + .o_client_urgent_gaps li:contains("The invoice address is incomplete: Street, Zip.")',
    },
    {
      content: "Nothing is late",
      trigger: ".o_client_urgent:not(:has(.o_client_urgent_late))",
    },
    { trigger: ".o_client_pages .nav-link[name=client_details]", run: "click" },
    {
      trigger: ".o_form_renderer .o_field_widget[name=street] input",
      run: "edit 3 rue des Lilas",
    },
    {
      trigger: ".o_form_renderer .o_field_widget[name=zip] input",
      run: "edit 69002",
    },
    { trigger: ".o_form_button_save:enabled", run: "click" },
    { trigger: ".o_form_renderer.o_form_saved" },
    { trigger: ".o_client_pages .nav-link[name=client_overview]", run: "click" },
    {
      content: "Once it is filled in, it is no longer missing",
      trigger: '.o_client_urgent:not(:contains("The invoice address is incomplete"))',
    },
    back,
    { trigger: ".o_list_view .o_data_row" },
  ],
});
