"""The profile: what every technique gives along the row or the column of the crosshair."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QSizePolicy, QVBoxLayout, QWidget

from convgui import style
from convgui.model.colours import TECHNIQUE_COLOURS
from convgui.widgets.arrangement import ERROR, INPUT
from convgui.widgets.layer import Layer
from convgui.widgets.profile_view import ProfileView, Trace
from convgui.widgets.view import Point
from convgui.widgets.view_link import ViewLink

from .compare_scene import Content


def trace(layer: Layer, point: Point, along_column: bool, colour: str) -> Trace | None:
    """Gives the pixels of a picture in the row or column of a place; None beside the picture."""
    cell = layer.at(*point)
    if cell is None or layer.pixels.ndim != 2:
        return None
    row, column = cell
    grid = layer.grid
    if along_column:
        return Trace(colour, grid.top + grid.pitch_y / 2, grid.pitch_y, layer.pixels[:, column])
    return Trace(colour, grid.left + grid.pitch_x / 2, grid.pitch_x, layer.pixels[row])


class Profiler(QObject):
    """Takes the profile while it is seen; the last one stays when the pointer leaves.

    Signals
    -------
    profiled(tuple of Trace, (float, float), (x, y) or None)
        The outputs' traces, the places they are shown between, and where the crosshair is.
    """

    profiled = Signal(object, object, object)

    def __init__(self, link: ViewLink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._contents: Mapping[str, Content] = {}
        self._point: Point | None = None
        self._wanted = self._along_column = False
        self._link = link
        link.pointed.connect(self._move)

    def show(self, contents: Mapping[str, Content]) -> None:
        """Takes other pictures."""
        self._contents = contents
        self._take()

    def set_wanted(self, wanted: bool) -> None:
        """Takes profiles from now on, or no longer: nobody sees them."""
        self._wanted = wanted
        self._take()

    def set_along_column(self, along_column: bool) -> None:
        """Goes along the column of the crosshair, or along its row."""
        self._along_column = along_column
        self._take()

    def _move(self, point: Point | None) -> None:
        if point is not None:
            self._point = point
            self._take()

    def _take(self) -> None:
        if not self._wanted:
            return
        point = self._point
        if INPUT not in self._contents or point is None:
            self.profiled.emit((), (0.0, 1.0), None)
            return
        traces = (
            trace(content.layer, point, self._along_column, TECHNIQUE_COLOURS.get(name, "#808080"))
            for name, content in self._contents.items()
            if name != INPUT and not name.endswith(ERROR)
        )
        ends = self._link.seen_between(self._along_column)
        found = tuple(each for each in traces if each is not None)
        self.profiled.emit(found, ends, point)


class ProfilePanel(QWidget):
    """Shows a profile, and asks along what.

    Signals
    -------
    column_changed(bool)
        Go along the column, or along the row.
    """

    column_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = self.tr("Point at a picture, or go to a pixel.")
        self.words = QLabel(self._hint)
        style.set_role(self.words, "caption")
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.view = ProfileView()
        self.view.setAccessibleName(self.tr("Profile of the outputs"))
        self.column = QCheckBox(self.tr("Along the column"))
        self.column.setToolTip(self.tr("From top to bottom, in place of from left to right."))
        self.column.clicked.connect(self.column_changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(style.GRID // 2, 0, 0, style.GRID)
        column.setSpacing(style.GRID // 2)
        for each in (self.words, self.view, self.column):
            column.addWidget(each)

    def set_along_column(self, along_column: bool) -> None:
        """Shows along what the profile goes; emits nothing."""
        self.column.setChecked(along_column)

    def show_profile(
        self, traces: tuple[Trace, ...], ends: tuple[float, float], point: Point | None
    ) -> None:
        """Shows what the outputs are along a line."""
        along = self.column.isChecked()
        at = None if point is None else point[1] if along else point[0]
        self.view.show_traces(traces, ends, at)
        if point is None:
            text = self._hint
        elif along:
            text = self.tr("Column {0}, crosshair at y {1}").format(int(point[0]), int(point[1]))
        else:
            text = self.tr("Row {0}, crosshair at x {1}").format(int(point[1]), int(point[0]))
        self.words.setText(text)
        self.view.setAccessibleDescription(text)

    def apply_theme(self, theme: style.Theme) -> None:
        """Wears another theme."""
        self.view.apply_theme(theme)
