import { Component } from "@odoo/owl";
import { deserializeDate, formatDate, today } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

/**
 * What calls for attention, the most urgent first: late installments, the next activity,
 * and what is missing before the first invoice. Without any of it, nothing is shown.
 */
export class OverviewUrgent extends Component {
  static template = "client_extension.OverviewUrgent";
  static props = { overview: Object, openFigure: Function };

  /** @returns {Object | undefined} the late installments, if there are any */
  get late() {
    const invoices = this.props.overview.sections.find(({ key }) => key === "invoices");
    return invoices?.figures.find(({ key, oldest }) => key === "late" && oldest);
  }

  /** @returns {string} */
  get lateText() {
    const { count, oldest, text } = this.late;
    return _t("Late installments: %(count)s, oldest %(days)s days, %(amount)s", {
      count,
      days: this.daysUntil(oldest) * -1,
      amount: text,
    });
  }

  /** @returns {Object | null} `date`, `title`, `who` */
  get nextActivity() {
    return this.props.overview.next_activity || null;
  }

  /** @returns {string} */
  get nextActivityText() {
    const { date, title } = this.nextActivity;
    return _t("Next activity: %(date)s, %(title)s", {
      date: formatDate(deserializeDate(date)),
      title,
    });
  }

  /** @returns {boolean} whether its day is past */
  get isActivityLate() {
    return this.daysUntil(this.nextActivity.date) < 0;
  }

  /** @returns {Object[]} `field`, `sentence`, `blocks` */
  get gaps() {
    return this.props.overview.gaps || [];
  }

  /**
   * @param {string} date as the server writes it
   * @returns {number} days from today, below zero in the past
   */
  daysUntil(date) {
    return Math.round(deserializeDate(date).diff(today(), "days").days);
  }
}
