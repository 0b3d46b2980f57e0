"""The setting of reuse that suits an image and filters best, found by trying on a few filters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..convolve import PLAIN, convolve, predict
from ..cost import Operations
from ..geometry import Geometry
from ..layout import Layout
from ..problem import Problem, check
from .families import FAMILIES
from .lowrank import LowRank
from .lsh import LSH
from .plan import Settings
from .planning import plans_of
from .tally import Matrix

HASHES = (2, 4, 6, 8, 10, 12, 16, 24, 32)
"""Numbers of directions that are tried."""

KINDS = ("outputs", "principal")
"""Families that are tried: no others came near them in any trial of ours."""

FILTERS = 6
"""Filters that a trial is made with."""

HALVINGS = 5
"""Trials in search of a step."""


@dataclass(frozen=True)
class Trial:
    """A setting that was tried.

    Attributes
    ----------
    technique : LSH or LowRank
    psnr : float
        Expected, in decibels; estimated from a few filters.
    fraction : float
        Multiplications next to those of exact convolution, everything counted.
    """

    technique: LSH | LowRank
    psnr: float
    fraction: float


@dataclass(frozen=True)
class Choice:
    """What was chosen, and why.

    Attributes
    ----------
    technique : LSH or LowRank
    psnr, fraction : float
        What it is expected to give and to cost, as in :class:`Trial`.
    reason : str
    trials : tuple of Trial
        All that was tried.
    """

    technique: LSH | LowRank
    psnr: float
    fraction: float
    reason: str
    trials: tuple[Trial, ...]


def choose(
    image: ArrayLike,
    filters: ArrayLike,
    geometry: Geometry = PLAIN,
    *,
    budget: float | None = None,
    psnr: float | None = None,
    threads: int | None = None,
) -> Choice:
    """Picks family, hashes, step and correction for a budget or for a wanted accuracy.

    Directions come from a sample of the windows. Settings are tried on a few of the filters,
    spread evenly over how much their outputs vary; clusters are those of the whole image, so the
    cost is known exactly, the PSNR is an estimate.

    Parameters
    ----------
    image, filters, geometry, threads
        As for :func:`cyconv.convolve`.
    budget : float
        Multiplications that may be spent, as a fraction of those of exact convolution.
    psnr : float
        Decibels that are wanted, at the least cost. One of the two must be given.

    Returns
    -------
    Choice
        Where nothing tried is within the budget, or good enough: what comes nearest.

    Raises
    ------
    ValueError
        If an argument is wrong.
    """
    if (budget is None) == (psnr is None):
        raise ValueError("one of budget and psnr must be given, got both or none")
    for name, value in (("budget", budget), ("psnr", psnr)):
        if value is not None and not 0 < value < float("inf"):
            raise ValueError(f"{name} must be a finite number above 0, got {value!r}")
    problem = check(image, filters, geometry, None, None, threads, None)
    search = _Search(problem, budget, psnr, threads)
    trials = tuple(search.trials())
    best = search.better(list(trials))
    if budget is not None:
        aim = f"a budget of {budget:.1%}" + (", which nothing keeps" * (best.fraction > budget))
    else:
        aim = f"{psnr:.1f} dB" + (", which nothing reaches" * (best.psnr < (psnr or 0)))
    reason = (
        f"of {len(trials)} settings tried for {aim}, this one is expected to give "
        f"{best.psnr:.1f} dB for {best.fraction:.1%} of the multiplications"
    )
    return Choice(best.technique, best.psnr, best.fraction, reason, trials)


class _Search:
    """Tries settings: for each number of directions, the step that the aim leads to."""

    def __init__(
        self, problem: Problem, budget: float | None, psnr: float | None, threads: int | None
    ) -> None:
        self._problem, self._budget, self._psnr = problem, budget, psnr
        self._threads = threads
        sizes = problem.sizes
        self._exact = sizes.windows * sizes.filters * sizes.depth
        self._wider = 1.0
        self._few, self._spread = self._sampled()
        self._wanted = self._run(None).astype(np.float64)
        self._peak = self._wider * float(np.ptp(self._wanted))

    def _sampled(self) -> tuple[NDArray[Any], dict[str, tuple[Matrix, NDArray[np.float64]]]]:
        """Gives some filters, and for each family the directions and how far windows spread."""
        problem = self._problem
        layout = Layout(problem)
        spread = {}
        # Directions that many filters share; of several groups each has its own.
        with layout.whole(problem.runner) as rows:
            for kind in KINDS:
                settings = Settings(FAMILIES[kind], HASHES[-1], None, "projection", None, 0)
                plan = plans_of(settings, "window", problem, rows)[0]
                starts = np.linspace(0, problem.sizes.windows - 1, 512).astype(np.intp)
                width = problem.placement.output[1]
                places = starts // width * rows.row_step + starts % width
                offsets = rows.offsets.reshape(-1)[plan.span.start : plan.span.stop]
                seen = rows.values[places[:, None] + offsets].astype(np.float64)
                spread[kind] = plan.directions, (seen @ plan.directions.T).std(axis=0)
            weights = problem.filters[problem.group(0)[1]].reshape(-1, problem.sizes.depth)
            outputs = seen @ weights.T.astype(np.float64)
        if problem.sizes.groups > 1 or outputs.shape[1] <= FILTERS:
            return problem.filters, spread
        order = np.argsort(outputs.std(axis=0))
        few = order[np.linspace(0, len(order) - 1, FILTERS).astype(int)]
        # The range of all outputs, which PSNR is measured against, is wider than that of a few.
        narrow = float(np.ptp(outputs[:, few]))
        self._wider = float(np.ptp(outputs)) / narrow if narrow > 0 else 1.0
        return problem.filters[few], spread

    def _run(self, technique: LSH | LowRank | None) -> NDArray[Any]:
        problem = self._problem
        if technique is None:
            result = convolve(
                problem.image, self._few, geometry=problem.geometry, threads=self._threads
            )
        else:
            result = convolve(
                problem.image, self._few, technique, problem.geometry, threads=self._threads
            )
            self._facts = result.facts
        return result.output

    def _trial(self, technique: LSH | LowRank) -> Trial:
        """Tries a setting, with the directions that it would draw for all filters."""
        problem = self._problem
        here: LSH | LowRank = technique
        if problem.sizes.groups == 1:
            directions = self._spread[technique.family][0][: technique.hashes]
            here = replace(technique, directions=directions)
        off = self._run(here) - self._wanted
        mse = float(np.square(off).mean())
        decibels = 10 * np.log10(self._peak**2 / mse) if mse > 0 else float("inf")
        model: Operations = predict(
            technique, problem.image.shape, problem.filters.shape, problem.geometry, self._facts
        ).model
        return Trial(technique, float(decibels), model.multiplications / self._exact)

    def trials(self) -> Iterator[Trial]:
        """Gives trials of every family and number of directions that may be of use."""
        sizes, limit = self._problem.sizes, self._budget if self._budget is not None else 1.0
        each = sizes.filters // sizes.groups
        for kind in KINDS:
            most = FAMILIES[kind].at_most(sizes.depth, each)
            best: Trial | None = None
            for hashes in HASHES:
                # What projections alone take may leave nothing of the budget for clusters.
                floor = hashes / each + hashes / sizes.depth
                if best is not None and (hashes > most or floor > limit):
                    break
                made = list(self._with(min(hashes, most), kind))
                yield from made
                good = self.better([*made, *([best] if best else [])])
                # Past its best number a family gets worse and worse.
                if best is good:
                    break
                best = good

    def better(self, trials: list[Trial]) -> Trial:
        """Gives the trial that comes nearest to the aim."""
        if self._budget is not None:
            budget = self._budget
            return max(trials, key=lambda each: (
                each.fraction <= budget, each.psnr if each.fraction <= budget else -each.fraction
            ))
        wanted = self._psnr or 0
        return max(trials, key=lambda each: (
            each.psnr >= wanted, -each.fraction if each.psnr >= wanted else each.psnr
        ))

    def _with(self, hashes: int, kind: str) -> Iterator[Trial]:
        """Gives trials of so many directions, without and with clusters."""
        yield self._trial(LowRank(hashes, kind))
        yield from self._steps(hashes, kind)

    def _steps(self, hashes: int, kind: str) -> Iterator[Trial]:
        """Halves the way to the step that the aim leads to."""
        spread = float(self._spread[kind][1][0])
        low, high = np.log(spread / 64), np.log(4 * spread)
        if not np.isfinite(low):
            return
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            step = float(f"{np.exp(middle):.3g}")
            trial = self._trial(LSH(hashes, kind, step, "window", correction="projection"))
            yield trial
            finer = (
                trial.fraction <= self._budget if self._budget is not None
                else trial.psnr < (self._psnr or 0)
            )
            low, high = (low, middle) if finer else (middle, high)
