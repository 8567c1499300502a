import { registry } from "@web/core/registry";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { listView } from "@web/views/list/list_view";

import {
  ClientKanbanController,
  ClientListController,
} from "../client_cog_menu/client_list_controller";
import { ClientListRenderer } from "../client_list_figures/client_list_figures";
import { ClientSearchModel } from "./client_search_model";
import { ClientSearchPanel } from "./client_search_panel";

export const clientListView = {
  ...listView,
  Controller: ClientListController,
  Renderer: ClientListRenderer,
  SearchModel: ClientSearchModel,
  SearchPanel: ClientSearchPanel,
};
export const clientKanbanView = {
  ...kanbanView,
  Controller: ClientKanbanController,
  SearchModel: ClientSearchModel,
  SearchPanel: ClientSearchPanel,
};

registry.category("views").add("client_list", clientListView);
registry.category("views").add("client_kanban", clientKanbanView);
