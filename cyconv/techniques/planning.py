"""Plans of all spans of a run, made from a sample of its windows."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..layout import Rows
from ..problem import Problem
from .clustering import offsets_of
from .plan import Plan, Settings, make, sample
from .spans import spans_of
from .tally import Tally


def plans_of(
    settings: Settings, scope: str | int, problem: Problem, rows: Rows
) -> tuple[Plan, ...]:
    """Gives the plan of every span; what they take is counted as "set-up"."""
    tally, sizes = Tally(), problem.sizes
    starts: NDArray[np.intp] | None = None
    if settings.looks:
        windows = sample(sizes.windows, settings.seed)
        width = problem.placement.output[1]
        windows = rows.raster(windows)
        starts = windows // width * rows.row_step + windows % width
    extent = _extent(problem) if settings.step is not None else (0.0, 0.0)
    plans = []
    drawn: dict[int, NDArray[np.float64]] = {}
    for span in spans_of(scope, sizes):
        seen: NDArray[Any] | None = None
        if starts is not None:
            places = starts[:, None] + offsets_of(rows, span, sizes.depth)
            seen = rows.values.take(places).astype(np.float64)
            if problem.image.dtype != np.uint8:
                # A window with something in it that is no number tells nothing of directions.
                seen[~np.isfinite(seen).all(axis=1)] = 0
        plans.append(make(settings, problem, span, seen, extent, drawn, tally))
    if settings.sets_up:
        problem.runner.count([tally.part()])
    return tuple(plans)


def _extent(problem: Problem) -> tuple[float, float]:
    """Gives the least and the largest pixel there may be, padding included."""
    if problem.image.dtype == np.uint8:
        return 0.0, 255.0
    return min(0.0, float(problem.image.min())), max(0.0, float(problem.image.max()))
