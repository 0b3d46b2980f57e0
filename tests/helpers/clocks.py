"""How long something took by itself, whatever else the machine has to do."""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence

TRIES = 12
"""What a program does comes back at every try; what a full machine does to it, does not."""


Moment = tuple[float, float]
"""By two clocks: one of this thread and one of the whole process."""


def moment() -> Moment:
    """Gives now, by clocks that stand still while others have the cores.

    The first leaves out for how long this thread was ready to run and did not, which Linux counts;
    elsewhere it is any clock. The second goes on while any thread of the process computes.
    """
    try:
        with open("/proc/thread-self/schedstat", encoding="ascii") as file:
            waited = int(file.read().split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        waited = 0.0
    return time.monotonic() - waited, time.process_time()


def between(before: Moment, after: Moment) -> float:
    """Gives the seconds that the program itself took, by the clock that counts fewer.

    The first counts what threads that this one waits for wait for a core themselves. The second
    does not, but counts more than has gone by where two threads compute at once.
    """
    return min(later - earlier for earlier, later in zip(before, after, strict=True))


def longest(moments: Sequence[Moment]) -> float:
    """Gives the longest time from one to the next."""
    return max(itertools.starmap(between, itertools.pairwise(moments)))
