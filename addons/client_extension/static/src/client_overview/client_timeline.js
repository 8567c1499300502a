import { Component, status, useEffect, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";

import { groupByDay } from "./timeline_dates";
import { TimelineEntry } from "./timeline_entry";

const PAGE = 40;
const TYPING_DELAY = 300;

/** What happened with a client, the latest first: by kind, by words, page by page. */
export class ClientTimeline extends Component {
  static template = "client_extension.ClientTimeline";
  static components = { TimelineEntry };
  static props = {
    clientId: Number,
    /** Counted up when the timeline may have changed. */
    version: Number,
  };
  /** How many entries are asked for at once. */
  static pageSize = PAGE;

  setup() {
    this.orm = useService("orm");
    this.keepLast = new KeepLast();
    this.state = useState({
      entries: [],
      kinds: [],
      chosen: [],
      search: "",
      next: false,
      loading: true,
      failed: false,
    });
    this.searchSoon = useDebounced(() => this.restart(), TYPING_DELAY);
    useEffect(
      () => {
        this.reload();
      },
      () => [this.props.version],
    );
  }

  /** @returns {Object[]} the entries under their months and days */
  get months() {
    return groupByDay(this.state.entries);
  }

  /** @returns {Object} the kinds of entries by key */
  get kindByKey() {
    return Object.fromEntries(this.state.kinds.map((kind) => [kind.key, kind]));
  }

  /** @returns {boolean} whether the entries are narrowed */
  get isFiltered() {
    return Boolean(this.state.chosen.length || this.state.search.trim());
  }

  /** @returns {string} what is said where there is no entry */
  get emptyText() {
    return this.isFiltered
      ? _t("No entry found. Choose other kinds or search for other words.")
      : _t("Nothing has happened with this client yet.");
  }

  /** Ask again from the latest entry on, for as many as are shown. */
  async reload() {
    const limit = Math.max(this.state.entries.length, this.constructor.pageSize);
    await this.ask(false, limit);
  }

  /** Ask for the next page. */
  async more() {
    await this.ask(this.state.next, this.constructor.pageSize);
  }

  /**
   * @param {any} before the cursor of the page, false for the first one
   * @param {number} limit
   */
  async ask(before, limit) {
    if (status(this) === "destroyed") {
      return;
    }
    const { chosen, search } = this.state;
    Object.assign(this.state, { loading: true, failed: false });
    try {
      const page = await this.keepLast.add(
        this.orm.silent.call(
          "res.partner",
          "get_client_timeline",
          [[this.props.clientId]],
          {
            kinds: chosen.length ? [...chosen] : null,
            search: search.trim() || null,
            before: before || null,
            limit,
          },
        ),
      );
      this.show(page, Boolean(before));
    } catch {
      // The page says so, and the rest of the form goes on.
      Object.assign(this.state, { loading: false, failed: true });
    }
  }

  /**
   * @param {Object} page the answer of the server
   * @param {boolean} isNext whether it follows what is shown
   */
  show({ entries, kinds, next }, isNext) {
    Object.assign(this.state, {
      entries: isNext ? this.state.entries.concat(entries) : entries,
      kinds: isNext ? this.state.kinds : this.withCounts(kinds),
      next,
      loading: false,
    });
  }

  /**
   * Keep the counts of kinds that were not asked for now, as long as the same words are
   * searched for.
   *
   * @param {Object[]} kinds of the first page
   * @returns {Object[]}
   */
  withCounts(kinds) {
    const search = this.state.search.trim();
    const known = this.countedSearch === search ? this.kindByKey : {};
    this.countedSearch = search;
    return kinds.map((kind) =>
      kind.count === false && known[kind.key] ? known[kind.key] : kind,
    );
  }

  /** @param {string} text that was typed */
  onSearch(text) {
    this.state.search = text;
    this.searchSoon();
  }

  /** Show entries of all kinds. */
  async chooseAll() {
    this.state.chosen = [];
    await this.restart();
  }

  /** @param {string} key of a kind that is added, or removed */
  async toggleKind(key) {
    const { chosen } = this.state;
    this.state.chosen = chosen.includes(key)
      ? chosen.filter((one) => one !== key)
      : [...chosen, key];
    await this.restart();
  }

  /** Ask for one page of other entries. */
  async restart() {
    await this.ask(false, this.constructor.pageSize);
  }
}
