import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("client_trip_missing_tour", {
  steps: () => [
    {
      content: "The strip says how much is missing",
      trigger: ".o_field_widget[name=missing_notice]:contains(1)",
    },
    {
      content: "Open what is missing",
      trigger: ".o_notebook_headers a[name=missing]",
      run: "click",
    },
    {
      content: "It says that a date is missing, of whom, and when it is needed",
      trigger:
        ".o_field_widget[name=missing_table] tr:contains(Ann Traveler):contains(Birth date missing):contains(To confirm)",
    },
    {
      content: "Ask for it",
      trigger: "button[name=action_ask_missing]",
      run: "click",
    },
    {
      content: "The composer says who is asked",
      trigger: ".modal-title:contains(Ann Traveler)",
    },
    {
      content: "Send",
      trigger: ".modal button[name=action_send_mail]",
      run: "click",
    },
    {
      content: "The log says to whom",
      trigger: "body:not(:has(.modal)) .o-mail-Message:contains(Ann Traveler)",
    },
  ],
});
