"""Differential convolution: a reference window in full, of every other the difference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..bands import Job, Stop, split
from ..cost import Operations, Part, Prediction, Sizes, dot_products
from ..facts import Facts
from ..isa import kernels
from ..layout import Layout, Rows
from ..problem import Problem
from ..products import Bank

REFERENCES = ("first", "previous")
MATRIX_BYTES = 256 * 1024
"""Size of the block of differences that is worked on at once; a part of a cache."""

DOUBLE = np.dtype(np.float64)


@dataclass(frozen=True)
class Differential:
    """Multiplies differences from a reference window and adds its products back.

    ``<f, w> = <f, r> + <f, w - r>`` (main report, section 1, repaired): lossless. Differences
    and their products are kept in float64, where their error is at most ``4 n eps sum(|w|
    (|x| + |r|))`` with n = C/groups K_h K_w and the eps of float64, times the columns of a row
    for ``"previous"``; for a uint8 or float32 image the result is rounded once, to float32.
    A NaN or an infinity in the reference reaches all that is compared with it: the whole
    output for ``"first"``, the rest of the row for ``"previous"``.

    Parameters
    ----------
    reference : {"first", "previous"}
        ``"first"``: the first window of the image, as in the report. ``"previous"``: the
        window to the left; the first of each row is multiplied in full.
    as_published : bool
        Give the report's own outputs: ``<f, r - w>`` for every window but the first, which
        is not the convolution.

    Raises
    ------
    ValueError
        If the reference is unknown, or ``as_published`` is asked for with another than the
        report's.
    """

    reference: str = "first"
    as_published: bool = False

    def __post_init__(self) -> None:
        if self.reference not in REFERENCES:
            raise ValueError(
                f'reference must be "first" or "previous", got {self.reference!r}'
            )
        if self.as_published and self.reference != "first":
            raise ValueError(
                'as_published reproduces the report, whose reference is "first", '
                f"got {self.reference!r}"
            )

    @property
    def name(self) -> str:
        """``"differential"``."""
        return "differential"

    def run(self, problem: Problem) -> Facts:
        """Writes ``problem.output`` band by band."""
        sizes, width = problem.sizes, problem.placement.output[1]
        layout = Layout(
            problem.image, problem.geometry, problem.placement, problem.window,
            problem.real, 0, problem.ledger,
        )
        columns = max(64, MATRIX_BYTES // (8 * sizes.depth) // 64 * 64)
        columns = min(columns, sizes.windows)
        groups = [_Group(problem, layout, index, columns, self) for index in range(sizes.groups)]
        problem.runner.expect(self.predict(sizes, None).model.total)
        if self.reference == "first":
            problem.runner.run([group.start for group in groups], 0)
        bands = split(
            sizes.rows,
            width * sizes.filters * sizes.depth,
            layout.bytes_per_row(sizes.channels // sizes.groups),
            problem.runner.threads,
        )
        jobs = [group.band(band) for band in bands for group in groups]
        problem.runner.run(jobs, sizes.windows * sizes.filters * sizes.depth)
        return Facts()

    def predict(self, sizes: Sizes, facts: Facts | None) -> Prediction:
        """Gives what a run costs.

        The report counts N C K_h K_w products, as many additions, and N K_h K_w - K_h K_w
        differences (it leaves out the factor C).
        """
        outputs = sizes.windows * sizes.filters
        count = outputs * sizes.depth
        full = sizes.rows if self.reference == "previous" else 1
        parts = [
            Part("differences", 0, (sizes.windows - full) * sizes.channels * sizes.taps),
            dot_products("convolution", outputs, sizes.depth),
        ]
        if not self.as_published:
            parts.append(Part("add back", 0, (sizes.windows - full) * sizes.filters))
        return Prediction(
            report=Operations((
                Part("convolution", count, count),
                Part("differences", 0, (sizes.windows - 1) * sizes.taps),
            )),
            model=Operations(tuple(parts)),
            stored_values=sizes.taps,
        )


class _Group:
    """One group of channels and the filters that see it."""

    def __init__(
        self, problem: Problem, layout: Layout, index: int, columns: int, technique: Differential
    ) -> None:
        channels, self._members = problem.group(index)
        self._channels = channels.start, channels.stop
        self._problem = problem
        self._layout = layout
        self._columns = columns
        self._technique = technique
        self._bank = Bank(problem.filters[self._members], DOUBLE, None, problem.ledger)
        self._bias = None
        if problem.bias is not None:
            self._bias = problem.bias[self._members].astype(DOUBLE)
        self._reference = np.zeros(0)
        self._base: NDArray[Any] | None = None

    def start(self, stop: Stop) -> list[Part]:
        """Multiplies the reference, the first window, with the filters."""
        problem = self._problem
        with self._layout.rows(range(1), *self._channels) as rows:
            self._reference = rows.values[rows.offsets.reshape(-1)].astype(DOUBLE)
        base = np.empty((self._members.stop - self._members.start, 1))
        made = self._bank.multiply_columns(self._reference[:, None], base, stop)
        added = 0.0 if self._bias is None else self._bias[:, None]
        problem.output[self._members, :1] = base + added
        if not self._technique.as_published:
            self._base = base[:, 0].copy()
        return self._counted(made, 0, 0)

    def band(self, band: range) -> Job:
        """Gives the job that makes the output rows ``band``."""
        width = self._problem.placement.output[1]
        begin = 1 if self._technique.reference == "first" and band.start == 0 else 0
        end = len(band) * width
        filters = self._members.stop - self._members.start

        def work(stop: Stop) -> list[Part]:
            made = subtracted = added = 0
            carry = np.zeros(filters)
            ledger, columns = self._problem.ledger, min(self._columns, end)
            with (
                self._layout.rows(band, *self._channels) as rows,
                ledger.borrow((self._bank.depth, columns), DOUBLE) as matrix,
                ledger.borrow((filters, columns), DOUBLE) as products,
            ):
                for first in range(begin, end, columns):
                    if stop[0]:
                        break
                    last = min(end, first + columns)
                    subtracted += self._subtract(rows, first, last, matrix)
                    made += self._bank.multiply_columns(
                        matrix, products[:, : last - first], stop
                    )
                    place = band.start * width
                    out = self._problem.output[self._members, place + first : place + last]
                    added += self._add_back(products, first, last, carry, out)
            return self._counted(made, subtracted, added)

        return work

    def _subtract(self, rows: Rows, first: int, last: int, matrix: NDArray[Any]) -> int:
        width = self._problem.placement.output[1]
        differences = kernels().differences
        offsets = np.ascontiguousarray(rows.offsets.reshape(-1))
        if self._technique.reference == "previous":
            return int(differences.subtract_left(
                rows.values, offsets, rows.row_step, width, first, last, matrix
            ))
        return int(differences.subtract_reference(
            rows.values, offsets, rows.row_step, width, first, last, self._reference,
            self._technique.as_published, matrix,
        ))

    def _add_back(
        self, products: NDArray[Any], first: int, last: int, carry: NDArray[Any],
        out: NDArray[Any],
    ) -> int:
        width = self._problem.placement.output[1]
        if self._technique.reference == "previous":
            return int(kernels().differences.add_left(
                products, first, last, width, carry, self._bias, out
            ))
        return int(kernels().differences.add_reference(
            products, last - first, self._base, self._bias, out
        ))

    def _counted(self, made: int, subtracted: int, added: int) -> list[Part]:
        parts = [
            Part("differences", 0, subtracted),
            dot_products("convolution", made, self._bank.depth),
        ]
        if not self._technique.as_published:
            parts.append(Part("add back", 0, added))
        if self._bias is not None:
            parts.append(Part("bias", 0, made))
        return parts
