"""The sheet of keys is whole, can be searched, and stands beside the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from convgui.panels.gestures import GESTURES
from convgui.panels.shortcut_sheet import ShortcutSheet


@pytest.fixture
def sheet(window):
    QTest.keyClick(window, Qt.Key.Key_F1)
    (found,) = window.findChildren(ShortcutSheet)
    yield found
    for each in window.findChildren(ShortcutSheet):
        each.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_every_key_of_the_window_is_on_it(sheet, window):
    keys = ", ".join(keys for keys, _ in sheet.lines())
    for action in window.findChildren(QAction):
        for each in action.shortcuts():
            assert each.toString(QKeySequence.SequenceFormat.NativeText) in keys, action.text()


def test_so_is_every_movement_of_the_mouse(sheet):
    lines = sheet.lines()
    for _, rows in GESTURES:
        for row in rows:
            assert row in lines


def test_it_does_not_hold_the_window_up(sheet, window, qtbot):
    assert sheet.isVisible()
    assert not sheet.isModal()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert not sheet.isVisible()


def test_it_can_be_searched(sheet, qtbot):
    whole = len(sheet.lines())
    qtbot.keyClicks(sheet.field, "crosshair")
    found = sheet.lines()
    assert 2 <= len(found) < whole / 2
    assert all("rosshair" in text for _, text in found[:3])
    qtbot.keyClicks(sheet.field, "zzzz")
    assert sheet.lines() == []
    assert sheet.nothing.isVisible()
    sheet.field.clear()
    assert len(sheet.lines()) == whole
