import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";

const requests = [];

/** Note what the browser would download, in place of the download. */
function catchDownloads() {
  requests.length = 0;
  download._download = async (options) => {
    requests.push(JSON.parse(options.data.data)[0]);
    document.body.classList.add("o_client_printed");
  };
}

/**
 * @param {string} name of the report
 * @param {RegExp} ids of the records, as in the address
 */
function checkDownload(name, ids) {
  const path = requests.at(-1).split("?")[0];
  const [, found] = path.split(`/report/pdf/client_extension.${name}/`);
  if (!ids.test(found || "")) {
    throw new Error(`Not the expected report: ${path}`);
  }
  document.body.classList.remove("o_client_printed");
}

const printed = (label, name) => [
  { trigger: `.o-dropdown-item:contains(${label})`, run: "click" },
  {
    content: `${label} is downloaded`,
    trigger: "body.o_client_printed",
    run: () => checkDownload(name, /^\d+$/),
  },
];
registry.category("web_tour.tours").add("client_list_tour", {
  steps: () => [
    {
      trigger: ".o_data_row:contains(Lefèvre) .o_list_record_selector input",
      run(helpers) {
        catchDownloads();
        return helpers.click();
      },
    },
    { trigger: ".o_selection_box" },
    { trigger: ".o_cp_action_menus button:has(.fa-print)", run: "click" },
    ...printed("Client List", "client_list"),
  ],
});

registry.category("web_tour.tours").add("client_sheet_form_tour", {
  steps: () => [
    { trigger: ".o_form_view .o_client_heading", run: catchDownloads },
    { trigger: ".o_cp_action_menus .fa-cog", run: "click" },
    {
      content: "One report alone stands in the menu itself; more are below Print",
      trigger: ".o-dropdown--menu *:has(> .fa-print)",
      async run({ anchor, click }) {
        if (!anchor.textContent.includes("Client Sheet")) {
          await click();
        }
      },
    },
    ...printed("Client Sheet", "client_sheet"),
  ],
});
