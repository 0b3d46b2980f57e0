"""The panels of the figure, made from a comparison: images, error maps, the filter, operations."""

from __future__ import annotations

import numpy as np

from convgui.model import lookup, maps, numbers
from convgui.model.colours import TECHNIQUE_COLOURS
from convgui.model.compute import EXACT, Comparison, Outcome

from .columns import unfit
from .figure_parts import Bars, ColourBar, Count, Panel, Picture, Weights
from .page import minus

# More values than this a side can't be seen at 300 dpi in a column of a page.
MOST_VALUES = 1200
WRITTEN_WEIGHTS = 7


def unit(stored: str) -> str:
    """Gives what the values of an image of that type are called."""
    return {"uint8": "grey levels", "uint16": "16-bit levels"}.get(stored, "image units")


def _ratio(shape: tuple[int, ...]) -> float:
    return shape[0] / shape[1]


def input_panel(comparison: Comparison) -> Panel:
    """Gives the image as it is convolved."""
    image = comparison.request.image
    channels, height, width = image.shape
    levels = maps.image_levels(image)
    planes = [lookup.painted(maps.reduced(each, MOST_VALUES), levels, lookup.gray())
              for each in image]  # fmt: skip
    colours = planes[0]
    if channels == 3:
        colours = np.dstack([planes[0][..., 0], planes[1][..., 1], planes[2][..., 2]])
    kind = "colour" if channels == 3 else "grey"
    return Panel("Input", f"{width} × {height}, {kind}", "", _ratio((height, width)),
                 Picture(colours))  # fmt: skip


def output_panel(
    comparison: Comparison, outcome: Outcome, index: int, levels: maps.Levels
) -> Panel:
    """Gives one filter's output of a technique, with the figures that matter."""
    plane = maps.plane(outcome.result.output, index)
    colours = lookup.painted(maps.reduced(plane, MOST_VALUES), levels, lookup.gray())
    wrong = unfit(outcome)
    if outcome.name == EXACT:
        said = f"{plane.shape[1]} × {plane.shape[0]}, the reference"
    else:
        share = 100 * comparison.multiplications(outcome.name)
        near = "no error"
        if outcome.accuracy.mse:
            near = minus(numbers.decibels(outcome.accuracy.psnr))
        said = f"{near} · {share:.{0 if share >= 1 else 2}f} % of mult."
    return Panel(_title(outcome), wrong or said, TECHNIQUE_COLOURS[outcome.name],
                 _ratio(plane.shape), Picture(colours), bool(wrong))  # fmt: skip


def error_panel(outcome: Outcome, error: maps.Plane, bar: ColourBar) -> Panel:
    """Gives the error map of a technique."""
    levels = maps.Levels(*bar.levels)
    colours = lookup.painted(maps.reduced(error, MOST_VALUES), levels, bar.table)
    largest = numbers.number(maps.largest(error))
    return Panel(f"Error, {outcome.label}", f"largest {largest}", TECHNIQUE_COLOURS[outcome.name],
                 _ratio(error.shape), Picture(colours))  # fmt: skip


def _title(outcome: Outcome) -> str:
    published = getattr(outcome.technique, "as_published", False)
    return f"{outcome.label}, published" if published else outcome.label


def filter_panel(comparison: Comparison, index: int) -> Panel:
    """Gives the filter as an image, its weights written into it while they are few."""
    request = comparison.request
    weights = request.filters[index, 0]
    reach = float(np.abs(weights).max(initial=0.0)) or 1.0
    colours = lookup.painted(weights, maps.Levels(-reach, reach), lookup.gray())
    rows, columns = weights.shape
    count = request.filters.shape[0]
    which = f", {index + 1} of {count}" if count > 1 else ""
    texts: tuple[str, ...] = ()
    if max(rows, columns) <= WRITTEN_WEIGHTS:
        texts = tuple(minus(numbers.number(float(each), 2)) for each in weights.ravel())
    return Panel("Filter", f"{request.filter_name} {rows} × {columns}{which}", "", rows / columns,
                 Weights(colours, texts))  # fmt: skip


def operations_panel(comparison: Comparison) -> Panel:
    """Gives bars of the executed multiplications and additions of every technique."""
    counts = tuple(
        Count(outcome.label, TECHNIQUE_COLOURS[outcome.name],
              outcome.result.executed.multiplications, outcome.result.executed.additions)
        for outcome in comparison.outcomes
    )  # fmt: skip
    return Panel("Operations", "executed, of all filters", "", 0.9, Bars(counts),
                 least=3.5 * len(counts))  # fmt: skip
