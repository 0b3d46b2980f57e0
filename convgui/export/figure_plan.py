"""What goes to where a figure is drawn, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass

from .figure_parts import ColourBar, Panel
from .figure_table import TableTexts


@dataclass(frozen=True)
class Plan:
    """All that a figure shows, ready to be laid out.

    Attributes
    ----------
    width_mm, dpi, font_size
        As :class:`convgui.export.figure_options.FigureOptions` has them.
    inputs, outputs, errors, filters, operations : tuple of Panel
        By kind; empty where none is shown.
    output_bar, error_bar : ColourBar
    beside : bool
        Whether the operations may stand beside the error maps.
    table : TableTexts or None
    phrases : tuple of str
        The small print; empty for none.
    caption : str
    """

    width_mm: float
    dpi: int
    font_size: float
    inputs: tuple[Panel, ...]
    outputs: tuple[Panel, ...]
    errors: tuple[Panel, ...]
    filters: tuple[Panel, ...]
    operations: tuple[Panel, ...]
    output_bar: ColourBar
    error_bar: ColourBar
    beside: bool
    table: TableTexts | None
    phrases: tuple[str, ...]
    caption: str


@dataclass(frozen=True)
class Raster:
    """A picture as bytes: red, green, blue and 255, row by row."""

    columns: int
    rows: int
    data: bytes | memoryview


@dataclass(frozen=True)
class Drawn:
    """A figure as the bytes of a file, and its size on paper in millimetres.

    ``raster`` is a PNG's picture, where that was asked for: to unpack it again takes long.
    """

    data: bytes
    width_mm: float
    height_mm: float
    raster: Raster | None = None
