import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("client_letter_run_tour", {
  steps: () => [
    {
      content: "Look for some clients",
      trigger: ".o_searchview_input",
      run: "edit Merge",
    },
    { trigger: ".o_searchview_input", run: "press Enter" },
    { trigger: ".o_list_view:has(.o_pager_limit:contains(/^3$/))" },
    {
      content: "Select all of them",
      trigger: "thead .o_list_record_selector input",
      run: "click",
    },
    { trigger: ".o_control_panel .o_cp_action_menus .fa-cog", run: "click" },
    { trigger: ".o-dropdown-item:contains(Write Letters)", run: "click" },
    {
      content: "Choose the template",
      trigger: ".modal [name=template_id] input",
      run: "edit Visit",
    },
    {
      trigger: ".ui-autocomplete .dropdown-item:contains(Visit)",
      run: "click",
    },
    { trigger: ".modal [name=note]:contains(mailings: 1)" },
    { trigger: ".modal footer button[name=action_write]", run: "click" },
    {
      content: "Two letters are to be printed, one client got none",
      trigger: ".o_form_view [name=draft_count]:contains(2)",
    },
    {
      trigger:
        ".o_form_view [name=skipped_ids] .o_data_row:contains(Objects to mailings)",
    },
    {
      content: "Correct the client",
      trigger: ".o_form_view [name=skipped_ids] button[name=action_open_client]",
      run: "click",
    },
    {
      trigger: ".o_form_view .nav-link[name=client_details]",
      run: "click",
    },
    {
      trigger: ".o_form_view [name=client_no_mailing] input:checked",
      run: "click",
    },
    { trigger: ".o_form_button_save", run: "click" },
    { trigger: ".o_form_view .o_form_saved" },
    {
      content: "Back to the letters",
      trigger: ".o_back_button, .breadcrumb-item:last",
      run: "click",
    },
    {
      trigger: ".o_form_view button[name=action_write_missing]",
      run: "click",
    },
    {
      content: "Now all are written",
      trigger: ".o_form_view [name=draft_count]:contains(3)",
    },
    { trigger: ".o_form_view button[name=action_print]" },
  ],
});
