"""What a setting of reuse is expected to give: clusters of all windows, errors of a sample.

How the sample tells of all windows
-----------------------------------
The number of clusters can't be had from a sample: of a part of the windows ever fewer would
share a code, and too many clusters would be small ones. So all windows are hashed and numbered,
as a run does, which costs a few per cent of one; what a run multiplies then follows to the last.

What an output is off by is <f, w - c>, where c is the mean of the window's cluster and f what the
correction leaves of the filter. The mean of a few sampled members would lie nearer to them than c
does (it is made of them), so c is not estimated at all: for a window w of a cluster of n members,
and another one w' drawn evenly from the n - 1 others,

    E[<f, w - w'>^2] / 2 = S^2,  the variance with n - 1,

and the mean of <f, w - c>^2 over the cluster is S^2 (n - 1) / n. Drawn over windows, each with a
partner from its cluster in the whole image, this is unbiased however full clusters are. A mean of
m members in place of all n is itself off by S^2 (1/m - 1/n) (sampling without replacement;
Cochran, "Sampling techniques", 1977, section 2.5), which is added. A first member is known.

Where a window's channels or pieces are clustered by themselves, an output is off by the sum of
what each is off by. Given w, E[<f, w - w'>] = <f, w - c> n / (n - 1): with a partner of its own for
each piece, products of two pieces' differences, each times (n - 1) / n, are unbiased as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..bands import Runner
from ..facts import Facts
from ..memory import Ledger
from ..problem import Problem
from .clustering import Clusters, offsets_of
from .families import FAMILIES
from .lowrank import LowRank
from .lsh import LSH
from .plan import Plan
from .planning import plans_of
from .together import Together

WINDOWS = 4096
"""Windows whose errors are looked at, where there are so many."""

SPREAD = 1024
"""Windows that tell how far they spread, about."""

VALUES = 1 << 20
"""Values of windows that are looked at together."""


@dataclass(frozen=True)
class Expected:
    """What a setting is expected to give.

    Attributes
    ----------
    mse : float
        Mean squared difference of the outputs to the exact ones.
    error : float
        Standard error of ``mse``, from how much windows differ.
    facts : Facts
        The clusters, of all windows.
    """

    mse: float
    error: float
    facts: Facts


def _apart(problem: Problem) -> Problem:
    """Gives a problem of which nothing is any run's count or memory; its progress is told."""
    runner = Runner(problem.runner.threads, 1, problem.runner.progress)
    return replace(problem, ledger=Ledger(), runner=runner)


@dataclass(frozen=True, eq=False, slots=True)
class _Pairs:
    """Windows and one other each of their clusters in a span.

    Attributes
    ----------
    partners : S
    shares : S
        What the squared difference of a pair counts for.
    others : S
        (n - 1) / n.
    """

    partners: NDArray[np.intp]
    shares: NDArray[np.float64]
    others: NDArray[np.float64]


