"""How long something took by itself, whatever else the machine has to do."""

from __future__ import annotations

import time

TRIES = 12
"""What a program does comes back at every try; what a full machine does to it, does not."""


def own_seconds() -> float:
    """Gives a clock that stands still while this thread waits for a core that others have.

    Linux counts how long a thread was ready to run and did not; elsewhere this is any clock. What
    a thread waits for by itself (a lock, a file, a sleep) goes by on it as on any other.
    """
    try:
        with open("/proc/thread-self/schedstat", encoding="ascii") as file:
            waited = int(file.read().split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        waited = 0.0
    return time.monotonic() - waited


class Stopwatch:
    """Counts from when it is made, by the clock that was kept from running the least.

    While this thread waits for others, :func:`own_seconds` counts what those wait for a core. The
    time for which the whole process computed does not, but is more than has gone by where two
    threads compute at once.
    """

    def __init__(self) -> None:
        self._begun = own_seconds(), time.process_time()

    def taken(self) -> float:
        """Gives the seconds until now."""
        now = own_seconds(), time.process_time()
        return min(after - before for after, before in zip(now, self._begun, strict=True))
