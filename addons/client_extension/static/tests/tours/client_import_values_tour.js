import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

const value = (word) => `.o_client_import_value:contains(${word})`;

/** @returns {Object[]} the steps that leave the cells of a word empty */
function leaveEmpty(word) {
  return [
    { trigger: `${value(word)} .o_select_menu_toggler`, run: "click" },
    {
      content: "The first entry of the menu, in any language",
      trigger: ".o_select_menu_menu .o_select_menu_item:eq(0)",
      run: "click",
    },
    { trigger: `${value(word)}:has(.o_client_import_answered)` },
  ];
}

/** An importer who works in French; the test opens the checked import. */
registry.category("web_tour.tours").add("client_import_values_tour", {
  steps: () => [
    {
      content: "The page says what to do",
      trigger: ".o_client_import_form [name=rejected_count]:contains(8)",
    },
    { trigger: ".o_client_import_counts:contains(Rejetées)" },
    { trigger: ".o_client_import_form .nav-link[name=values]", run: "click" },
    {
      content: "Each word once, the one with most rows first",
      trigger: ".o_client_import_value:eq(0):contains(elsewhere):contains(4)",
    },
    ...leaveEmpty("elsewhere"),
    { trigger: `${value("Kebec")} .o_select_menu_toggler`, run: "click" },
    ...stepUtils.editSelectMenuInput(
      `${value("Kebec")} .o_select_menu_input`,
      "Quebec",
    ),
    {
      trigger: ".o_select_menu_menu .o_select_menu_item:contains(Quebec)",
      run: "click",
    },
    {
      content: "All others at once",
      trigger: ".o_client_import_values button.o_client_import_leave_empty",
      run: "click",
    },
    { trigger: `${value("Co. Cork")}:has(.o_client_import_answered)` },
    { trigger: ".o_statusbar_buttons button[name=action_check]", run: "click" },
    { trigger: ".o_client_import_form [name=created_count]:contains(9)" },
    { trigger: ".o_client_import_form [name=rejected_count]:contains(0)" },
    { trigger: ".o_statusbar_buttons button[name=action_import]", run: "click" },
    { trigger: ".o_form_statusbar .o_arrow_button_current[data-value=done]" },
  ],
});
