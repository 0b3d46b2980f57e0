"""A low-rank filter bank: a few projections of each window, and what they tell of the outputs."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from ..bands import Job, Stop, split
from ..cost import Operations, Part, Prediction, Sizes, dot_products
from ..facts import Facts
from ..isa import kernels
from ..layout import Layout, Rows
from ..problem import Problem
from .checks import MOST_HASHES, check_directions, check_lengths, directions_of, one_of, whole
from .clustering import PAD, offsets_of, projecting
from .families import FAMILIES
from .plan import Plan, Settings
from .planning import plans_of
from .putting import padded, waiting_room
from .reuse_cost import set_up
from .spans import spans_of
from .tally import product

BAND_WINDOWS = 1 << 14
"""Windows whose projections are worked on together: they stay in a second-level cache."""


@dataclass(frozen=True)
class LowRank:
    """Projects windows on a few directions and makes every output from the projections.

    ``<f, w>`` becomes ``<f, mean> + sum over h of a[f, h] <v_h, w - mean>`` with a by least
    squares over a sample of the windows: the best that can be had of the directions alone,
    with no clusters. It is what LSH with the correction "projection" has to beat.

    Parameters
    ----------
    hashes : int
        Number of directions, 1 to 32; no more are taken than a window has values.
    family : str
        Where directions come from, as in :class:`LSH`: ``"outputs"`` are the best there are
        for the filters, ``"principal"`` are the principal components of the windows.
    directions : H x D, optional
        Directions used instead; ``hashes`` is then their number. D = C/groups K_h K_w.
    seed : int
        Of random directions and the sample.

    Raises
    ------
    ValueError
        If a value is out of its range.
    """

    hashes: int = 8
    family: str = "principal"
    directions: ArrayLike | None = field(default=None, repr=False)
    seed: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "hashes", whole("hashes", self.hashes, 1, MOST_HASHES))
        object.__setattr__(self, "seed", whole("seed", self.seed, 0))
        one_of("family", self.family, tuple(FAMILIES))
        if self.directions is not None:
            given = check_directions(self.directions)
            object.__setattr__(self, "directions", given)
            object.__setattr__(self, "hashes", len(given))

    @property
    def name(self) -> str:
        """``"low-rank"``."""
        return "low-rank"

    @property
    def bias_once(self) -> bool:
        """True: a bias is added to what the mean window gives, once a filter."""
        return True

    @property
    def settings(self) -> Settings:
        """What plans are made by."""
        return Settings(
            FAMILIES[self.family], self.hashes, None, "projection",
            directions_of(self.directions), self.seed,
        )

    def run(self, problem: Problem) -> Facts:
        """Writes ``problem.output`` band by band."""
        problem.runner.expect(self.predict(problem.sizes, None).model.total)
        layout = Layout(problem)
        with layout.whole(problem.runner) as rows:
            plans = plans_of(self.settings, "window", problem, rows)
            groups = [_Group(problem, rows, plan, self.settings.family.rounded) for plan in plans]
            width, sizes = problem.placement.output[1], problem.sizes
            work = width * (max(plan.directions.size for plan in plans) + sizes.filters)
            bands = split(sizes.rows, work, 0, problem.runner.threads)
            height = max(1, min(len(bands[0]), BAND_WINDOWS // width))
            bands = [
                range(row, min(row + height, sizes.rows)) for row in range(0, sizes.rows, height)
            ]
            problem.runner.run(
                [group.job(band) for band in bands for group in groups], sizes.rows * work
            )
        return Facts()

    def predict(self, sizes: Sizes, facts: Facts | None) -> Prediction:
        """Gives what a run costs; the report has no such technique and counts nothing."""
        settings, spans = self.settings, spans_of("window", sizes)
        check_lengths(settings.directions, sizes.depth)
        filters = sizes.filters // sizes.groups
        hashes = settings.number(sizes.depth, filters)
        n, outputs = sizes.windows, sizes.windows * sizes.filters
        ready = set_up(settings, sizes, spans)
        constant = dot_products("", sizes.filters, sizes.depth)
        model = Operations((
            Part(
                "set-up", ready.multiplications + constant.multiplications,
                ready.additions + constant.additions,
            ),
            dot_products("hash", n * hashes * sizes.groups, sizes.depth),
            Part("correction", outputs * hashes, outputs * hashes),
        ))
        return Prediction(Operations(), model, sizes.groups * hashes * sizes.depth)


class _Group:
    """One group of channels and the filters that see it."""

    def __init__(self, problem: Problem, rows: Rows, plan: Plan, rounded: bool) -> None:
        self._problem, self._rows, self._plan = problem, rows, plan
        self._members = problem.group(plan.span.group)[1]
        self._kernel = projecting(problem, rounded)
        self._offsets = offsets_of(rows, plan.span, problem.sizes.depth)
        self._directions = np.ascontiguousarray(plan.directions.T, problem.real)
        if plan.coefficients is None or plan.mean is None:
            raise ValueError("a low-rank bank needs a plan with coefficients and a mean")
        self._coefficients = padded(plan.coefficients, problem)
        # What is left of the filters meets the mean window once for all.
        constant = product(plan.weights, plan.mean[:, None])[:, 0]
        count = dot_products("set-up", len(plan.weights), plan.span.length)
        problem.runner.count([count])
        self._bias = padded(constant, problem)
        if problem.bias is not None:
            # Once for all windows: outputs begin with it in either case.
            self._bias[: len(constant)] = constant + problem.bias[self._members]
            problem.runner.count([Part("bias", 0, len(constant))])

    def job(self, band: range) -> Job:
        """Gives the job that makes the output rows ``band``."""
        problem = self._problem
        width = problem.placement.output[1]
        first, last = band.start * width, band.stop * width
        hashes = len(self._plan.directions)
        out = problem.output[self._members, first:last]

        def work(stop: Stop) -> list[Part]:
            with ExitStack() as stack:
                room = stack.enter_context(
                    problem.ledger.borrow((hashes, last - first + PAD), problem.real)
                )
                room[:, last - first :] = 0
                made = self._kernel(
                    self._rows.values, self._offsets, self._rows.row_step, width, first, last,
                    self._directions, room[:, : last - first], stop,
                )
                outputs = int(kernels().outputs.put_together(
                    out, None, None, room, self._coefficients, self._bias,
                    waiting_room(problem, stack), stop,
                ))
            return [
                dot_products("hash", int(made), self._plan.span.length),
                Part("correction", outputs * hashes, outputs * hashes),
            ]

        return work
