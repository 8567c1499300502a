import { onWillStart, onWillUpdateProps, useState, useSubEnv } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { KanbanHeader } from "@web/views/kanban/kanban_header";
import { KanbanRenderer } from "@web/views/kanban/kanban_renderer";
import { kanbanView } from "@web/views/kanban/kanban_view";

/** The head of a room: how many people are in how many beds. */
export class ClientTripRoomHeader extends KanbanHeader {
  static template = "client_extension_travel.RoomHeader";

  get occupancy() {
    const beds = this.env.clientTripBeds[this.group.value];
    return beds === undefined ? `${this.group.count}` : `${this.group.count} / ${beds}`;
  }
}

/** Participants by room, in a color where there are too many or too few of them. */
export class ClientTripRoomsRenderer extends KanbanRenderer {
  static components = {
    ...KanbanRenderer.components,
    KanbanHeader: ClientTripRoomHeader,
  };

  setup() {
    super.setup();
    this.orm = useService("orm");
    this.beds = useState({});
    useSubEnv({ clientTripBeds: this.beds });
    onWillStart(async () => {
      await this.loadBeds(this.props.list);
      await this.unfoldUnassigned(this.props.list);
    });
    onWillUpdateProps((props) => this.loadBeds(props.list));
  }

  /** Show who has no room yet: Odoo folds what has no value. */
  async unfoldUnassigned(list) {
    const unassigned = (list.groups || []).find((group) => !group.value);
    if (unassigned?.isFolded && unassigned.count) {
      await unassigned.toggle();
    }
  }

  /** Read the beds of the rooms that are new on the screen. */
  async loadBeds(list) {
    const values = (list.groups || []).map((group) => group.value);
    const unknown = values.filter((id) => id && !(id in this.beds));
    if (unknown.length) {
      for (const room of await this.orm.read("client.trip.room", unknown, ["beds"])) {
        this.beds[room.id] = room.beds;
      }
    }
  }

  getGroupClasses(group, isGroupProcessing) {
    const classes = super.getGroupClasses(group, isGroupProcessing);
    return `${classes} o_client_room_${this.getOccupancy(group)}`;
  }

  /** @returns {string} "over", "under", "full", "empty"; "none" for people without a room */
  getOccupancy(group) {
    if (!group.value) {
      return "none";
    }
    if (!group.count) {
      return "empty";
    }
    const difference = group.count - this.beds[group.value];
    return difference > 0 ? "over" : difference < 0 ? "under" : "full";
  }
}

registry.category("views").add("client_trip_rooms", {
  ...kanbanView,
  Renderer: ClientTripRoomsRenderer,
});
