import { onWillDestroy } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";

const CHANNEL = "client_extension.imports";
const NOTICE = "client_extension.import_moved";
/** Of a search for duplicates, which the same users hear of. */
export const SEARCH_NOTICE = "client_extension.search_moved";
/** Milliseconds between two readings, however often the server speaks. */
const PACE = 2000;
/** A page opens before the one that it replaces is closed. */
let pages = 0;

/**
 * Calls back when imports that the user may see have moved: at once, then at most
 * every two seconds, and not while nobody looks. Without a websocket it never does.
 *
 * @param {(ids: Set<number>) => Promise} show
 * @param {string} notice what tells that something moved
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
