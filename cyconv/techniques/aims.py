"""What is wanted of a setting of reuse, and how near a trial comes to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .exact import Exact
from .lowrank import LowRank
from .lsh import LSH

Reuse = LSH | LowRank

NEAR_BUDGET, NEAR_PSNR = 0.03, 0.1
"""A share of the budget left over, and decibels to spare, that end the search of a step."""

ROUNDING = 120.0
"""Decibels that nothing is expected to exceed but exact convolution: float32 rounds about there."""

MOST_GAIN = 300.0
"""Decibels beyond those of one cluster that are as good as any more."""

TINY = 1e-12
"""A share of exact convolution that is as good as none."""


@dataclass(frozen=True)
class Trial:
    """A setting that was tried.

    Attributes
    ----------
    technique : LSH, LowRank or Exact
    psnr : float
        Expected, in decibels; estimated from a sample of the windows.
    error : float
        Standard error of ``psnr`` for the sample, in decibels.
    fraction : float
        Multiplications next to those of exact convolution, everything counted: those that a
        run will execute, as clusters are numbered in the whole image.
    """

    technique: Reuse | Exact
    psnr: float
    error: float
    fraction: float


@dataclass(frozen=True)
class Aim:
    """What is wanted: to keep a budget, or to reach an accuracy; the other one is None."""

    budget: float | None
    psnr: float | None

    def met(self, trial: Trial) -> bool:
        """Tells whether a trial keeps the budget, or is good enough."""
        if self.budget is not None:
            return trial.fraction <= self.budget
        return trial.psnr >= (self.psnr or 0.0)

    def __str__(self) -> str:
        return f"{self.psnr:.1f} dB" if self.budget is None else f"a budget of {self.budget:.1%}"

    def misses(self, trial: Trial) -> str:
        """Gives words for missing a budget; none where it is kept. Exact is always good enough."""
        kept = self.budget is None or trial.fraction <= self.budget
        return "" if kept else ", which nothing keeps"

    def merit(self, trial: Trial) -> tuple[bool, float]:
        """Gives what the better trial has more of; one that misses is the better the nearer."""
        met = self.met(trial)
        return met, trial.psnr if met == (self.budget is not None) else -trial.fraction

    def better(self, trials: list[Trial]) -> Trial:
        """Gives the trial that comes nearest to the aim."""
        return max(trials, key=self.merit)

    def measure(self, trial: Trial, floor: Trial) -> float:
        """Gives what goes about evenly with the logarithm of the step, and is larger for finer.

        The odds of a window to be a cluster by itself, from the multiplications beyond those of
        ``floor``, one cluster; or how many times as good as that one outputs are, less one: both
        as logarithms.
        """
        if self.budget is not None:
            return self._odds(trial.fraction, floor)
        return self._gain(trial.psnr, floor)

    def target(self, floor: Trial) -> float:
        """Gives what :meth:`measure` should come to: the middle of what is :meth:`near`."""
        if self.budget is not None:
            return self._odds((1 - NEAR_BUDGET / 2) * self.budget, floor)
        return self._gain((self.psnr or 0.0) + NEAR_PSNR / 2, floor)

    def _odds(self, fraction: float, floor: Trial) -> float:
        remaining = min(max(fraction - floor.fraction, TINY), 1 - TINY)
        return float(np.log(remaining / (1 - remaining)))

    def _gain(self, psnr: float, floor: Trial) -> float:
        times = min(psnr - floor.psnr, MOST_GAIN) * np.log(10) / 10
        return float(np.log(max(np.expm1(times), TINY)))

    def near(self, trial: Trial) -> bool:
        """Tells whether a trial meets the aim with hardly anything to spare."""
        if self.budget is not None:
            return (1 - NEAR_BUDGET) * self.budget <= trial.fraction <= self.budget
        return 0 <= trial.psnr - (self.psnr or 0.0) <= NEAR_PSNR
