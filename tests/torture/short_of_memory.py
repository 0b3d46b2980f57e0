"""Memory that can't be had: at every allocation of a run, and for an image that is too large."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from unittest import mock

import numpy as np
from live_window import FAULT, LiveWindow, limited, live_window
from records import Records
from scorecard import HERE, Score
from tour import begin, goes_on

from convgui.model.image import Image

SOURCES = ("empty", "zeros", "ones", "full", "empty_like", "zeros_like", "ones_like", "array",
           "ascontiguousarray", "concatenate", "stack", "tile", "pad")  # fmt: skip
MEANT = "not enough memory", "Unable to allocate", FAULT
"""How it is told: where the user's own numbers are to blame, in the words of who refused it."""
LIMIT = 700 << 20


class Allocator:
    """Counts allocations, and refuses one of them."""

    def __init__(self, refused: int = -1) -> None:
        self.count = 0
        self.fired = False
        self.place = ""
        self._refused = refused
        self._lock = threading.Lock()

    @contextmanager
    def counting(self) -> Iterator[None]:
        """Stands in for what NumPy takes memory with."""
        patches = [mock.patch.object(np, name, self._wrap(getattr(np, name))) for name in SOURCES]
        for each in patches:
            each.start()
        try:
            yield
        finally:
            for each in patches:
                each.stop()

    def _wrap(self, real: object) -> object:
        def take(*args: object, **options: object) -> object:
            caller = sys._getframe(1).f_globals.get("__name__", "")
            if caller.startswith(("convgui", "cyconv")):
                with self._lock:
                    self.count += 1
                    if self.count == self._refused:
                        self.fired = True
                        self.place = _place(sys._getframe(1))
                        raise MemoryError(f"Unable to allocate the {self.count}th array")
            return real(*args, **options)

        return take


def _place(frame: FrameType | None) -> str:
    """Gives where something was called from, the last three places."""
    found = []
    while frame is not None and len(found) < 3:
        found.append(f"{frame.f_code.co_qualname}:{frame.f_lineno}")
        frame = frame.f_back
    return " < ".join(found)


def run(score: Score, live: LiveWindow, folder: Path) -> None:
    """Tries a share of all of it."""
    _allocations(score, live)
    if score.share >= 0.5:
        _little_room(score, folder)


def _allocations(score: Score, live: LiveWindow) -> None:
    rng = np.random.default_rng(6)
    image = Image(rng.integers(0, 256, (14, 17, 3)).astype(np.uint8), "short of memory")
    live.window.docks["analysis"].raise_()
    begin(live)
    records = Records()
    counted = Allocator()
    with counted.counting():
        _look(live, image)
    wanted = range(1, counted.count + 1)
    for number in wanted[:: max(1, round(len(wanted) / score.part(len(wanted), 4)))]:
        refused = Allocator(number)
        begin(live)
        live.told(lambda: False)
        live.seen.clear()
        records.texts.clear()
        with limited(f"allocation {number}"):
            wrong = ""
            try:
                with refused.counting():
                    _look(live, image)
            except Exception as error:
                wrong = f"{type(error).__name__}: {error}"
            live.settle()
            if refused.fired and not live.told(lambda: _is_told(live, records)):
                wrong += f" it was not shown, but {live.seen[-2:]}"
            if not goes_on(live):
                wrong += " the window no longer computes"
        where = f"allocation {number} of {counted.count}, {refused.place}"
        score.case(f"{where}: {wrong}" if wrong else None)
    records.remove()
    score.figure("allocations", f"{counted.count}")


def _is_told(live: LiveWindow, records: Records) -> bool:
    shown = any(word in text for text in live.seen for word in MEANT)
    return shown or any("MemoryError" in text for text in records.unwanted)


def _look(live: LiveWindow, image: Image) -> None:
    live.show(image)
    live.trigger("inspect-pixel")
    live.settle()
    live.window.tabs.setCurrentWidget(live.window.compare)
    live.trigger("error-absolute")
    live.settle()
    live.trigger("error-signed")
    live.settle()
    live.repaint(times=1)


def _little_room(score: Score, folder: Path) -> None:
    """A hundred megapixels in a process that may have little more memory than it has."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, str(HERE / "short_of_memory.py"), str(folder)], env=environment,
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    said = done.stdout.strip().splitlines()
    fine = done.returncode == 0 and bool(said) and said[-1] == "well"
    score.check(fine, f"100 megapixels in little memory: exit {done.returncode}, "
                f"{done.stdout[-300:]} {done.stderr[-900:]}")  # fmt: skip


def _in_little_room(folder: Path) -> None:
    file = folder / "large.png"
    large = Image(np.zeros((10_000, 10_000), np.uint8), "large")
    from convgui.opencv import cv2

    cv2.imwrite(str(file), large.pixels)
    with live_window() as live:
        begin(live)
        with open("/proc/self/statm", encoding="ascii") as told:
            now = int(told.read().split()[0]) * resource.getpagesize()
        for room in (LIMIT, LIMIT // 4):
            resource.setrlimit(resource.RLIMIT_AS, (now + room, resource.RLIM_INFINITY))
            for act in (lambda: live.window.opener.open_path(str(file)), lambda: live.show(large)):
                live.clear()
                live.seen.clear()
                act()
                live.settle(200)
                if live.window.messages.topic == "open" and live.window.messages.accept.isVisible():
                    live.window.messages.accept.click()
                    live.settle(200)
                live.repaint(times=1)
                print(room >> 20, live.seen[-3:], len(live.faults))
            resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY,) * 2)
            live.clear()
            if not live.computes():
                print("the window no longer computes")
                return
    print("well")


if __name__ == "__main__":
    _in_little_room(Path(sys.argv[1]))
