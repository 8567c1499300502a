import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

const tours = registry.category("web_tour.tours");
const room = (name) => `.o_kanban_group:has(.o_column_title:contains(${name}))`;

tours.add("client_trip_rooms_tour", {
  steps: () => [
    {
      content: "Assign the rooms of the trip",
      trigger: "button[name=action_view_rooms]",
      run: "click",
    },
    {
      content: "The room with too many people is shown",
      trigger: `.o_client_room_over${room("Single")} .o_client_room_count:contains(2 / 1)`,
    },
    {
      content: "Take one of them into the empty room",
      trigger: `${room("Single")} .o_kanban_record:contains(Bob)`,
      run: `drag_and_drop(.o_client_room_empty${room("Twin")})`,
    },
    {
      content: "Both rooms say how many people are in them",
      trigger: `.o_client_room_full${room("Single")} .o_client_room_count:contains(1 / 1)`,
    },
    {
      trigger: `.o_client_room_under${room("Twin")} .o_client_room_count:contains(1 / 2)`,
    },
  ],
});

tours.add("client_trip_again_tour", {
  steps: () => [
    {
      content: "Open the trips of the client",
      trigger: ".o_notebook_headers a[name=client_travel]",
      run: "click",
    },
    {
      content: "Make the same stay as last time",
      trigger: "button[name=action_client_same_trip]",
      run: "click",
    },
    {
      content: "The party is there",
      trigger: ".o_field_widget[name=participant_ids] .o_data_row:contains(Ann)",
    },
    { trigger: ".o_field_widget[name=place_id] input:value(T-99)" },
    {
      content: "Say until when they stay",
      trigger: ".o_field_widget[name=date_from] input[data-field=date_to]",
      run: "edit 12/31/2099 && press Tab",
    },
    ...stepUtils.saveForm(),
  ],
});
