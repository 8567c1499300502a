import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

/** The sections without anything, on one line instead of a card of zeros for each. */
export class OverviewEmptySections extends Component {
  static template = "client_extension.OverviewEmptySections";
  static props = { sections: Array, create: Function };

  /**
   * @param {Object} section
   * @returns {string}
   */
  newLabel(section) {
    return _t("New: %s", section.label);
  }
}
