"""The comparison as one figure for a paper: PDF, SVG or PNG, from the data, at a stated size.

Never a picture of the window. Matplotlib's object interface is used, without pyplot, so this runs
on any thread; text stays text in PDF and SVG. The same comparison gives the same bytes.
"""

from __future__ import annotations

import io
import threading
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_lowercase
from typing import TYPE_CHECKING

import cyconv
from convgui.about import version
from convgui.model import colour_maps, lookup, maps
from convgui.model.compute import EXACT, Comparison
from convgui.model.flip import PER_DEGREE

from .columns import settings
from .figure_options import FigureOptions
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
from .fonts import closing_fonts
from .page import HAIRLINE, INK, LINE, MM, MUTED, Box, Page, elided, lines_of, measure

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
# Matplotlib's settings belong to the whole process: a preview must not meet an export.
_ALONE = threading.Lock()
_METADATA: dict[str, dict[str, str | None]] = {
    "pdf": {"Creator": "convgui", "Producer": None, "CreationDate": None},
    "svg": {"Creator": "convgui", "Date": None},
    "png": {"Software": "convgui"},
}


@dataclass(frozen=True)
class Drawn:
    """A figure as the bytes of a file, and its size on paper in millimetres."""

    data: bytes
    width_mm: float
    height_mm: float


@dataclass(frozen=True)
class _Row:
    """Panels beside each other, and the colour bar that they share."""

    panels: tuple[Panel, ...]
    bar: ColourBar | None = None

    @property
    def least(self) -> float:
        """Lines of text that the row needs the height of."""
        return max(panel.least for panel in self.panels)


def render(comparison: Comparison, format: str, options: FigureOptions | None = None) -> bytes:
    """Gives the figure of a comparison as the bytes of a file; see :func:`draw`."""
    return draw(comparison, format, options).data


