"""Saves sessions in child processes that are killed, and looks at what is on the disk afterwards.

usage: killed_saves.py steps|random FOLDER [COUNT] [SEED]

``steps`` kills at every call that touches the disk, before it, half-way through what it writes and
after it, until a save comes through; ``random`` kills COUNT times at random moments. Each does so
with a session file and, a quarter as often, with what is kept for recovery. Prints one line for
each, and fails if what is there afterwards is neither wholly the old nor wholly the new.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

from killing import MOMENTS, end_at
from session_files import document, picture, run

from convgui.model.image import Image
from convgui.sessions import Document, load, save
from convgui.sessions.leftovers import left_behind
from convgui.sessions.lock import Lock
from convgui.sessions.recovery import Orphan, Slot
from convgui.sessions.store import to_bytes

OLD = document()
NEW = document(
    notes="new", image=Image(picture(9), "tea.png"), runs=(run(1), run(7)), pinned=(7, 0)
)
WHOLE = {to_bytes(OLD): "old", to_bytes(NEW): "new"}


class File:
    """A session file."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "study.convgui"

    def prepare(self) -> None:
        save(OLD, self.path)

    def write(self, made: Document) -> None:
        save(made, self.path)

    def found(self) -> str:
        load(self.path)
        return WHOLE[self.path.read_bytes()]


class Kept:
    """What is kept for recovery."""

    def __init__(self, folder: Path) -> None:
        self.place = folder / "recovery"
        self.slot = Slot(self.place)

    def prepare(self) -> None:
        # A killed process lets go of its lock; the next one takes it.
        self.slot = Slot(self.place)
        self.slot.write(OLD)
        self.slot.abandon()

    def write(self, made: Document) -> None:
        self.slot.write(made)

    def found(self) -> str:
        orphan = Orphan(self.slot.path, Lock(self.slot.path.with_suffix(".lock")))
        opened = orphan.read()
        if opened.remarks or opened.document.image is None:
            raise AssertionError(f"the image is gone: {opened.remarks}")
        offered = left_behind(self.place)
        if offered is None:
            raise AssertionError("it is not offered")
        offered.release()
        return WHOLE[to_bytes(opened.document)]


def child(act, *args) -> int:
    """Does something in a process of its own, and gives its id."""
    process = os.fork()
    if process:
        return process
    try:
        act(*args)
        os._exit(0)
    finally:
        os._exit(1)


def one_step(kind, step: int, moment: str) -> None:
    end_at(step, moment)
    kind.write(NEW)


def steps(kind) -> str:
    killed = 0
    for moment in MOMENTS:
        step, status = 0, -1
        while status != 0:
            step += 1
            kind.prepare()
            _, status = os.waitpid(child(one_step, kind, step, moment), 0)
            found = kind.found()
            if status == 0 and found != "new":
                raise AssertionError("a save that came through is not there")
            if status not in (0, signal.SIGKILL):
                raise AssertionError(f"the child ended with {status}")
            killed += status != 0
    return f"killed {killed}"


def many_saves(kind) -> None:
    for number in range(1_000_000):
        kind.write((OLD, NEW)[number % 2])


def at_random(kind, count: int, seed: int) -> str:
    draw = random.Random(seed)
    found = {"old": 0, "new": 0}
    for _ in range(count):
        kind.prepare()
        process = child(many_saves, kind)
        time.sleep(draw.uniform(0.001, 0.02))
        os.kill(process, signal.SIGKILL)
        if os.waitpid(process, 0)[1] != signal.SIGKILL:
            raise AssertionError("the child ended by itself")
        found[kind.found()] += 1
    return f"killed {count}, found old {found['old']}, new {found['new']}"


def main(mode: str, folder: str, count: str = "200", seed: str = "1") -> None:
    for name, kind in (("file", File(Path(folder))), ("recovery", Kept(Path(folder)))):
        # Looking at what is kept for recovery takes longer.
        times = int(count) if name == "file" else int(count) // 4
        told = steps(kind) if mode == "steps" else at_random(kind, times, int(seed))
        print(f"{mode} {name}: {told}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
