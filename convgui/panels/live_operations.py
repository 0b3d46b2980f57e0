"""What each technique has executed so far, from progress that counts all of them together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from convgui.model import numbers
from convgui.widgets.sheet_lines import Cell, Line

if TYPE_CHECKING:
    from convgui.model.compute import Progress

Counts = tuple[int, int]
EXECUTED = "executed"


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


def raised(line: Line, counts: Counts, most: int) -> Line:
    """Gives a technique's "executed" line with what has been executed so far."""
    executed = next(part for part in line.parts if part.key == EXECUTED)
    cells = (Cell(numbers.si(count), numbers.full(count)) for count in counts)
    strong = min(counts[0] / most, 1.0)
    bar = strong, min(counts[1] / most, 1.0 - strong)
    return replace(executed, cells=(executed.cells[0], *cells), bar=bar, live=True)
