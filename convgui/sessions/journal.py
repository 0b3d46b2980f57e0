"""The finished runs of a session, the oldest first: named, pinned, deleted, and never too many."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

from convgui.sessions.document import Run

MOST_RUNS = 200
MOST_WEIGHTS = 1 << 21
"""Numbers in all the different weights of a history."""


@dataclass(frozen=True, eq=False)
class Journal:
    """The runs that are kept, and which two are compared as A and B.

    At most `MOST_RUNS` runs are kept, and so many that their weights are `MOST_WEIGHTS` numbers
    at most: with its thumbnail of up to 16 kB, a history thus takes less than 100 MB, mostly far
    less. The oldest run that has neither a name nor a pin goes first.

    Attributes
    ----------
    runs : tuple of Run
    pinned : (int, int)
        Numbers of the runs; 0 for none.
    last : int
        The highest number that was ever given.
    """

    runs: tuple[Run, ...] = ()
    pinned: tuple[int, int] = (0, 0)
    last: int = 0

    @classmethod
    def of(cls, runs: tuple[Run, ...], pinned: tuple[int, int]) -> Journal:
        """Give the journal of runs that were kept in a file."""
        return cls(runs, pinned, max((run.number for run in runs), default=0))

    def find(self, number: int) -> Run | None:
        """Give the run with a number."""
        return next((run for run in self.runs if run.number == number), None)

    def may_go(self, number: int) -> bool:
        """Tell whether a run is there that has neither a name nor a pin."""
        run = self.find(number)
        return run is not None and not run.name and number not in self.pinned

    def before(self, number: int) -> Run | None:
        """Give the run before one, if there is any."""
        earlier = [run for run in self.runs if run.number < number]
        return earlier[-1] if earlier else None

    def added(self, run: Run, *, instead: int = 0) -> Journal:
        """Give the journal with one more run, in place of the run ``instead`` if that may go."""
        runs = self.runs
        if self.may_go(instead):
            runs = tuple(each for each in runs if each.number != instead)
        last = max(self.last, run.number)
        return replace(self, runs=(*runs, run), last=last)._bounded(run)

    def with_run(self, run: Run) -> Journal:
        """Give the journal with a run back in its place, or in place of the one of its number."""
        others = [each for each in self.runs if each.number != run.number]
        runs = tuple(sorted([*others, run], key=lambda each: each.number))
        return replace(self, runs=runs)._bounded(run)

    def without(self, number: int) -> Journal:
        """Give the journal without a run, and without its pins."""
        a, b = (0 if pin == number else pin for pin in self.pinned)
        runs = tuple(each for each in self.runs if each.number != number)
        return replace(self, runs=runs, pinned=(a, b))

    def with_pin(self, place: int, number: int) -> Journal:
        """Give the journal with a run pinned as A (0) or B (1); the same again takes it off."""
        pins = [0 if pin == number else pin for pin in self.pinned]
        pins[place] = 0 if self.pinned[place] == number else number
        return replace(self, pinned=(pins[0], pins[1]))

    def _bounded(self, wanted: Run) -> Journal:
        """Gives as many of the runs as may be kept, the one that is wanted among them."""
        runs = list(self.runs)
        while len(runs) > 1 and (len(runs) > MOST_RUNS or _numbers(runs) > MOST_WEIGHTS):
            others = [each for each in runs if each is not wanted]
            plain = (each for each in others if not each.name and each.number not in self.pinned)
            runs.remove(next(plain, others[0]))
        kept = {each.number for each in runs}
        a, b = (pin if pin in kept else 0 for pin in self.pinned)
        return replace(self, runs=tuple(runs), pinned=(a, b))


def _numbers(runs: list[Run]) -> int:
    """Give how many numbers the weights of runs are, those that are shared counted once."""
    different = {id(run.session.weights): run.session.weights for run in runs}
    return sum(_count(weights) for weights in different.values())


def _count(weights: Any) -> int:
    shape = []
    while isinstance(weights, tuple):
        shape.append(len(weights))
        weights = weights[0]
    return math.prod(shape) if shape else 0
