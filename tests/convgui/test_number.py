"""A number with its slider: what is shown, what is told, and what is left to others."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut, QWheelEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from convgui.widgets.number import NumberEdit


@pytest.fixture
def make(qtbot):
    def make(*args, **options):
        edit = NumberEdit(*args, **options)
        qtbot.addWidget(edit)
        edit.told = []
        edit.changed.connect(edit.told.append)
        return edit

    return make


def test_a_setter_tells_nothing(make):
    edit = make(0, 100, 1, slider=True)
    edit.set_value(40)
    assert edit.value() == 40
    assert edit.slider.value() == 40
    assert edit.told == []


def test_slider_and_box_follow_each_other(make):
    edit = make(1, 32, 1, slider=True)
    edit.slider.setValue(4)
    assert edit.spin.value() == 5
    edit.spin.setValue(9)
    assert edit.slider.value() == 8
    assert edit.told == [5, 9]


@pytest.mark.parametrize(("low", "high", "step"), [(1, 512, 1), (0, 256, 1), (0, 100_000, 1)])
def test_a_wide_range_is_logarithmic_and_reaches_every_part_of_it(make, low, high, step):
    edit = make(low, high, step, slider=True)
    reached = []
    for position in range(edit.slider.maximum() + 1):
        edit.slider.setValue(position)
        reached.append(edit.value())
    assert reached == sorted(reached)
    assert (reached[0], reached[-1]) == (low, high)
    assert {1, 2, 3, 4, 5} <= set(reached)
    for value in (low, 1, 7, high):
        edit.set_value(value)
        assert edit.value() == value


def test_a_float_keeps_its_step(make):
    edit = make(0, 100, 0.1, decimals=2, slider=True)
    edit.slider.setValue(edit.slider.maximum())
    assert edit.value() == 100
    edit.set_value(2.75)
    assert edit.value() == 2.75
    assert edit.told == [100.0]


def test_the_minimum_has_a_word(make):
    edit = make(0, 10, 1, suffix=" px", special="as it is")
    assert edit.spin.text() == "as it is"
    edit.set_value(3)
    assert edit.spin.text() == "3 px"


def test_a_number_is_told_when_it_is_typed_in_full(make, qtbot):
    edit = make(0, 1000, 1)
    edit.show()
    edit.spin.selectAll()
    qtbot.keyClicks(edit.spin, "38")
    assert edit.told == []
    qtbot.keyClick(edit.spin, Qt.Key.Key_Return)
    assert edit.told == [38]


def test_a_drag_is_told_from_beginning_to_end(make):
    edit = make(0, 50, 1, slider=True)
    told = []
    edit.drag_started.connect(lambda: told.append("down"))
    edit.drag_finished.connect(lambda: told.append("up"))
    edit.changed.connect(told.append)
    edit.slider.setSliderDown(True)
    edit.slider.setValue(7)
    edit.slider.setSliderDown(False)
    assert told == ["down", 7, "up"]


def test_the_wheel_is_left_to_the_scroll_area_without_focus(make):
    edit = make(0, 50, 1, slider=True)
    edit.set_value(20)
    for child in (edit.spin, edit.slider):
        event = QWheelEvent(
            QPointF(2, 2), QPointF(2, 2), QPoint(0, 0), QPoint(0, 120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(child, event)
        assert not event.isAccepted()
    assert edit.value() == 20


@pytest.fixture
def beside_shortcut(make, qtbot):
    """A number in a window that has keys of its own."""
    window, edit = QWidget(), make(0, 1000, 1)
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(edit)
    window.heard = []
    for key in (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Paste):
        shortcut = QShortcut(QKeySequence(key), window)
        shortcut.activated.connect(lambda key=key: window.heard.append(key))
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    edit.spin.setFocus()
    return window, edit


def test_undo_belongs_to_the_window_once_the_number_is_typed(beside_shortcut, qtbot):
    window, edit = beside_shortcut
    undo = QKeySequence.StandardKey.Undo
    edit.spin.selectAll()
    qtbot.keyClicks(edit.spin, "38")
    qtbot.keySequence(edit.spin, QKeySequence(undo))
    assert window.heard == []
    qtbot.keyClicks(edit.spin, "38")
    qtbot.keyClick(edit.spin, Qt.Key.Key_Return)
    qtbot.keySequence(edit.spin, QKeySequence(undo))
    assert window.heard == [undo]


def test_an_image_is_pasted_into_the_window_and_text_into_the_number(beside_shortcut, qtbot):
    window, edit = beside_shortcut
    paste = QKeySequence.StandardKey.Paste
    data = QMimeData()
    data.setData("image/png", b"...")
    QGuiApplication.clipboard().setMimeData(data)
    qtbot.keySequence(edit.spin, QKeySequence(paste))
    assert window.heard == [paste]

    QGuiApplication.clipboard().setText("42")
    edit.spin.selectAll()
    qtbot.keySequence(edit.spin, QKeySequence(paste))
    qtbot.keyClick(edit.spin, Qt.Key.Key_Return)
    assert window.heard == [paste]
    assert edit.value() == 42
