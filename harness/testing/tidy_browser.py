"""A tour ends when its page is at rest, and its page is closed without a request.

Odoo closes the page as soon as the last step has succeeded. A request that waits for
its turn at the server then is answered later, in the next test, where its user and
its records are gone: what these tests find hangs on the speed of the machine.

- Before a page is closed it gets the answers to all that it has asked.
- What a page asks as it is closed fails the test: nobody waits for the answer. Forms
  save themselves then; Odoo refuses tours that leave a form with changes, but a new
  record is saved unchanged too.
"""

from typing import Any

from odoo.tests import common

OURS = "odoo.addons.client_extension"

#: notes what a page asks, and how many of its requests have no answer yet
WATCH = """
const asked = [];
let pending = 0;
const { fetch } = window;
const { open, send } = XMLHttpRequest.prototype;
const { sendBeacon } = navigator;
XMLHttpRequest.prototype.open = function (method, address, ...options) {
  this.clientAddress = address;
  return open.call(this, method, address, ...options);
};
XMLHttpRequest.prototype.send = function (...body) {
  asked.push(this.clientAddress);
  pending += 1;
  this.addEventListener("loadend", () => (pending -= 1));
  return send.apply(this, body);
};
window.fetch = async function (request, ...options) {
  asked.push(request.url || request);
  pending += 1;
  try {
    return await fetch.call(this, request, ...options);
  } finally {
    pending -= 1;
  }
};
navigator.sendBeacon = function (address, ...body) {
  asked.push(address);
  return sendBeacon.call(this, address, ...body);
};

/** Wait until there is no answer to wait for: an answer leads to the next question. */
window.clientRest = async () => {
  const end = Date.now() + 5000;
  let quiet = 0;
  while (quiet < 3 && Date.now() < end) {
    await Promise.race([
      new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 15))),
      new Promise((resolve) => setTimeout(resolve, 200)),
    ]);
    quiet = pending ? 0 : quiet + 1;
  }
};
/** Do what is done as the page is closed, and say what it asks. */
window.clientClose = async () => {
  asked.length = 0;
  // A tour takes it for a fault of its steps.
  console.error = () => {};
  window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
  await window.clientRest();
  return asked.join(", ");
};
"""


class TidyBrowser(common.ChromeBrowser):  # type: ignore[misc]
    """Waits for the page at the end of a tour; ours may ask nothing as it closes."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._websocket_request(
            "Page.addScriptToEvaluateOnNewDocument",
            params={"source": f"{{{WATCH}}}"},
        )

    def stop(self) -> None:
        """Close the page; raise AssertionError if it asks something by that."""
        asked = ""
        try:
            if not self.had_failure and self._result.done():
                asked = self._ask_last()
        finally:
            super().stop()
        if asked:
            raise AssertionError(
                f"As the page of the tour is closed it asks {asked}, and nothing waits "
                "for the answer. If it saves a form, end the tour by saving or "
                "discarding it, and wait for the result."
            )

    def _ask_last(self) -> str:
        """Wait for the page; return what one of ours asks as it is closed."""
        self._evaluate("window.clientRest?.()")
        if not type(self.test_case).__module__.startswith(OURS):
            return ""
        return str(self._evaluate("window.clientClose?.()") or "")

    def _evaluate(self, expression: str) -> Any:
        """Return what a JavaScript expression is in the page."""
        params = {"expression": expression, "awaitPromise": True}
        answer = self._websocket_request("Runtime.evaluate", params=params)
        return answer["result"].get("value")
