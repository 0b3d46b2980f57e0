"""Plans of all spans of a run, made from a sample of its windows."""

from __future__ import annotations

from math import gcd
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..isa import kernels
from ..layout import Rows
from ..problem import Problem
from .clustering import offsets_of
from .plan import Plan, Settings, make, sample
from .spans import Span, spans_of
from .tally import Tally


def plans_of(
    settings: Settings, scope: str | int, problem: Problem, rows: Rows
) -> tuple[Plan, ...]:
    """Gives the plan of every span; what they take is counted as "set-up"."""
    tally, sizes = Tally(), problem.sizes
    windows = rows.raster(sample(sizes.windows, settings.seed)) if settings.looks else None
    extent = _extent(problem) if settings.step is not None else (0.0, 0.0)
    plans = []
    drawn: dict[int, NDArray[np.float64]] = {}
    for span in spans_of(scope, sizes):
        seen = _seen(problem, rows, span, windows) if windows is not None else None
        # The sample, and what is made of it.
        with problem.ledger.holding(0 if seen is None else 3 * seen.nbytes):
            plans.append(make(settings, problem, span, seen, extent, drawn, tally))
    if settings.sets_up:
        problem.runner.count([tally.part()])
    return tuple(plans)


def _seen(
    problem: Problem, rows: Rows, span: Span, windows: NDArray[np.intp]
) -> NDArray[Any]:
    """Gives some windows, a row each: each of them is the mean of a cluster of its own."""
    offsets = offsets_of(rows, span, problem.sizes.depth)
    seen = np.empty((len(windows), span.length), problem.real)
    kernels().tables.means(
        rows.values, offsets, gcd(rows.run, span.start, span.stop), rows.row_step,
        problem.placement.output[1], windows.astype(np.int32),
        np.arange(len(windows) + 1, dtype=np.int32), 0, len(windows), 1,
        np.empty(8 * span.length), seen.T, np.zeros(1, np.intc),
    )
    if problem.image.dtype != np.uint8:
        # A window with something in it that is no number tells nothing of directions.
        seen[~np.isfinite(seen).all(axis=1)] = 0
        return seen.astype(np.float64)
    return seen


def _extent(problem: Problem) -> tuple[float, float]:
    """Gives the least and the largest pixel there may be, padding included."""
    if problem.image.dtype == np.uint8:
        return 0.0, 255.0
    return min(0.0, float(problem.image.min())), max(0.0, float(problem.image.max()))