def draw(comparison: Comparison, format: str, options: FigureOptions | None = None) -> Drawn:
    """Gives the figure of a comparison with the size that it has.

    Parameters
    ----------
    comparison : Comparison
    format : str
        ``"pdf"``, ``"svg"`` or ``"png"``.
    options : FigureOptions, optional

    Raises
    ------
    ValueError
        If the format is none of these, there is no such filter, or nothing is left to show.
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
    with _ALONE, closing_fonts(), style.context(["default", STYLE]), warnings.catch_warnings():
        # A file's name may be in a script that the font does not have.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        figure = Figure(facecolor="white")
        page = compose(figure, comparison, options)
        encoded = io.BytesIO()
        figure.savefig(encoded, format=format, dpi=options.dpi, metadata=_METADATA[format])
    return Drawn(encoded.getvalue(), page.width / MM, page.height / MM)


def compose(figure: Figure, comparison: Comparison, options: FigureOptions) -> Page:
    """Measures everything, settles the height, then draws; gives the page."""
    size = options.font_size
    small, table_size = max(size - 1.5, 4.0), max(size - 1.0, 4.0)
    width = options.width_mm * MM
    inner = width - 2 * MARGIN

    rows, gutter, panel_width = _arranged(comparison, options, inner, small)
    across = max((len(row.panels) for row in rows), default=0)
    head = LINE * size + LINE * small + STRIPE + 2
    heights = [max(panel_width * _ratio(row), row.least * small) for row in rows]
    top = MARGIN + sum(heights) + len(rows) * (head + GAP)
    blocks: list[tuple[float, Table | _Lines]] = []
    for block, gap in _below(comparison, options, inner, table_size):
        top += gap
        blocks.append((top, block))
        top += block.height
    if not rows and not blocks:
        raise ValueError("The figure is empty: choose at least one panel.")

    page = Page(figure, width, top + MARGIN)
    letters = iter(ascii_lowercase)
    used = across * (panel_width + GAP) - GAP + gutter
    start, top = MARGIN + max(inner - used, 0) / 2, MARGIN
    for row, row_height in zip(rows, heights, strict=True):
        left = start
        for panel in row.panels:
            box = Box(left, top, panel_width, row_height)
            _draw_panel(page, panel, next(letters), box, size, small, head)
            left += panel_width + GAP
        if row.bar is not None:
            row.bar.draw(page, Box(left, top + head, gutter - GAP, row_height), small)
        top += head + row_height + GAP
    for top, block in blocks:
        block.draw(page, MARGIN, top)
    return page


def _arranged(
    comparison: Comparison, options: FigureOptions, inner: float, small: float
) -> tuple[list[_Row], float, float]:
    """Gives the rows, the width that colour bars take, and the width of a panel."""
    for wide in (True, False):
        rows = _rows(comparison, options, wide)
        gutter = _gutter(rows, small)
        across = max((len(row.panels) for row in rows), default=1)
        width = (inner - gutter - (across - 1) * GAP) / across
        if width >= LEAST_PANEL or across <= 2:
            break
    return rows, gutter, min(width, MOST_PANEL)


def _rows(comparison: Comparison, options: FigureOptions, wide: bool) -> list[_Row]:
    """Gives the panels, row by row: in two rows of as many as there are, or in pairs."""
    index, mode = options.filter_index, options.error_mode
    values = unit(comparison.request.stored)
    plane = maps.plane(comparison.exact.result.output, index)
    levels = options.output_levels or maps.output_levels(plane)
    others = [outcome for outcome in comparison.outcomes if outcome.name != EXACT]
    seen = maps.Shown(options.output_levels)
    errors = {each.name: comparison.error(each.name, index, mode, seen) for each in others}
    colours = next(each for each in colour_maps.of_mode(mode)
                   if options.error_map in ("", each.name))  # fmt: skip
    error_levels = options.error_levels or maps.error_levels([*errors.values()], mode, plane)
    error_bar = ColourBar(error_levels, colours.table, ERRORS[mode].format(values))
    output_bar = ColourBar(levels, lookup.gray(), f"output, {values}")

    hidden = options.hidden
    first = [] if "input" in hidden else [input_panel(comparison)]
    shown = [output_panel(comparison, each, index, levels) for each in comparison.outcomes
             if each.name not in hidden]  # fmt: skip
    below = [error_panel(each, errors[each.name], error_bar) for each in others
             if f"error-{each.name}" not in hidden]  # fmt: skip
    filters = [] if "filter" in hidden else [filter_panel(comparison, index)]
    bars = [] if "operations" in hidden else [operations_panel(comparison)]
    if wide:
        beside = bars if EXACT in comparison else []
        rows = [_Row((*first, *shown), output_bar if shown else None),
                _Row((*filters, *beside, *below), error_bar if below else None)]  # fmt: skip
        return [row for row in rows if row.panels]
    panels = [(each, output_bar if shown else None) for each in (*first, *shown)]
    panels += [(each, error_bar) for each in below]
    rows = []
    while panels:
        pair = panels[:1] if len(panels) == 1 or panels[0][1] is not panels[1][1] else panels[:2]
        panels = panels[len(pair) :]
        rows.append(_Row(tuple(panel for panel, _ in pair), pair[0][1]))
    return [*rows, *([_Row((*filters, *bars))] if filters or bars else [])]


def _gutter(rows: list[_Row], size: float) -> float:
    """Gives the width that colour bars need at the right, with the gap before them."""
    widths = [row.bar.width(size) for row in rows if row.bar is not None]
    return GAP + max(widths) if widths else 0.0


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


@dataclass(frozen=True)
class _Lines:
    """Lines of text below the panels."""

    lines: tuple[str, ...]
    size: float
    colour: str

    @property
    def height(self) -> float:
        return len(self.lines) * LINE * self.size

    def draw(self, page: Page, left: float, top: float) -> None:
        for number, line in enumerate(self.lines):
            page.text(left, top + number * LINE * self.size, line, self.size, color=self.colour)


def _below(
    comparison: Comparison, options: FigureOptions, inner: float, table_size: float
) -> Iterator[tuple[Table | _Lines, float]]:
    """Gives what stands below the panels, with the gap above each."""
    if "table" not in options.hidden:
        yield Table(comparison, inner, table_size), 2.0
    if "settings" not in options.hidden:
        size, lines = _small_print(comparison, options.font_size, inner)
        yield _Lines(tuple(lines), size, MUTED), 5.0
    if options.caption.strip():
        size = options.font_size
        lines = [
            line
            for given in options.caption.strip().splitlines()
            for line in lines_of((" ".join(given.split()),), size, inner)
        ]
        yield _Lines(tuple(lines), size, INK), 6.0


def _small_print(comparison: Comparison, size: float, width: float) -> tuple[float, list[str]]:
    """Gives the settings in one line, smaller if need be, in more if it would be too small."""
    phrases = (*settings(comparison), f"convgui {version()}, {cyconv.isa()}")
    least = max(size - 3.0, 3.5)
    printed = size - 1.5
    while printed > least and len(lines_of(phrases, printed, width)) > 1:
        printed -= 0.25
    return printed, lines_of(phrases, printed, width)
