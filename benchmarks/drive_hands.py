"""Hands and eyes for a window that is driven from outside: X events in, screenshots out.

Everything waits for something that can be seen, with a deadline; nothing sleeps and hopes.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from PIL import ImageGrab

DEADLINE = 30.0
PAUSE = 0.05
PROBE = Path(__file__).with_name("drive_probe.py")
TROUBLE = ("Traceback", "WARNING", "ERROR", "CRITICAL", "QObject", "QWidget", "QPainter")

Box = tuple[int, int, int, int]


class DriveError(Exception):
    """A step did not come to what it should, in one sentence."""


def until(what: str, holds: Callable[[], Any], seconds: float = DEADLINE) -> Any:
    """Gives what `holds` gives once that is true; fails at the deadline."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if value := holds():
            return value
        time.sleep(PAUSE)
    raise DriveError(f"waited {seconds:.0f} s for {what}")


def tool(*words: object) -> str:
    """Runs xdotool and gives what it says."""
    done = subprocess.run(["xdotool", *map(str, words)], capture_output=True, text=True)
    if done.returncode:
        raise DriveError(f"xdotool {words[0]}: {done.stderr.strip()}")
    return done.stdout.strip()


def missing() -> str:
    """Gives a sentence on what is not there to drive with; "" when all is."""
    if not os.environ.get("DISPLAY"):
        return "DISPLAY names no X display; xvfb-run gives one"
    return "" if shutil.which("xdotool") else "xdotool is not installed"


class Driven:
    """One run of the program on the display, in folders of its own.

    Parameters
    ----------
    home : Path
        Stands for the user's folders: settings, what a crash leaves, the log.
    pictures : Path
        Where the screenshots of the steps go.
    """

    def __init__(self, home: Path, pictures: Path) -> None:
        self.home, self.pictures = home, pictures
        self._places = home / "places.json"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *arguments: str) -> None:
        """Starts the program and waits for its window."""
        self._places.unlink(missing_ok=True)
        folders = {f"XDG_{name}_HOME": str(self.home) for name in ("CONFIG", "DATA", "STATE")}
        words: Sequence[str] = [sys.executable, str(PROBE), str(self._places), *arguments]
        with (self.home / "terminal.txt").open("ab") as terminal:
            self._process = subprocess.Popen(
                words, env={**os.environ, **folders}, stdout=terminal, stderr=terminal
            )
        until("the window", lambda: self.find(object="main"))
        self.focus()

    def kill(self) -> None:
        """Ends the program as a crash would."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait(DEADLINE)
            self._process = None

    def ended(self) -> int:
        """Waits for the program to end by itself, and gives its status."""
        process = self._process
        if process is None:
            raise DriveError("the program was not running")
        until("the program to end", lambda: process.poll() is not None)
        self._process = None
        return process.returncode

    def focus(self, title: str = "convgui") -> None:
        """Gives the keyboard to a window of the program; there may be no window manager."""
        process = self._process
        number = process.pid if process is not None else 0

        def shown() -> list[str]:
            found = subprocess.run(
                ["xdotool", "search", "--onlyvisible", "--pid", str(number), "--name", title],
                capture_output=True, text=True,
            )  # fmt: skip
            return found.stdout.split()

        tool("windowfocus", "--sync", until(f"a window called {title}", shown)[-1])

    def titles(self) -> list[str]:
        """Gives the titles of the windows that are visible."""
        with suppress(FileNotFoundError):
            return list(json.loads(self._places.read_text())["titles"])
        return []

    def titled(self, kind: str) -> str:
        """Gives the title of the window of a class."""
        return str(self.widget(class_=kind)["title"])

    def places(self) -> list[dict[str, Any]]:
        """Gives all widgets that are visible, with their places in pixels of the screen."""
        with suppress(FileNotFoundError):
            return list(json.loads(self._places.read_text())["widgets"])
        return []

    def find(self, **wanted: object) -> dict[str, Any] | None:
        """Gives the first visible widget of which all this is true."""
        for each in self.places():
            if all(each[key.rstrip("_")] == value for key, value in wanted.items()):
                return each
        return None

    def widget(self, **wanted: object) -> dict[str, Any]:
        """Waits for such a widget."""
        found: dict[str, Any] = until(f"a widget {wanted}", lambda: self.find(**wanted))
        return found

    def box(self, **wanted: object) -> Box:
        """Gives the rectangle of such a widget: left, top, right, bottom."""
        it = self.widget(**wanted)
        return it["x"], it["y"], it["x"] + it["width"], it["y"] + it["height"]

    def click(self, **wanted: object) -> None:
        """Clicks in the middle of such a widget."""
        left, top, right, bottom = self.box(**wanted)
        tool("mousemove", (left + right) // 2, (top + bottom) // 2, "click", 1)

    def see(self, box: Box | None = None) -> np.ndarray:
        """Gives what the screen shows, H x W x 3."""
        display = os.environ["DISPLAY"]
        return np.asarray(ImageGrab.grab(box, xdisplay=display).convert("RGB"), np.int16)

    def still(self, box: Box) -> np.ndarray:
        """Waits until nothing moves in a rectangle, and gives what it shows."""
        last: list[np.ndarray] = [self.see(box)]

        def same() -> bool:
            last.append(self.see(box))
            return len(last) > 6 and all((last[-1] == each).all() for each in last[-6:-1])

        until("the picture to stand still", same)
        return last[-1]

    def keep(self, name: str) -> None:
        """Writes a screenshot for a person to look at."""
        ImageGrab.grab(xdisplay=os.environ["DISPLAY"]).save(self.pictures / f"{name}.png")

    def trouble(self) -> list[str]:
        """Gives the lines of terminal and log that tell of a fault."""
        logs = [self.home / "terminal.txt", *self.home.rglob("convgui.log")]
        lines = (line for log in logs if log.exists() for line in log.read_text().splitlines())
        return [line for line in lines if any(word in line for word in TROUBLE)]


def changed(before: np.ndarray, after: np.ndarray) -> float:
    """Gives the share of pixels that differ."""
    return float((before != after).any(axis=2).mean()) if before.shape == after.shape else 1.0
