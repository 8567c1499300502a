import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { SelectMenu } from "@web/core/select_menu/select_menu";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Answers that are no word of a list. */
const LEAVE_EMPTY = "";
const CREATE = "+";

/**
 * The words that a list does not have, and what the user says they mean. The field holds
 * the answers by column and word; `value_choices` of the same record holds the rest.
 */
export class ImportValuesField extends Component {
  static template = "client_extension.ImportValuesField";
  static components = { SelectMenu };
  static props = { ...standardFieldProps };

  setup() {
    this.recent = {};
    this.pending = 0;
  }

  get answers() {
    return this.props.record.data[this.props.name] || {};
  }

  /** @returns {Object[]} the columns, each with its words and their answers */
  get columns() {
    const columns = this.props.record.data.value_choices || [];
    return columns.map((column) => ({
      ...column,
      menu: this.getMenu(column),
      words: column.words.map((shown) => ({
        ...shown,
        answer: this.getAnswer(column, shown.word),
      })),
    }));
  }

  /** @returns {string|undefined} the answer, also where the record lacks it yet */
  getAnswer(column, word) {
    const recent = this.recent[column.name] || {};
    return word in recent ? recent[word] : this.answers[column.name]?.[word];
  }

  /**
   * The menu of a column; the value of a choice is its position, as an answer may be
   * empty.
   *
   * @returns {Object[]}
   */
  getMenu(column) {
    const menu = [{ answer: LEAVE_EMPTY, label: _t("Leave Empty") }];
    if (column.can_create) {
      menu.push({ answer: CREATE, label: _t("Create It") });
    }
    for (const [answer, label] of column.choices) {
      menu.push({ answer, label });
    }
    return menu.map((choice, index) => ({ ...choice, value: index + 1 }));
  }

  /** @returns {Object[]} the menu of one word, where its answer can be taken back */
  getChoices(column, shown) {
    if (shown.answer === undefined) {
      return column.menu;
    }
    const back = { value: -1, answer: undefined, label: _t("No answer") };
    return [...column.menu, back];
  }

  getChoice(column, answer) {
    return column.menu.find((choice) => choice.answer === answer);
  }

  getName(column, answer) {
    return this.getChoice(column, answer)?.label || answer || _t("No answer");
  }

  get chooseText() {
    return _t("Select what it means");
  }

  getCount(shown) {
    return shown.count ? _t("Rows: %s", shown.count) : "";
  }

  /** @returns {string} what the select menu of a word is for, for screen readers */
  getLabel(column, shown) {
    return _t("Meaning of “%(word)s” in %(column)s", {
      word: shown.word,
      column: column.header,
    });
  }

  /** @returns {boolean} whether a word of the column has no answer yet */
  hasOpen(column) {
    return column.words.filter((shown) => shown.answer === undefined).length > 1;
  }

  /**
   * Add an answer to the others. The record updates one after the other, so answers that
   * are not in the record yet are sent again with the next one.
   */
  async answer(column, shown, value) {
    const { answer } = column.menu.find((choice) => choice.value === value) || {};
    this.note(column, shown.word, answer);
    await this.save();
  }

  async leaveAllEmpty(column) {
    for (const { word } of column.words) {
      if (this.getAnswer(column, word) === undefined) {
        this.note(column, word, LEAVE_EMPTY);
      }
    }
    await this.save();
  }

  note(column, word, answer) {
    this.recent[column.name] = { ...this.recent[column.name], [word]: answer };
  }

  async save() {
    this.pending++;
    const answers = { ...this.answers };
    for (const [name, words] of Object.entries(this.recent)) {
      const merged = Object.entries({ ...answers[name], ...words });
      answers[name] = Object.fromEntries(
        merged.filter(([, answer]) => answer !== undefined),
      );
    }
    try {
      await this.props.record.update({ [this.props.name]: answers });
    } finally {
      this.pending--;
      if (!this.pending) {
        this.recent = {};
      }
    }
  }
}

registry.category("fields").add("client_import_values", {
  component: ImportValuesField,
  supportedTypes: ["json"],
});
