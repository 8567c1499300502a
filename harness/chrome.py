"""A headless Chromium, driven over its DevTools protocol: for pictures and tours."""

import base64
import json
import os
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import websocket

from .say import Fail
from .setup import browser

PATIENCE = 60
OPTIONS = (
    "--headless=new",
    "--disable-gpu",
    "--hide-scrollbars",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--remote-debugging-port=0",
    "--remote-allow-origins=*",
)
# Chromium's own sandbox refuses to run as root.
SANDBOX = [] if os.geteuid() else ["--no-sandbox"]


class Page:
    """One open page."""

    def __init__(self, address: str) -> None:
        """Connect to the page at the DevTools *address*."""
        self.socket = websocket.create_connection(address, timeout=PATIENCE)
        self.number = 0

    def call(self, method: str, **params: object) -> dict[str, Any]:
        """Call a method of the protocol and return its result."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        self.socket.send(json.dumps(message))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise Fail(f"Chromium: {method}: {answer['error']['message']}")
                return dict(answer["result"])

    def evaluate(self, expression: str) -> Any:
        """Return the value of a JavaScript expression."""
        answer = self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True
        )
        return answer["result"].get("value")

    def wait(self, expression: str) -> None:
        """Wait until the JavaScript *expression* is true."""
        end = time.monotonic() + PATIENCE
        while not self.evaluate(expression):
            if time.monotonic() > end:
                raise Fail(f"The page never came to: {expression}")
            time.sleep(0.2)

    def size(self, width: int, height: int) -> None:
        """Make the window that large."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def settle(self) -> None:
        """Wait until nothing moves any more: fades, charts, late pictures."""
        time.sleep(1)

    def picture(self, path: Path) -> None:
        """Write what the page shows to *path*."""
        answer = self.call("Page.captureScreenshot", format="png")
        path.write_bytes(base64.b64decode(answer["data"]))


@contextmanager
def running(*options: str) -> Iterator[int]:
    """Provide the DevTools port of a Chromium that is closed after the body."""
    program = browser.chrome()
    if not program:
        raise Fail("This needs Chromium: ask root to install chromium.")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        words = [*OPTIONS, *options, *SANDBOX, f"--user-data-dir={profile}"]
        process = subprocess.Popen(
            [program, *words, "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield _port(Path(profile) / "DevToolsActivePort")
        finally:
            process.terminate()
            process.wait()


@contextmanager
def page() -> Iterator[Page]:
    """Provide an empty page in a Chromium that is closed after the body."""
    with running() as port:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list") as answer:
            pages = json.load(answer)
        found = (page for page in pages if page["type"] == "page")
        yield Page(next(found)["webSocketDebuggerUrl"])


def _port(path: Path) -> int:
    """Return the DevTools port, once Chromium has written it to *path*."""
    end = time.monotonic() + PATIENCE
    while not (path.exists() and path.read_text().count("\n")):
        if time.monotonic() > end:
            raise Fail("Chromium does not start.")
        time.sleep(0.1)
    return int(path.read_text().splitlines()[0])
