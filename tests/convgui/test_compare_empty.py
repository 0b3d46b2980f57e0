"""The "Compare" tab before an image is open: what it offers, and what can be dropped on it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton, QToolButton

from convgui import style
from convgui.model.image import Image
from convgui.panels.compare import ComparePanel

IMAGE = Image(np.zeros((60, 80, 3), np.uint8), "scene.png")


@pytest.fixture
def panel(qtbot):
    panel = ComparePanel()
    qtbot.addWidget(panel)
    panel.resize(1000, 600)
    panel.apply_theme(style.DARK)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


def test_it_invites(panel, qtbot):
    panel.show_image(None)
    button = panel.findChild(QPushButton)
    with qtbot.waitSignal(panel.open_requested):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    samples = panel.findChildren(QToolButton)
    assert len(samples) == 3
    qtbot.waitUntil(lambda: all(sample.isVisible() for sample in samples))
    for sample in samples:
        assert not sample.icon().isNull()
        assert sample.accessibleName()
        with qtbot.waitSignal(panel.sample_requested) as asked:
            qtbot.mouseClick(sample, Qt.MouseButton.LeftButton)
        assert asked.args[0] == sample.objectName()


def test_it_is_shown_at_the_start_and_again_without_an_image(panel):
    assert panel.findChild(QPushButton).isVisible()
    panel.show_image(IMAGE)
    assert not panel.findChild(QPushButton).isVisible()
    panel.show_image(None)
    panel.show_image(None)
    assert panel.findChild(QPushButton).isVisible()


def drop(panel, urls):
    data = QMimeData()
    data.setUrls(urls)
    event = QDropEvent(
        QPointF(20, 20), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    panel.dropEvent(event)


def test_files_can_be_dropped(panel, qtbot, tmp_path):
    path = tmp_path / "ein Bild ü.png"
    with qtbot.waitSignal(panel.files_dropped) as asked:
        drop(panel, [QUrl.fromLocalFile(str(path)), QUrl("https://example.org/a.png")])
    assert [Path(each) for each in asked.args[0]] == [path]


def test_addresses_elsewhere_are_not_taken(panel, qtbot):
    with qtbot.assertNotEmitted(panel.files_dropped):
        drop(panel, [QUrl("https://example.org/a.png")])
