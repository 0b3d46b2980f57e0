"""The profile: what every technique gives along a row, a column or a line of one's own."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QSizePolicy, QVBoxLayout, QWidget

from convgui import style
from convgui.model.colours import TECHNIQUE_COLOURS
from convgui.widgets.along import Line, along, length
from convgui.widgets.arrangement import ERROR, INPUT
from convgui.widgets.framing import Framer
from convgui.widgets.image_view import ImageView
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
    profiled(tuple of Trace, (float, float), (x, y) or None, Line or None)
        The outputs' traces, the places they are shown between, where the crosshair is, and the
        line that they go along, if one is drawn.
    line_started()
        A line is drawn from now on.
    """

    profiled = Signal(object, object, object, object)
    line_started = Signal()

    def __init__(self, link: ViewLink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._contents: Mapping[str, Content] = {}
        self._point: Point | None = None
        self._wanted = self._along_column = False
        self._link = link
        self._views: list[ImageView] = []
        self._line: Line | None = None
        self._follows = False
        self._drawer = Framer(self, Qt.KeyboardModifier.AltModifier)
        self._drawer.framed.connect(self._draw)
        self._drawer.cleared.connect(self.clear_line)
        link.pointed.connect(self._move)

    @property
    def line(self) -> Line | None:
        """The line of one's own; None for the crosshair's row or column."""
        return self._line

    def add(self, view: ImageView) -> None:
        """Takes a view in."""
        self._views.append(view)
        self._drawer.add(view)

    def step_line(self) -> None:
        """Begins a line at the crosshair, then ends it there, then takes it away."""
        if self._follows:
            self._follows = False
        elif self._line is not None:
            self.clear_line()
        elif INPUT in self._contents:
            height, width = self._contents[INPUT].layer.size
            start = self._link.point or self._point or (width / 2, height / 2)
            self._follows = True
            self._set_line((start, start))
            self.line_started.emit()

    def clear_line(self) -> None:
        """Goes along the crosshair's row or column again."""
        self._follows = False
        self._set_line(None)

    def _draw(self, one: Point, other: Point) -> None:
        begins, self._follows = self._line is None, False
        self._set_line((one, other))
        if begins:
            self.line_started.emit()

    def _set_line(self, line: Line | None) -> None:
        self._line = line
        for view in self._views:
            view.set_line(line)
        self._take()

    def show(self, contents: Mapping[str, Content]) -> None:
        """Takes other pictures."""
        self._contents = contents
        if self._line is not None and INPUT not in contents:
            self.clear_line()
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
            if self._follows and self._line is not None:
                self._set_line((self._line[0], point))
            else:
                self._take()

    def _take(self) -> None:
        if not self._wanted:
            return
        point = self._point
        layers = [
            (content.layer, TECHNIQUE_COLOURS.get(name, "#808080"))
            for name, content in self._contents.items()
            if name != INPUT and not name.endswith(ERROR)
        ]
        if INPUT in self._contents and self._line is not None:
            traces = [along(layer, self._line, hue) for layer, hue in layers]
            ends = 0.0, max(length(self._line), 1.0)
        elif INPUT in self._contents and point is not None:
            traces = [trace(layer, point, self._along_column, hue) for layer, hue in layers]
            ends = self._link.seen_between(self._along_column)
        else:
            self.profiled.emit((), (0.0, 1.0), None, None)
            return
        found = tuple(each for each in traces if each is not None)
        self.profiled.emit(found, ends, point, self._line)


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
        self._hint = self.tr("Point at a picture, or go to a pixel. P draws a line.")
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
        self,
        traces: tuple[Trace, ...],
        ends: tuple[float, float],
        point: Point | None,
        line: Line | None = None,
    ) -> None:
        """Shows what the outputs are along a line."""
        upright = self.column.isChecked()
        at = None if point is None or line is not None else point[1] if upright else point[0]
        self.view.show_traces(traces, ends, at)
        if line is not None:
            text = self.tr("Line from {0}, {1} to {2}, {3}: {4} pixels").format(
                *(int(each) for end in line for each in end), f"{length(line):.1f}"
            )
        elif point is None:
            text = self._hint
        elif upright:
            text = self.tr("Column {0}, crosshair at y {1}").format(int(point[0]), int(point[1]))
        else:
            text = self.tr("Row {0}, crosshair at x {1}").format(int(point[1]), int(point[0]))
        self.words.setText(text)
        self.view.setAccessibleDescription(text)

    def apply_theme(self, theme: style.Theme) -> None:
        """Wears another theme."""
        self.view.apply_theme(theme)
