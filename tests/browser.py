"""A headless Chromium driven through its debugging pipe: no socket, no driver, no extra package.

`Browser.open` shows a page and returns a `Tab`, which knows every line the page logged and every
address it asked for.  The network is cut: any host name is unknown to this browser.
"""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Self

__all__ = ["Browser", "Tab"]

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--hide-scrollbars", "--remote-debugging-pipe",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip
# Chromium listens on descriptor 3 and answers on 4.
LAUNCH = (
    "import fcntl, os, sys; a, b = (fcntl.fcntl(int(fd), fcntl.F_DUPFD, 10) for fd in sys.argv[1:3]); "
    "os.dup2(a, 3); os.dup2(b, 4); os.execvp(sys.argv[3], sys.argv[3:])"
)
# A page that is not ready by then never will be.
PATIENCE_S = 30.0
READY = "[...document.querySelectorAll('.geomap')].every(root => root.dataset.ready === 'yes')"


class Browser:
    """One Chromium with an empty profile."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        read_end, self._to = os.pipe()
        self._from, write_end = os.pipe()
        program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
        command = [program, *FLAGS, f"--user-data-dir={self._folder.name}", "about:blank"]
        self._process = subprocess.Popen(
            [sys.executable, "-c", LAUNCH, str(read_end), str(write_end), *command],
            pass_fds=(read_end, write_end), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(read_end)
        os.close(write_end)
        self._buffer, self._number = b"", 0
        self.tabs: dict[str, Tab] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.send("Browser.close")
        self._process.wait(PATIENCE_S)
        os.close(self._to)
        os.close(self._from)
        self._folder.cleanup()

    def open(
        self, html: str, *, width: int = 1280, height: int = 800, fragment: str = "", before: str = "", **media: str
    ) -> Tab:
        """Show `html` from a file of its own and wait until its maps are drawn.

        `before` is a script to run before the page's own; `media` are CSS media features.
        """
        for old in self.tabs.values():
            old.close()
        number = len(self.tabs)
        path = Path(self._folder.name) / f"page-{number}.html"
        path.write_text(html, encoding="utf-8", newline="")
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        tab = self.tabs[session] = Tab(self, session, target, path.as_uri())
        for domain in ("Page", "Runtime", "Log", "Network"):
            tab.send(f"{domain}.enable")
        tab.resize(width, height)
        features = [{"name": name.replace("_", "-"), "value": value} for name, value in media.items()]
        tab.send("Emulation.setEmulatedMedia", features=features)
        if before:
            tab.send("Page.addScriptToEvaluateOnNewDocument", source=before)
        tab.send("Page.navigate", url=path.as_uri() + fragment)
        tab.wait(f"document.readyState === 'complete' && {READY}")
        return tab

    def send(self, method: str, session: str | None = None, **params: object) -> dict:
        """Ask Chromium for something and return its answer."""
        self._number += 1
        number = self._number
        message = {"id": number, "method": method, "params": params} | ({"sessionId": session} if session else {})
        rest = json.dumps(message).encode() + b"\0"
        while rest:
            rest = rest[os.write(self._to, rest) :]
        while True:
            answer = self._receive()
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            if tab := self.tabs.get(answer.get("sessionId", "")):
                tab.hear(answer["method"], answer["params"])

    def _receive(self) -> dict:
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._from], [], [], PATIENCE_S)
            if not ready:
                raise TimeoutError("Chromium does not answer")
            chunk = os.read(self._from, 1 << 20)
            if not chunk:
                raise RuntimeError("Chromium ended")
            self._buffer += chunk
        message, _, self._buffer = self._buffer.partition(b"\0")
        return json.loads(message)


class Tab:
    """One page: what it logged, what it asked for, and what a reader may do with it."""

    def __init__(self, browser: Browser, session: str, target: str, address: str) -> None:
        self._browser, self._session, self._target, self._address = browser, session, target, address
        self.lines: list[str] = []
        self.requests: list[str] = []

    def close(self) -> None:
        if self._target:
            self._browser.send("Target.closeTarget", targetId=self._target)
            self._target = ""

    def send(self, method: str, **params: object) -> dict:
        return self._browser.send(method, self._session, **params)

    def hear(self, method: str, params: dict) -> None:
        if method == "Runtime.consoleAPICalled":
            self.lines.append(" ".join(str(arg.get("value", arg.get("description"))) for arg in params["args"]))
        elif method == "Runtime.exceptionThrown":
            details = params["exceptionDetails"]
            self.lines.append(details.get("exception", {}).get("description", details["text"]))
        elif method == "Log.entryAdded":
            self.lines.append(params["entry"]["text"])
        elif method == "Network.requestWillBeSent":
            url = params["request"]["url"]
            if not url.startswith(self._address):
                self.requests.append(url)

    def run(self, script: str):
        """Return the value of a JavaScript expression."""
        result = self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"].get("exception", {}).get("description", "script failed"))
        return result["result"].get("value")

    def wait(self, condition: str) -> None:
        """Wait until a JavaScript condition holds, then for two frames."""
        end = time.monotonic() + PATIENCE_S
        while not self.run(condition):
            if time.monotonic() > end:
                raise TimeoutError(f"never true: {condition}; logged: {self.lines}")
            time.sleep(0.02)
        self.run("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def resize(self, width: int, height: int) -> None:
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def click(self, selector: str) -> None:
        self.run(
            f"document.querySelector({json.dumps(selector)}).dispatchEvent(new MouseEvent('click', {{bubbles: true}}))"
        )
        self.wait("true")

    def click_at(self, x: float, y: float) -> None:
        for kind in ("mousePressed", "mouseReleased"):
            self.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
        self.wait("true")

    def press(self, key: str, text: str = "") -> None:
        codes = {"Escape": 27, "Enter": 13, "Tab": 9, " ": 32}
        more = {"text": text} if text else {}
        for kind in ("keyDown", "keyUp"):
            self.send(
                "Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=codes.get(key, 0), **more
            )
        self.wait("true")

    def text(self, selector: str = "body") -> str:
        return self.run(f"document.querySelector({json.dumps(selector)}).innerText")

    def count(self, selector: str) -> int:
        return self.run(f"document.querySelectorAll({json.dumps(selector)}).length")

    def picture(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self.send("Page.captureScreenshot", format="png")["data"]))

    def pdf(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self.send("Page.printToPDF", printBackground=True)["data"]))
