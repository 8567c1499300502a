import { useBus } from "@web/core/utils/hooks";
import { SearchPanel } from "@web/search/search_panel/search_panel";

import { Component, onWillStart, status, useState } from "@odoo/owl";

/**
 * The search panel of the Clients app. Odoo's own delays the whole view until
 * everything in it is counted; this one shows the clients first.
 */
export class ClientSearchPanel extends Component {
  static template = "client_extension.ClientSearchPanel";
  static components = { SearchPanel };
  static props = {};

  setup() {
    this.state = useState({ isCounted: false });
    onWillStart(() => this.waitForSections());
    // Deep: the props of the inner panel do not change.
    useBus(this.env.searchModel, "client-counted", () => this.render(true));
  }

  /** Show the panel once its sections are loaded, without blocking the view. */
  waitForSections() {
    Promise.resolve(this.env.searchModel.sectionsPromise).then(() => {
      if (status(this) !== "destroyed") {
        this.state.isCounted = true;
      }
    });
  }
}
