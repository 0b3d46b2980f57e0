"""Working without a mouse: the order of the stops, and that each can be seen."""

from __future__ import annotations

import pytest
from driving import wear
from focusing import assert_marked
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QPushButton,
)

from convgui.style import THEMES
from convgui.widgets.filter_strip import FilterStrip
from convgui.widgets.image_view import ImageView

MOST_STOPS = 100


@pytest.fixture
def stops(compared, qtbot):
    """All widgets that the tabulator comes by, in turn."""
    compared.activateWindow()
    compared.compare.setFocus()
    found = []
    for _ in range(MOST_STOPS):
        QTest.keyClick(QApplication.focusWidget() or compared, Qt.Key.Key_Tab)
        widget = QApplication.focusWidget()
        if widget in found:
            assert widget is found[0], f"the tabulator sticks at {widget}"
            return found
        found.append(widget)
    raise AssertionError("the tabulator never comes round")


def test_pictures_come_first_then_the_docks(stops, compared):
    kinds = [isinstance(each, ImageView) for each in stops]
    assert kinds.index(False) == 6
    docks = [
        next((name for name, dock in compared.docks.items() if dock.isAncestorOf(each)), "")
        for each in stops
    ]
    assert list(dict.fromkeys(docks)) == ["", "parameters", "results"]


def test_every_stop_has_a_name(stops):
    for each in stops:
        text = each.text() if isinstance(each, QAbstractButton) else ""
        assert each.accessibleName() or text, f"{each} has no name"


def test_a_bank_comes_after_the_pictures(compared, qtbot):
    compared.controller.change("filter_name", "gabor")
    compared.controller.change("filter_count", 3)
    qtbot.waitUntil(compared.compare.bank.isVisible)
    list(compared.compare.pictures.values())[-1].view.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert isinstance(QApplication.focusWidget(), FilterStrip)


@pytest.mark.parametrize("name", THEMES)
def test_the_focus_is_seen_in_every_editor_and_button(compared, qtbot, stops, name):
    wear(compared, qtbot, name)
    marked = (QAbstractButton, QComboBox, QAbstractSpinBox)
    seen = 0
    for widget in stops:
        if QApplication.focusWidget() is widget and isinstance(widget, marked):
            assert_marked(widget, THEMES[name].panel)
            seen += 1
        else:
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert seen > 20


@pytest.mark.parametrize("name", THEMES)
def test_the_focus_is_seen_outside_of_the_docks(window, qtbot, name):
    wear(window, qtbot, name)
    window.messages.show_error("Something is wrong.", "Details of it.")
    opening = next(each for each in window.compare.findChildren(QPushButton) if each.isVisible())
    wanted = {window.messages.unfold, window.messages.close_button, opening}
    for _ in range(MOST_STOPS):
        widget = QApplication.focusWidget() or window
        if widget in wanted:
            wanted.remove(widget)
            assert_marked(widget, THEMES[name].window)
        else:
            QTest.keyClick(widget, Qt.Key.Key_Tab)
    assert not wanted


def test_the_cell_of_the_grid_is_seen(compared, qtbot):
    grid = compared.parameters.weights.grid
    grid.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(grid.hasFocus)
    assert grid.selectionModel().hasSelection()


def test_labels_lead_to_their_editors(compared):
    for row in compared.parameters.rows.values():
        assert isinstance(row.label, QLabel)
        assert row.label.buddy() is row.editor
