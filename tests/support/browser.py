"""A real browser under test, driven through its DevTools pipe (Chrome DevTools Protocol 1.3)."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from select import select
from typing import Any

import pytest
from patience import DEADLINE

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))), None)
"""The program, if this machine has one."""


class Page:
    """A page that is open in a browser without a window."""

    def __init__(self, commands: int, answers: int) -> None:
        self._commands, self._answers = commands, answers
        self._said = b""
        self._number = 0
        self._session: dict[str, str] = {}
        self.events: list[dict[str, Any]] = []
        """What the browser reported while it was waited for."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        attached = self.ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = {"sessionId": attached["sessionId"]}
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.ask(f"{domain}.enable")

    def open(self, file: Path) -> None:
        """Load a file and wait until it is loaded."""
        self.ask("Page.navigate", url=file.as_uri())
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            self._listen()

    def run(self, script: str) -> Any:
        """Return the value of a script in the page, whose policy does not hold for it."""
        return self.ask("Runtime.evaluate", expression=script, returnByValue=True)["result"].get(
            "value"
        )

    def press(self, key: str) -> None:
        """Press and release a key that is a character."""
        self.ask("Input.dispatchKeyEvent", type="keyDown", key=key, text=key)
        self.ask("Input.dispatchKeyEvent", type="keyUp", key=key)

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Give a command; return its result."""
        self._number += 1
        command = {"id": self._number, "method": method, "params": parameters} | self._session
        os.write(self._commands, json.dumps(command).encode() + b"\0")
        while True:
            said = self._listen()
            if said.get("id") == self._number:
                assert "error" not in said, said
                result: dict[str, Any] = said["result"]
                return result

    def of_kind(self, method: str) -> list[dict[str, Any]]:
        """Return what was reported under a name."""
        return [event["params"] for event in self.events if event["method"] == method]

    def _listen(self) -> dict[str, Any]:
        while b"\0" not in self._said:
            ready = select([self._answers], [], [], DEADLINE)[0]
            more = os.read(self._answers, 1 << 16) if ready else b""
            if not more:
                raise EOFError("the browser says nothing more")
            self._said += more
        first, _, self._said = self._said.partition(b"\0")
        said: dict[str, Any] = json.loads(first)
        if "method" in said:
            self.events.append(said)
        return said


@contextmanager
def new_page(profile: Path) -> Iterator[Page]:
    """Start the browser with a new profile, and end it; skip the test if it can't be had."""
    if BROWSER is None:
        pytest.skip("there is no Chromium on this machine")
    (its_commands, commands), (answers, its_answers) = os.pipe(), os.pipe()
    # The shell gives the pipes the two numbers at which the browser looks for them.
    started = f'exec "$@" 3<&{its_commands} 4>&{its_answers}'
    arguments = [
        *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"),
        *("--remote-debugging-pipe", "--disable-background-networking"),
        f"--user-data-dir={profile}",
    ]
    child = subprocess.Popen(
        ["bash", "-c", started, "bash", BROWSER, *arguments],
        pass_fds=(its_commands, its_answers),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(its_commands)
    os.close(its_answers)
    try:
        try:
            page = Page(commands, answers)
        except (EOFError, BrokenPipeError):
            pytest.skip("Chromium does not start on this machine")
        yield page
    finally:
        child.terminate()
        child.wait(10)
        os.close(commands)
        os.close(answers)
