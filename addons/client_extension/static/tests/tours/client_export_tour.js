import { registry } from "@web/core/registry";

/**
 * Note the link that the browser would follow, in place of the download.
 *
 * @returns {string[]} the links, filled while the tour runs
 */
function catchDownloads() {
  const links = [];
  const click = HTMLAnchorElement.prototype.click;
  HTMLAnchorElement.prototype.click = function () {
    if (this.hasAttribute("download")) {
      links.push(this.href);
    } else {
      click.call(this);
    }
  };
  return links;
}

let links = [];

/** Fetch the file of the last link, and fail when it is not as it should be. */
async function checkFile(isRight) {
  const answer = await fetch(links.at(-1));
  const text = await answer.text();
  if (answer.status !== 200 || !isRight(text.trim().split("\r\n"))) {
    throw new Error(`Not the expected file: ${answer.status} ${text}`);
  }
}

const dialog = ".modal .o_client_export_wizard";
const tick = (header) => `${dialog} input[type=checkbox][name="${header}"]`;

registry.category("web_tour.tours").add("client_export_tour", {
  url: "/odoo/clients",
  steps: () => [
    {
      content: "Open the cog menu of the Clients list",
      trigger: ".o_cp_action_menus .fa-cog",
      run() {
        links = catchDownloads();
        this.anchor.click();
      },
    },
    { trigger: ".o_client_export_menu", run: "click" },
    {
      content: "Nothing is selected, so nobody asks about a selection",
      trigger: `${dialog} [name=scope]:not(:has([data-value=selection]))`,
    },
    {
      content: "Leave a column out",
      trigger: `${tick("website")}:checked`,
      run: "click",
    },
    {
      content: "Ask for a figure",
      trigger: `${tick("figure: client_since")}:not(:checked)`,
      run: "click",
    },
    { trigger: ".modal footer button[name=action_export]", run: "click" },
    {
      content: "The dialog is gone and the file there",
      trigger: "body:not(:has(.modal)) .o_list_view",
      run: () =>
        checkFile(
          ([header, ...rows]) =>
            header.includes(";figure: client_since") &&
            !header.includes("website") &&
            rows.some((row) => row.includes("T-0001")) &&
            rows.some((row) => row.includes("T-0002")),
        ),
    },
    {
      content: "Look for one client",
      trigger: ".o_searchview_input",
      run: "edit T-0002",
    },
    { trigger: ".o_searchview_input", run: "press Enter" },
    { trigger: ".o_list_view:has(.o_pager_limit:contains(/^1$/))" },
    {
      content: "Select it",
      trigger: ".o_data_row .o_list_record_selector input",
      run: "click",
    },
    { trigger: ".o_control_panel .o_cp_action_menus .fa-cog", run: "click" },
    { trigger: ".o-dropdown-item:contains(Export clients)", run: "click" },
    {
      content: "The selection is meant, and the last answers are there",
      trigger: `${dialog} [name=scope]:contains(Selected clients (1)) [data-value=selection]:checked`,
    },
    { trigger: `${tick("website")}:not(:checked)` },
    { trigger: ".modal footer button[name=action_export]", run: "click" },
    {
      trigger: "body:not(:has(.modal)) .o_list_view",
      run: () =>
        checkFile((lines) => lines.length === 2 && lines[1].startsWith("T-0002;")),
    },
  ],
});
