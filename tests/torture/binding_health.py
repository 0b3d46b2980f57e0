"""Many calls of Qt through its binding, and whether they leave anything behind in Python."""

from __future__ import annotations

import gc
import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QStandardItem, QStandardItemModel, QTransform
from PySide6.QtWidgets import QApplication, QLabel, QSpinBox, QWidget

WATCHED = None, True, False, (), "", Ellipsis, NotImplemented


class Heard(QObject):
    """Sends and hears signals, and answers what Qt itself calls."""

    told = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.told.connect(self.hear)

    def hear(self, what: object) -> None:
        """Does nothing, as most slots do in the end."""

    def event(self, event: QEvent) -> bool:
        return super().event(event)


class Painted(QWidget):
    """Paints itself in Python."""

    def paintEvent(self, event: QEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("red"))
        painter.end()


def calls():
    """Gives functions of a number, and how many calls of Qt each is."""
    heard, label, spin, widget = Heard(), QLabel(), QSpinBox(), QWidget()
    model, image, timer = QStandardItemModel(4, 4), QImage(8, 8, QImage.Format_RGB32), QTimer()
    item, transform, painted = QStandardItem("x"), QTransform(), Painted()
    painted.resize(8, 8)
    painter = QPainter(image)
    event = QEvent(QEvent.Type.User)
    yield 2, lambda n: (heard.setObjectName("a"), heard.objectName())
    yield 2, lambda n: (label.setText("b"), label.text())
    yield 3, lambda n: (spin.setValue(n % 90), spin.value(), spin.setEnabled(bool(n % 2)))
    yield 3, lambda n: (widget.setVisible(False), widget.isVisible(), widget.update())
    yield 2, lambda n: (model.setData(model.index(0, n % 4), n), model.index(n % 4, 0).data())
    yield 2, lambda n: (item.setText("c"), item.setData(None, Qt.ItemDataRole.UserRole))
    yield 3, lambda n: (painter.save(), painter.drawLine(0, 0, n % 8, 7), painter.restore())
    yield 2, lambda n: (image.fill(n % 255), image.pixelColor(0, 0))
    yield 2, lambda n: (timer.setInterval(n % 50), timer.isActive())
    yield 2, lambda n: (transform.translate(1, 1), transform.reset())
    yield 2, lambda n: (widget.setGeometry(QRect(0, 0, 9, n % 9 + 1)), widget.parentWidget())
    yield 1, lambda n: heard.told.emit(None)
    yield 1, lambda n: heard.told.emit(bool(n % 2))
    yield 1, lambda n: QApplication.sendEvent(heard, event)
    yield 2, lambda n: (QSize(n, 1).isEmpty(), QPoint(n, 0).isNull())
    yield 2, lambda n: (heard.setProperty("kept", None), heard.property("kept"))
    yield 1, lambda n: painted.grab() if n % 20 == 0 else painted.update()
    yield 1, lambda n: heard.blockSignals(False)
    # Kept until all is done: what is drawn on must outlive its painter.
    yield 0, lambda n: (painter.isActive(), image)


def measure(count: int) -> tuple[int, dict[str, int]]:
    """Makes so many calls; gives how many, and by how much references to constants moved."""
    work = list(calls())
    each = -(-count // sum(amount for amount, _ in work))
    for _, call in work:
        for number in range(50):
            call(number)
    gc.collect()
    before = [sys.getrefcount(value) for value in WATCHED]
    done = 0
    for amount, call in work:
        for number in range(each):
            call(number)
        done += amount * each
    gc.collect()
    after = [sys.getrefcount(value) for value in WATCHED]
    moved = {
        repr(value): new - old for value, old, new in zip(WATCHED, before, after, strict=True)
    }
    return done, moved
