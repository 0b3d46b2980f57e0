"""Exact convolution: every window times every filter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from ..bands import Job, Stop, split
from ..cost import Operations, Part, Prediction, Sizes, dot_products
from ..layout import Layout
from ..problem import Problem
from ..products import Bank, slack, suits_few


@dataclass(frozen=True)
class Exact:
    """Multiplies every window with every filter.

    The error of an output is at most ``n * eps * sum(|w| |x|)`` with n = C/groups K_h K_w
    and eps that of float32, or of float64 for a float64 image (Higham, *Accuracy and
    Stability of Numerical Algorithms*, section 3.1).
    """

    @property
    def name(self) -> str:
        """``"exact"``."""
        return "exact"

    def run(self, problem: Problem) -> NDArray[Any] | None:
        """Writes ``problem.output`` band by band; there are no clusters."""
        sizes, width = problem.sizes, problem.placement.output[1]
        filters = sizes.filters // sizes.groups
        layout = Layout(
            problem.image, problem.geometry, problem.placement, problem.window,
            problem.real, slack(filters, width, problem.real), problem.ledger,
        )
        # Groups of few filters, as in a depthwise layer, are too short for a call each.
        if suits_few(filters, width):
            shares = [(slice(0, sizes.channels), slice(0, sizes.filters), sizes.groups)]
        else:
            shares = [(*problem.group(index), 1) for index in range(sizes.groups)]
        banks = []
        for channels, members, groups in shares:
            bias = None if problem.bias is None else problem.bias[members]
            bank = Bank(
                problem.filters[members], width, problem.real, bias, problem.ledger,
                suits_few(filters, width), groups,
            )
            banks.append((channels, members, bank))
        bands = split(
            sizes.rows,
            width * sizes.filters * sizes.depth,
            layout.bytes_per_row(sizes.channels // len(shares)),
            problem.runner.threads,
        )
        problem.runner.expect(sizes.windows * sizes.filters * (2 * sizes.depth - 1))
        problem.runner.run(
            [_job(problem, layout, banks, band) for band in bands],
            sizes.windows * sizes.filters * sizes.depth,
        )
        return None

    def predict(self, sizes: Sizes, clusters: NDArray[Any] | None) -> Prediction:
        """Gives what a run costs; the report's count is N C K_h K_w of each kind."""
        outputs = sizes.windows * sizes.filters
        count = outputs * sizes.depth
        return Prediction(
            report=Operations((Part("convolution", count, count),)),
            model=Operations((dot_products("convolution", outputs, sizes.depth),)),
            stored_values=0,
        )


def _job(
    problem: Problem, layout: Layout, banks: list[tuple[slice, slice, Bank]], band: range
) -> Job:
    """Gives the job that makes the output rows ``band``."""
    width, depth = problem.placement.output[1], problem.sizes.depth
    columns = slice(band.start * width, band.stop * width)

    def work(stop: Stop) -> list[Part]:
        made = 0
        for channels, members, bank in banks:
            with layout.rows(band, channels.start, channels.stop) as rows:
                made += bank.multiply(
                    rows, 0, len(band) * width, problem.output[members, columns], stop
                )
        parts = [dot_products("convolution", made, depth)]
        if problem.bias is not None:
            parts.append(Part("bias", 0, made))
        return parts

    return work
