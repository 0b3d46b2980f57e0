"""Input and output beside each other: the window drawn on one, members of its cluster on both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QRectF, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from convgui import style
from convgui.model import lookup, maps
from convgui.model.colours import TECHNIQUE_COLOURS
from convgui.model.compute import EXACT
from convgui.model.histogram import pyramid
from convgui.model.inspect_window import Place
from convgui.panels.names import technique_label
from convgui.widgets.image_panel import ImagePanel
from convgui.widgets.layer import MINUS, Grid, Layer
from convgui.widgets.tap_cells import words
from convgui.widgets.tap_view import Frames, TapView, close_up
from convgui.widgets.view_link import ViewLink

from .inspect_parts import Part

if TYPE_CHECKING:
    from convgui.model.inspection import Inspection


class Pictures(QWidget):
    """Two pictures that move together.

    Signals
    -------
    picked(Place), stepped(int, int), toggled()
        The user wants another output, or to play.
    """

    picked = Signal(object)
    stepped = Signal(int, int)
    toggled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: Inspection | None = None
        self._name = EXACT
        self._theme = style.LIGHT
        self._output: np.ndarray | None = None
        self._index = 0
        self._hashes: object = None
        self._lit: tuple[int, ...] = ()
        self.close = True
        self.input = ImagePanel(self.tr("Input"), None, TapView())
        self.output = ImagePanel(self.tr("Output"), TECHNIQUE_COLOURS[EXACT], TapView())
        self._link = ViewLink(self)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(style.GRID)
        for panel in (self.input, self.output):
            row.addWidget(panel, 1)
            panel.view.picked.connect(self._pick)
            panel.view.stepped.connect(self.stepped)
            panel.view.toggled.connect(self.toggled)
            # After the link, which shows all of the image when there is another amount of room.
            self._link.add(panel.view)
            panel.view.resized.connect(self._look)
        self.setMinimumHeight(16 * style.GRID)
        self._keep_order()

    def show_inspection(self, found: Inspection, name: str, part: Part) -> None:
        """Shows where an output and its window are."""
        self._found, self._name = found, name
        self._show_layers()
        self._show_frames()
        self._show_members(part)
        layer = self.output.view.layer
        self._link.set_point(layer.centre(found.place.row, found.place.column))
        self._look()

    def forget(self) -> None:
        """Shows nothing, and holds no result any more."""
        self._found = self._output = self._hashes = None
        self._link.set_point(None)
        for panel in (self.input, self.output):
            panel.view.set_frames(None)
            panel.view.set_marks(None)
            panel.show_layer(None)

    def set_close(self, close: bool) -> None:
        """Shows the window large, or the whole image."""
        self.close = close
        self._look()

    def set_dimmed(self, dimmed: bool) -> None:
        """Draws the output faintly while it is out of date."""
        self.output.set_dimmed(dimmed)

    def apply_theme(self, theme: style.Theme) -> None:
        """Wears another theme."""
        self._theme = theme
        for panel in (self.input, self.output):
            panel.apply_theme(theme)
        self._paint_title()

    def _show_layers(self) -> None:
        found = self._found
        request, place = found.comparison.request, found.place
        outcome = found.comparison.exact if self._name == EXACT else found.comparison[self._name]
        output = outcome.result.output
        if output is not self._output or place.index != self._index:
            self._output, self._index = output, place.index
            pixels = request.image
            pixels = np.moveaxis(pixels, 0, -1) if len(pixels) == 3 else pixels[0]
            levels = maps.image_levels(pixels)
            table = None if pixels.ndim == 3 else lookup.gray(1.0, False)
            self.input.show_layer(Layer(pixels, levels, table))
            plane = output[place.index]
            height, width = pixels.shape[:2]
            self._link.set_whole(QRectF(0, 0, width, height))
            grey = lookup.gray(1.0, False)
            self.output.show_layer(Layer(plane, _levels(plane), grey, _grid(found)))
            self.output.title.set_title(technique_label(self._name))
            self._paint_title()
        figures = found.figures[self._name]
        where = f"x {place.column}, y {place.row}"
        value = words(round(figures.kernel, 4))
        self.output.title.set_figures(f"{where} → {value}", value)
        rows, columns = found.taps.rows, found.taps.columns
        self.input.title.set_figures(
            self.tr("x {0}–{1}, y {2}–{3}").format(
                *(str(each).replace("-", MINUS)
                  for each in (columns[0], columns[-1], rows[0], rows[-1]))
            ), "",
        )  # fmt: skip
        for panel in (self.input, self.output):
            panel.bar.hide()

    def _keep_order(self) -> None:
        """Keeps the input on the left where the rest is mirrored: pictures are not."""
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.RightToLeft if self.isRightToLeft() else ways.LeftToRight)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._keep_order()

    def _paint_title(self) -> None:
        """Gives the output's title the technique's colour."""
        colour = TECHNIQUE_COLOURS[self._name]
        self.output.title.set_colours(colour, self._theme.muted, self._theme.error)

    def _show_frames(self) -> None:
        found = self._found
        request = found.comparison.request
        placement = request.geometry.place(request.image.shape[1:], request.filters.shape[2:])
        (top, left), (height, width) = placement.before, placement.padded
        reference = None
        story = found.differential
        if self._name == "differential" and story is not None and story.taps is not None:
            reference = story.taps.rows, story.taps.columns
        colour = TECHNIQUE_COLOURS[self._name]
        self.input.view.set_frames(Frames(
            found.taps.rows, found.taps.columns, colour, reference, request.geometry.strides,
            (-left, -top, width - left, height - top),
        ))

    def _show_members(self, part: Part) -> None:
        story = self._found.reuse.get(self._name)
        mask = None if story is None else story.spans[part.span].mask
        hashes = None if mask is None else self._found.hashes[self._name]
        lit = () if mask is None else (story.spans[part.span].group, part.span,
                                       story.spans[part.span].cluster)  # fmt: skip
        if hashes is not self._hashes or lit != self._lit:
            self._hashes, self._lit = hashes, lit
            self.output.view.set_marks(None if mask is None else pyramid(mask))

    def _look(self) -> None:
        """Shows the window large, or all."""
        found, view = self._found, self.input.view
        if found is None:
            return
        if not self.close:
            self._link.fit()
        elif view.frames is not None:
            wanted = close_up(view.frames.box(), view.area)
            for each in (view, self.output.view):
                each.set_view(wanted)

    def _pick(self, x: float, y: float) -> None:
        layer = self.output.view.layer
        if self._found is None or layer is None:
            return
        grid = layer.grid
        row = int(np.floor((y - grid.top) / grid.pitch_y))
        column = int(np.floor((x - grid.left) / grid.pitch_x))
        self.picked.emit(Place(self._found.place.index, row, column))


def _grid(found: Inspection) -> Grid:
    """Gives where the outputs lie on the image."""
    request = found.comparison.request
    window = request.filters.shape[2], request.filters.shape[3]
    geometry = request.geometry
    before = geometry.place(request.image.shape[1:], window).before
    return Grid.of_output(before, window, geometry.strides, geometry.dilations)


def _levels(plane: np.ndarray) -> tuple[float, float]:
    """Gives levels that take in what is finite."""
    finite = plane[np.isfinite(plane)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    return maps.apart(low, high)
