import { Component, onPatched, onWillStart, status, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { Pager } from "@web/core/pager/pager";
import { registry } from "@web/core/registry";
import { Mutex } from "@web/core/utils/concurrency";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** Rows shown at once. */
const PAGE = 50;
/** Columns below which all of them are shown. */
const FEW = 6;
const MODEL = "client.import";

/** @returns {string[]} the keys of the columns of a row that are in question */
function getMarked(row) {
  return [...row.messages.flatMap(({ keys }) => keys), ...Object.keys(row.typed)];
}

/**
 * The rejected rows of an import as a grid. What is typed is kept by the server when a
 * cell is left, which then says what the import would do with the row.
 */
export class ImportCorrections extends Component {
  static template = "client_extension.ImportCorrections";
  static components = { Pager };
  static props = { ...standardWidgetProps };

  setup() {
    // Not the one of the component: a cell that was left is kept even if the page is
    // left as well.
    this.orm = this.env.services.orm;
    this.table = useRef("table");
    // Rows are kept one after the other, in the order in which cells are left.
    this.mutex = new Mutex();
    this.state = useState({
      columns: [],
      choices: {},
      rows: [],
      offset: 0,
      count: 0,
      corrected: 0,
      showsAll: false,
      isBusy: false,
    });
    onWillStart(() => this.loadColumns());
    onPatched(() => {
      if (this.entered !== undefined) {
        this.focus(0, this.entered);
        this.entered = undefined;
      }
    });
    useRecordObserver(async (record) => {
      const ended = String(record.data.ended_at);
      if (this.ended !== undefined && this.ended !== ended && this.canCorrect) {
        await this.loadColumns();
      }
      this.ended = ended;
    });
  }

  get record() {
    return this.props.record;
  }

  get canCorrect() {
    return this.record.data.can_correct && !this.record.data.correction_note;
  }

  call(method, ...args) {
    return this.orm.call(MODEL, method, [[this.record.resId], ...args]);
  }

  get pageSize() {
    return PAGE;
  }

  // Rows

  async loadColumns() {
    if (!this.canCorrect) {
      return;
    }
    const found = await this.call("get_rejected_columns");
    found.columns.forEach((column, index) => Object.assign(column, { index }));
    Object.assign(this.state, found, { offset: 0 });
    await this.load();
  }

  async load(offset = this.state.offset) {
    let found = await this.call("get_rejected_rows", offset, PAGE);
    if (!found.rows.length && offset) {
      offset = 0;
      found = await this.call("get_rejected_rows", offset, PAGE);
    }
    found.rows.forEach((row) =>
      Object.assign(row, { waiting: 0, note: "", marked: getMarked(row) }),
    );
    Object.assign(this.state, found, { offset });
  }

  async onPage({ offset }) {
    await this.keepAll();
    await this.load(offset);
  }

  /** @returns {Object[]} the columns that are shown: what names a row, and in question */
  get columns() {
    const { columns, rows, showsAll } = this.state;
    const marked = new Set(rows.flatMap((row) => row.marked));
    if (showsAll || columns.length <= FEW || !marked.size) {
      return columns;
    }
    return columns.filter(({ key, is_key }) => is_key || marked.has(key));
  }

  /** @returns {boolean} whether a phone leaves out a cell, which nobody asks about */
  isAside(row, { key, is_key }) {
    const isAsked = is_key || !row.marked.length || row.marked.includes(key);
    return !isAsked && !this.state.showsAll;
  }

  get canHide() {
    return this.state.columns.length > FEW;
  }

  get lists() {
    const names = new Set(this.columns.map((column) => column.list));
    return Object.entries(this.state.choices).filter(([name]) => names.has(name));
  }

  /** @returns {string|undefined} id of the words of a column that is a list */
  getListId(name) {
    const place = Object.keys(this.state.choices).indexOf(name);
    return place < 0 ? undefined : `o_client_import_list_${place}`;
  }

  get summary() {
    return _t("Rejected rows: %(count)s. Corrected: %(corrected)s.", {
      count: this.state.count,
      corrected: this.state.corrected,
    });
  }

  // Cells

  getId(row, column) {
    return `o_client_import_cell_${row.line}_${column ? column.index : "problem"}`;
  }

  getTitle(column) {
    return column.header || _t("Without a header");
  }

  getLabel(row, column) {
    return _t("%(column)s, line %(line)s", {
      column: this.getTitle(column),
      line: row.line,
    });
  }

  getRestoreLabel(row) {
    return _t("Restore line %s as it came", row.line);
  }

  /** @returns {Object[]} what is wrong with a cell */
  getMessages(row, column) {
    return row.messages.filter(
      ({ keys, is_warning }) => !is_warning && keys.includes(column.key),
    );
  }

  getHint(row, column) {
    return (
      this.getMessages(row, column)
        .map(({ text }) => text)
        .join(" ") || undefined
    );
  }

  isLong(row, column) {
    return (row.cells[column.index] || "").includes("\n");
  }

  isCorrected(row) {
    return Object.keys(row.typed).length > 0;
  }

  isReady(row) {
    return this.isCorrected(row) && row.outcome && row.outcome !== "reject";
  }

  getResult(row) {
    return {
      create: _t("Ready to import: a client is created."),
      update: _t("Ready to import: the client is updated."),
      unchanged: _t("Ready to import: the client already has these values."),
      skip: _t("Ready to import: the row is skipped, as you chose."),
    }[row.outcome];
  }

  // Corrections

  async onChange(row, column, ev) {
    row.cells[column.index] = ev.target.value;
    row.typed = { ...row.typed, [column.key]: ev.target.value };
    await this.keep(row);
  }

  async restore(row) {
    row.typed = {};
    await this.keep(row);
  }

  async keep(row) {
    const { line } = row;
    row.waiting++;
    await this.mutex.exec(async () => {
      const typed = { ...row.typed };
      const sent = { line, version: row.version, cells: typed };
      try {
        const found = await this.call("correct_rows", [sent]);
        row.waiting--;
        row.isUnsaved = false;
        this.state.corrected = found.corrected;
        found.rows.forEach((fresh) => this.show(fresh));
      } catch (error) {
        row.waiting--;
        await this.onRefused(row, typed, error);
      }
    });
  }

  /** Waits until all cells are kept, also those for which the server did not answer. */
  async keepAll() {
    await this.mutex.getUnlockedDef();
    for (const row of this.state.rows.filter(({ isUnsaved }) => isUnsaved)) {
      await this.keep(row);
    }
  }

  /** Shows a row as the server has it; what was typed since then is kept. */
  show(fresh) {
    const row = this.state.rows.find(({ line }) => line === fresh.line);
    if (row) {
      // A column stays while the user corrects its cells.
      row.marked = [...new Set([...row.marked, ...getMarked(fresh)])];
    }
    if (row?.waiting) {
      Object.assign(row, { version: fresh.version, messages: fresh.messages });
    } else if (row) {
      Object.assign(row, fresh, { note: "" });
    }
  }

  /** Says why a row was not kept, with the text that would be lost. */
  async onRefused(row, typed, error) {
    const reason = error.data?.message;
    if (status(this) === "destroyed") {
      throw error;
    }
    if (!reason) {
      // No connection: the cells keep their text, and are sent again.
      row.isUnsaved = true;
      row.note = _t("Not saved yet: the server did not answer.");
      throw error;
    }
    const texts = Object.values(typed).filter(Boolean).join(", ");
    const note = texts
      ? _t("%(reason)s Your text: %(texts)s", { reason, texts })
      : reason;
    try {
      await this.load();
    } catch {
      // The import has gone on: its page says how.
      await this.record.load();
      throw error;
    }
    const shown = this.state.rows.find(({ line }) => line === row.line);
    if (!shown) {
      throw error;
    }
    shown.note = note;
  }

  async importCorrected() {
    this.state.isBusy = true;
    try {
      await this.keepAll();
      // Answers on the page of the values count for these rows too.
      if ((await this.record.isDirty()) && !(await this.record.save())) {
        return;
      }
      try {
        await this.call("import_corrected");
      } finally {
        await this.record.load();
      }
    } finally {
      this.state.isBusy = false;
    }
  }

  // Keyboard

  /** Enter goes to the same cell of the next row, Shift + Enter to the one before. */
  async onKeydown(ev) {
    const { target } = ev;
    if (ev.key !== "Enter" || ev.isComposing || !target.dataset.column) {
      return;
    }
    if (ev.shiftKey && target.tagName === "TEXTAREA") {
      return;
    }
    ev.preventDefault();
    const step = ev.shiftKey ? -1 : 1;
    const place = Number(target.dataset.row) + step;
    const { offset, count, rows } = this.state;
    if (place === rows.length && offset + place < count) {
      const { column } = target.dataset;
      target.blur();
      await this.onPage({ offset: offset + PAGE });
      // The new rows are not on the page yet.
      this.entered = column;
    } else {
      this.focus(place, target.dataset.column);
    }
  }

  focus(place, column) {
    const cell = this.table.el?.querySelector(
      `[data-row="${place}"][data-column="${column}"]`,
    );
    if (cell) {
      cell.focus();
      cell.select();
    }
  }
}

export const importCorrections = {
  component: ImportCorrections,
  fieldDependencies: [
    { name: "can_correct", type: "boolean" },
    { name: "correction_note", type: "char" },
    { name: "ended_at", type: "datetime" },
  ],
};

registry.category("view_widgets").add("client_import_corrections", importCorrections);
