"""Somebody who does anything at all with the window, and what that does to it.

What was done before a failure is kept in build/torture; replay.py does the same again.
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

import living
import monkey_files
from monkey_hands import Record, done, drawn
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QApplication

from convgui import lasting
from convgui.sessions import Document
from cyconv.memory import SPARE

BEAT_MS, STALL, TOLD_STALL, TOLD = 5, 0.2, 0.03, 12
PAUSE_MS, LONG_MS = 12, 80
REST = 500
RESTING = (1200, 800)
KEPT = Path("build/torture").absolute()
NAMES = 200_000


def waited() -> float:
    """Gives the seconds that this thread was ready to run, and something else ran."""
    try:
        return int(Path("/proc/thread-self/schedstat").read_text().split()[1]) / 1e9
    except OSError:
        return 0.0


@dataclass(frozen=True, slots=True)
class Stall:
    """A turn of the event loop that was late, in seconds, and how much of that its thread worked.

    What it did not work it waited for the interpreter, or for the system. ``jobs`` are those that
    ran at its end, ``last`` the action before; both only where it is told of.
    """

    late: float
    own: float
    jobs: str = ""
    last: str = ""


@dataclass
class Found:
    """What came of many actions: every stall, memory in bytes at each rest."""

    actions: int = 0
    stalls: list[Stall] = field(default_factory=list)
    beats: int = 0
    failures: list[str] = field(default_factory=list)
    memory: list[tuple[float, int]] = field(default_factory=list)
    files: list[int] = field(default_factory=list)
    longest: dict[str, float] = field(default_factory=dict)


class Monkey(QObject):
    """Acts in the event loop, as mouse and keys do, and watches how long that is held up.

    Parameters
    ----------
    window : MainWindow
    faults : living.Faults
    seed, count : int
    log : file
        Takes every action as a line; what is looked for in memory is what the window holds.
    replayed : list of dict
        What to do in place of what is drawn.
    say : callable
        Told every action before it is done.
    stall : float
        Seconds without a turn of the event loop that are a failure.
    """

    def __init__(
        self, window: Any, faults: living.Faults, files: dict[str, list[str]], seed: int,
        count: int, log: TextIO, replayed: list[Record] | None = None,
        say: Callable[[str], object] = str, stall: float = STALL,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._say, self._stall = say, stall
        self._window, self._faults, self._files, self._seed = window, faults, files, seed
        self._draw = random.Random(seed)
        self._replayed = None if replayed is None else iter(replayed)
        self._count = count
        self._log = log
        self._last: deque[str] = deque(maxlen=TOLD)
        self._resting = False
        self.found = Found()
        self._beat = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._beat.timeout.connect(self._feel)
        self._now()
        # One for all: of every single shot something stays with its receiver.
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._next)
        # Leaving is another row's.
        window.close = lambda: True

    def run(self) -> Found:
        """Does everything, and gives what came of it."""
        self._beat.start()
        self._soon.start(0)
        QApplication.exec()
        self._beat.stop()
        del self._window.close
        return self.found

    def _next(self) -> None:
        if self._resting:
            # The loop turns while everything is put away; nothing is begun meanwhile.
            self._soon.start(LONG_MS)
            return
        if self.found.actions >= self._count:
            self._stop()
            return
        # Before anything else: a menu may keep us in there until it is put away, and what goes
        # wrong must not be the end.
        pause = self._draw.randrange(PAUSE_MS if self._draw.random() < 0.95 else LONG_MS)
        self._soon.start(pause)
        if self._replayed is None:
            began = time.thread_time()
            record = drawn(self._window, self._draw, self._files)
            # A person who looks about holds nothing up.
            looked = time.thread_time() - began
            self._felt, self._worked = self._felt + looked, self._worked + looked
        else:
            record = next(self._replayed, {})
            if not record:
                self._count = 0
                return
        self.found.actions += 1
        self._last.append(json.dumps(record, ensure_ascii=False))
        self._log.write(self._last[-1] + "\n")
        self._say(f"{self.found.actions} {self._last[-1]}")
        done(self._window, record)
        self._look()
        if self.found.actions % REST == 0:
            self._rest()

    def _stop(self) -> None:
        try:
            self._put_away()
            self._window.jobs.cancel()
        finally:
            # To quit would ask the window first, which stays open over a figure that is written.
            QApplication.exit()

    def _put_away(self) -> None:
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        for dialog in living.dialogs():
            dialog.reject()

    def _look(self) -> None:
        """Looks whether something went wrong, and keeps what led to it."""
        if not self._faults.told:
            return
        told = "\n".join(self._faults.told)
        self._faults.told.clear()
        self._fail(told[-3000:])

    def _fail(self, told: str) -> None:
        KEPT.mkdir(parents=True, exist_ok=True)
        path = KEPT / f"monkey-{self._seed}-{self.found.actions}.json"
        if len(self.found.failures) < 5:
            self._log.seek(0)
            path.write_text(f"[{','.join(self._log)}]", encoding="utf-8")
        self.found.failures.append(
            f"seed {self._seed}, action {self.found.actions}, all of them in {path}:\n{told}\n"
            + "\n".join(self._last)
        )

    def _feel(self) -> None:
        """Feels how long the event loop did not turn, but for what other programs took."""
        felt, before, worked = self._felt, self._waited, self._worked
        self._now()
        late = self._felt - felt - BEAT_MS / 1e3 - (self._waited - before)
        if self._resting:
            return
        self.found.beats += 1
        if late > 0.01:
            # Of thousands of short ones it would be memory that the window does not hold.
            told = (), ()
            if late > TOLD_STALL:
                told = self._window.jobs._running, list(self._last)[-1:]
            self.found.stalls.append(Stall(late, self._worked - worked, *map(" ".join, told)))
            if late > self._stall:
                self._fail(f"the event loop did not turn for {1e3 * late:.0f} ms")
                # What is written then is no work of the window's.
                self._now()

    def _now(self) -> None:
        """Counts from now on."""
        self._felt, self._waited, self._worked = time.monotonic(), waited(), time.thread_time()

    def _rest(self) -> None:
        """Puts everything away that a person could, and looks how much memory is held then.

        An image that came in at last, the size of the window, a figure on the clipboard (14 MB),
        the blocks that are kept for the next run and what Qt keeps of drawn frames, 2 MB at the
        most, differ from rest to rest: none of them is growth.
        """
        self._resting = True
        self._put_away()
        window = self._window
        window.messages.clear()
        window.jobs.cancel()
        window.sessions.state.apply(Document(), "")
        living.until(lambda: not window.jobs.alive() and not window.sessions.autosaver.busy())
        window.opener.close_image()
        window.resize(*RESTING)
        QApplication.clipboard().clear()
        living.turn(0.15)
        living.deliver()
        SPARE.clear()
        QPixmapCache.clear()
        self.found.memory.append((time.monotonic(), living.resident()))
        self.found.files.append(living.of_files())
        self._now()
        self._resting = False


def fill_tables() -> None:
    """Has two tables that grow in a few steps, and no further, take these steps before anything is
    counted.

    For each widget that is dressed Qt keeps some 7 kB of what the style sheet says of it; those of
    tabs, docks and menus would be dressed one after the other, when they are first seen. And Python
    keeps the names that are in use in a table that is twice as large, 4 MB for 2, once so many came
    and went as in 9,000 actions (each part of a path is one); from then on it stays as it is.
    """
    for widget in QApplication.allWidgets():
        widget.ensurePolished()
    for number in range(NAMES):
        sys.intern(f"name {number}")


def act(
    seed: int, count: int, replayed: list[Record] | None = None,
    say: Callable[[str], object] = str, stall: float = STALL,
) -> Found:  # fmt: skip
    """Lets a monkey work a window of its own, in a folder of its own."""
    living.application()
    before = Path.cwd()
    with living.watched() as faults, tempfile.TemporaryDirectory(prefix="monkey-") as name:
        folder = Path(name)
        # Whatever is written goes where the dialogs begin.
        os.chdir(folder)
        try:
            (folder / "files").mkdir()
            files = monkey_files.make(folder / "files", seed)
            # As the program does before its window is made.
            lasting.leave_out()
            window = living.window()
            fill_tables()
            with tempfile.TemporaryFile("w+", encoding="utf-8") as log:
                monkey = Monkey(window, faults, files, seed, count, log, replayed, say, stall)
                found = monkey.run()
            window.sessions.state.apply(Document(), "")
            # What Python put there must not outlive it.
            QApplication.clipboard().clear()
            living.away(window)
            monkey = None
        finally:
            os.chdir(before)
    return found
