import { registry } from "@web/core/registry";
import { SearchModel } from "@web/search/search_model";

const { _fetchFilters } = SearchModel.prototype;
const row = (text) => `.o_data_row:contains("${text}")`;
const counted = (text, count) =>
  `.o_search_panel_filter_value:contains("${text}") .o_search_panel_counter:contains(/^${count}$/)`;

registry.category("web_tour.tours").add("client_search_panel_tour", {
  url: "/odoo/clients",
  steps: () => {
    let letIn = () => {};
    return [
      { trigger: counted("Prospect", 2) },
      {
        content: "From now on the server takes its time to count",
        trigger: row("Famille Garnier"),
        run() {
          const gate = new Promise((resolve) => (letIn = resolve));
          SearchModel.prototype._fetchFilters = async function () {
            await gate;
            return _fetchFilters.apply(this, arguments);
          };
        },
      },
      { trigger: ".o_searchview_input", run: "edit Garnier" },
      { trigger: ".o_searchview_autocomplete .o-dropdown-item:first", run: "click" },
      {
        content: "The rows are there before the counts",
        trigger: `.o_list_view:not(:has(${row("Famille Lefèvre")})) ${row("Famille Garnier")}`,
      },
      {
        trigger: counted("Prospect", 2),
        run() {
          SearchModel.prototype._fetchFilters = _fetchFilters;
          letIn();
        },
      },
      { content: "The counts follow", trigger: counted("Prospect", 1) },
    ];
  },
});
