import { onWillDestroy } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";

const CHANNEL = "client_extension.imports";
const NOTICE = "client_extension.import_moved";
/** Notice of a search for duplicates, sent to the same users. */
export const SEARCH_NOTICE = "client_extension.search_moved";
/** Milliseconds between two reloads, however often the server notifies. */
const PACE = 2000;
/** A page opens before the one that it replaces is closed. */
let pages = 0;

/**
 * Calls back when imports that the user can see have progressed: immediately, then at
 * most every two seconds, and not while the page is hidden. Without a websocket it
 * never does.
 *
 * @param {(ids: Set<number>) => Promise} show
 * @param {string} notice the type of notification to listen to
 */
export function useImportProgress(show, notice = NOTICE) {
  const bus = useService("bus_service");
  let moved = new Set();
  let timer = null;
  let gone = false;

  async function flush() {
    timer = null;
    if (gone || document.hidden || !moved.size) {
      return;
    }
    const ids = moved;
    moved = new Set();
    timer = setTimeout(flush, PACE);
    await show(ids);
  }

  function wake() {
    if (timer === null) {
      flush();
    }
  }

  function onNotice({ ids }) {
    ids.forEach((id) => moved.add(id));
    wake();
  }

  if (pages++ === 0) {
    bus.addChannel(CHANNEL);
  }
  bus.subscribe(notice, onNotice);
  document.addEventListener("visibilitychange", wake);
  onWillDestroy(() => {
    gone = true;
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", wake);
    bus.unsubscribe(notice, onNotice);
    if (--pages === 0) {
      bus.deleteChannel(CHANNEL);
    }
  });
}
