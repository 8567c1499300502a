"""Runs the tours of a process in one Chromium, which the process does not start.

Odoo starts a Chromium for each tour, and each reads and compiles all of the web client
again; it also ends every process that a class of tests leaves behind. Here a tour gets
a new tab of a running Chromium, without the cookies and the stored data of the one
before; the scripts that Chromium has read and compiled stay.
"""

import os
from typing import Any

import requests

from odoo.tests import common

from .pytests import CHROMIUM
from .tidy_browser import TidyBrowser

PATIENCE = 10


class Borrowed:
    """The process of that Chromium, which a tour does not end."""

    pid = 0

    def poll(self) -> None:
        """Say that it runs."""

    def terminate(self) -> None:
        """Leave it running."""

    def wait(self, timeout: float | None = None) -> None:
        """Wait for nothing."""


class KeptBrowser(TidyBrowser):
    """A new tab of the running Chromium; a Chromium of its own where options differ."""

    tab = ""

    def __init__(self, test_case: Any, *args: Any, **options: Any) -> None:
        super().__init__(test_case, *args, **options)
        if self.tab:
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
        """Open a tab; return its Chromium and the port."""
        if touch_enabled or not headless or debug is not False:
            started: tuple[Any, int] = super()._chrome_start(
                user_data_dir, touch_enabled, headless, debug
            )
            return started
        self.devtools_port = int(os.environ[CHROMIUM])
        address = f"http://{common.HOST}:{self.devtools_port}/json/new?about:blank"
        self.tab = requests.put(address, timeout=PATIENCE).json()["id"]
        return Borrowed(), self.devtools_port

    def _json_command(self, command: str, timeout: float = 3) -> Any:
        """Show no other tab than that of the tour."""
        answer = super()._json_command(command, timeout)
        if self.tab and not command:
            return [target for target in answer if target["id"] == self.tab]
        return answer

    def _websocket_request(self, method: str, **options: Any) -> Any:
        """Close the tab where Odoo closes the browser."""
        if self.tab and method == "Browser.close":
            method, options = "Target.closeTarget", {"params": {"targetId": self.tab}}
        return super()._websocket_request(method, **options)
