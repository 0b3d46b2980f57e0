"""What is shown before there is an image: where to drop one, how to open one, what to try."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QIcon,
    QImageReader,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from convgui import style

from .drawn import drawn

THUMBNAIL = QSize(12 * style.GRID, 8 * style.GRID)


def thumbnail(path: Path, size: QSize, ratio: float) -> QPixmap:
    """Gives a picture that fills ``size``, its edges cut where its shape is another."""
    reader = QImageReader(str(path))
    whole = reader.size()
    if whole.isValid():
        filling = Qt.AspectRatioMode.KeepAspectRatioByExpanding
        reader.setScaledSize(whole.scaled(size * ratio, filling))
    image = reader.read()
    result = QPixmap(size * ratio)
    result.fill(Qt.GlobalColor.transparent)
    result.setDevicePixelRatio(ratio)
    painter = QPainter(result)
    try:
        if not image.isNull():
            shape = QPainterPath()
            shape.addRoundedRect(QRectF(0, 0, size.width(), size.height()), 4, 4)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setClipPath(shape)
            wide, high = image.width() / ratio, image.height() / ratio
            x, y = (size.width() - wide) / 2, (size.height() - high) / 2
            painter.drawImage(QRectF(x, y, wide, high), image)
    finally:
        painter.end()
    return result


class EmptyState(QWidget):
    """Invites the user to drop an image.

    Parameters
    ----------
    find_samples : callable
        Gives name, label and file of each sample to offer.

    Signals
    -------
    open_requested()
        The button was pressed.
    sample_requested(str)
        A sample's thumbnail was pressed; its name.
    """

    open_requested = Signal()
    sample_requested = Signal(str)

    def __init__(
        self,
        find_samples: Callable[[], Iterable[tuple[str, str, Path]]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._find_samples = find_samples
        self._line = QColor(style.LIGHT.muted)
        self._highlighted = False
        sentence = QLabel(self.tr("Drop an image here to see it convolved three ways."))
        style.set_role(sentence, "title")
        sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        sentence.setWordWrap(True)
        button = QPushButton(self.tr("Open image…"))
        button.setAccessibleName(self.tr("Open an image file"))
        button.clicked.connect(self._open)
        self._caption = QLabel(self.tr("or try a sample"))
        style.set_role(self._caption, "caption")
        self._caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._samples = QHBoxLayout()
        self._samples.setSpacing(style.GRID)
        self._samples.addStretch(1)
        self._samples.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[3 * style.GRID] * 4)
        column.setSpacing(2 * style.GRID)
        column.addStretch(1)
        column.addWidget(sentence)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(2 * style.GRID)
        column.addWidget(self._caption)
        column.addLayout(self._samples)
        column.addStretch(1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Not before it is seen: reading the samples takes time that a start with an image saves.
        if self._samples.count() == 2:
            self._offer()

    def _offer(self) -> None:
        for number, (name, label, path) in enumerate(self._find_samples(), 1):
            button = QToolButton()
            button.setIcon(QIcon(thumbnail(path, THUMBNAIL, self.devicePixelRatioF())))
            button.setIconSize(THUMBNAIL)
            button.setText(label)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            style.set_role(button, "flat")
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setAccessibleName(self.tr("Sample: {0}").format(label))
            button.setObjectName(name)
            button.clicked.connect(self._choose)
            self._samples.insertWidget(number, button)

    def set_highlighted(self, highlighted: bool) -> None:
        """Draws the target more strongly while a file is held over it."""
        self._highlighted = highlighted
        self.update()

    def apply_theme(self, theme: style.Theme) -> None:
        """Wears another theme."""
        self._line = QColor(theme.muted)
        self.update()

    def _open(self) -> None:
        self.open_requested.emit()

    def _choose(self) -> None:
        self.sample_requested.emit(self.sender().objectName())

    @drawn
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen = QPen(self._line, 2.0 if self._highlighted else 1.0)
            if not self._highlighted:
                pen.setDashPattern([6, 6])
            painter.setPen(pen)
            edge = 2.0 * style.GRID
            place = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
            painter.drawRoundedRect(place, style.GRID, style.GRID)
        finally:
            painter.end()
