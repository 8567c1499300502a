import { registry } from "@web/core/registry";

import { openPage } from "./client_tour_steps";

const HEADER =
  "reference;type;name;address;zip;city;country;email;comment;code SAP;active";
const COUNT = 12;

/**
 * The fourth row has accents, a separator and a line break in a cell, leading zeros,
 * and a column of its own; the last one has an e-mail address that is none.
 *
 * @returns {string}
 */
function makeText() {
  const lines = [HEADER];
  for (let i = 1; i <= COUNT; i++) {
    const email = i === COUNT ? "nobody" : `tour${i}@example.com`;
    const name = i === 4 ? "Maïté Saint-Léger" : `Client du tour ${i}`;
    const note = i === 4 ? '"Étage 2; porte gauche\nSonner deux fois"' : "";
    lines.push(
      `000${i}-T;individual;${name};${i} rue de l'Église;01000;Bourg-en-Bresse;FR;` +
        `${email};${note};0077${i};1`,
    );
  }
  return lines.join("\r\n") + "\r\n";
}

/**
 * The text as an old program on Windows saves it (all of it is in Latin-1).
 *
 * @returns {File}
 */
function makeFile() {
  const bytes = Uint8Array.from(makeText(), (char) => char.charCodeAt(0));
  return new File([bytes], "old_clients.csv", { type: "text/csv" });
}

/** Choose a file as a user does. */
export function dropFile(input, file) {
  const transfer = new DataTransfer();
  transfer.items.add(file);
  input.files = transfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

registry.category("web_tour.tours").add("client_import_tour", {
  url: "/odoo/clients",
  steps: () => [
    {
      content: "Open the cog menu of the Clients list",
      trigger: ".o_cp_action_menus .fa-cog",
      run: "click",
    },
    { trigger: ".o_client_export_menu" },
    { trigger: ".o_client_import_menu", run: "click" },
    {
      content: "Choose a file",
      trigger: ".o_client_import_wizard .o_client_import_file:has(input[type=file])",
      run({ anchor }) {
        dropFile(anchor.querySelector("input[type=file]"), makeFile());
      },
    },
    {
      content: "Check it before anything is done",
      trigger: ".modal footer button[name=action_check]",
      run: "click",
    },
    { trigger: ".o_client_import_form [name=created_count]:contains(11)" },
    { trigger: ".o_client_import_form [name=rejected_count]:contains(1)" },
    { trigger: ".o_client_import_form .nav-link[name=problems]", run: "click" },
    {
      content: "The problem names its line, its column and its value",
      trigger:
        ".o_data_row:has([name=line]:contains(14)) [name=value]:contains(nobody)",
    },
    {
      content: "Import it",
      trigger: ".o_statusbar_buttons button[name=action_import]",
      run: "click",
    },
    { trigger: ".o_statusbar_buttons button[name=action_download_rejects]" },
    {
      content: "See what became of each column",
      trigger: ".nav-link[name=columns]",
      run: "click",
    },
    { trigger: ".tab-pane.active tr:contains(code SAP):contains(Additional data)" },
    {
      content: "Go to the clients",
      trigger: ".o_statusbar_buttons button:contains(Open Clients)",
      run: "click",
    },
    {
      content: "Look for one that came from the file",
      trigger: ".o_searchview_input",
      run: "edit 0004-T",
    },
    { trigger: ".o_searchview_input", run: "press Enter" },
    { trigger: ".o_list_view:has(.o_pager_limit:contains(/^1$/))" },
    { trigger: ".o_data_row td:contains(Maïté Saint-Léger)", run: "click" },
    {
      content: "Accents, leading zeros and the line break are right",
      trigger:
        ".o_form_view [name=name] input:value(Maïté Saint-Léger), " +
        ".o_form_view .o_field_widget[name=name]:contains(Maïté Saint-Léger)",
    },
    openPage("details"),
    { trigger: ".o_form_view [name=ref] input:value(0004-T)" },
  ],
});
