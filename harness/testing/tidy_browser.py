"""A tour ends when its page is at rest, and leaves no form unsaved.

Odoo closes the page as soon as the last step has succeeded. A request that waits for
its turn at the server then is answered later, in the next test, where its user and
its records are gone: what these tests find hangs on the speed of the machine.

- Before a page is closed it gets the answers to all that it has asked.
- A form saves itself as its page is closed, and nothing waits for that. Odoo refuses
  tours that leave a form with changes, but a new record saves itself unchanged too.
"""

from typing import Any

from odoo.tests import common

OURS = "odoo.addons.client_extension"
#: forms whose record is new or has changes, but the settings, which do not save
UNSAVED = ".o_form_renderer:not(.o_form_saved, .o_base_settings *)"

#: counts the requests of a page that have no answer yet
COUNT = """
window.clientPending = 0;
const { fetch } = window;
const { send } = XMLHttpRequest.prototype;
XMLHttpRequest.prototype.send = function (...body) {
  window.clientPending += 1;
  this.addEventListener("loadend", () => (window.clientPending -= 1));
  return send.apply(this, body);
};
window.fetch = async function (...request) {
  window.clientPending += 1;
  try {
    return await fetch.apply(this, request);
  } finally {
    window.clientPending -= 1;
  }
};
"""
#: waits until there are none for a moment: an answer may lead to the next question
REST = """
(async () => {
  const end = Date.now() + 5000;
  let quiet = 0;
  while (quiet < 3 && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 15));
    quiet = window.clientPending ? 0 : quiet + 1;
  }
})()
"""


class TidyBrowser(common.ChromeBrowser):  # type: ignore[misc]
    """Waits for the page at the end of a tour; ours may not leave a form unsaved."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._websocket_request(
            "Page.addScriptToEvaluateOnNewDocument", params={"source": COUNT}
        )

    def stop(self) -> None:
        """Close the page; raise AssertionError if a form was left unsaved."""
        unsaved = ""
        try:
            if not self.had_failure and self._result.done():
                self._evaluate(REST)
                unsaved = self._unsaved()
        finally:
            super().stop()
        if unsaved:
            raise AssertionError(
                f"The tour ends on a form that is not saved ({unsaved}): "
                "it saves itself as its page is closed, and nothing waits for that. "
                "End the tour by saving or discarding it, and wait for the result."
            )

    def _unsaved(self) -> str:
        """Return the title of the page if a tour of ours ends on an unsaved form."""
        if not type(self.test_case).__module__.startswith(OURS):
            return ""
        found = self._evaluate(
            f"document.querySelector({UNSAVED!r}) ? document.title : ''"
        )
        return str(found or "")

    def _evaluate(self, expression: str) -> Any:
        """Return what a JavaScript expression is in the page."""
        params = {"expression": expression, "awaitPromise": True}
        answer = self._websocket_request("Runtime.evaluate", params=params)
        return answer["result"].get("value")
