"""The panels of the figure: images, error maps, the filter, bars of operations, colour bars."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from convgui.model import lookup, maps, numbers
from convgui.model.colours import TECHNIQUE_COLOURS
from convgui.model.compute import EXACT, Comparison, Outcome

from .columns import unfit
from .page import HAIRLINE, INK, MUTED, Box, Page, measure, minus

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Draw = Callable[["Axes", Box, float], None]

# More values than this a side can't be seen at 300 dpi in a column of a page.
MOST_VALUES = 1200
WRITTEN_WEIGHTS = 7


@dataclass(frozen=True)
class Panel:
    """One lettered part of the figure.

    Attributes
    ----------
    title, subtitle : str
    colour : str
        Of the stripe under the titles; "" for a neutral one.
    ratio : float
        Height over width.
    draw : callable
        Draws into axes in points; given the box and the text size.
    alarm : bool
        Whether the subtitle tells of something wrong.
    least : float
        Lines of text that the drawing needs the height of.
    """

    title: str
    subtitle: str
    colour: str
    ratio: float
    draw: Draw
    alarm: bool = False
    least: float = 0.0


@dataclass(frozen=True)
class ColourBar:
    """Levels, colours and unit that a row of panels shares."""

    levels: maps.Levels
    table: lookup.Table
    label: str

    def ticks(self, most: int = 4) -> list[tuple[float, str]]:
        """Gives round values within the levels, with their texts."""
        from matplotlib.ticker import MaxNLocator

        low, high = self.levels
        values = MaxNLocator(most, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
        within = [float(value) for value in values if low <= value <= high]
        return [(value, minus(numbers.number(value))) for value in within]

    def width(self, size: float) -> float:
        """Gives the width that bar, ticks and label take."""
        return 12 + max(measure(text, size) for _, text in self.ticks()) + 1.4 * size

    def draw(self, page: Page, box: Box, size: float) -> None:
        """Draws the bar at the left of the box, ticks and label beside it."""
        axes = page.axes(Box(box.left, box.top, 5, box.height))
        axes.imshow(self.table[::-1, None], extent=(0, 5, box.height, 0), aspect="auto")
        _frame(axes, 5, box.height)
        low, high = self.levels
        for value, text in self.ticks(max(1, min(4, int(box.height / (2 * size))))):
            top = box.top + box.height * (high - value) / (high - low)
            page.rule(box.left + 5, box.left + 7, top, 0.5, INK)
            page.text(box.left + 9, top - 0.64 * size, text, size)
        middle = box.top + box.height / 2
        label = self.label
        if measure(label, size) > box.height:
            label = label.split(",")[0]
        page.figure.text(
            (box.left + box.width) / page.width, 1 - middle / page.height, label,
            fontsize=size, rotation=90, ha="right", va="center", color=INK, parse_math=False,
        )  # fmt: skip


def unit(stored: str) -> str:
    """Gives what the values of an image of that type are called."""
    return {"uint8": "grey levels", "uint16": "16-bit levels"}.get(stored, "image units")


def _frame(axes: Axes, width: float, height: float) -> None:
    from matplotlib.patches import Rectangle

    axes.add_patch(
        Rectangle((0, 0), width, height, fill=False, linewidth=0.4, edgecolor=HAIRLINE,
                  clip_on=False)
    )  # fmt: skip
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)


def _fitted(shape: tuple[int, ...], box: Box) -> tuple[float, float]:
    """Gives width and height of an image as large as the box takes."""
    scale = min(box.width / shape[1], box.height / shape[0])
    return shape[1] * scale, shape[0] * scale


def _picture(colours: NDArray[Any]) -> Draw:
    def draw(axes: Axes, box: Box, size: float) -> None:
        from matplotlib.patches import Rectangle

        width, height = _fitted(colours.shape, box)
        axes.imshow(colours, extent=(0, width, height, 0), aspect="auto", interpolation="auto")
        axes.set_xlim(0, box.width)
        axes.set_ylim(box.height, 0)
        axes.add_patch(
            Rectangle((0, 0), width, height, fill=False, linewidth=0.4, edgecolor=HAIRLINE,
                      clip_on=False)
        )  # fmt: skip

    return draw


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
                 _picture(colours))  # fmt: skip


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
                 _ratio(plane.shape), _picture(colours), bool(wrong))  # fmt: skip


def error_panel(outcome: Outcome, error: maps.Plane, bar: ColourBar) -> Panel:
    """Gives the error map of a technique."""
    colours = lookup.painted(maps.reduced(error, MOST_VALUES), bar.levels, bar.table)
    largest = numbers.number(maps.largest(error))
    return Panel(f"Error, {outcome.label}", f"largest {largest}", TECHNIQUE_COLOURS[outcome.name],
                 _ratio(error.shape), _picture(colours))  # fmt: skip


def _title(outcome: Outcome) -> str:
    published = getattr(outcome.technique, "as_published", False)
    return f"{outcome.label}, published" if published else outcome.label


def filter_panel(comparison: Comparison, index: int) -> Panel:
    """Gives the filter as an image, its weights written into it while they are few."""
    request = comparison.request
    weights = request.filters[index, 0]
    reach = float(np.abs(weights).max(initial=0.0)) or 1.0
    levels = maps.Levels(-reach, reach)
    colours = lookup.painted(weights, levels, lookup.gray())
    rows, columns = weights.shape
    count = request.filters.shape[0]
    which = f", {index + 1} of {count}" if count > 1 else ""
    picture = _picture(colours)

    def draw(axes: Axes, box: Box, size: float) -> None:
        picture(axes, box, size)
        width, height = _fitted(weights.shape, box)
        if max(rows, columns) > WRITTEN_WEIGHTS:
            return
        texts = [minus(numbers.number(float(each), 2)) for each in weights.ravel()]
        fitting = 0.86 * width / columns / max(measure(text, 1.0) for text in texts)
        if (written := min(size, fitting)) < 3.5:
            return
        for number, text in enumerate(texts):
            row, column = divmod(number, columns)
            dark = colours[row, column, 0] < 140
            axes.text(
                (column + 0.5) * width / columns, (row + 0.5) * height / rows, text,
                fontsize=written, color="white" if dark else INK, ha="center", va="center",
            )  # fmt: skip

    return Panel("Filter", f"{request.filter_name} {rows} × {columns}{which}", "", rows / columns,
                 draw)  # fmt: skip


def operations_panel(comparison: Comparison) -> Panel:
    """Gives bars of the executed multiplications and additions of every technique."""
    counts = [
        (outcome, outcome.result.executed.multiplications, outcome.result.executed.additions)
        for outcome in comparison.outcomes
    ]
    most = max(max(each[1:]) for each in counts) or 1

    def draw(axes: Axes, box: Box, size: float) -> None:
        texts = [(f"× {numbers.si(times)}", f"+ {numbers.si(plus)}") for _, times, plus in counts]
        beside = max(measure(text, size) for pair in texts for text in pair) + 3
        thick = min(size * 1.25, box.height / len(counts) / 3.4)
        for number, (outcome, *values) in enumerate(counts):
            colour = TECHNIQUE_COLOURS[outcome.name]
            top = 2 + number * min(box.height / len(counts), 4.2 * thick)
            axes.text(0, top + 0.8 * size, outcome.label, fontsize=size, color=MUTED)
            for place, value in enumerate(values):
                at = top + 1.1 * size + place * thick
                length = value / most * (box.width - beside)
                axes.barh(at + thick / 2, length, 0.8 * thick, color=colour,
                          alpha=(1.0, 0.55)[place], linewidth=0)  # fmt: skip
                axes.text(length + 3, at + thick / 2, texts[number][place],
                          fontsize=min(size, thick), va="center_baseline", color=INK)  # fmt: skip
        axes.set_xlim(0, box.width)
        axes.set_ylim(box.height, 0)

    return Panel("Operations", "executed, of all filters", "", 0.9, draw,
                 least=3.5 * len(counts))  # fmt: skip
