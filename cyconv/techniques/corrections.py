"""What is added back to a representative's outputs: projections, kept plane by plane."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..bands import Job, Stop, split
from ..cost import Part, dot_products
from ..layout import Rows
from ..problem import Problem
from .clustering import PAD, offsets_of, projecting
from .plan import Plan
from .spans import Span

Place = tuple[Span, NDArray[Any], NDArray[Any]]


class Planes:
    """Room for what corrections multiply, a plane for each row of a plan's coefficients.

    Attributes
    ----------
    groups : list of (q x (N and some more))
        All planes that a group's outputs take.
    spans : list of the same
        Each span's share of them.
    """

    def __init__(self, problem: Problem, plans: Sequence[Plan]) -> None:
        self._problem, self._plans = problem, plans
        counts = [0 if plan.coefficients is None else len(plan.coefficients) for plan in plans]
        windows, each = problem.sizes.windows, len(plans) // problem.sizes.groups
        self.groups: list[NDArray[Any]] = []
        self.spans: list[NDArray[Any]] = []
        for group in range(problem.sizes.groups):
            here = counts[group * each : (group + 1) * each]
            planes = problem.ledger.array((sum(here), windows + PAD), problem.real)
            planes[:, windows:] = 0
            self.groups.append(planes)
            self.spans += np.split(planes, np.cumsum(here)[:-1])

    def of(self, problem: Problem, first: int) -> Planes:
        """Gives those of one of several images, whose windows are ``first`` and on."""
        part = copy(self)
        part._problem = problem
        part.groups = [each[:, first:] for each in self.groups]
        part.spans = [each[:, first:] for each in self.spans]
        return part

    @property
    def coefficients(self) -> list[NDArray[Any]]:
        """What each group's planes are multiplied with, q x M."""
        each = len(self._plans) // self._problem.sizes.groups
        return [
            np.concatenate([
                plan.coefficients for plan in self._plans[first : first + each]
                if plan.coefficients is not None
            ])
            for first in range(0, len(self._plans), each)
        ]

    def project(self, rows: Rows, brightness: bool) -> None:
        """Writes the planes: sums of each channel, or projections on the plans' directions."""
        places = list(self._brightness() if brightness else self._projections())
        problem = self._problem
        width = problem.placement.output[1]
        work = sum(directions.size for _, directions, _ in places)
        bands = split(problem.sizes.rows, width * work, 0, problem.runner.threads)
        problem.runner.run(
            [self._job(rows, place, band) for place in places for band in bands],
            problem.sizes.windows * work,
        )

    def _projections(self) -> Iterator[Place]:
        for plan, planes in zip(self._plans, self.spans, strict=True):
            packed = np.ascontiguousarray(plan.directions.T, self._problem.real)
            yield plan.span, packed, planes

    def _brightness(self) -> Iterator[Place]:
        for plan, planes in zip(self._plans, self.spans, strict=True):
            pieces = plan.span.pieces(self._problem.sizes.taps)
            for index, (start, stop) in enumerate(pieces):
                ones = np.ones((stop - start, 1), self._problem.real)
                yield Span(plan.span.group, start, stop), ones, planes[index : index + 1]

    def _job(self, rows: Rows, place: Place, band: range) -> Job:
        span, directions, planes = place
        problem = self._problem
        width = problem.placement.output[1]
        first, last = band.start * width, band.stop * width

        def work(stop: Stop) -> list[Part]:
            # Sums of 8-bit pixels are exact, and so may be fused.
            ones = bool((directions == 1).all())
            made = projecting(problem, ones)(
                rows.values, offsets_of(rows, span, problem.sizes.depth), rows.row_step, width,
                first, last, directions, planes[:, first:last], stop,
            )
            return [dot_products("correction", int(made), span.length)]

        return work
