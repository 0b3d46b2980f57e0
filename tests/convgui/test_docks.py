"""Docks and tabs are brought to the front, shown and hidden from the View menu."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest


@pytest.mark.parametrize("name", ["parameters", "results"])
def test_docks_are_shown_and_hidden_from_the_menu(window, name):
    action = window.dock_actions[name]
    assert action in window.menus.menus["View"].actions()
    action.trigger()
    assert not window.docks[name].isVisible()
    action.trigger()
    assert window.docks[name].isVisible()


def test_a_dock_behind_another_one_is_brought_to_the_front(window, qtbot):
    results, analysis = (window.dock_actions[name] for name in ("results", "analysis"))
    width = window.results.width()
    assert (results.isChecked(), analysis.isChecked()) == (True, False)
    assert window.analysis.visibleRegion().isEmpty()
    analysis.trigger()
    assert (results.isChecked(), analysis.isChecked()) == (False, True)
    assert not window.analysis.visibleRegion().isEmpty()
    assert window.results.visibleRegion().isEmpty()
    analysis.trigger()
    qtbot.waitUntil(results.isChecked)
    assert not window.results.visibleRegion().isEmpty()
    assert window.results.width() == width


def test_a_tab_has_an_entry_that_says_whether_it_is_in_front(window):
    action = window.tab_actions["compare"]
    assert action in window.menus.menus["View"].actions()
    action.trigger()
    assert window.tabs.currentWidget() is window.compare
    assert action.isChecked()


@pytest.mark.parametrize("before", ["results", "analysis"])
def test_closing_a_dock_brings_back_the_one_that_was_seen(window, qtbot, before):
    window.dock_actions[before].trigger()
    if not window.dock_actions[before].isChecked():
        window.dock_actions[before].trigger()
    qtbot.waitUntil(window.dock_actions[before].isChecked)
    for _ in range(2):
        QTest.keyClick(window, Qt.Key.Key_F9)
        qtbot.waitUntil(window.dock_actions["history"].isChecked)
        assert not window.dock_actions[before].isChecked()
        QTest.keyClick(window, Qt.Key.Key_F9)
        qtbot.waitUntil(window.dock_actions[before].isChecked)
        assert not window.docks["history"].isVisible()


def test_a_dock_that_is_hidden_by_its_button_brings_back_the_last_one(window, qtbot):
    analysis, history = (window.dock_actions[name] for name in ("analysis", "history"))
    analysis.trigger()
    history.trigger()
    qtbot.waitUntil(history.isChecked)
    window.docks["history"].close()
    qtbot.waitUntil(analysis.isChecked)
