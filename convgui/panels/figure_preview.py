"""The figure as it will be, its whole width shown, scrolled where it is high."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from convgui.export.figure_plan import Raster
from convgui.style import GRID, set_role
from convgui.widgets.drawn import drawn

LEAST, MOST_SCALE = 50 * GRID, 2.0
INCH = 25.4


def image_of(raster: Raster) -> QImage:
    """Gives a picture of the figure as one of Qt's, with bytes of its own."""
    kind = QImage.Format.Format_RGBX8888
    columns = raster.columns
    return QImage(raster.data, columns, raster.rows, 4 * columns, kind).copy()


class Paper(QLabel):
    """Shows its picture in the middle.

    A label by itself draws through an icon, which keeps a copy of whatever it draws in the
    program's cache of pixmaps, 10 MB of pages that nobody sees again.
    """

    def __init__(self) -> None:
        super().__init__()
        self._shown = QPixmap()

    def show_picture(self, picture: QPixmap) -> None:
        """Shows another one."""
        self._shown = picture
        self.setMinimumHeight(round(picture.deviceIndependentSize().height()))
        self.update()

    def picture(self) -> QPixmap:
        """Gives the one that is shown."""
        return self._shown

    @drawn
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws it."""
        size = self._shown.deviceIndependentSize()
        place = QPointF(self.width() - size.width(), self.height() - size.height()) / 2
        QPainter(self).drawPixmap(place, self._shown)


class FigurePreview(QWidget):
    """A page on a ground of its own, and a line on its size or on what is wrong."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = QPixmap()
        self._width_mm = 0.0
        self.page = Paper()
        self.area = QScrollArea()
        set_role(self.area, "page")
        self.area.setWidget(self.page)
        self.area.setWidgetResizable(True)
        self.area.setMinimumWidth(LEAST)
        self.area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(self.tr("Preview of the figure"))
        self.said = QLabel()
        self.said.setWordWrap(True)
        set_role(self.said, "caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.area, 1)
        column.addWidget(self.said)

    def wanted_dpi(self, width_mm: float) -> float:
        """Gives the resolution in which a figure of that width fills the preview."""
        pixels = self._shown_width(width_mm) * self.devicePixelRatioF()
        return pixels * INCH / width_mm

    def show_figure(self, raster: Raster, width_mm: float, height_mm: float) -> None:
        """Shows a figure and its size."""
        self._picture = QPixmap.fromImage(image_of(raster))
        self._width_mm = width_mm
        self._fit()
        set_role(self.said, "caption")
        self.said.setText(
            self.tr("{width} × {height} mm").format(
                width=f"{width_mm:.1f}", height=f"{height_mm:.1f}"
            )
        )

    def show_problem(self, text: str) -> None:
        """Shows why there is no such figure; the last one stays."""
        set_role(self.said, "error")
        self.said.setText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the whole width in sight."""
        super().resizeEvent(event)
        self._fit()

    def _shown_width(self, width_mm: float) -> float:
        room = self.area.viewport().width() - 2 * GRID
        return max(min(room, width_mm / INCH * 96 * MOST_SCALE), 8 * GRID)

    def _fit(self) -> None:
        if self._picture.isNull():
            return
        ratio = self.devicePixelRatioF()
        width = round(self._shown_width(self._width_mm) * ratio)
        shown = self._picture
        if abs(width - shown.width()) > 1:
            shown = shown.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        shown.setDevicePixelRatio(ratio)
        self.page.show_picture(shown)
