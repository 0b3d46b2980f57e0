"""The comparison as one figure for a paper: PDF, SVG or PNG, from the data, at a stated size.

Never a picture of the window. What the figure shows is worked out first, as a plan; the plan is
then drawn with matplotlib's object interface, without pyplot, so this runs on any thread and in
another process. Text stays text in PDF and SVG. The same comparison gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import cyconv
from convgui.about import version
from convgui.model import colour_maps, lookup, maps
from convgui.model.colours import TECHNIQUE_COLOURS
from convgui.model.compute import EXACT, Comparison
from convgui.model.flip import PER_DEGREE

from .columns import BY_KEY, settings
from .figure_layout import drawn
from .figure_options import FigureOptions
from .figure_panels import (
    error_panel,
    filter_panel,
    input_panel,
    operations_panel,
    output_panel,
    unit,
)  # fmt: skip
from .figure_parts import ColourBar, Panel
from .figure_plan import Drawn, Plan
from .figure_table import ColumnTexts, TableTexts
from .page import minus

ERRORS = {
    maps.SIGNED: "error, {0}",
    maps.ABSOLUTE: "|error|, {0}",
    maps.RELATIVE: "|error|, % of exact",
    maps.SQUARED: "error², ({0})²",
    maps.FLIP: f"FLIP at {PER_DEGREE:.0f} pixels per degree",
}
FORMATS = ("pdf", "svg", "png")
KEYS = (
    "psnr", "ssim", "max_abs_error", "accuracy", "report_accuracy",
    "seconds", "speed_up", "stored_values", "held_bytes",
    "multiplications_report", "multiplications_model", "multiplications_executed",
    "additions_report", "additions_model", "additions_executed",
)  # fmt: skip

Look = Callable[[], object]


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
    return drawn(planned(comparison, format, options), format)


def planned(
    comparison: Comparison, format: str, options: FigureOptions | None = None,
    look: Look = lambda: None,
) -> Plan:  # fmt: skip
    """Works out what a figure shows, without matplotlib.

    Parameters
    ----------
    comparison, format, options
        As :func:`draw` takes them.
    look : callable
        Called now and then; what it raises gives the plan up.

    Raises
    ------
    ValueError
        If the format is unknown or there is no such filter.
    """
    options = options or FigureOptions()
    if format not in FORMATS:
        raise ValueError(f"format must be one of {', '.join(FORMATS)}, got {format!r}")
    if not 0 <= options.filter_index < comparison.filter_count:
        raise ValueError(
            f"filter_index must be 0 to {comparison.filter_count - 1}, got {options.filter_index}"
        )
    index, hidden = options.filter_index, options.hidden
    values = unit(comparison.request.stored)
    plane = maps.plane(comparison.exact.result.output, index)
    levels = options.output_levels or maps.output_levels(plane)
    others = [outcome for outcome in comparison.outcomes if outcome.name != EXACT]
    errors = _errors(comparison, options, look)
    error_bar = _error_bar(errors, options, plane, values)
    chosen = _Chosen(hidden, look)
    return Plan(
        options.width_mm, options.dpi, options.font_size,
        inputs=chosen.panels(input_panel, {"input": (comparison,)}),
        outputs=chosen.panels(output_panel, {
            each.name: (comparison, each, index, levels) for each in comparison.outcomes
        }),
        errors=chosen.panels(error_panel, {
            f"error-{each.name}": (each, errors[each.name], error_bar) for each in others
        }),
        filters=chosen.panels(filter_panel, {"filter": (comparison, index)}),
        operations=chosen.panels(operations_panel, {"operations": (comparison,)}),
        output_bar=ColourBar(levels, lookup.gray(), f"output, {values}"),
        error_bar=error_bar,
        beside=EXACT in comparison,
        table=None if "table" in hidden else _texts(comparison),
        phrases=() if "settings" in hidden else (
            *settings(comparison), f"convgui {version()}, {cyconv.isa()}"
        ),
        caption=options.caption,
    )  # fmt: skip


@dataclass(frozen=True)
class _Chosen:
    """Makes the panels that are not left out, and looks before each whether it is wanted."""

    hidden: tuple[str, ...]
    look: Look

    def panels(
        self, make: Callable[..., Panel], about: Mapping[str, tuple[Any, ...]]
    ) -> tuple[Panel, ...]:
        """Makes a panel of each name with its arguments."""
        made = []
        for name, arguments in about.items():
            if name not in self.hidden:
                self.look()
                made.append(make(*arguments))
        return tuple(made)


def _errors(
    comparison: Comparison, options: FigureOptions, look: Look
) -> dict[str, maps.Plane]:
    """Gives the error of every technique but the exact one."""
    seen = maps.Shown(options.output_levels)

    def told(_: Any) -> None:
        look()

    return {
        each.name: comparison.error(
            each.name, options.filter_index, options.error_mode, seen, told
        )
        for each in comparison.outcomes if each.name != EXACT
    }  # fmt: skip


def _error_bar(
    errors: Mapping[str, maps.Plane], options: FigureOptions, exact: maps.Plane, values: str
) -> ColourBar:
    """Gives the levels and colours that all error maps share."""
    mode = options.error_mode
    colours = next(each for each in colour_maps.of_mode(mode)
                   if options.error_map in ("", each.name))  # fmt: skip
    levels = options.error_levels or maps.error_levels([*errors.values()], mode, exact)
    return ColourBar(levels, colours.table, ERRORS[mode].format(values))


def _texts(comparison: Comparison) -> TableTexts:
    """Gives what stands in the table, as people read it."""
    # The report's own figure is of interest where a technique runs as published.
    flawed = any(
        getattr(each.technique, "as_published", False) for each in comparison.outcomes
    )
    columns = [BY_KEY[key] for key in KEYS if key != "report_accuracy" or flawed]
    return TableTexts(
        tuple((each.label, TECHNIQUE_COLOURS[each.name]) for each in comparison.outcomes),
        tuple(
            ColumnTexts(column.group, column.heading, tuple(
                minus(column.show(comparison, each)) for each in comparison.outcomes
            ))
            for column in columns
        ),
    )  # fmt: skip
