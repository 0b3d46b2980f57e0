"""What goes while it is needed: the processes that read images and draw figures, and Qt objects
with a job under way; and faults that come again and again."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import numpy as np
from live_window import LiveWindow, limited, live_window
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget
from scorecard import Score
from shiboken6 import delete, isValid
from tour import begin

from convgui.export.figure_apart import DRAWER
from convgui.fence import FENCE
from convgui.model.image import Image
from convgui.opencv import cv2

OBJECTS = (
    "inspect", "reuse_tab", "history", "compare", "results", "analysis", "parameters", "looker",
    "exporter", "opener", "controller", "messages", "status", "sessions", "batch", "recipes",
    "view", "keeper", "memory", "damage", "commander", "tabs", "jobs",
)  # fmt: skip
PAINTED = (
    "convgui.widgets.image_overlay.Overlay.draw", "convgui.widgets.picture._Item.render",
    "convgui.widgets.title_strip.QPainter", "convgui.widgets.colour_bar.QPainter",
)  # fmt: skip


def run(score: Score, live: LiveWindow, folder: Path) -> None:
    """Tries a share of what a window outlives."""
    _killed_decoder(score, live, folder)
    _killed_drawer(score, live, folder)
    _closed_dialogs(score, live)
    _again_and_again(score, live)


def run_in_others(score: Score) -> None:
    """Tries a share of what needs a window for each case."""
    _deleted(score)
    _while_closing(score)


def _killed_decoder(score: Score, live: LiveWindow, folder: Path) -> None:
    """Kills the process that reads images at any moment; the next image finds another."""
    rng = random.Random(score.seed)
    file = folder / "some.png"
    noise = np.random.default_rng(1).integers(0, 256, (450, 600, 3)).astype(np.uint8)
    cv2.imwrite(str(file), noise)
    for number in range(score.part(25, 2)):
        begin(live)
        live.seen.clear()
        FENCE.start()
        with limited(f"killed decoder {number}"):
            live.window.opener.open_path(str(file))
            # From before it has begun until the image is shown.
            end = time.monotonic() + rng.uniform(0, 0.3)
            while time.monotonic() < end:
                live.turn()
            if (process := FENCE.process) is not None:
                os.kill(process, signal.SIGKILL)
            live.settle()
            opened = live.window.controller.image
            shown = opened is not None and opened.name == "some.png"
            wrong = ""
            if not shown and not any("some.png" in text for text in live.seen):
                wrong = f"neither the image nor a reason was shown: {live.seen}"
            live.window.opener.open_path(str(file))
            live.settle()
            opened = live.window.controller.image
            if opened is None or opened.name != "some.png":
                wrong += " it was not read afterwards"
            elif not np.array_equal(opened.pixels, noise[..., ::-1]):
                wrong += " other pixels were read"
            wrong += "; ".join(live.faults)
        score.case(f"decoder killed, number {number} of seed {score.seed}: {wrong}"
                   if wrong else None)  # fmt: skip


def _killed_drawer(score: Score, live: LiveWindow, folder: Path) -> None:
    """Kills the process that draws figures at any moment; another one draws the figure."""
    rng = random.Random(score.seed)
    begin(live)
    live.settle()
    for number in range(score.part(10, 1)):
        path = folder / f"figure-{number}.png"
        live.seen.clear()
        DRAWER.start()
        with limited(f"killed drawer {number}"):
            live.window.exporter.export_figure(str(path))
            end = time.monotonic() + rng.uniform(0, 1.0)
            while time.monotonic() < end:
                live.turn()
            if (process := DRAWER.process) is not None:
                os.kill(process, signal.SIGKILL)
            live.settle()
        whole = path.exists() and path.read_bytes().endswith(b"IEND\xaeB`\x82")
        wrong = "" if whole else f"there is no figure: {live.seen}; "
        wrong += "; ".join(live.faults)
        score.case(f"drawer killed, number {number} of seed {score.seed}: {wrong}"
                   if wrong else None)  # fmt: skip


def _busy(live: LiveWindow) -> None:
    """Has jobs of many kinds run at once."""
    window = live.window
    image = Image(np.random.default_rng(2).integers(0, 256, (150, 200, 3)).astype(np.uint8), "busy")
    live.show(image)
    live.trigger("inspect-pixel")
    live.trigger("error-flip")
    live.trigger("copy-figure")
    live.trigger("copy-python")
    window.controller.change("hashes", 9)
    window.tabs.setCurrentWidget(window.reuse_tab)


def _deleted(score: Score) -> None:
    """Deletes a part of the window while it works; the process must go on, and a new window too."""
    for name in OBJECTS[: score.part(len(OBJECTS), 1)]:
        with live_window() as live, limited(f"deleted {name}"):
            begin(live)
            _busy(live)
            found = getattr(live.window, name)
            wrong = ""
            try:
                if isinstance(found, (QObject, QWidget)) and isValid(found):
                    delete(found)
                for _ in range(60):
                    live.turn()
                    time.sleep(0.002)
                live.window.grab()
            except RuntimeError as error:
                # What is gone can't be asked any more.
                if "already deleted" not in str(error):
                    wrong = str(error)
            odd = [text for text in live.faults if "deleted" not in text and "NoneType" not in text]
            wrong += "; ".join(odd)[:600]
        score.case(f"{name} deleted while it works: {wrong}" if wrong else None)


def _closed_dialogs(score: Score, live: LiveWindow) -> None:
    with limited("dialogs closed at work"):
        begin(live)
        for key in ("export-figure", "export-batch"):
            live.trigger(key)
            for dialog in live.window.findChildren(QDialog):
                dialog.close()
                dialog.deleteLater()
        live.settle()
        score.check(not live.faults and live.computes(), f"dialogs closed at work: {live.faults}")


def _again_and_again(score: Score, live: LiveWindow) -> None:
    """A fault at every repaint neither floods the log nor stops the window."""
    rng = np.random.default_rng(3)
    for place in PAINTED[: score.part(len(PAINTED), 1)]:
        with limited(place):
            begin(live)
            raised = [0]

            def fault(*_: object, raised: list[int] = raised) -> None:
                raised[0] += 1
                raise KeyError("at every repaint")

            with mock.patch(place, fault):
                # What is at hand is not rendered again.
                live.show(Image(rng.integers(0, 256, (9, 11, 3)).astype(np.uint8), "another"))
                end = time.monotonic() + 0.5
                while time.monotonic() < end:
                    live.repaint(times=1)
                    live.turn()
            told = len(live.faults)
            live.clear()
            wrong = ""
            if not raised[0]:
                wrong = "it was not painted"
            elif not 1 <= told <= 40:
                wrong = f"{raised[0]} faults were told {told} times"
            if not live.computes():
                wrong += " the window no longer computes"
        score.case(f"{place} at every repaint: {wrong}" if wrong else None)


def _while_closing(score: Score) -> None:
    """Whatever goes wrong while the window closes, it closes, and no job goes on."""
    window_parts: dict[str, Callable[[LiveWindow], object]] = {
        "keeper.keep": lambda live: live.window.keeper,
        "exporter.may_close": lambda live: live.window.exporter,
        "sessions.close_down": lambda live: live.window.sessions,
        "inspect.close_down": lambda live: live.window.inspect,
        "history.may_close": lambda live: live.window.history,
    }
    names = list(window_parts)
    for name in names[: score.part(len(names), 1)]:
        with live_window() as live, limited(f"closing, {name}"):
            begin(live)
            part, method = window_parts[name](live), name.split(".")[1]
            with mock.patch.object(part, method, side_effect=KeyError("while closing")):
                live.window.controller.change("hashes", 8)
                live.window.close()
                for _ in range(30):
                    live.turn()
            wrong = "" if not live.window.isVisible() else "it stayed open"
            if live.window.jobs.alive():
                wrong += " a job went on"
            if not live.faults:
                wrong += " it was not told"
        score.case(f"{name} fails while the window closes: {wrong}" if wrong else None)
