"""What a row of the scorecard is, and how it counts what it tried and what failed.

What is wrong, stale, left over, a crash, an exception or a warning fails a row in every run of it.
Limits in time and memory are the whole scorecard's: it has the machine to itself. The quick shares
run among all the other tests, on whatever machine that is, where 0.1 s says nothing; they print
what was measured, and fail only beyond ten times the limit, which is something that hangs or grows
without end (see :meth:`Score.over`).
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
HELPERS = str(HERE.parent / "helpers")
FULL, LENIENCE = 0.2, 10.0
"""The share from which limits are meant as they stand, and how many times as much is let pass
below it."""
MOST_TOLD = 40
"""Failures that are kept as text; the others are only counted."""


@dataclass
class Score:
    """Counts the cases of one row.

    Parameters
    ----------
    share : float
        How much of the whole row is run: 1 for all of it.
    seed : int
        Where everything random begins: the same seed makes the same cases.
    """

    share: float = 1.0
    seed: int = 0
    cases: int = 0
    failed: int = 0
    failures: list[str] = field(default_factory=list)
    figures: dict[str, str] = field(default_factory=dict)

    def part(self, whole: int, least: int = 1) -> int:
        """Gives how many of ``whole`` cases this run tries."""
        return max(min(least, whole), round(whole * self.share))

    def case(self, failure: str | None = None) -> None:
        """Counts one case, and what was wrong with it."""
        self.cases += 1
        if failure:
            self.failed += 1
            if len(self.failures) < MOST_TOLD:
                self.failures.append(failure)

    def most(self, limit: float) -> float:
        """Gives what a limit of the whole scorecard lets pass in this run."""
        return limit if self.share >= FULL else LENIENCE * limit

    def over(self, value: float, limit: float, unit: str = "s") -> str:
        """Gives in words that a measured value is over its limit, nothing where it is not.

        Parameters
        ----------
        value, limit : float
            What was measured, and what the whole scorecard lets it be; a quick share lets it be ten
            times that. Infinity is over any limit.
        unit : str
            Of both of them.
        """
        most = self.most(limit)
        return "" if value <= most else f"{value:.3g} {unit} is over {most:.3g} {unit}"

    def check(self, holds: bool, otherwise: str) -> None:
        """Counts one case that is well where ``holds``."""
        self.case(None if holds else otherwise)

    def figure(self, name: str, value: str) -> None:
        """Keeps a figure that is printed beside the counts, with its unit."""
        self.figures[name] = value


@dataclass(frozen=True)
class Row:
    """One line of the scorecard; each stands in a file ``row_NN_name.py`` as ``ROW``.

    Parameters
    ----------
    number : int
        Its place on the scorecard.
    title : str
        What is tried, in some words.
    run : callable
        Tries the share that the score asks for, and counts in it.
    quick : float
        The share that every run of the tests takes: some ten seconds.
    alone : bool
        Whether it looks at moments so short that another row beside it would be seen in them.
    """

    number: int
    title: str
    run: Callable[[Score], None]
    quick: float = 0.05
    alone: bool = False


def row_files() -> dict[int, Path]:
    """Gives the rows' files by their numbers."""
    return {int(path.stem.split("_")[1]): path for path in sorted(HERE.glob("row_*.py"))}


def load_row(number: int) -> Row:
    """Imports the file of a row, and only that one."""
    if HELPERS not in sys.path:
        sys.path.append(HELPERS)
    row = importlib.import_module(row_files()[number].stem).ROW
    assert isinstance(row, Row)
    assert row.number == number
    return row
