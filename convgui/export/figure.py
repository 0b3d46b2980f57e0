"""The comparison as one figure for a paper: PDF, SVG or PNG, from the data, at a stated size.

Never a picture of the window. Matplotlib's object interface is used, without pyplot, so this runs
on any thread; text stays text in PDF and SVG. The same comparison gives the same bytes.
"""

from __future__ import annotations

import io
import math
import warnings
from dataclasses import dataclass
from string import ascii_lowercase
from typing import TYPE_CHECKING

import cyconv
from convgui.about import version
from convgui.model import colour_maps, lookup, maps
from convgui.model.compute import EXACT, Comparison
from convgui.model.flip import PER_DEGREE

from .columns import settings
from .figure_panels import (
    ColourBar,
    Panel,
    error_panel,
    filter_panel,
    input_panel,
    operations_panel,
    output_panel,
    unit,
)  # fmt: skip
from .figure_table import Table
from .page import HAIRLINE, LINE, MM, MUTED, Box, Page, elided, lines_of, measure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ERRORS = {
    maps.SIGNED: "error, {0}",
    maps.ABSOLUTE: "|error|, {0}",
    maps.RELATIVE: "|error|, % of exact",
    maps.SQUARED: "error², ({0})²",
    maps.FLIP: f"FLIP at {PER_DEGREE:.0f} pixels per degree",
}
FORMATS = ("pdf", "svg", "png")
MARGIN, GAP, STRIPE = 2.0, 7.0, 1.6
# Narrower than this a panel is a stamp: two stand beside each other then, not four.
LEAST_PANEL = 72.0
# And wider than this, few panels would make a poster.
MOST_PANEL = 170.0
RATIOS = (0.35, 1.6)

STYLE = {
    "svg.fonttype": "none",
    "svg.hashsalt": "convgui",
    "pdf.fonttype": 42,
    "font.family": ["DejaVu Sans"],
    # Hinted letters are wider in PNG than in print, and are measured for print.
    "text.hinting": "none",
}
_METADATA: dict[str, dict[str, str | None]] = {
    "pdf": {"Creator": "convgui", "Producer": None, "CreationDate": None},
    "svg": {"Creator": "convgui", "Date": None},
    "png": {"Software": "convgui"},
}


@dataclass(frozen=True)
class FigureOptions:
    """How the figure is made.

    Attributes
    ----------
    width_mm : float
        Width on paper, 60 to 500; 178 is two columns, 85 one column of most journals.
    dpi : int
        Resolution of PNG, and of the images inside PDF and SVG, 50 to 1200.
    font_size : float
        Of the titles, in points, 4 to 24; the table is 1 point smaller.
    filter_index : int
        Which filter of a bank is shown, from 0.
    error_mode : str
        One of :data:`convgui.model.maps.ERROR_MODES`.
    error_map : str
        A name of :mod:`convgui.model.colour_maps`; "" for the mode's first.
    error_levels, output_levels : Levels or None
        Those of the error maps and of the outputs; None takes them from the values.
    """

    width_mm: float = 178.0
    dpi: int = 300
    font_size: float = 8.0
    filter_index: int = 0
    error_mode: str = maps.SIGNED
    error_map: str = ""
    error_levels: maps.Levels | None = None
    output_levels: maps.Levels | None = None

    def __post_init__(self) -> None:
        for name, low, high in (("width_mm", 60, 500), ("dpi", 50, 1200), ("font_size", 4, 24)):
            value = getattr(self, name)
            if not (math.isfinite(value) and low <= value <= high):
                raise ValueError(f"{name} must be {low} to {high}, got {value!r}")
        if self.error_mode not in maps.ERROR_MODES:
            raise ValueError(
                f"error_mode must be one of {', '.join(maps.ERROR_MODES)}, got {self.error_mode!r}"
            )
        choices = colour_maps.of_mode(self.error_mode)
        if self.error_map not in ("", *(each.name for each in choices)):
            raise ValueError(
                f"error_map must be one of {', '.join(each.name for each in choices)}, "
                f"got {self.error_map!r}"
            )


@dataclass(frozen=True)
class _Row:
    """Panels beside each other, and the colour bar that they share."""

    panels: tuple[Panel, ...]
    bar: ColourBar | None = None

    @property
    def least(self) -> float:
        """Lines of text that the row needs the height of."""
        return max(panel.least for panel in self.panels)


def render(
    comparison: Comparison, format: str, options: FigureOptions | None = None
) -> bytes:
    """Gives the figure of a comparison as the bytes of a file.

    Parameters
    ----------
    comparison : Comparison
    format : str
        ``"pdf"``, ``"svg"`` or ``"png"``.
    options : FigureOptions, optional

    Raises
    ------
    ValueError
        If the format is none of these, or there is no such filter.
    """
    options = options or FigureOptions()
    if format not in FORMATS:
        raise ValueError(f"format must be one of {', '.join(FORMATS)}, got {format!r}")
    if not 0 <= options.filter_index < comparison.filter_count:
        raise ValueError(
            f"filter_index must be 0 to {comparison.filter_count - 1}, got {options.filter_index}"
        )
    from matplotlib import style
    from matplotlib.figure import Figure

    # A user's own matplotlib settings must not reach the figure.
    with style.context(["default", STYLE]), warnings.catch_warnings():
        # A file's name may be in a script that the font does not have.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        figure = Figure(facecolor="white")
        compose(figure, comparison, options)
        encoded = io.BytesIO()
        figure.savefig(encoded, format=format, dpi=options.dpi, metadata=_METADATA[format])
    return encoded.getvalue()


