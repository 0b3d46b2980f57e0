"""A page measured in points: text that is measured before it is set, and boxes to draw in.

Distances run from the left and from the top, in points (1/72 inch), as on paper. A figure that is
laid out by measuring can't clip or overlap its text, whatever the numbers are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, MUTED, HAIRLINE = "#1c1c1e", "#6b6e74", "#a0a3a8"
MM = 72 / 25.4
# What a line of text takes, in its size.
LINE = 1.3


@dataclass(frozen=True)
class Box:
    """A rectangle: left and top corner, width and height."""

    left: float
    top: float
    width: float
    height: float


def measure(text: str, size: float, weight: str = "normal") -> float:
    """Gives the width of a text in the figure's font."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(size=size, weight=weight)
    return float(text_to_path.get_text_width_height_descent(text, font, False)[0])


def minus(number: str) -> str:
    """Gives a number with a minus sign in place of the hyphen."""
    return number.replace("-", "−")


def elided(text: str, size: float, width: float) -> str:
    """Gives the text, its middle left out if it is too wide: what ends a file's name matters."""
    if measure(text, size) <= width:
        return text
    for kept in range(len(text) - 1, 1, -1):
        start = (kept + 1) // 2
        shorter = f"{text[:start]}…{text[len(text) - (kept - start) :]}"
        if measure(shorter, size) <= width:
            return shorter
    return "…"


def lines_of(phrases: tuple[str, ...], size: float, width: float) -> list[str]:
    """Gives the phrases in as few lines as they fit, broken between phrases, else between words."""
    lines = [""]
    for phrase in phrases:
        joined = f"{lines[-1]} · {phrase}" if lines[-1] else phrase
        if measure(joined, size) <= width:
            lines[-1] = joined
            continue
        for number, word in enumerate(phrase.split(" ")):
            longer = f"{lines[-1]} {word}" if number else word
            if number and measure(longer, size) <= width:
                lines[-1] = longer
            else:
                lines.append(elided(word, size, width))
    return [line for line in lines if line]


class Page:
    """A figure that is drawn on in points from the top left."""

    def __init__(self, figure: Figure, width: float, height: float) -> None:
        self.figure, self.width, self.height = figure, width, height
        figure.set_size_inches(width / 72, height / 72)

    def axes(self, box: Box) -> Axes:
        """Gives empty axes without ticks and frame, in points of the box from its top left."""
        axes = self.figure.add_axes(
            (
                box.left / self.width,
                1 - (box.top + box.height) / self.height,
                box.width / self.width,
                box.height / self.height,
            )
        )
        axes.set_axis_off()
        axes.set_xlim(0, box.width)
        axes.set_ylim(box.height, 0)
        return axes

    def text(
        self, left: float, top: float, text: str, size: float, *,
        align: str = "left", weight: str = "normal", color: str = INK, **more: Any,
    ) -> None:  # fmt: skip
        """Sets one line whose top is at ``top``."""
        self.figure.text(
            left / self.width, 1 - (top + size) / self.height, text, fontsize=size, color=color,
            fontweight=weight, ha=align, va="baseline", parse_math=False, **more,
        )  # fmt: skip

    def rule(self, left: float, right: float, top: float, thickness: float, color: str) -> None:
        """Draws a horizontal line."""
        from matplotlib.lines import Line2D

        at = 1 - top / self.height
        self.figure.add_artist(
            Line2D(
                [left / self.width, right / self.width], [at, at],
                linewidth=thickness, color=color, solid_capstyle="butt",
            )
        )  # fmt: skip
