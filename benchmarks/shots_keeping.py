"""States of the window that keep an experiment: history, sessions, what a crash left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from convgui.main_window import MainWindow
from convgui.model.samples import sample_path
from convgui.model.session import Session
from convgui.sessions import Document
from convgui.sessions.recovery import Slot

Settle = Callable[..., None]


def history(window: MainWindow, settle: Settle) -> None:
    """Some runs, one with a name, two of them compared; notes."""
    window.opener.open_path(str(sample_path("chelsea")))
    settle(window)
    for key, value in (("kernel_size", 5), ("hashes", 8), ("hashes", 14),
                       ("correction", "brightness"), ("filter_name", "sobel-x")):  # fmt: skip
        window.controller.change(key, value)
        settle(window, 0.2)
    window.dock_actions["history"].trigger()
    recorder = window.history.recorder
    recorder.rename(4, "Fourteen bits keep the whiskers")
    recorder.pin(0, 3)
    recorder.pin(1, 4)
    window.history.notes.setPlainText("Next: the same with the Gabor bank.")
    settle(window)


def pair(window: MainWindow, settle: Settle) -> None:
    """A and B as pictures, parted by a line, and their difference."""
    history(window, settle)
    window.tab_actions["pair"].trigger()
    settle(window)
    window.view.toggle_wipe("vertical")
    settle(window)


def unlike(window: MainWindow, settle: Settle) -> None:
    """A and B of different settings, and of different sizes."""
    history(window, settle)
    window.controller.change("stride", 2)
    settle(window, 0.2)
    window.history.recorder.pin(1, window.history.recorder.journal.last)
    window.tab_actions["pair"].trigger()
    settle(window)


def left_behind(window: MainWindow, settle: Settle) -> None:
    """What a crash left is offered."""
    slot = Slot()
    slot.write(Document(session=replace(Session(), hashes=12)))
    slot.abandon()
    window.opener.open_path(str(sample_path("chelsea")))
    settle(window)
    window.sessions.recover()
    settle(window)


def unsaved(window: MainWindow, settle: Settle) -> None:
    """The question before notes are lost."""
    history(window, settle)
    window.sessions.files.new()
    settle(window)


def forget(window: MainWindow) -> None:
    """Lets the window close without a question."""
    window.history.notes.clear()
    for run in window.history.recorder.journal.runs:
        window.history.recorder.rename(run.number, "")


KEEPING = {
    "history": history, "pair": pair, "pair-sizes": unlike, "left-behind": left_behind,
    "unsaved": unsaved,
}  # fmt: skip
