"""Drives the real window as a person would, with mouse and keys, and checks what comes of it.

usage: drive.py [--out FOLDER]

One line a step; the exit status is 1 if a step fails. Every step is checked by what is on the
disk or on the screen. Needs an X display and xdotool.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
from drive_hands import Box, DriveError, Driven, changed, missing, tool, until
from PIL import Image as Picture

from convgui.model.samples import sample_path
from convgui.model.session import Session
from convgui.sessions import SUFFIX, SessionError, load
from convgui.sessions.lock import Lock
from convgui.sessions.recovery import Orphan

SEEN = 0.001
"""A share of pixels that a person notices; less may be a blinking cursor."""
SIZE, TYPED = 9, 13


class Drive:
    """The steps, in the order in which they are made; each builds on those before."""

    def __init__(self, home: Path, pictures: Path) -> None:
        self.home = home
        self.app = Driven(home, pictures)
        self.image = home / "holiday.png"
        self.session = home / f"study{SUFFIX}"
        with Picture.open(sample_path("coffee")) as picture:
            picture.crop((40, 40, 340, 260)).save(self.image)

    def start(self) -> None:
        """the window opens with the image of the command line"""
        self.app.start(str(sample_path("chelsea")))
        picture = self._settled()
        if np.unique(picture.reshape(-1, 3), axis=0).shape[0] < 200:
            raise DriveError("the comparison shows next to no colours")

    def open(self) -> None:
        """Ctrl+O, a path, Enter opens an image"""
        before = self._settled()
        tool("key", "ctrl+o")
        self._type_path(self.image)
        until("the file among the recent", lambda: self.image.name in self._settings())
        self._differs(before)

    def slide(self) -> None:
        """a slider dragged with the mouse changes the size, and the result follows"""
        before = self._settled()
        left, top, right, bottom = self.app.box(class_="_Slider", name="Size")
        middle = (top + bottom) // 2
        tool("mousemove", left + 6, middle, "mousedown", 1)
        try:
            for at in range(left + 8, (left + right) // 2, 2):
                tool("mousemove", at, middle)
        finally:
            tool("mouseup", 1)
        self._keeps("a larger size", lambda kept: kept.kernel_size > Session().kernel_size)
        self._differs(before)

    def type_number(self) -> None:
        """a size typed into its box is taken with Enter"""
        self._set_size(SIZE)
        self._settled()

    def wipe(self) -> None:
        """W shows the line, and the mouse drags it"""
        self._focus_pictures()
        before = self._settled()
        tool("key", "w")
        shown = self._differs(before)
        self.app.keep("line")
        column = self._line(before, shown)
        left, top, _, bottom = self._pictures()
        row = top + (bottom - top) // 2
        tool("mousemove", left + column, row, "mousedown", 1)
        try:
            for step in range(0, 60, 6):
                tool("mousemove", left + column - step, row)
        finally:
            tool("mouseup", 1)
        self._differs(shown)
        tool("key", "w")
        self._differs(shown)

    def flicker(self) -> None:
        """X held shows the exact output, X let go the old picture"""
        before = self._settled()
        tool("keydown", "x")
        try:
            self._differs(before)
            self.app.keep("held")
        finally:
            tool("keyup", "x")
        until("the picture from before", lambda: changed(before, self._see()) < SEEN)

    def inspect(self) -> None:
        """I explains the pixel under the mouse, an arrow the next one"""
        left, top, right, bottom = self._pictures()
        tool("mousemove", left + (right - left) // 8, top + (bottom - top) // 6)
        before = self._settled()
        tool("key", "i")
        shown = self._differs(before)
        tool("key", "Right", "Right", "Down")
        self._differs(shown)
        self.app.keep("explained")
        tool("key", "alt+1")
        self._settled()

    def export(self) -> None:
        """Ctrl+E and the keyboard write a figure that can be opened"""
        figure = self.home / "figure.png"
        tool("key", "ctrl+e")
        self.app.focus("Export the figure")
        until("the figure's preview", lambda: self.app.find(class_="FigurePreview"))
        tool("key", "Return")
        self._type_path(figure)
        until("the figure", figure.exists)
        with Picture.open(figure) as picture:
            if picture.width < 500 or len(picture.convert("RGB").getcolors(1 << 24) or ()) < 200:
                raise DriveError("the figure is small or empty")
        self.app.focus()

    def save(self) -> None:
        """Ctrl+S writes a session with these parameters"""
        tool("key", "ctrl+s")
        self._type_path(self.session)
        until("the session", self.session.exists)
        opened = load(self.session)
        size = opened.document.session.kernel_size
        if size != SIZE or opened.document.image is None:
            raise DriveError(f"the session has size {size} for {SIZE}, or no image")
        until("nothing to restore", lambda: not self._kept())

    def crash(self) -> None:
        """a change is kept, and kill -9 leaves it behind"""
        self._set_size(TYPED)
        self._settled()
        self.app.kill()
        if [each.kernel_size for each in self._kept()] != [TYPED]:
            raise DriveError("what the crash left is not what was there")

    def restore(self) -> None:
        """the next start offers it, and Restore brings it back"""
        self.app.start()
        before = self._settled()
        self.app.keep("offered")
        self.app.click(text="Restore")
        self._differs(before)
        until("its title", lambda: any(each.startswith("study[*]") for each in self.app.titles()))
        self._focus_pictures()
        tool("key", "ctrl+s")
        until("the session as restored", lambda: self._saved_size() == TYPED)
        until("nothing to restore", lambda: not self._kept())

    def leave(self) -> None:
        """Ctrl+Q ends it without a question, and without a fault in terminal or log"""
        tool("key", "ctrl+q")
        if status := self.app.ended():
            raise DriveError(f"it ended with {status}")
        if lines := self.app.trouble():
            raise DriveError(f"{len(lines)} lines tell of faults, the first: {lines[0]}")

    def _pictures(self) -> Box:
        return self.app.box(object="qt_tabwidget_stackedwidget")

    def _see(self) -> np.ndarray:
        return self.app.see(self._pictures())

    def _settled(self) -> np.ndarray:
        """Waits until nothing moves in the middle of the window, and gives what it shows."""
        until("no run", lambda: self.app.find(object="main"))
        return self.app.still(self._pictures())

    def _differs(self, before: np.ndarray) -> np.ndarray:
        """Waits until the middle of the window shows something else, and stands still."""
        until("a change of the picture", lambda: changed(before, self._see()) > SEEN)
        return self._settled()

    def _line(self, before: np.ndarray, after: np.ndarray) -> int:
        """Gives the column where most has changed: the line, which is drawn over all rows."""
        return int((before != after).any(axis=2).sum(axis=0).argmax())

    def _focus_pictures(self) -> None:
        """Gives the keys to the pictures: a box that numbers are typed in takes letters, too."""
        tool("key", "alt+1")
        until("their focus", lambda: self.app.find(object="compare", focus=True))

    def _type_path(self, path: Path) -> None:
        until("the field for a name", lambda: self.app.find(object="fileNameEdit"))
        self.app.focus(self.app.titled("QFileDialog"))
        until("its focus", lambda: self.app.find(object="fileNameEdit", focus=True))
        tool("key", "ctrl+a")
        tool("type", "--delay", 5, str(path))
        tool("key", "Return")
        until("the dialog to close", lambda: not self.app.find(object="fileNameEdit"))
        self.app.focus()

    def _set_size(self, size: int) -> None:
        left, top, _, bottom = self.app.box(class_="QSpinBox", name="Size")
        tool("mousemove", left + 30, (top + bottom) // 2, "click", "--repeat", 2, 1)
        tool("key", "ctrl+a")
        tool("type", str(size))
        tool("key", "Return")
        self._keeps(f"size {size}", lambda kept: kept.kernel_size == size)
        self._focus_pictures()

    def _settings(self) -> str:
        with suppress(OSError):
            return next(self.home.rglob("settings.json")).read_text()
        return ""

    def _kept(self) -> list[Session]:
        """Gives the parameters that a crash would leave behind just now."""
        found = []
        for path in self.home.glob(f"convgui/recovery/*{SUFFIX}"):
            # Not while it is being replaced.
            with suppress(SessionError):
                left = Orphan(path, Lock(path.with_suffix(".lock")))
                found.append(left.read().document.session)
        return found

    def _keeps(self, what: str, holds: Callable[[Session], bool]) -> None:
        until(f"{what} kept for after a crash", lambda: any(map(holds, self._kept())))

    def _saved_size(self) -> int:
        return load(self.session).document.session.kernel_size


STEPS = (
    Drive.start, Drive.open, Drive.slide, Drive.type_number, Drive.wipe, Drive.flicker,
    Drive.inspect, Drive.export, Drive.save, Drive.crash, Drive.restore, Drive.leave,
)  # fmt: skip


def main() -> int:
    """Makes the steps until one fails."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path("shots/drive"), metavar="FOLDER")
    out = parser.parse_args().out
    if problem := missing():
        print(problem, file=sys.stderr)
        return 1
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="convgui-drive-") as home:
        drive = Drive(Path(home), out)
        try:
            for number, step in enumerate(STEPS, 1):
                if not _made(drive, number, step):
                    return 1
        finally:
            drive.app.kill()
    return 0


def _made(drive: Drive, number: int, step: Callable[[Drive], None]) -> bool:
    """Makes one step, says what came of it and keeps a screenshot; tells whether it went well."""
    begun = time.monotonic()
    problem = ""
    try:
        step(drive)
    except (DriveError, SessionError) as error:
        problem = str(error)
    seconds = time.monotonic() - begun
    drive.app.keep(f"{number:02}-{step.__name__}")
    word = "FAILED" if problem else "ok"
    print(f"{word:6} {seconds:5.1f} s  {step.__doc__}" + f": {problem}" * bool(problem), flush=True)
    return not problem


if __name__ == "__main__":
    sys.exit(main())
