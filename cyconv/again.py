"""A layer that is run again on other pixels, neither checked nor planned anew.

A kernel that has swept the caches leaves nothing of Python's there: what comes before and after
it in a call then takes 140 us in place of 25, a tenth of a small layer's time. What a call with
prepared filters found out is kept with them, and holds for the next one that differs in its
pixels alone.
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeGuard

import numpy as np
from numpy.typing import NDArray

from . import direct
from .bands import height_forced
from .cost import Operations, dot_products
from .facts import Facts
from .geometry import Geometry
from .isa import isa
from .layout import plain
from .memory import CACHE_LINE, Ledger
from .pool import together
from .problem import Problem
from .techniques.exact import Exact
from .techniques.technique import Technique

KEPT_BYTES = 1024 * 1024
"""Scratch memory that is kept for the next run, at the most; more of it is had anew each time."""


class Share(NamedTuple):
    """What a thread writes to beside the output, as :func:`direct.call` takes it."""

    room: NDArray[Any] | None
    packed: NDArray[Any] | None
    made: NDArray[np.intp]


class Scratch(NamedTuple):
    """What the threads of a run write to beside the output, and what they go by."""

    shares: tuple[Share, ...]
    following: NDArray[np.intp]
    stop: NDArray[np.intc]

    @classmethod
    def of(cls, plan: direct.Plan, real: np.dtype[Any], threads: int) -> Scratch:
        """Gives what a plan's kernel needs."""
        # Counts share no cache line.
        following, *made = np.zeros((threads + 1, CACHE_LINE // 8), np.intp)
        ledger = Ledger()

        def values(count: int) -> NDArray[Any] | None:
            return ledger.array(count, real) if count else None

        shares = tuple(Share(values(plan.room), values(plan.packed), each) for each in made)
        return cls(shares, following, np.zeros(1, np.intc))


class _Lie(NamedTuple):
    """How an array lies in memory."""

    shape: tuple[int, ...]
    strides: tuple[int, ...]
    dtype: np.dtype[Any]
    aligned: bool

    @classmethod
    def of(cls, array: NDArray[Any]) -> _Lie:
        return cls(array.shape, array.strides, array.dtype, array.flags.aligned)

    def has(self, array: object) -> TypeGuard[NDArray[Any]]:
        """Tells whether something is an array, none of the kinds derived from it, that lies so."""
        return (
            type(array) is np.ndarray
            and array.shape == self.shape
            and array.strides == self.strides
            and array.dtype is self.dtype
            and array.flags.aligned == self.aligned
        )


class Again:
    """What one call found out, for those like it.

    Parameters
    ----------
    problem : Problem
        Of a call that has run directly, without bias and progress.
    technique : Exact
    output : M x O_h x O_w
        Where that call wrote.
    threads : int or None
        As asked for.

    Attributes
    ----------
    technique, facts, held_bytes
        As of the result.
    """

    def __init__(
        self, problem: Problem, technique: Exact, output: NDArray[Any], threads: int | None
    ) -> None:
        self.technique, self.facts = technique, Facts("direct")
        self.held_bytes = problem.ledger.most
        self._image, self._out = _Lie.of(problem.image), _Lie.of(output)
        self._real = problem.real
        self._threads, self._geometry = threads, problem.geometry
        self._level, self._forced = isa(), height_forced()
        self._plan, self._rows = direct.plan(problem), problem.output.shape
        self._sharing = problem.runner.sharing(self._plan.units, direct.weight(problem.sizes))
        self._weights = direct.weights(problem, self._plan)
        self._executed, self._depth = problem.runner.executed, problem.sizes.depth
        self._idle: list[Scratch] = []

    def attempt(
        self, image: object, technique: object, geometry: object, out: object, threads: object
    ) -> tuple[NDArray[Any], Operations] | None:
        """Writes ``out``, and gives it and what that took, where only pixels differ; else None."""
        # All looks are short ones, at what is near: see above.
        if not (
            (threads is self._threads or (type(threads) is int and threads == self._threads))
            and (
                geometry is self._geometry
                or (type(geometry) is Geometry and geometry == self._geometry)
            )
            and type(technique) is Exact
            and technique.path == self.technique.path
            and self._image.has(image)
            and self._out.has(out)
            and out.flags.writeable
            and self._level == isa()
            and self._forced == height_forced()
        ) or np.may_share_memory(image, out):
            return None
        return out, self._run(image, out)

    def _run(self, image: NDArray[Any], out: NDArray[Any]) -> Operations:
        """Writes ``out``; gives what it took."""
        try:
            scratch = self._idle.pop()
        except IndexError:  # the first run, or another caller has it
            scratch = Scratch.of(self._plan, self._real, self._sharing)
        shares, following, stop = scratch
        following.fill(0)
        for share in shares:
            share.made.fill(0)
        rows = out.reshape(self._rows)

        def work(index: int) -> None:
            room, packed, made = shares[index]
            direct.call(
                self._plan, image, rows, room, packed, self._weights, None, following, made, stop
            )

        if self._sharing == 1:
            work(0)
        else:
            together(work, self._sharing)
        if self.held_bytes <= KEPT_BYTES:
            self._idle.append(scratch)
        return self._counted(sum([share.made.item(0) for share in shares]))

    def _counted(self, made: int) -> Operations:
        """Gives what so many outputs took: as a rule what they took before."""
        filters, windows = self._rows
        if made == filters * windows:
            return self._executed
        return Operations((dot_products("convolution", made, self._depth),))


def after(
    problem: Problem, technique: Technique, facts: Facts, output: NDArray[Any],
    threads: int | None,
) -> Again | None:
    """Gives what a call found out, or None where others could not go by it."""
    if (
        type(output) is not np.ndarray or not plain(output, problem.real)
        or type(technique) is not Exact or facts.path != "direct" or problem.bias is not None
        or problem.prepared is None or problem.runner.progress is not None
    ):
        return None
    return Again(problem, technique, output, threads)
