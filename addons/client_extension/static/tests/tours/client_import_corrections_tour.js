import { registry } from "@web/core/registry";

const row = (line) => `.o_client_import_corrections tr[data-line="${line}"]`;
const cell = (line, column) => `${row(line)} [data-column="${column}"]`;

/** An importer who works in French; the test opens the import that has run. */
registry.category("web_tour.tours").add("client_import_corrections_tour", {
  steps: () => [
    {
      content: "The page says what to do",
      trigger: ".o_client_import_form [name=rejected_count]:contains(3)",
    },
    { trigger: ".o_client_import_counts:contains(Rejetées)" },
    { trigger: ".o_client_import_form .nav-link[name=rejected]", run: "click" },
    {
      content: "The cell in question is marked, its sentence is in French",
      trigger: `${row(3)}:contains(adresse e-mail) [data-column="2"].is-invalid`,
    },
    { trigger: ".o_client_import_corrected:disabled" },
    {
      content: "A text that is still wrong",
      trigger: cell(3, 2),
      run: "edit deux && press Enter",
    },
    {
      content: "Enter goes to the next row",
      trigger: `${cell(4, 2)}:focus`,
    },
    { trigger: `${row(3)}:contains(deux):has(.o_client_import_restore)` },
    { trigger: cell(3, 2), run: "edit deux@example.com && press Tab" },
    { trigger: `${row(3)} .text-success` },
    {
      content: "What is typed is kept by the server",
      trigger: ".o_client_import_form .nav-link[name=problems]",
      run: "click",
    },
    { trigger: ".o_client_import_form .nav-link[name=rejected]", run: "click" },
    {
      trigger: `${row(3)}.o_client_import_ready [data-column="2"].o_client_import_typed`,
    },
    { trigger: cell(4, 0), run: "edit M1 && press Tab" },
    { trigger: `${row(4)} .text-success` },
    {
      content: "A row is taken back",
      trigger: `${row(4)} .o_client_import_restore`,
      run: "click",
    },
    { trigger: `${row(4)}:not(.o_client_import_ready) [data-column="0"].is-invalid` },
    {
      content: "A word is answered on the other page, and not saved",
      trigger: ".o_client_import_form .nav-link[name=values]",
      run: "click",
    },
    {
      trigger: ".o_client_import_value:contains(warm) .o_select_menu_toggler",
      run: "click",
    },
    {
      content: "Prospect, in any language",
      trigger: ".o_select_menu_menu .o_select_menu_item:eq(1)",
      run: "click",
    },
    { trigger: ".o_client_import_value:has(.o_client_import_answered)" },
    { trigger: ".o_client_import_form .nav-link[name=rejected]", run: "click" },
    {
      content: "The column of a list offers its words",
      trigger: `${row(5)}:has(input[list]) [data-column="3"]`,
      run: "edit Rennes",
    },
    {
      content: "The last cell is kept before its row is imported",
      trigger: ".o_client_import_corrected:enabled",
      run: "click",
    },
    { trigger: ".o_client_import_form [name=created_count]:contains(3)" },
    { trigger: ".o_client_import_form [name=rejected_count]:contains(1)" },
    {
      content: "Only the other row is left",
      trigger: `.o_client_import_corrections:not(:has(tr[data-line="3"])) tr[data-line="4"]`,
    },
    { trigger: cell(4, 0), run: "edit M3 && press Tab" },
    { trigger: `${row(4)} .text-success` },
    { trigger: ".o_client_import_corrected:enabled", run: "click" },
    { trigger: ".o_form_statusbar .o_arrow_button_current[data-value=done]" },
    { trigger: "body:not(:has(.nav-link[name=rejected]))" },
  ],
});
