"""The table of the figure: measured, ruled as in a book, broken between groups where it must be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, groupby, pairwise

from .page import INK, LINE, MUTED, Page, measure

GAP = 8.0
SWATCH = 5.0


@dataclass(frozen=True)
class ColumnTexts:
    """A column under the heading of its group, with a text for each technique."""

    group: str
    heading: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class TableTexts:
    """What stands in a table: label and colour of every technique, and the columns."""

    rows: tuple[tuple[str, str], ...]
    columns: tuple[ColumnTexts, ...]


@dataclass(frozen=True)
class _Group:
    """Columns under one heading, with the texts and the width of each."""

    name: str
    headings: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]

    @property
    def width(self) -> float:
        return sum(self.widths) + GAP * (len(self.widths) - 1)


class Table:
    """A table that is to be drawn in a given width.

    Parameters
    ----------
    texts : TableTexts
    width : float
        In points.
    size : float
        Of the text, in points.
    """

    def __init__(self, texts: TableTexts, width: float, size: float) -> None:
        self._rows = texts.rows
        self._width, self._size = width, size
        self._names = SWATCH + 3 + max(measure(label, size) for label, _ in self._rows)
        groups = [
            group
            for name, members in groupby(texts.columns, key=lambda column: column.group)
            for group in self._measured(name, list(members))
        ]
        self._bands = min(self._broken(groups), key=self._cost)

    def _broken(self, groups: list[_Group]) -> Iterator[list[list[_Group]]]:
        """Gives every way to break the groups into bands that fit the width."""
        for count in range(len(groups)):
            for breaks in combinations(range(1, len(groups)), count):
                bands = [groups[a:b] for a, b in pairwise((0, *breaks, len(groups)))]
                if all(len(band) == 1 or self._taken(band) <= self._width for band in bands):
                    yield bands

    def _taken(self, band: list[_Group]) -> float:
        return self._names + sum(group.width + 2 * GAP for group in band)

    def _cost(self, bands: list[list[_Group]]) -> tuple[int, float]:
        """Gives what is to be small: the number of bands, then the width of the widest."""
        return len(bands), max(map(self._taken, bands))

    def _measured(self, name: str, columns: list[ColumnTexts]) -> list[_Group]:
        """Gives the columns as a group, or as several if they are wider than the page."""
        widths = [
            max(measure(text, self._size) for text in (column.heading, *column.cells))
            for column in columns
        ]
        lacking = measure(name, self._size) - sum(widths) - GAP * (len(widths) - 1)
        widths = [each + max(0.0, lacking) / len(widths) for each in widths]
        headings = tuple(column.heading for column in columns)
        group = _Group(name, headings, tuple(column.cells for column in columns), tuple(widths))
        if len(columns) == 1 or self._taken([group]) <= self._width:
            return [group]
        half = (len(columns) + 1) // 2
        return [
            part
            for some in (columns[:half], columns[half:])
            for part in self._measured(name, some)
        ]

    @property
    def height(self) -> float:
        """What the table takes, in points."""
        lines = len(self._rows) + 2
        return len(self._bands) * (lines * LINE * self._size + 8) + 6 * (len(self._bands) - 1)

    def draw(self, page: Page, left: float, top: float) -> None:
        """Draws the table with its top left corner there."""
        for band in self._bands:
            top = self._band(page, band, left, top) + 6

    def _band(self, page: Page, band: list[_Group], left: float, top: float) -> float:
        """Draws one stretch of groups; gives where it ends."""
        size, line = self._size, LINE * self._size
        right = left + self._width
        spare = (self._width - self._taken(band)) / sum(len(group.widths) for group in band)
        body = top + 2 * line + 5
        page.rule(left, right, top, 0.8, INK)
        page.rule(left, right, body - 1.5, 0.4, INK)
        for row, (label, colour) in enumerate(self._rows):
            at = body + row * line
            page.rule(left, left + SWATCH, at + 0.61 * size, 0.72 * size, colour)
            page.text(left + SWATCH + 3, at, label, size)
        at = left + self._names
        for group in band:
            start = at + 2 * GAP + spare
            at += GAP
            columns = zip(group.headings, group.cells, group.widths, strict=True)
            for heading, cells, width in columns:
                at += GAP + spare + width
                page.text(at, top + line + 3, heading, size, align="right", color=MUTED)
                for row, text in enumerate(cells):
                    page.text(at, body + row * line, text, size, align="right")
            page.text((start + at) / 2, top + 1.5, group.name, size, align="center")
            page.rule(start, at, top + line + 2, 0.3, MUTED)
        end = body + len(self._rows) * line + 2
        page.rule(left, right, end, 0.8, INK)
        return end
