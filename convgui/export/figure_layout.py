"""The figure on its page: what a plan says is measured, laid out and drawn.

Needs matplotlib and NumPy, and nothing of the program but its texts for numbers, so that a process
of its own can do it (:mod:`convgui.export.figure_apart`).
"""

from __future__ import annotations

import io
import threading
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from string import ascii_lowercase
from typing import TYPE_CHECKING

from .figure_parts import ColourBar, Panel
from .figure_plan import Drawn, Plan, Raster
from .figure_table import Table
from .fonts import closing_fonts
from .page import HAIRLINE, INK, LINE, MM, MUTED, Box, Page, elided, lines_of, measure

if TYPE_CHECKING:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

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
class _Row:
    """Panels beside each other, and the colour bar that they share."""

    panels: tuple[Panel, ...]
    bar: ColourBar | None = None

    @property
    def least(self) -> float:
        """Lines of text that the row needs the height of."""
        return max(panel.least for panel in self.panels)


def warm() -> None:
    """Imports what drawing needs, and has the font looked for."""
    for name in ("style", "figure", "backends.backend_agg"):
        import_module(f"matplotlib.{name}")
    measure("m", 8.0)


def drawn(plan: Plan, format: str, raster: bool = False) -> Drawn:
    """Gives the figure of a plan as a file in one of the formats of the figure.

    Parameters
    ----------
    plan : Plan
    format : str
    raster : bool
        Whether the picture that a PNG holds is wanted, too.

    Raises
    ------
    ValueError
        If nothing is left to show.
    """
    from matplotlib import style
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    # A user's own matplotlib settings must not reach the figure.
    with _ALONE, closing_fonts(), style.context(["default", STYLE]), warnings.catch_warnings():
        # A file's name may be in a script that the font does not have.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        figure = Figure(facecolor="white")
        canvas = FigureCanvasAgg(figure)
        page = compose(figure, plan)
        encoded = io.BytesIO()
        figure.savefig(encoded, format=format, dpi=plan.dpi, metadata=_METADATA[format])
        picture = _raster(canvas) if raster and format == "png" else None
    return Drawn(encoded.getvalue(), page.width / MM, page.height / MM, picture)


def _raster(canvas: FigureCanvasAgg) -> Raster:
    """Gives what was drawn last."""
    pixels = canvas.buffer_rgba()
    rows, columns = pixels.shape[:2]
    return Raster(columns, rows, pixels.tobytes())


def compose(figure: Figure, plan: Plan) -> Page:
    """Measures everything, settles the height, then draws; gives the page."""
    size = plan.font_size
    small, table_size = max(size - 1.5, 4.0), max(size - 1.0, 4.0)
    width = plan.width_mm * MM
    inner = width - 2 * MARGIN

    rows, gutter, panel_width = _arranged(plan, inner, small)
    across = max((len(row.panels) for row in rows), default=0)
    head = LINE * size + LINE * small + STRIPE + 2
    heights = [max(panel_width * _ratio(row), row.least * small) for row in rows]
    top = MARGIN + sum(heights) + len(rows) * (head + GAP)
    blocks: list[tuple[float, Table | _Lines]] = []
    for block, gap in _below(plan, inner, table_size):
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


def _arranged(plan: Plan, inner: float, small: float) -> tuple[list[_Row], float, float]:
    """Gives the rows, the width that colour bars take, and the width of a panel."""
    for wide in (True, False):
        rows = _rows(plan, wide)
        gutter = _gutter(rows, small)
        across = max((len(row.panels) for row in rows), default=1)
        width = (inner - gutter - (across - 1) * GAP) / across
        if width >= LEAST_PANEL or across <= 2:
            break
    return rows, gutter, min(width, MOST_PANEL)


def _rows(plan: Plan, wide: bool) -> list[_Row]:
    """Gives the panels, row by row: in two rows of as many as there are, or in pairs."""
    output_bar = plan.output_bar if plan.outputs else None
    error_bar = plan.error_bar if plan.errors else None
    if wide:
        beside = plan.operations if plan.beside else ()
        rows = [_Row((*plan.inputs, *plan.outputs), output_bar),
                _Row((*plan.filters, *beside, *plan.errors), error_bar)]  # fmt: skip
        return [row for row in rows if row.panels]
    panels = [(each, output_bar) for each in (*plan.inputs, *plan.outputs)]
    panels += [(each, error_bar) for each in plan.errors]
    rows = []
    while panels:
        pair = panels[:1] if len(panels) == 1 or panels[0][1] is not panels[1][1] else panels[:2]
        panels = panels[len(pair) :]
        rows.append(_Row(tuple(panel for panel, _ in pair), pair[0][1]))
    last = *plan.filters, *plan.operations
    return [*rows, *([_Row(last)] if last else [])]


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
    panel.drawing.draw(page.axes(below), below, small)


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


def _below(plan: Plan, inner: float, table_size: float) -> Iterator[tuple[Table | _Lines, float]]:
    """Gives what stands below the panels, with the gap above each."""
    size = plan.font_size
    if plan.table is not None:
        yield Table(plan.table, inner, table_size), 2.0
    if plan.phrases:
        printed, lines = _small_print(plan.phrases, size, inner)
        yield _Lines(tuple(lines), printed, MUTED), 5.0
    if plan.caption.strip():
        lines = [
            line
            for given in plan.caption.strip().splitlines()
            for line in lines_of((" ".join(given.split()),), size, inner)
        ]
        yield _Lines(tuple(lines), size, INK), 6.0


def _small_print(
    phrases: tuple[str, ...], size: float, width: float
) -> tuple[float, list[str]]:
    """Gives the settings in one line, smaller if need be, in more if it would be too small."""
    least = max(size - 3.0, 3.5)
    printed = size - 1.5
    while printed > least and len(lines_of(phrases, printed, width)) > 1:
        printed -= 0.25
    return printed, lines_of(phrases, printed, width)
