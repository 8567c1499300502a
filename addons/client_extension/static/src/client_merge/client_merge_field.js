import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { STATUS_LABELS } from "../client_duplicate_banner/duplicate_reasons";

/**
 * Clients side by side. The field holds what the user chose: the client to keep, those
 * to leave out, and for each row whose value wins; `comparison` of the same record
 * holds the available choices.
 */
export class ClientMergeField extends Component {
  static template = "client_extension.ClientMergeField";
  static props = { ...standardFieldProps };

  get choices() {
    const choices = this.props.record.data[this.props.name] || {};
    return { keep: null, out: [], rows: {}, ...choices };
  }

  get comparison() {
    const empty = { partners: [], rows: [], others: [], carried: [] };
    return this.props.record.data.comparison || empty;
  }

  get canChoose() {
    return this.props.record.data.can_merge && !this.props.readonly;
  }

  /** @returns {Object[]} the clients, in the order of the cells of each row */
  get partners() {
    const { out } = this.choices;
    return this.comparison.partners.map((partner, index) => ({
      ...partner,
      index,
      isOut: out.includes(partner.id),
      isKept: partner.id === this.keptId,
      statusLabel: STATUS_LABELS[partner.status],
      subtitle: [partner.reference, partner.city].filter(Boolean).join(" · "),
    }));
  }

  /** @returns {number} the client that the user keeps, else the first one */
  get keptId() {
    const { keep, out } = this.choices;
    const left = this.comparison.partners.filter(({ id }) => !out.includes(id));
    return (left.find(({ id }) => id === keep) || left[0])?.id;
  }

  get canLeaveOut() {
    return this.partners.filter((partner) => !partner.isOut).length > 2;
  }

  /** @returns {Object[]} the rows to choose from */
  get rows() {
    return this.decide(this.comparison.rows);
  }

  /** @returns {Object[]} the rows that differ and are decided by the merge */
  get others() {
    return this.decide(this.comparison.others);
  }

  /** @returns {Object[]} rows, each with its cells and whose value wins */
  decide(rows) {
    return rows.map((row) => {
      const winner = this.getWinner(row);
      const partners = this.partners.filter((partner) => !partner.isOut);
      const texts = new Set(partners.map(({ index }) => row.cells[index]));
      const kept = row.cells[winner?.index];
      const cells = this.partners.map((partner) => {
        const text = row.cells[partner.index];
        return {
          id: partner.id,
          text,
          isOut: partner.isOut,
          isWinner: partner.id === winner?.id,
          // A reference that is not chosen still finds the client.
          isDropped: text && !partner.isOut && text !== kept && row.key !== "ref",
        };
      });
      return { ...row, cells, isOpen: texts.size > 1 };
    });
  }

  /** @returns {Object} the client whose value wins, by the server's own rule */
  getWinner(row) {
    const left = this.partners.filter((partner) => !partner.isOut);
    left.sort((one, other) => other.isKept - one.isKept);
    const chosen = left.find(({ id }) => id === this.choices.rows[row.key]);
    if (row.stays) {
      return left[0];
    }
    return chosen || left.find(({ index }) => row.filled[index]) || left[0];
  }

  /** Add the user's choice to the earlier ones. */
  update(changes) {
    const choices = { ...this.choices, ...changes };
    return this.props.record.update({ [this.props.name]: choices });
  }

  keep(partner) {
    return this.update({ keep: partner.id });
  }

  choose(row, id) {
    return this.update({ rows: { ...this.choices.rows, [row.key]: id } });
  }

  /** Exclude a client from the merge, or include it again. */
  toggle(partner) {
    const { out } = this.choices;
    return this.update({
      out: partner.isOut ? out.filter((id) => id !== partner.id) : [...out, partner.id],
    });
  }
}

registry.category("fields").add("client_merge_table", {
  component: ClientMergeField,
  supportedTypes: ["json"],
});
