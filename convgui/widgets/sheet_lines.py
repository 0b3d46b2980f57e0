"""What a sheet shows: lines of cells, with others that unfold under them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """One number, or a name.

    Attributes
    ----------
    text, full : str
        As shown, and in full for the tooltip and the clipboard ("" for the same).
    best, muted : bool
        Whether it is the best of its kind, or only there for comparison.
    share : float or None
        Length of a bar under the number, 0 to 1.
    colour : str
        Of that bar, or of the line under a heading.
    short : str
        In place of a name that finds no room ("" for the same).
    """

    text: str
    full: str = ""
    best: bool = False
    muted: bool = False
    share: float | None = None
    colour: str = ""
    short: str = ""


@dataclass(frozen=True)
class Line:
    """One row.

    Attributes
    ----------
    key : str
        Tells rows of one parent apart from run to run.
    cells : tuple of Cell
        The name first.
    parts : tuple of Line
        What unfolds under it.
    bar : (float, float) or None
        Lengths of the strong and the faint part of a bar under the row, together up to 1.
    colour : str
        Of the bar, or of the mark before a heading.
    heading : bool
        Whether the row heads those after it, or under it; it is then always unfolded.
    live : bool
        Whether it is being counted now, and so not dimmed.
    """

    key: str
    cells: tuple[Cell, ...]
    parts: tuple[Line, ...] = ()
    bar: tuple[float, float] | None = None
    colour: str = ""
    heading: bool = False
    live: bool = False


def all_lines(lines: Sequence[Line]) -> Iterator[Line]:
    """Gives lines and what unfolds under them, from the top down."""
    for line in lines:
        yield line
        yield from all_lines(line.parts)
