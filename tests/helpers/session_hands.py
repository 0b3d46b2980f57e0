"""Hands for the tests of sessions in the window."""

from __future__ import annotations

from driving import WAIT_MS

from convgui.sessions import recovery
from convgui.sessions.recovery import Slot


def write(window, qtbot, path):
    with qtbot.waitSignal(window.sessions.files.saved, timeout=WAIT_MS):
        window.sessions.files.save_to(str(path))
    return path


def kept(window, qtbot):
    """Waits until all is on the disk that a crash would lose, and gives it."""
    qtbot.waitUntil(lambda: not window.sessions.autosaver.busy(), timeout=WAIT_MS)
    path = window.sessions.autosaver.path
    return recovery.Orphan(path, None).read().document if path.exists() else None


def press(window, answer):
    """Clicks an answer in the message bar."""
    button = next(b for b in window.messages.answers if b.property("answer") == answer)
    button.click()


def crashed(made):
    slot = Slot()
    slot.write(made)
    slot.abandon()
    return slot