def compose(figure: Figure, comparison: Comparison, options: FigureOptions) -> None:
    """Measures everything, settles the height, then draws."""
    size = options.font_size
    small, table_size = max(size - 1.5, 4.0), max(size - 1.0, 4.0)
    width = options.width_mm * MM
    inner = width - 2 * MARGIN

    across = 1 + len(comparison.outcomes)
    rows = _rows(comparison, options, across)
    gutter = _gutter(rows, small)
    if (inner - gutter - (across - 1) * GAP) / across < LEAST_PANEL:
        across = 2
        rows = _rows(comparison, options, across)
        gutter = _gutter(rows, small)
    panel_width = min((inner - gutter - (across - 1) * GAP) / across, MOST_PANEL)
    head = LINE * size + LINE * small + STRIPE + 2
    heights = [max(panel_width * _ratio(row), row.least * small) for row in rows]
    table = Table(comparison, inner, table_size)
    print_size, print_lines = _small_print(comparison, size, inner)

    table_top = MARGIN + sum(heights) + len(rows) * (head + GAP) + 2
    print_top = table_top + table.height + 5
    height = print_top + len(print_lines) * LINE * print_size + MARGIN

    page = Page(figure, width, height)
    letters = iter(ascii_lowercase)
    top, bars = MARGIN, MARGIN + across * (panel_width + GAP)
    for row, row_height in zip(rows, heights, strict=True):
        left = MARGIN
        for panel in row.panels:
            box = Box(left, top, panel_width, row_height)
            _draw_panel(page, panel, next(letters), box, size, small, head)
            left += panel_width + GAP
        if row.bar is not None:
            row.bar.draw(page, Box(bars, top + head, gutter - GAP, row_height), small)
        top += head + row_height + GAP
    table.draw(page, MARGIN, table_top)
    for number, line in enumerate(print_lines):
        page.text(MARGIN, print_top + number * LINE * print_size, line, print_size, color=MUTED)


def _rows(comparison: Comparison, options: FigureOptions, across: int) -> list[_Row]:
    """Gives the panels, row by row, for so many beside each other."""
    index, mode = options.filter_index, options.error_mode
    values = unit(comparison.request.stored)
    plane = maps.plane(comparison.exact.result.output, index)
    levels = options.output_levels or maps.output_levels(plane)
    others = [outcome for outcome in comparison.outcomes if outcome.name != EXACT]
    shown = maps.Shown(options.output_levels)
    errors = [comparison.error(outcome.name, index, mode, shown) for outcome in others]
    colours = next(each for each in colour_maps.of_mode(mode)
                   if options.error_map in ("", each.name))  # fmt: skip
    error_bar = ColourBar(
        options.error_levels or maps.error_levels(errors, mode, plane), colours.table,
        ERRORS[mode].format(values),
    )  # fmt: skip
    output_bar = ColourBar(levels, lookup.gray(), f"output, {values}")

    shown = [output_panel(comparison, each, index, levels) for each in comparison.outcomes]
    below = [error_panel(*each, error_bar) for each in zip(others, errors, strict=True)]
    filters, bars = filter_panel(comparison, index), operations_panel(comparison)
    if across > 2 or len(comparison.outcomes) == 1:
        beside = [bars] if EXACT in comparison else []
        return [
            _Row((input_panel(comparison), *shown), output_bar),
            _Row((filters, *beside, *below), error_bar if below else None),
        ]
    panels = [(input_panel(comparison), output_bar), *((each, output_bar) for each in shown)]
    panels += [(each, error_bar) for each in below]
    rows = []
    while panels:
        pair = panels[:1] if len(panels) == 1 or panels[0][1] is not panels[1][1] else panels[:2]
        panels = panels[len(pair) :]
        rows.append(_Row(tuple(panel for panel, _ in pair), pair[0][1]))
    return [*rows, _Row((filters, bars))]


def _gutter(rows: list[_Row], size: float) -> float:
    """Gives the width that colour bars need at the right, with the gap before them."""
    return GAP + max(row.bar.width(size) for row in rows if row.bar is not None)


def _ratio(row: _Row) -> float:
    """Gives the height over width of a row's panels; pictures decide before filter and bars."""
    ratios = [panel.ratio for panel in row.panels]
    wanted = max(ratios[-1:] if row.bar is not None else ratios)
    return min(max(wanted, RATIOS[0]), RATIOS[1])


def _draw_panel(
    page: Page, panel: Panel, letter: str, box: Box, size: float, small: float, head: float
) -> None:
    """Sets letter, titles and stripe above a panel, and draws it; ``box`` starts at the letter."""
    page.text(box.left, box.top, letter, size, weight="bold")
    indent = measure("m", size, "bold") + 2
    page.text(box.left + indent, box.top, elided(panel.title, size, box.width - indent), size)
    page.text(
        box.left, box.top + LINE * size, elided(panel.subtitle, small, box.width), small,
        color="#d62728" if panel.alarm else MUTED,
    )  # fmt: skip
    stripe = box.top + head - 1 - STRIPE / 2
    page.rule(box.left, box.left + box.width, stripe, STRIPE, panel.colour or HAIRLINE)
    below = Box(box.left, box.top + head, box.width, box.height)
    panel.draw(page.axes(below), below, small)


def _small_print(comparison: Comparison, size: float, width: float) -> tuple[float, list[str]]:
    """Gives the settings in one line, smaller if need be, in more if it would be too small."""
    phrases = (*settings(comparison), f"convgui {version()}, {cyconv.isa()}")
    least = max(size - 3.0, 3.5)
    printed = size - 1.5
    while printed > least and len(lines_of(phrases, printed, width)) > 1:
        printed -= 0.25
    return printed, lines_of(phrases, printed, width)
