"""The command palette, driven by keys as a person would."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from shiboken6 import delete

from convgui import settings
from convgui.commands import Command, commands
from convgui.model.samples import SAMPLES

KEYS = Qt.Key


def texts(palette):
    return [palette.list.topLevelItem(at).text(0) for at in range(palette.list.topLevelItemCount())]


@pytest.fixture
def palette(compared, qtbot):
    compared.activateWindow()
    compared.compare.setFocus()
    QTest.keyClick(compared, KEYS.Key_P, Qt.KeyboardModifier.ControlModifier
                   | Qt.KeyboardModifier.ShiftModifier)  # fmt: skip
    found = compared.commander.palette
    assert found.isVisible()
    assert found.field.hasFocus()
    return found


def test_everything_that_the_menus_can_do_is_there(palette, compared):
    names = texts(palette)
    assert {sample.label for sample in SAMPLES} <= set(names)
    assert {"Parameters", "Results", "Analysis", "Compare", "Undo", "Light"} <= set(names)
    assert len(names) == len(commands(compared)) - 1


def test_letters_narrow_and_keys_and_places_are_told(palette, qtbot):
    qtbot.keyClicks(palette.field, "wip left")
    item = palette.list.currentItem()
    assert (item.text(0), item.text(1), item.text(2)) == ("Wipe left and right", "View", "W")
    assert "line" in palette.hint.text()


def test_letters_that_are_shortcuts_are_only_typed(palette, compared, qtbot):
    qtbot.keyClicks(palette.field, "wxr")
    assert palette.field.text() == "wxr"
    assert compared.view.look.wipe == ""
    assert texts(palette) == []
    assert palette.hint.text()
    qtbot.keyClick(palette.field, KEYS.Key_Return)
    assert palette.isVisible()


def test_return_runs_and_the_keyboard_goes_back(palette, compared, qtbot):
    qtbot.keyClicks(palette.field, "top and bottom")
    qtbot.keyClick(palette.field, KEYS.Key_Return)
    assert compared.view.look.wipe == "horizontal"
    assert not palette.isVisible()
    assert QApplication.focusWidget() is not palette.field


def test_escape_closes_and_does_nothing_else(palette, compared, qtbot):
    assert not compared.jobs.busy()
    qtbot.keyClick(palette.field, KEYS.Key_Escape)
    assert not palette.isVisible()
    assert QApplication.focusWidget() is compared.compare or compared.compare.isAncestorOf(
        QApplication.focusWidget()
    )


def test_arrows_move_and_go_round(palette, qtbot):
    count = palette.list.topLevelItemCount()
    qtbot.keyClick(palette.field, KEYS.Key_Up)
    assert palette.list.indexOfTopLevelItem(palette.list.currentItem()) == count - 1
    qtbot.keyClick(palette.field, KEYS.Key_Down)
    qtbot.keyClick(palette.field, KEYS.Key_PageDown)
    assert palette.list.indexOfTopLevelItem(palette.list.currentItem()) == 11
    qtbot.keyClick(palette.field, KEYS.Key_PageUp)
    assert palette.list.indexOfTopLevelItem(palette.list.currentItem()) == 0


def test_what_is_greyed_says_why_and_is_not_run(palette, compared, qtbot):
    qtbot.keyClicks(palette.field, "redo")
    item = palette.list.currentItem()
    assert item.text(1) == "There is nothing to redo."
    qtbot.keyClick(palette.field, KEYS.Key_Return)
    assert palette.isVisible()


def test_a_click_runs(palette, compared, qtbot):
    qtbot.keyClicks(palette.field, "absolute")
    place = palette.list.visualItemRect(palette.list.currentItem()).center()
    qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert compared.view.look.error_mode == "absolute"


def test_leaving_it_closes_it(palette, compared):
    compared.compare.pictures["lsh"].view.setFocus()
    assert not palette.isVisible()


def test_what_was_chosen_lately_comes_first_also_at_the_next_start(
    palette, compared, qtbot, make_window
):
    qtbot.keyClicks(palette.field, "squared")
    qtbot.keyClick(palette.field, KEYS.Key_Return)
    compared.commander.ask()
    assert texts(palette)[0] == "Squared"
    palette.close_down()
    compared.keeper.keep()
    assert "error-squared" in settings.load().view["commander.recent"]
    again = make_window()
    again.commander.ask()
    assert texts(again.commander.palette)[0] == "Squared"


def test_it_fits_the_smallest_window(palette, compared):
    compared.resize(1000, 700)
    assert compared.rect().contains(palette.geometry())
    compared.resize(700, 420)
    assert compared.rect().contains(palette.geometry())


def test_what_went_while_it_was_open_is_passed_over(palette, compared, qtbot, monkeypatch):
    field, action = QLineEdit(compared), QAction("Gone", compared)
    command = Command(action, "gone", "Gone", "", ())
    monkeypatch.setattr(compared.commander, "_back", field)
    monkeypatch.setitem(compared.commander._commands, "gone", command)
    delete(field)
    delete(action)
    palette.chosen.emit("gone")
    qtbot.keyClick(palette.field, KEYS.Key_Escape)
    assert not palette.isVisible()
    assert compared.isActiveWindow()
