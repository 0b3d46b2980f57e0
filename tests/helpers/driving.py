"""Hands for the tests of the window: they do something and wait for what must come of it."""

from __future__ import annotations

import time

import numpy as np
from patience import WAIT_MS
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from convgui.model.compute import Progress
from convgui.model.image import Image
from cyconv import Operations

SMALL = "hand"


def settle(window, qtbot):
    """Waits until nothing runs."""
    qtbot.waitUntil(lambda: not window.jobs.busy(), timeout=WAIT_MS)


def wear(window, qtbot, theme):
    """Shows a window in a theme, and waits until all of it wears that."""
    window.view.set_theme(theme)
    qtbot.waitUntil(lambda: not window.appearance.dresser.busy, timeout=WAIT_MS)


def run_by(window, qtbot, act, *args):
    """Does something that must lead to a run, and gives what the last run gave."""
    with qtbot.waitSignal(window.controller.compared, timeout=WAIT_MS):
        act(*args)
    settle(window, qtbot)
    return window.controller.comparison


def drop(window, paths):
    """Drags files onto the window and lets them go."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    keys = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), action, data, button, keys)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(5, 5), action, data, button, keys))


def noise(height=1080, width=1920):
    """Gives an image in which no two windows are the same."""
    rng = np.random.default_rng(1)
    return Image(rng.integers(0, 256, (height, width, 3), np.uint8), "noise")


def endless(session, image, progress):
    """A run that lasts until it is cancelled, and polls as a kernel does."""
    while True:
        progress(Progress("lsh", "LSH, products", 0.5, Operations(), 1_000_000))
        time.sleep(0.001)
