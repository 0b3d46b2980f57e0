"""The titles of the docks: named, reached by key, seen in both themes."""

from __future__ import annotations

import pytest
from contrast import contrast
from driving import wear
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from convgui.style import THEMES


def buttons(window, name):
    return window.docks[name].titleBarWidget().findChildren(QToolButton)


@pytest.mark.parametrize("name", ["parameters", "results"])
def test_a_dock_is_detached_put_back_and_hidden_by_key(window, qtbot, name):
    detach, close = buttons(window, name)
    dock = window.docks[name]
    for floating in (True, False):
        qtbot.keyClick(detach, Qt.Key.Key_Space)
        assert dock.isFloating() == floating
    qtbot.keyClick(close, Qt.Key.Key_Space)
    assert not dock.isVisible()
    dock.toggleViewAction().trigger()
    assert dock.isVisible()


@pytest.mark.parametrize("theme", THEMES)
def test_its_buttons_are_named_and_seen(window, qtbot, theme):
    wear(window, qtbot, theme)
    for name, dock in window.docks.items():
        for button in buttons(window, name):
            assert dock.windowTitle() in button.accessibleName()
            picture = button.icon().pixmap(32, 32).toImage()
            colours = {
                picture.pixelColor(x, y).name()
                for x in range(picture.width())
                for y in range(picture.height())
                if picture.pixelColor(x, y).alpha() == 255
            }
            assert max(contrast(each, THEMES[theme].panel) for each in colours) > 4.5
