"""What a figure is made of, each a plain record that can draw itself: images, filter, bars.

All of it is numbers and texts that are ready to be drawn, so that a record can be handed to
another process; nothing here knows what a comparison is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from convgui.model import numbers

from .page import HAIRLINE, INK, MUTED, Box, Page, measure, minus

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Colours = NDArray[np.uint8]


class Drawing(Protocol):
    """Draws into axes in points; given the box and the text size."""

    def draw(self, axes: Axes, box: Box, size: float) -> None: ...


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
    drawing : Drawing
    alarm : bool
        Whether the subtitle tells of something wrong.
    least : float
        Lines of text that the drawing needs the height of.
    """

    title: str
    subtitle: str
    colour: str
    ratio: float
    drawing: Drawing
    alarm: bool = False
    least: float = 0.0


@dataclass(frozen=True)
class Picture:
    """An image of H x W x 3 or 4 colours."""

    colours: Colours

    def draw(self, axes: Axes, box: Box, size: float) -> None:
        """Draws it as large as the box takes, in a frame."""
        width, height = _fitted(self.colours.shape, box)
        extent = (0, width, height, 0)
        axes.imshow(self.colours, extent=extent, aspect="auto", interpolation="auto")
        _frame(axes, width, height)
        axes.set_xlim(0, box.width)
        axes.set_ylim(box.height, 0)


@dataclass(frozen=True)
class Weights:
    """A filter as an image, with its weights to write into it, row by row; "" for too many."""

    colours: Colours
    texts: tuple[str, ...] = ()

    def draw(self, axes: Axes, box: Box, size: float) -> None:
        """Draws it, the weights only if they can be read."""
        Picture(self.colours).draw(axes, box, size)
        rows, columns = self.colours.shape[:2]
        width, height = _fitted(self.colours.shape, box)
        if not self.texts:
            return
        fitting = 0.86 * width / columns / max(measure(text, 1.0) for text in self.texts)
        if (written := min(size, fitting)) < 3.5:
            return
        for number, text in enumerate(self.texts):
            row, column = divmod(number, columns)
            dark = self.colours[row, column, 0] < 140
            axes.text(
                (column + 0.5) * width / columns, (row + 0.5) * height / rows, text,
                fontsize=written, color="white" if dark else INK, ha="center", va="center",
            )  # fmt: skip


@dataclass(frozen=True)
class Count:
    """The operations of one technique, with its name and its colour."""

    label: str
    colour: str
    multiplications: int
    additions: int


@dataclass(frozen=True)
class Bars:
    """Two bars a technique, multiplications and additions, on one scale."""

    counts: tuple[Count, ...]

    def draw(self, axes: Axes, box: Box, size: float) -> None:
        """Draws them below each other, each with its number behind it."""
        values = [(each.multiplications, each.additions) for each in self.counts]
        most = max(map(max, values)) or 1
        texts = [(f"× {numbers.si(times)}", f"+ {numbers.si(plus)}") for times, plus in values]
        beside = max(measure(text, size) for pair in texts for text in pair) + 3
        thick = min(size * 1.25, box.height / len(values) / 3.4)
        for number, count in enumerate(self.counts):
            top = 2 + number * min(box.height / len(values), 4.2 * thick)
            axes.text(0, top + 0.8 * size, count.label, fontsize=size, color=MUTED)
            for place, value in enumerate(values[number]):
                at = top + 1.1 * size + place * thick
                length = value / most * (box.width - beside)
                axes.barh(at + thick / 2, length, 0.8 * thick, color=count.colour,
                          alpha=(1.0, 0.55)[place], linewidth=0)  # fmt: skip
                axes.text(length + 3, at + thick / 2, texts[number][place],
                          fontsize=min(size, thick), va="center_baseline", color=INK)  # fmt: skip
        axes.set_xlim(0, box.width)
        axes.set_ylim(box.height, 0)


@dataclass(frozen=True)
class ColourBar:
    """Levels, colours (n x 4, of the lowest value first) and unit that a row of panels shares."""

    levels: tuple[float, float]
    table: Colours
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
        axes.set_xlim(0, 5)
        axes.set_ylim(box.height, 0)
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


def _frame(axes: Axes, width: float, height: float) -> None:
    from matplotlib.patches import Rectangle

    axes.add_patch(
        Rectangle((0, 0), width, height, fill=False, linewidth=0.4, edgecolor=HAIRLINE,
                  clip_on=False)
    )  # fmt: skip


def _fitted(shape: tuple[int, ...], box: Box) -> tuple[float, float]:
    """Gives width and height of an image as large as the box takes."""
    scale = min(box.width / shape[1], box.height / shape[0])
    return shape[1] * scale, shape[0] * scale
