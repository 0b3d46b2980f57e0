"""This side of a process: it is started when it is wanted, and again when it has died."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from convgui.apart import process as processes
from convgui.apart import wire
from convgui.apart.process import TICK, Other

Look = Callable[[], object]


class Partner:
    """A process that answers one question after another; any thread may ask.

    Parameters
    ----------
    module : str
        As :class:`~convgui.apart.process.Other` takes it.
    """

    def __init__(self, module: str) -> None:
        self._module = module
        self._lock = threading.Lock()
        self._process: Other | None = None

    def start(self) -> None:
        """Starts the process, so that it is ready when it is first asked; never waits."""
        # Whoever holds the lock is asking, and has started it.
        if processes.POSSIBLE and self._lock.acquire(blocking=False):
            try:
                with suppress(OSError):
                    self._started()
            finally:
                self._lock.release()

    def close(self) -> None:
        """Ends the process."""
        with self._lock:
            self._give_up()

    @property
    def process(self) -> int | None:
        """The system's number for the process, None where there is none."""
        return None if self._process is None else self._process.id

    @contextmanager
    def _alone(self, look: Look) -> Iterator[None]:
        """Waits until nobody else asks; ``look`` is called meanwhile and may raise."""
        while not self._lock.acquire(timeout=TICK):
            look()
        try:
            yield
        finally:
            self._lock.release()

    def _started(self) -> Other:
        if self._process is not None and not self._process.alive():
            self._give_up()
        if self._process is None:
            self._process = Other(self._module)
        return self._process

    def _give_up(self) -> None:
        if self._process is not None:
            process, self._process = self._process, None
            process.end()


def answer_of(process: Other, until: float, look: Look) -> tuple[dict[str, Any], int]:
    """Gives the words that a process answers, and how many bytes come behind them.

    Raises
    ------
    Gone, Late
        As :meth:`convgui.apart.process.Other.receive` says.
    Garbled
        If it is no answer.
    """
    head = bytearray(wire.HEAD.size)
    process.receive(memoryview(head), until, look)
    length, follows = wire.lengths(bytes(head))
    text = bytearray(length)
    process.receive(memoryview(text), until, look)
    return wire.words_of(bytes(text)), follows