class Expecting:
    """Estimates what settings give on an image, or on several together.

    Parameters
    ----------
    images : Together
    windows : int
        Windows to look at: one, drawn at random, from each of so many runs of equal length.
    seed : int
        Of what is drawn. Settings compared on the same windows differ by less chance.
    """

    def __init__(self, images: Together, windows: int = WINDOWS, seed: int = 1) -> None:
        self._images, self._seed = images, seed
        self._problem, self._rows = images.problem, images.rows
        count = self._problem.sizes.windows
        taken = min(windows, count)
        edges = np.arange(taken + 1) * count // taken
        drawn = np.random.PCG64(seed).random_raw(taken) % np.diff(edges).astype(np.uint64)
        self._starts = edges[:-1] + drawn.astype(np.intp)

    def of(self, technique: LSH | LowRank) -> Expected:
        """Gives what a setting is expected to give."""
        scope = technique.scope if isinstance(technique, LSH) else "window"
        problem = _apart(self._problem)
        plans = plans_of(technique.settings, scope, problem, self._rows)
        if isinstance(technique, LowRank):
            return self._expected(sum(self._to_mean(plan) for plan in plans), Facts())
        rounded = FAMILIES[technique.family].rounded
        clusters = Clusters(problem, self._rows, plans, rounded, None)
        with clusters.keyed():
            for part in self._images.parts:
                clusters.of(_apart(part.problem), part.rows, part.first).hash()
            clusters.number()
        most = technique.representative
        taken = 1 if most == "first" else most if isinstance(most, int) else None
        pairs = [self._paired(clusters, index, taken) for index in range(len(plans))]
        each = len(plans) // problem.sizes.groups
        squares = sum(
            self._to_clusters(plans[first : first + each], pairs[first : first + each])
            for first in range(0, len(plans), each)
        )
        facts = Facts(clusters=np.array(clusters.found), censuses=tuple(clusters.censuses))
        return self._expected(squares, facts)

    def spread(self, family: str, scope: str) -> float:
        """Gives the standard deviation of windows along a family's first direction."""
        settings = LowRank(1, family).settings
        plan = plans_of(settings, scope, _apart(self._problem), self._rows)[0]
        seen = self._values(plan, self._starts[:: max(1, len(self._starts) // SPREAD)])
        return float((seen @ plan.directions[0]).std())

    def _expected(self, squares: Any, facts: Facts) -> Expected:
        each = np.asarray(squares) / self._problem.sizes.filters
        return Expected(float(each.mean()), float(each.std() / np.sqrt(each.size)), facts)

    def _to_mean(self, plan: Plan) -> NDArray[np.float64]:
        """Gives each window's squared error, over the filters, where one mean stands for all."""
        squares = np.empty(len(self._starts))
        for part in self._parts(plan):
            off = self._values(plan, self._starts[part]) - (0 if plan.mean is None else plan.mean)
            squares[part] = np.square(off @ plan.weights.T).sum(axis=1)
        return squares

    def _to_clusters(
        self, plans: Sequence[Plan], pairs: Sequence[_Pairs]
    ) -> NDArray[np.float64]:
        """Gives each window's expected squared error, over a group's filters: see the top."""
        squares = np.zeros(len(self._starts))
        for part in self._parts(plans[0]):
            together = np.zeros((part.stop - part.start, len(plans[0].weights)))
            for plan, pair in zip(plans, pairs, strict=True):
                here, other = self._starts[part], pair.partners[part]
                off = self._values(plan, here) - self._values(plan, other)
                off = off @ plan.weights.T
                alone = np.square(off).sum(axis=1)
                squares[part] += alone * pair.shares[part]
                if len(plans) > 1:
                    off *= pair.others[part, None]
                    together += off
                    squares[part] -= np.square(off).sum(axis=1)
            squares[part] += np.square(together).sum(axis=1)
        return squares

    def _paired(self, clusters: Clusters, index: int, taken: int | None) -> _Pairs:
        """Gives each window a partner in a span, where the mean is that of ``taken`` members."""
        counts = clusters.censuses[index].counts
        ids = clusters.ids[index][self._starts]
        if taken == 1:
            one = np.ones(len(ids))
            return _Pairs(clusters.censuses[index].firsts[ids].astype(np.intp), one, one)
        members = counts[ids].astype(np.float64)
        means = members if taken is None else np.minimum(members, taken)
        shares = (1 - 1 / members + 1 / means - 1 / members) / 2
        return _Pairs(self._partners(clusters, index, ids), shares, 1 - 1 / members)

    def _partners(
        self, clusters: Clusters, index: int, ids: NDArray[np.int32]
    ) -> NDArray[np.intp]:
        """Gives for each window one of the others of its cluster; itself where it is alone."""
        counts = clusters.censuses[index].counts
        begins = np.empty(len(counts) + 1, np.int32)
        order = np.empty(self._problem.sizes.windows, np.int32)
        clusters.members(index, begins, order, np.zeros(1, np.intc))
        firsts = np.cumsum(counts, dtype=np.intp) - counts
        others = np.maximum(counts[ids].astype(np.uint64), 2) - np.uint64(1)
        drawn = np.random.PCG64(self._seed + 1 + index).random_raw(len(ids)) % others
        chosen = order[firsts[ids] + drawn.astype(np.intp)].astype(np.intp)
        # The last member was left out of the draw: it stands in for the window itself.
        last = order[firsts[ids] + counts[ids] - 1].astype(np.intp)
        partners: NDArray[np.intp] = np.where(chosen == self._starts, last, chosen)
        return partners

    def _parts(self, plan: Plan) -> Iterator[slice]:
        step = max(1, VALUES // max(plan.span.length, len(plan.weights)))
        for first in range(0, len(self._starts), step):
            yield slice(first, min(len(self._starts), first + step))

    def _values(self, plan: Plan, windows: NDArray[np.intp]) -> NDArray[np.float64]:
        """Gives the values of some windows, S x length."""
        width = self._problem.placement.output[1]
        windows = self._rows.raster(windows)
        starts = windows // width * self._rows.row_step + windows % width
        offsets = offsets_of(self._rows, plan.span, self._problem.sizes.depth)
        return self._rows.values.take(starts[:, None] + offsets).astype(np.float64)
