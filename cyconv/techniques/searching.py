"""The search for a setting of reuse: hashes and step, led by a budget or by a wanted accuracy."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from ..convolve import convolve
from ..cost import Sizes
from ..facts import Facts
from ..geometry import Geometry
from ..problem import Problem
from .aims import ROUNDING, Aim, Reuse, Trial
from .exact import Exact
from .expecting import Expecting
from .families import FAMILIES
from .lowrank import LowRank
from .lsh import LSH
from .spans import spans_of, values_together

KINDS = ("outputs", "principal")
"""Families that are tried: no others came near them in any trial of ours."""

HASHES = (1, 2, 3, 4, 6, 8, 11, 14, 18, 24, 32)
"""Numbers of directions that are tried with clusters at first; then those beside the best."""

MIDDLE = 6
"""The first of them that is tried."""

HINTS = 3
"""Families with their scopes that are looked at in the whole of a large image."""

STEPS = 5
"""Trials in search of a step, at the most."""

FINEST, COARSEST = 1 / 128, 8.0
"""Steps that are looked at, next to how far windows spread along the first direction."""

SLOPE = -1.8
"""What a step e times as wide does at first guess to :meth:`Aim.measure`; later guesses go by what
was found."""

BLOCK = 16
"""Filters whose exact outputs are looked at together."""


def peak(problem: Problem) -> float:
    """Gives the range of the exact outputs, which PSNR is measured against.

    Ranges of a sample are always too narrow, so all outputs are looked at, a few filters at
    a time: that costs as much as one exact convolution.
    """
    low, high = np.inf, -np.inf
    geometry = problem.geometry
    alone = Geometry(geometry.stride, geometry.padding, geometry.dilation)
    for group in range(problem.sizes.groups):
        channels, members = problem.group(group)
        for first in range(members.start, members.stop, BLOCK):
            weights = problem.filters[first : min(first + BLOCK, members.stop)]
            output = convolve(
                problem.image[channels], weights, geometry=alone,
                threads=problem.runner.threads, progress=problem.runner.progress,
            ).output
            low, high = min(low, float(output.min())), max(high, float(output.max()))
    return high - low


class Search:
    """Tries settings: numbers of directions, and for each the step that the aim leads to.

    Parameters
    ----------
    sizes : Sizes
    expecting : Expecting
    aim : Aim
    peak : float
        What PSNR is measured against.
    share : float
        How much of the set-up counts: of a part of an image as much as the part is of it.
    begun : callable
        Called ahead of every trial.
    """

    def __init__(
        self, sizes: Sizes, expecting: Expecting, aim: Aim, peak: float, share: float = 1.0,
        begun: Callable[[], object] = lambda: None,
    ) -> None:
        self._begun = begun
        self._share = share
        self._sizes, self._expecting, self.aim, self._peak = sizes, expecting, aim, peak
        self._exact = sizes.windows * sizes.filters * sizes.depth
        self.made: list[Trial] = []

    @property
    def best(self) -> Trial:
        """The trial that comes nearest to the aim."""
        return self.aim.better(self.made)

    def run(self, hints: Sequence[LSH] = ()) -> None:
        """Tries whatever may be of use; exact convolution is what all else has to beat.

        With ``hints``, clusters are tried about these only.
        """
        self.made.append(Trial(Exact(), float("inf"), 0.0, 1.0))
        for kind in KINDS:
            self._projections(kind)
        for hint in hints:
            self._clusters(hint.family, str(hint.scope), hint)
        if hints:
            return
        scopes = ("window", "channel")
        for kind, scope in itertools.product(KINDS, scopes[: 1 + (self._channels > 1)]):
            self._clusters(kind, scope)

    def hints(self) -> list[LSH]:
        """Gives the best setting with clusters of each family and scope, of the best of these."""
        best: dict[tuple[str, str | int], Trial] = {}
        for trial in self.made:
            if isinstance(trial.technique, LSH):
                key = trial.technique.family, trial.technique.scope
                best[key] = self.aim.better([trial, best.get(key, trial)])
        found = sorted(best.values(), key=self.aim.merit, reverse=True)[:HINTS]
        return [each.technique for each in found if isinstance(each.technique, LSH)]

    def trial(self, technique: Reuse, expecting: Expecting | None = None) -> Trial:
        """Tries a setting."""
        self._begun()
        expected = (expecting or self._expecting).of(technique)
        psnr, error = float("inf"), 0.0
        if expected.mse > 0:
            psnr = float(10 * np.log10(self._peak**2 / expected.mse)) if self._peak > 0 else 0.0
            error = float(10 / np.log(10) * expected.error / expected.mse)
        # Where every window is a cluster by itself, rounding is what is left.
        psnr = min(psnr, ROUNDING)
        fraction = self._cost(technique, expected.facts)
        made = Trial(technique, psnr, error, fraction)
        self.made += [made] if expecting is None else []
        return made

    def _cost(self, technique: Reuse, facts: Facts) -> float:
        parts = technique.predict(self._sizes, facts).model.parts
        spent = sum(
            each.multiplications * (self._share if each.name == "set-up" else 1) for each in parts
        )
        return spent / self._exact

    @property
    def _channels(self) -> int:
        return self._sizes.channels // self._sizes.groups

    def _most(self, kind: str, scope: str) -> int:
        each = self._sizes.filters // self._sizes.groups
        together = values_together(scope, self._sizes)
        return min(HASHES[-1], FAMILIES[kind].at_most(together, each))

    def _projections(self, kind: str) -> None:
        """Halves the way to the number of directions that are enough by themselves."""
        low, high = 1, self._most(kind, "window")
        while low <= high:
            middle = (low + high) // 2
            tried = self.trial(LowRank(middle, kind))
            more = self.aim.met(tried) == (self.aim.budget is not None)
            low, high = (middle + 1, high) if more else (low, middle - 1)

    def _clusters(self, kind: str, scope: str, hint: LSH | None = None) -> None:
        """Tries numbers of directions with clusters: up and down from a middle one, as long as
        they get better, then those beside the best; with a hint only from there on."""
        best: dict[int, Trial] = {}
        most = self._most(kind, scope)

        def better(hashes: int) -> bool | None:
            """Tells whether so many directions are better than all before; None where they can't
            be."""
            before = self.aim.better(list(best.values())) if best else None
            near = min(best, key=lambda each: abs(each - hashes), default=None)
            guess = getattr(hint if near is None else best[near].technique, "step", None)
            found = list(self._steps(hashes, kind, scope, guess))
            if not found:
                return None
            best[hashes] = self.aim.better(found)
            return before is None or self.aim.merit(best[hashes]) > self.aim.merit(before)

        start = MIDDLE if scope == "window" else MIDDLE / self._channels
        known = sorted({min(each, most) for each in HASHES})
        if hint is not None:
            start, known = hint.hashes, [hint.hashes]
        middle = min(known, key=lambda each: abs(each - start))
        better(middle)
        # Past its best number a family gets worse and worse; fewer may be cheap enough yet.
        for hashes in [each for each in known if each > middle]:
            if not better(hashes):
                break
        for hashes in [each for each in known[::-1] if each < middle]:
            if better(hashes) is False:
                break
        going = bool(best)
        while going:
            top = max(best, key=lambda each: self.aim.merit(best[each]))
            beside = [each for each in (top - 1, top + 1) if each not in best and 0 < each <= most]
            going = any([better(each) for each in beside])

    def _steps(
        self, hashes: int, kind: str, scope: str, guess: float | None
    ) -> Iterator[Trial]:
        """Gives trials on the way to the step that the aim leads to."""
        spread = self._expecting.spread(kind, scope)
        one = LSH(hashes, kind, 1.0, scope, correction="projection")
        spans = np.ones(len(spans_of(scope, self._sizes)), np.int64)
        # What hashing alone takes may leave nothing for clusters, or cost more than another.
        limit = self.aim.budget
        if limit is None:
            limit = self.best.fraction if self.aim.met(self.best) else np.inf
        if self._cost(one, Facts(clusters=spans)) > limit or not spread > 0:
            return
        floor = self.trial(replace(one, step=float(f"{spread * COARSEST:.3g}")))
        yield floor
        if self.aim.psnr is not None and self.aim.met(floor):
            return
        target = self.aim.target(floor)
        least, most = np.log(spread * FINEST), np.log(spread * COARSEST)
        at = min(max(np.log(guess or spread / 4), least), most)
        at = at if at < most - 1 else np.log(spread / 4)
        # Ends of where the step must lie, and how far off each is: finer, and coarser.
        ends: dict[bool, tuple[float, float]] = {}
        last: tuple[float, float] | None = None
        for _ in range(STEPS):
            tried = self.trial(replace(one, step=float(f"{np.exp(at):.3g}")))
            yield tried
            if self.aim.near(tried):
                return
            here = float(at), self.aim.measure(tried, floor) - target
            fine = here[1] > 0
            if last is not None and (last[1] > 0) == fine and (not fine) in ends:
                # An end that stays counts for half each time (the Illinois algorithm).
                ends[not fine] = ends[not fine][0], ends[not fine][1] / 2
            ends[fine] = here
            if len(ends) == 2:
                part = ends[True][1] / (ends[True][1] - ends[False][1])
                at = ends[True][0] + (ends[False][0] - ends[True][0]) * min(max(part, 0.02), 0.98)
            else:
                slope = SLOPE
                if last is not None:
                    slope = min((here[1] - last[1]) / (here[0] - last[0]), SLOPE / 4)
                at = min(max(at - here[1] / slope, least), most)
            last = here
            if at == here[0]:
                return
