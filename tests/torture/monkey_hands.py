"""What a monkey can do: drawn as a plain record, so that the same can be done again.

Where it clicks is a point of the window, or of what lies over it, and never the name of a widget.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from living import dialogs
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)
from shiboken6 import isValid

Record = dict[str, Any]
EDITS = (QLineEdit, QPlainTextEdit)
TOUCHED = (QAbstractButton, QAbstractSlider, QComboBox, QTabBar, *EDITS)
LETTERS = "0123456789.-e ,;xy٣é"
KEYS = ("Return", "Escape", "Tab", "Backtab", "Up", "Down", "Left", "Right", "Home", "End", "Space",
        "Delete", "Backspace", "PageUp", "PageDown", "F5", "F6", "F7", "F8", "F9", "W", "X", "R",
        "Plus", "Minus")  # fmt: skip
NOT_PRESSED = ("quit",)
WEIGHTS = {
    "click": 22, "move": 8, "drag": 9, "wheel": 9, "slide": 8, "type": 8, "key": 10, "entry": 12,
    "history": 5, "open": 6, "weights": 1, "drop": 1, "resize": 1.5, "paste": 0.5, "double": 2,
    "tab": 3,
}  # fmt: skip


def drawn(window: QWidget, draw: random.Random, files: dict[str, list[str]]) -> Record:
    """Draws what to do next, of what can be done now."""
    if QApplication.activePopupWidget() is not None:
        do = draw.choices(("key", "click"), (3, 1))[0]
        return {"do": do, "key": draw.choice(("Escape", "Down", "Return"))} if do == "key" else (
            _point({"do": "click"}, over(window), draw))  # fmt: skip
    if isinstance(over(window), QFileDialog):
        # Nothing is clicked in there: it can rename and delete what is on the disk.
        kind = draw.choice(tuple(files))
        chosen = draw.choice(files[kind]) if draw.random() < 0.4 else ""
        return {"do": "choose", "path": chosen}
    if over(window) is not window and draw.random() < 0.1:
        return {"do": "key", "key": "Escape"}
    do = draw.choices(tuple(WEIGHTS), tuple(WEIGHTS.values()))[0]
    record: Record = {"do": do}
    if do in ("click", "double", "move", "wheel", "drag", "slide", "type"):
        kinds = {"slide": QAbstractSlider, "type": EDITS}.get(do, TOUCHED)
        aimed = do in ("slide", "type") or (do != "drag" and draw.random() < 0.6)
        _point(record, over(window), draw, kinds if aimed else None)
    if do in ("wheel", "drag", "slide"):
        record |= {"dx": draw.randrange(-300, 300), "dy": draw.randrange(-300, 300)}
    if do == "wheel":
        record["control"] = draw.random() < 0.3
    if do == "type":
        record["text"] = "".join(draw.choices(LETTERS, k=draw.randrange(1, 7)))
        record["key"] = draw.choice(("Return", "Tab", "Escape"))
    if do == "key":
        record |= {"key": draw.choice(KEYS), "control": draw.random() < 0.15}
    if do == "entry":
        record["key"] = draw.choice([key for key in window.menus.entries if key not in NOT_PRESSED])
    if do == "history":
        record["key"] = draw.choice(("undo", "redo"))
    if do in ("open", "drop"):
        record["path"] = draw.choice(files["images"] if draw.random() < 0.93 else files["sessions"])
    if do == "weights":
        record["path"] = draw.choice(files["weights"])
    if do == "resize":
        record |= {"x": draw.randrange(640, 1700), "y": draw.randrange(420, 1100)}
    if do == "tab":
        record["index"] = draw.randrange(8)
    if do == "paste":
        record["what"] = draw.choice(("picture", "text", "file"))
        record["path"] = draw.choice(files["images"])
    return record


def done(window: QWidget, record: Record) -> None:
    """Does what was drawn."""
    HANDS[record["do"]](window, record)


def over(window: QWidget) -> QWidget:
    """Gives what lies over everything else: a menu, a dialog, the window."""
    popup = QApplication.activePopupWidget()
    if popup is not None:
        return popup
    shown = dialogs()
    # A dialog over a dialog comes first.
    upper = [each for each in shown if not any(other.parent() is each for other in shown)]
    return upper[-1] if upper else window


def _point(record: Record, root: QWidget, draw: random.Random, kinds: Any = None) -> Record:
    """Draws a point: anywhere, or on something that can be worked."""
    if kinds is not None:
        kinds = kinds if isinstance(kinds, tuple) else (kinds,)
        found = [
            each for kind in kinds for each in root.findChildren(kind)
            if isValid(each) and each.isVisible() and each.window() is root.window()
        ]  # fmt: skip
        it = draw.choice(found) if found else root
        inside = QPoint(draw.randrange(max(1, it.width())), draw.randrange(max(1, it.height())))
        at = it.mapTo(root, inside)
        # What is scrolled out of sight is not clicked.
        if root.rect().contains(at):
            record.update(x=at.x(), y=at.y())
            return record
    record.update(x=draw.randrange(max(1, root.width())), y=draw.randrange(max(1, root.height())))
    return record


def _at(window: QWidget, record: Record) -> tuple[QWidget, QPoint]:
    root = over(window)
    at = QPoint(min(record["x"], root.width() - 1), min(record["y"], root.height() - 1))
    child = root.childAt(at) or root
    return child, child.mapFrom(root, at)


def _click(window: QWidget, record: Record) -> None:
    widget, at = _at(window, record)
    if not (isValid(widget) and widget.isEnabled()):
        return
    QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=at)
    if isValid(widget) and widget.isVisible():
        QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=at)


def _double(window: QWidget, record: Record) -> None:
    widget, at = _at(window, record)
    if isValid(widget) and widget.isEnabled():
        QTest.mouseDClick(widget, Qt.MouseButton.LeftButton, pos=at)


def _moved(widget: QWidget, at: QPoint, pressed: bool) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    event = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(at), QPointF(widget.mapToGlobal(at)), none,
        left if pressed else none, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def _move(window: QWidget, record: Record) -> None:
    widget, at = _at(window, record)
    if isValid(widget):
        _moved(widget, at, False)


def _drag(window: QWidget, record: Record) -> None:
    widget, at = _at(window, record)
    if not (isValid(widget) and widget.isEnabled()):
        return
    QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=at)
    for step in range(1, 4):
        if not (isValid(widget) and widget.isVisible()):
            return
        at = QPoint(at.x() + record["dx"] * step // 6, at.y() + record["dy"] * step // 6)
        _moved(widget, at, True)
    at = QPoint(min(max(at.x(), 0), widget.width() - 1), min(max(at.y(), 0), widget.height() - 1))
    if isValid(widget) and widget.isVisible():
        QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=at)


def _wheel(window: QWidget, record: Record) -> None:
    widget, at = _at(window, record)
    if not isValid(widget):
        return
    keys = Qt.KeyboardModifier
    event = QWheelEvent(
        QPointF(at), QPointF(widget.mapToGlobal(at)), QPoint(), QPoint(0, record["dy"]),
        Qt.MouseButton.NoButton, keys.ControlModifier if record["control"] else keys.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def _type(window: QWidget, record: Record) -> None:
    _click(window, record)
    if QApplication.activePopupWidget() is None:
        focus = QApplication.focusWidget()
        if isinstance(focus, EDITS):
            focus.selectAll()
        for letter in record["text"]:
            _key(window, {"key": letter})
        _key(window, record)


def _key(window: QWidget, record: Record) -> None:
    widget = QApplication.activePopupWidget() or QApplication.focusWidget() or over(window)
    key, keys = record["key"], Qt.KeyboardModifier
    held = keys.ControlModifier if record.get("control") else keys.NoModifier
    if len(key) == 1 and not key.isascii():
        # The test library knows no letters beyond ASCII.
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            if isValid(widget):
                QApplication.sendEvent(widget, QKeyEvent(kind, Qt.Key.Key_unknown, held, key))
    elif len(key) == 1:
        QTest.keyClick(widget, key, held)
    else:
        QTest.keyClick(widget, getattr(Qt.Key, f"Key_{key}"), held)


def _entry(window: QWidget, record: Record) -> None:
    entry = window.menus.entries[record["key"]]
    # A dialog in front keeps a person from the menus.
    if entry.isEnabled() and over(window) is window:
        entry.trigger()


def _open(window: QWidget, record: Record) -> None:
    if over(window) is window:
        window.opener.open_path(record["path"])


def _weights(window: QWidget, record: Record) -> None:
    window.opener.weights_chosen.emit(record["path"])


def _drop(window: QWidget, record: Record) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(record["path"])] * 2)
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    event = QDropEvent(QPointF(5, 5), action, data, button, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, event)


def _resize(window: QWidget, record: Record) -> None:
    window.resize(record["x"], record["y"])


def _paste(window: QWidget, record: Record) -> None:
    data = QMimeData()
    if record["what"] == "picture":
        picture = QImage(61, 40, QImage.Format.Format_ARGB32)
        picture.fill(0x80FF8040)
        data.setImageData(picture)
    elif record["what"] == "text":
        data.setText("1 2 3\n4 5 6")
    else:
        data.setUrls([QUrl.fromLocalFile(record["path"])])
    QGuiApplication.clipboard().setMimeData(data)
    if over(window) is window:
        window.opener.paste()


def _choose(window: QWidget, record: Record) -> None:
    dialog = over(window)
    if isinstance(dialog, QFileDialog):
        saving = dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
        if record["path"] and not saving:
            dialog.fileSelected.emit(record["path"])
        elif record["path"]:
            suffix = dialog.defaultSuffix() or "out"
            dialog.fileSelected.emit(str(Path(f"it.{suffix}").absolute()))
        dialog.reject()


def _tab(window: QWidget, record: Record) -> None:
    actions = [*window.tab_actions.values(), *window.dock_actions.values()]
    actions[record["index"] % len(actions)].trigger()


HANDS: dict[str, Callable[[QWidget, Record], None]] = {
    "click": _click, "double": _double, "move": _move, "drag": _drag, "wheel": _wheel,
    "slide": _drag, "type": _type, "key": _key, "entry": _entry, "history": _entry, "open": _open,
    "weights": _weights, "drop": _drop, "resize": _resize, "paste": _paste, "choose": _choose,
    "tab": _tab,
}  # fmt: skip
