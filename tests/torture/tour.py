"""What a person might do with the window, in steps of which each stands for itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from driving import drop
from live_window import LiveWindow
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
    QTabBar,
    QWidget,
)
from session_files import document
from shiboken6 import isValid

from convgui.actions import ACTIONS
from convgui.model.session import Session
from convgui.sessions import save

Step = Callable[[LiveWindow], object]
LEFT, NONE, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, (
    Qt.KeyboardModifier.ShiftModifier
)  # fmt: skip
KEYS = (
    Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Home,
    Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Delete, Qt.Key.Key_F2,
)  # fmt: skip
NOT_TRIED = {"quit"}


def begin(live: LiveWindow) -> bool | None:
    """Brings the window to where each step begins: a small picture, compared.

    Gives whether that computed the right result, None where nothing had to be computed.
    """
    window = live.window
    for widget in QApplication.topLevelWidgets():
        if widget is not window and widget.isVisible():
            widget.close()
    for other in window.findChildren(QDialog):
        if isValid(other):
            other.close()
    live.clear()
    window.tabs.setCurrentWidget(window.compare)
    live.settle()
    controller = window.controller
    plain = controller.session == Session() and controller.comparison is not None
    if controller.image is not live.known or not plain:
        right = live.computes()
        live.clear()
        return right
    return None


def goes_on(live: LiveWindow) -> bool:
    """Brings the window to where each step begins, and tells whether it still computes."""
    right = begin(live)
    return live.computes() if right is None else right


def steps(folder: Path) -> dict[str, Step]:
    """Gives all steps by name."""
    found: dict[str, Step] = {"run": lambda live: live.trigger("run")}
    for spec in ACTIONS:
        if spec.key not in NOT_TRIED:
            found[f"entry {spec.key}"] = partial(_entry, key=spec.key)
    for name in ("input", "exact", "lsh", "lsh.error"):
        found[f"mouse on {name}"] = partial(_mouse, name=name)
        found[f"keys on {name}"] = partial(_keys, name=name)
    for name in ("parameters", "results", "analysis", "history"):
        found[f"dock {name}"] = partial(_dock, name=name)
    for name in ("compare", "inspect", "reuse_tab"):
        found[f"tab {name}"] = partial(_tab, name=name)
    image, session, weights = folder / "t.png", folder / "t.convgui", folder / "t.csv"
    QImage(9, 7, QImage.Format.Format_RGB888).save(str(image))
    save(document(), session)
    weights.write_text("1,2\n3,4\n")
    found |= {
        "drop an image": lambda live: drop(live.window, [image, image]),
        "drop no image": lambda live: drop(live.window, [weights]),
        "drop a session": lambda live: _discard(live, lambda: drop(live.window, [session])),
        "weights": lambda live: live.window.opener.weights_chosen.emit(str(weights)),
        "resize": _resize,
        "drag a slider": _slide,
        "save": lambda live: live.window.sessions.files.save_to(str(folder / "s.convgui")),
        "export": lambda live: live.window.exporter.export_figure(str(folder / "f.svg")),
        "numbers": lambda live: live.window.exporter.export_numbers(str(folder / "n.csv")),
        "cancel": _cancel,
        "question": _question,
        "batch": lambda live: live.window.batch.start((str(image),), str(folder / "b"), "svg"),
    }
    return found


def take(live: LiveWindow, step: Step) -> None:
    """Takes a step, and waits for what comes of it."""
    step(live)
    live.settle()
    live.repaint(times=1)
    live.turn()


def _entry(live: LiveWindow, key: str) -> None:
    _discard(live, lambda: live.trigger(key))
    live.settle()
    for dialog in live.window.findChildren(QDialog):
        if isValid(dialog) and not isinstance(dialog, QFileDialog) and dialog.isVisible():
            dialog.grab()
            _poke(live, dialog, 12)
            live.settle()
        # It may have been closed by what was clicked, and is gone then.
        if isValid(dialog):
            dialog.reject()
    live.turn()


def _discard(live: LiveWindow, act: Step) -> None:
    act()
    for button in live.window.messages.answers:
        if button.property("answer") == "discard":
            button.click()
            break


def _mouse(live: LiveWindow, name: str) -> None:
    view = live.window.compare.pictures[name].view
    viewport, middle = view.viewport(), view.viewport().rect().center()
    QTest.mouseMove(viewport, middle)
    QTest.mouseMove(viewport, middle + QPoint(3, 2))
    for modifiers in (NONE, SHIFT, Qt.KeyboardModifier.AltModifier):
        QTest.mousePress(viewport, LEFT, modifiers, middle)
        for step in range(1, 4):
            QTest.mouseMove(viewport, middle + QPoint(9 * step, 5 * step))
            live.turn()
        QTest.mouseRelease(viewport, LEFT, modifiers, middle + QPoint(27, 15))
    _wheel(viewport, middle)
    QTest.mouseDClick(viewport, LEFT, NONE, middle)
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    live.turn()


def _wheel(widget: QWidget, place: QPoint) -> None:
    at = QPointF(place)
    event = QWheelEvent(
        at, QPointF(widget.mapToGlobal(place)), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        NONE, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def _keys(live: LiveWindow, name: str) -> None:
    view = live.window.compare.pictures[name].view
    QApplication.sendEvent(view, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason))
    for key in KEYS:
        live.key(view, key)
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    live.turn()


def _dock(live: LiveWindow, name: str) -> None:
    dock = live.window.docks[name]
    dock.hide()
    dock.show()
    dock.raise_()
    live.turn()
    _poke(live, dock.widget())


def _tab(live: LiveWindow, name: str) -> None:
    page = getattr(live.window, name)
    live.window.tabs.setCurrentWidget(page)
    live.settle()
    live.repaint(times=1)
    if name != "compare":
        _poke(live, page)


def _poke(live: LiveWindow, within: QWidget, most: int = 60) -> None:
    """Clicks, turns and types on everything that can be seen there."""
    tried = [each for each in within.findChildren(QWidget) if each.isVisible() and each.isEnabled()]
    for widget in tried[:most]:
        # What a click does may take others away.
        try:
            if not widget.isVisible():
                continue
            _poke_one(live, widget)
        except RuntimeError:
            continue


def _poke_one(live: LiveWindow, widget: QWidget) -> None:
    middle = widget.rect().center()
    if isinstance(widget, (QAbstractSpinBox, QSlider, QComboBox, QTabBar)):
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return):
            live.key(widget, key)
    elif isinstance(widget, QAbstractButton):
        QTest.mouseClick(widget, LEFT, NONE, middle)
        if widget.isCheckable():
            QTest.mouseClick(widget, LEFT, NONE, middle)
    elif isinstance(widget, (QLineEdit, QPlainTextEdit)):
        live.key(widget, Qt.Key.Key_2)
    else:
        QTest.mouseMove(widget, middle)
        QTest.mouseClick(widget, LEFT, NONE, middle)
        _wheel(widget, middle)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
            live.key(widget, Qt.Key.Key_Right)
    live.turn()


def _resize(live: LiveWindow) -> None:
    size = live.window.size()
    for width, height in ((1000, 700), (1500, 900)):
        live.window.resize(width, height)
        live.turn()
    live.window.resize(size)


def _slide(live: LiveWindow) -> None:
    rows = live.window.parameters.rows
    for name in ("hashes", "kernel_size"):
        for slider in rows[name].findChildren(QSlider):
            for value in (slider.minimum() + 1, slider.minimum() + 2):
                slider.setSliderDown(True)
                slider.setValue(value)
                live.turn()
            slider.setSliderDown(False)


def _cancel(live: LiveWindow) -> None:
    live.window.controller.change("hashes", 7)
    live.trigger("cancel")
    live.window.controller.change("hashes", 2)


def _question(live: LiveWindow) -> None:
    messages = live.window.messages
    for act in (messages.accept.click, messages.close_button.click, messages.unfold.click):
        messages.ask("Is this so?", "Yes", "tour")
        act()
    messages.offer("Which?", [("a", "One"), ("b", "Two")], "tour")
    messages.answers[0].click()
