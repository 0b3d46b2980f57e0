"""Figures drawn by another process, so that drawing one holds no thread of the window up.

Matplotlib is Python, and while it draws, the window's thread waits for the interpreter again and
again. What a figure shows is worked out here by NumPy, which lets other threads run, and goes over
without being copied; what comes back is the bytes of a file.
"""

from __future__ import annotations

import atexit
import logging
import math
import pickle
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from convgui.apart import process as processes
from convgui.apart import wire
from convgui.apart.partner import Look, Partner, answer_of
from convgui.apart.process import Gone, Late, Other
from convgui.model.compute import Comparison

from .figure import planned
from .figure_layout import drawn
from .figure_options import FigureOptions
from .figure_plan import Drawn, Plan, Raster

LOG = logging.getLogger(__name__)
Answer = tuple[dict[str, Any], memoryview]
FAILURES = (Gone, Late, wire.Garbled)
START_SECONDS, SEND_SECONDS = 60.0, 60.0
OWED_SECONDS = 1.0
"""What a figure that nobody wants any more may still take; to start anew takes as long."""

MOST_BYTES = 1 << 31
TRIES = 3
"""A process may have died before it was asked, which is noticed only then; and may die twice more
over the figure."""

REASONS: dict[str, type[Exception]] = {"ValueError": ValueError, "MemoryError": MemoryError}
LOST = "The figure could not be drawn: the process that draws figures ended."


class NotDrawn(ValueError):
    """Says in one sentence that there is no figure."""


class Drawer(Partner):
    """Draws figures in another process; starts it again when it has died.

    Any thread may ask; one figure is drawn at a time. Where the system can't have it like that,
    figures are drawn in this process.
    """

    def __init__(self) -> None:
        super().__init__("convgui.export.figure_child")

    def render(
        self, comparison: Comparison, format: str, options: FigureOptions | None = None,
        progress: Callable[[Any], object] | None = None,
    ) -> bytes:  # fmt: skip
        """Gives the figure of a comparison as the bytes of a file; see :meth:`draw`."""
        return self.draw(comparison, format, options, progress).data

    def draw(
        self, comparison: Comparison, format: str, options: FigureOptions | None = None,
        progress: Callable[[Any], object] | None = None, raster: bool = False,
    ) -> Drawn:  # fmt: skip
        """Gives the figure of a comparison, as :func:`convgui.export.figure.draw` does.

        Parameters
        ----------
        comparison, format, options
            As there.
        progress : callable, optional
            Called with None every few hundredths of a second; what it raises gives the figure up.
        raster : bool
            Whether the picture that a PNG holds is wanted, too.

        Raises
        ------
        ValueError
            As there; and if the process died over the figure, again and again.
        """

        def look() -> None:
            if progress is not None:
                progress(None)

        plan = planned(comparison, format, options, look)
        answer = self._elsewhere(plan, format, raster, look) if processes.POSSIBLE else None
        return drawn(plan, format, raster) if answer is None else _understood(*answer)

    def _elsewhere(self, plan: Plan, format: str, raster: bool, look: Look) -> Answer | None:
        """Gives what the other process answers, None if there is none to be had."""
        with self._alone(look):
            try:
                for _ in range(TRIES):
                    try:
                        process = self._ready(look)
                    except (OSError, *FAILURES) as problem:
                        LOG.error("There is no process to draw figures: %s", problem)
                        self._give_up()
                        return None
                    try:
                        return self._asked(process, plan, format, raster, look)
                    except FAILURES as problem:
                        LOG.error("The process that draws figures failed: %r", problem)
                        self._give_up()
            except BaseException:
                # Not wanted any more. It is quicker to let a figure be drawn to its end, for
                # nobody, than to start anew; but half a question, or answer, can't be left there.
                if self._process is not None and not self._process.owed:
                    self._give_up()
                raise
        raise NotDrawn(LOST)

    def _ready(self, look: Look) -> Other:
        """Gives the process when it can be asked, what it still owes thrown away."""
        process = self._started()
        if process.ready and not process.owed:
            return process
        patience = OWED_SECONDS if process.ready else START_SECONDS
        try:
            _taken(process, time.monotonic() + patience, look)
        except FAILURES:
            self._give_up()
            if not process.ready:
                raise
            return self._ready(look)
        process.ready = True
        return process

    def _asked(
        self, process: Other, plan: Plan, format: str, raster: bool, look: Look
    ) -> Answer:
        buffers: list[pickle.PickleBuffer] = []
        pickled = pickle.dumps(plan, 5, buffer_callback=buffers.append)
        parts = [memoryview(pickled), *(each.raw() for each in buffers)]
        sizes = [part.nbytes for part in parts]
        words = {"format": format, "raster": raster, "sizes": sizes}
        head = wire.pack(words, sum(sizes))
        for part in (head, *parts):
            process.send(part, time.monotonic() + SEND_SECONDS, look)
        return _taken(process, math.inf, look)


def _taken(process: Other, until: float, look: Look) -> Answer:
    """Takes the answer that comes next; it stays owed if what is raised is raised before it."""
    process.owed = True
    process.wait(until, look)
    process.owed = False
    words, follows = answer_of(process, until, look)
    if follows > MOST_BYTES:
        raise wire.Garbled(f"{follows} bytes of a figure")
    # Not one of Python's own: to fill it with zeros would hold other threads up.
    data = np.empty(follows, np.uint8).data
    process.receive(data, until, look)
    return words, data


def _understood(words: dict[str, Any], data: memoryview) -> Drawn:
    """Gives the figure of an answer, or raises what kept it from being drawn."""
    if "reason" in words:
        problem = REASONS.get(str(words.get("kind")), RuntimeError)(str(words["reason"]))
        problem.add_note(str(words.get("trace")))
        raise problem
    width, height = (words.get(key) for key in ("width_mm", "height_mm"))
    if not (isinstance(width, float) and isinstance(height, float)):
        raise NotDrawn(LOST)
    if (sides := words.get("raster")) is None:
        return Drawn(bytes(data), width, height)
    match sides:
        case [int(columns), int(rows)] if columns > 0 and rows > 0:
            end = len(data) - 4 * columns * rows
        case _:
            end = 0
    if end <= 0:
        raise NotDrawn(LOST)
    return Drawn(bytes(data[:end]), width, height, Raster(columns, rows, data[end:]))


DRAWER = Drawer()
atexit.register(DRAWER.close)
