"""What each technique has executed so far, from progress that counts all of them together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from convgui.model import numbers
from convgui.widgets.sheet import Cell, Line

if TYPE_CHECKING:
    from convgui.model.compute import Progress

Counts = tuple[int, int]


class LiveOperations:
    """Splits the running total by technique: what was there before one began is not its own."""

    def __init__(self) -> None:
        self._fraction = 0.0
        self._total: Counts = (0, 0)
        self._technique = ""
        self._before: Counts = (0, 0)
        self._counts: dict[str, Counts] = {}
        self.peak = 0

    def forget(self) -> None:
        """Begins anew."""
        self._fraction, self._technique = 0.0, ""
        self._total = self._before = (0, 0)
        self._counts = {}
        self.peak = 0

    def take(self, progress: Progress) -> dict[str, Counts]:
        """Gives multiplications and additions of each technique begun, in this run."""
        if progress.fraction < self._fraction:
            self.forget()
        if progress.technique != self._technique:
            self._technique, self._before = progress.technique, self._total
        self._fraction = progress.fraction
        self.peak = max(self.peak, progress.held_bytes)
        operations = progress.operations
        self._total = operations.multiplications, operations.additions
        self._counts[self._technique] = (
            self._total[0] - self._before[0],
            self._total[1] - self._before[1],
        )
        return self._counts


def raised(lines: list[Line], counts: dict[str, Counts], most: int) -> list[Line]:
    """Gives the operations' lines with what has been executed so far in place of the last run's."""
    result = []
    for line in lines:
        if line.key in counts:
            parts = tuple(
                _live(part, counts[line.key], most) if part.key == "executed" else part
                for part in line.parts
            )
            line = replace(line, parts=parts)
        result.append(line)
    return result


def _live(line: Line, counts: Counts, most: int) -> Line:
    cells = (Cell(numbers.si(count), numbers.full(count)) for count in counts)
    share = min(counts[0] / most, 1.0), min(counts[1] / most, 1.0)
    bar = share[0], min(share[1], 1.0 - share[0])
    return replace(line, cells=(line.cells[0], *cells), bar=bar, live=True)
