import { Component, useState } from "@odoo/owl";
import { formatCurrency } from "@web/core/currency";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

import { entryDate } from "./timeline_dates";

const { DateTime } = luxon;

// Read in place: they have no form that people use.
const WITHOUT_FORM = ["mail.message", "mail.activity"];

/**
 * One entry of the timeline: opens its document, and unfolds its messages. A message
 * unfolds itself.
 */
export class TimelineEntry extends Component {
  static template = "client_extension.TimelineEntry";
  static props = {
    clientId: Number,
    entry: {
      type: Object,
      shape: {
        kind: String,
        model: String,
        id: Number,
        date: String,
        title: { type: [String, Boolean] },
        state: { type: [String, Boolean], optional: true },
        amount: { type: [Number, Boolean], optional: true },
        currency_id: { type: [Number, Boolean], optional: true },
        who: { type: [String, Boolean], optional: true },
        preview: { type: [String, Boolean], optional: true },
        talk_count: { type: Number, optional: true },
        "*": true,
      },
    },
    kind: { type: Object, optional: true },
  };

  setup() {
    this.orm = useService("orm");
    this.action = useService("action");
    this.state = useState({ isOpen: false, messages: null, failed: false });
  }

  /** @returns {boolean} whether its document opens */
  get hasForm() {
    return !WITHOUT_FORM.includes(this.props.entry.model);
  }

  /** @returns {string} its address, for a new tab or a bookmark */
  get href() {
    const { model, id } = this.props.entry;
    return `/odoo/${model.includes(".") ? model : `m-${model}`}/${id}`;
  }

  /** @returns {string} */
  get time() {
    return this.formatTime(this.props.entry.date);
  }

  /** @returns {string} */
  get amount() {
    const { amount, currency_id: currencyId } = this.props.entry;
    return currencyId && amount !== false ? formatCurrency(amount, currencyId) : "";
  }

  /** @returns {string} */
  get talkLabel() {
    return _t("Messages: %s", this.props.entry.talk_count);
  }

  /**
   * @param {string} date of the server
   * @returns {string} the time of day, empty for a day without one
   */
  formatTime(date) {
    return date.length > 10 ? entryDate(date).toLocaleString(DateTime.TIME_SIMPLE) : "";
  }

  /**
   * @param {string} date of the server
   * @returns {string} day and time
   */
  formatMoment(date) {
    return entryDate(date).toLocaleString(DateTime.DATETIME_MED);
  }

  /**
   * Open the document in its own form.
   *
   * @param {boolean} newWindow
   */
  async open(newWindow) {
    const { model, id } = this.props.entry;
    const action = await this.orm.call(model, "get_formview_action", [[id]]);
    await this.action.doAction(action, { newWindow });
  }

  /** Show or fold the messages of the document, or the text of a message. */
  async toggle() {
    this.state.isOpen = !this.state.isOpen;
    if (this.state.isOpen && this.props.entry.talk_count && !this.state.messages) {
      await this.loadTalk();
    }
  }

  /** Ask for the messages. */
  async loadTalk() {
    const { model, id } = this.props.entry;
    this.state.failed = false;
    try {
      const { messages } = await this.orm.silent.call(
        "res.partner",
        "get_client_timeline_talk",
        [[this.props.clientId], model, id],
      );
      this.state.messages = messages;
    } catch {
      // The entry says so, and the rest of the form goes on.
      this.state.failed = true;
    }
  }
}
