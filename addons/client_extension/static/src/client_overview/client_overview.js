import { Component, status, toRaw, useEffect, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useBus, useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { CHATTER_CHANGED } from "./chatter_patch";
import { ClientTimeline } from "./client_timeline";
import { OverviewCard } from "./overview_card";
import { OverviewEmptySections } from "./overview_empty_sections";
import { OverviewUrgent } from "./overview_urgent";

/**
 * The overview page of a client: what is urgent, a card for each section, the timeline.
 *
 * It asks the server once the form is drawn, and again whenever Odoo has loaded or
 * saved the record, a dialog opened from here is closed, or the chatter has changed.
 */
export class ClientOverview extends Component {
  static template = "client_extension.ClientOverview";
  static components = {
    ClientTimeline,
    OverviewCard,
    OverviewEmptySections,
    OverviewUrgent,
  };
  static props = { ...standardWidgetProps };

  setup() {
    this.orm = useService("orm");
    this.action = useService("action");
    this.keepLast = new KeepLast();
    this.state = useState({ answer: null, asked: null, failed: false });
    // What the server last said of the client is replaced when Odoo loads or saves, and
    // not while one types, nor, as `data` is, when a page without changes is closed.
    useEffect(
      () => {
        this.load();
      },
      () => [this.clientId, toRaw(this.props.record._values)],
    );
    useBus(this.env.bus, CHATTER_CHANGED, ({ detail }) => {
      if (detail.model === "res.partner" && detail.id === this.clientId) {
        this.load();
      }
    });
  }

  /** @returns {number | false} the client of the form */
  get clientId() {
    return this.props.record.resId;
  }

  /** @returns {Object | null} the overview, never that of another client */
  get overview() {
    const { answer } = this.state;
    return answer?.clientId === this.clientId ? answer.overview : null;
  }

  /** @returns {number} how often this client was asked for, at the time of drawing */
  get version() {
    const { asked } = this.state;
    return asked?.clientId === this.clientId ? asked.version : 0;
  }

  /** @returns {Object[]} sections that have something to show */
  get cards() {
    return this.overview.sections.filter((section) => !this.isEmpty(section));
  }

  /** @returns {Object[]} sections without anything, shown on one line */
  get emptySections() {
    return this.overview.sections.filter((section) => this.isEmpty(section));
  }

  /**
   * @param {Object} section
   * @returns {boolean} whether all its figures are zero
   */
  isEmpty({ error, note, figures }) {
    return !error && !note && figures.every(({ count, amount }) => !count && !amount);
  }

  /** Ask for the overview; the timeline follows by its version. */
  async load() {
    const { clientId } = this;
    if (!clientId || status(this) === "destroyed") {
      return;
    }
    const version = (this.state.asked?.version || 0) + 1;
    Object.assign(this.state, { asked: { clientId, version }, failed: false });
    try {
      const overview = await this.keepLast.add(
        this.orm.silent.call("res.partner", "get_client_overview", [[clientId]]),
      );
      this.state.answer = { clientId, overview };
    } catch {
      // The page says so, and the rest of the form goes on.
      this.state.failed = true;
    }
  }

  /**
   * Open the list of a figure, which the server makes.
   *
   * @param {string} section its key
   * @param {string} key of the figure
   * @param {boolean} newWindow
   */
  async openFigure(section, key, newWindow) {
    const action = await this.orm.call("res.partner", "open_client_figure", [
      [this.clientId],
      section,
      key,
    ]);
    await this.doAction(action, newWindow);
  }

  /**
   * Start something new for the client.
   *
   * @param {string} method of `res.partner`, which returns an action
   */
  async create(method) {
    const action = await this.orm.call("res.partner", method, [[this.clientId]]);
    await this.doAction(action);
  }

  /**
   * @param {Object} action
   * @param {boolean} [newWindow]
   */
  async doAction(action, newWindow = false) {
    await this.action.doAction(action, { newWindow, onClose: () => this.load() });
  }
}

registry.category("view_widgets").add("client_overview", {
  component: ClientOverview,
});
