import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

const TONES = ["danger", "warning", "success"];

/** A section of the overview: its figures, each of which opens its list. */
export class OverviewCard extends Component {
  static template = "client_extension.OverviewCard";
  static props = {
    section: {
      type: Object,
      shape: {
        key: String,
        label: String,
        icon: String,
        new: { type: [String, Boolean], optional: true },
        partial: { type: Boolean, optional: true },
        error: { type: [String, Boolean], optional: true },
        note: { type: [String, Boolean], optional: true },
        figures: Array,
        "*": true,
      },
    },
    openFigure: Function,
    create: Function,
  };

  /** @returns {string} */
  get newLabel() {
    return _t("New: %s", this.props.section.label);
  }

  /**
   * @param {Object} figure
   * @returns {string} the class of its value: a zero calls for no attention
   */
  tone({ tone, count, amount }) {
    if (!count && !amount) {
      return "text-muted";
    }
    return TONES.includes(tone) ? `text-${tone}` : "";
  }

  /**
   * @param {Object} figure
   * @returns {string} what a screen reader says
   */
  figureLabel({ label, text }) {
    return _t("%(section)s, %(label)s: %(value)s", {
      section: this.props.section.label,
      label,
      value: text,
    });
  }
}
