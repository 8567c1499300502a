"""Runs the tours of a process in one Chromium.

Odoo starts a Chromium for each tour, and each reads and compiles all of the web client
again. Here a tour gets a new tab, without the cookies and the stored data of the one
before; the scripts that Chromium has read and compiled stay. After a failure, the next
tour gets a new Chromium.
"""

import shutil
from typing import Any, ClassVar

from odoo.tests import common

#: options of a start -> the running process, its DevTools port and its profile
Kept = dict[tuple[bool, bool, bool], tuple[Any, int, str]]


class KeptBrowser(common.ChromeBrowser):  # type: ignore[misc]
    """A tab in a Chromium that is used again."""

    kept: ClassVar[Kept] = {}

    def __init__(self, test_case: Any, *args: Any, **options: Any) -> None:
        super().__init__(test_case, *args, **options)
        self._websocket_request("Network.clearBrowserCookies")
        params = {"origin": test_case.base_url(), "storageTypes": "all"}
        self._websocket_request("Storage.clearDataForOrigin", params=params)

    def _chrome_start(
        self,
        user_data_dir: str,
        touch_enabled: bool,
        headless: bool = True,
        debug: bool = False,
    ) -> tuple[Any, int]:
        """Return a Chromium with these options, and its port."""
        self.options = (bool(touch_enabled), headless, debug is not False)
        process, port, profile = self.kept.pop(self.options, (None, 0, ""))
        if process and process.poll() is None:
            shutil.rmtree(user_data_dir, ignore_errors=True)
            self.user_data_dir = profile
            return process, port
        started: tuple[Any, int] = super()._chrome_start(
            user_data_dir, touch_enabled, headless, debug
        )
        return started

    def stop(self) -> None:
        """Close the tab; after a failure, Chromium too."""
        if not self._succeeded():
            super().stop()
            return
        self.screencaster.stop()
        self._websocket_request("Page.stopLoading")
        # Chromium would end with its last tab.
        self._websocket_request("Target.createTarget", params={"url": "about:blank"})
        target = self._websocket_request("Target.getTargetInfo")["targetInfo"]
        params = {"targetId": target["targetId"]}
        self._websocket_send("Target.closeTarget", params=params)
        self._receiver.join(0.5)
        self.ws.close()
        self.kept[self.options] = (self.chrome, self.devtools_port, self.user_data_dir)
        if self.sigxcpu_handler:
            common.signal.signal(common.signal.SIGXCPU, self.sigxcpu_handler)

    def _succeeded(self) -> bool:
        """Return whether the tour has come to its end."""
        result = getattr(self, "_result", None)
        if not result or not result.done() or result.cancelled() or self.had_failure:
            return False
        return result.exception() is None

    @classmethod
    def end(cls) -> None:
        """End what is kept."""
        for process, _port, profile in cls.kept.values():
            process.terminate()
            process.wait()
            shutil.rmtree(profile, ignore_errors=True)
        cls.kept.clear()
