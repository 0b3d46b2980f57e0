"""Of a dialog that was answered nothing is left."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QDoubleSpinBox, QVBoxLayout, QWidget
from shiboken6 import isValid

from convgui.dialogs import ask_once, open_dialog, save_dialog


def of_numbers(window):
    """A dialog with what Qt does not dress: the list of a combo box, the line of a number."""
    dialog = QDialog(window)
    column = QVBoxLayout(dialog)
    column.addWidget(QDoubleSpinBox())
    box = QComboBox()
    box.addItems(["one", "other"])
    box.view()
    column.addWidget(box)
    ask_once(dialog)
    return dialog


def to_open(window):
    return open_dialog(window, "Open", ["All files (*)"], "")


def to_save(window):
    return save_dialog(window, "Save", ["Pictures (*.png)"], "", "it.png", "png")


def bare(dialog):
    """The widgets of a dialog of whose end the style sheet would never hear."""
    wears = Qt.WidgetAttribute.WA_StyleSheet
    return [each for each in dialog.findChildren(QWidget) if not each.testAttribute(wears)]


@pytest.mark.parametrize("make", [of_numbers, to_open, to_save])
def test_the_style_sheet_hears_of_the_end_of_all_that_is_in_it(window, qtbot, make):
    dialog = make(window)
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    assert bare(dialog)
    dialog.reject()
    assert dialog.findChildren(QWidget)
    assert not bare(dialog)
    qtbot.waitUntil(lambda: not isValid(dialog))
