"""Outputs whose windows equal their reference are taken over, tile by tile; others are exact."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import direct
from ..bands import Stop, split
from ..cost import Part, dot_products
from ..facts import Facts
from ..isa import kernels
from ..layout import Bands, Layout
from ..memory import CACHE_LINE
from ..problem import Problem

LEFT, ABOVE, BEFORE = 0, 1, 2
"""What a strip of tiles takes the rest of its outputs from, as the kernel numbers it."""

ROWS, COLUMNS = 4, 16
"""Windows of a tile, at every level."""

SAMPLES = 8
"""Strips that a first look takes in, evenly spread: most photographs are recognised by that."""

WORTH = 0.8
"""Share of the outputs that may be left to be made, at the most, for skipping to pay."""

SIDE_BY_SIDE = 0.4
"""The same where the exact kernel has many filters, and twice the speed of tiles."""

LEAST_DEPTH = 4
"""Products of an output under which looking for differences costs as much as making it."""


@dataclass(frozen=True)
class Look:
    """What a look at an image's differences found.

    Attributes
    ----------
    counts : groups x strips
        Tiles of each strip.
    columns : groups x strips x most
        The first column of each.
    kinds : groups x strips, uint8
        LEFT, ABOVE or BEFORE.
    compared, differing : int
        Pairs of pixels compared, and places of which some channel differed.
    """

    counts: NDArray[np.intp]
    columns: NDArray[np.intp]
    kinds: NDArray[np.uint8]
    compared: int
    differing: int


class Skipping:
    """One run: looks where windows differ, and decides whether skipping the others pays.

    Parameters
    ----------
    problem : Problem
    kinds : tuple of int
        What a strip may take outputs from; of several the one that leaves the fewest tiles.
    before : (C x H x W, M x N), optional
        For BEFORE an image, in memory like the problem's, and its outputs.
    """

    def __init__(
        self, problem: Problem, kinds: tuple[int, ...],
        before: tuple[NDArray[Any], NDArray[Any]] | None = None,
    ) -> None:
        self._problem = problem
        self._kinds = kinds
        self._before = before
        self._compared = 0
        self._layout = Layout(
            problem.image, problem.geometry, problem.placement, problem.window,
            problem.real, 0, problem.ledger,
        )
        sizes, self._width = problem.sizes, problem.placement.output[1]
        bands = split(
            sizes.rows, self._width * sizes.filters * sizes.depth,
            self._layout.bytes_per_row(sizes.channels), problem.runner.threads, direct.BANDS_EACH,
        )
        self._height = -(-len(bands[0]) // ROWS) * ROWS
        self._bands: Bands = self._layout.bands(self._height, sizes.channels // sizes.groups)

    def run(self) -> Facts:
        """Writes the output, by the exact kernel alone where differences don't pay."""
        problem = self._problem
        sizes = problem.sizes
        reason, look = self._decide()
        if look is None:
            direct.convolve(problem)
            return Facts("exact", compared=self._compared, reason=reason)
        self._make(look)
        made = int(look.counts.sum())
        return Facts(
            "skipping", compared=self._compared, differing=look.differing,
            made=_outputs(look, sizes.rows) * (sizes.filters // sizes.groups),
            above=(look.kinds == ABOVE) if len(self._kinds) > 1 else None,
            reason=f"{made} tiles of {ROWS} x {COLUMNS} windows differ from their reference",
        )

    def _decide(self) -> tuple[str, Look | None]:
        """Gives what must be made, or None where the exact kernel is quicker; and why."""
        problem = self._problem
        sizes = problem.sizes
        if self._width < COLUMNS:
            return f"rows of fewer than {COLUMNS} windows hold no tile", None
        if sizes.depth < LEAST_DEPTH:
            return f"windows of fewer than {LEAST_DEPTH} values are made as soon as looked at", None
        filters = sizes.filters // sizes.groups
        worth = SIDE_BY_SIDE if direct.side_by_side(filters, problem.real) else WORTH
        strips = -(-sizes.rows // ROWS)
        for every in (-(-strips // SAMPLES), 1) if strips >= 2 * SAMPLES else (1,):
            look = self._look(every)
            seen = sum(_height(strip, sizes.rows) for strip in range(0, strips, every))
            share = _outputs(look, sizes.rows) / (sizes.groups * seen * self._width)
            if share > worth:
                return (
                    f"tiles that differ from their reference hold {share:.0%} of the windows"
                    + (f" of each {every}th strip" if every > 1 else "")
                    + f"; skipping pays up to {worth:.0%}"
                ), None
        return "", look

    def _look(self, every: int) -> Look:
        """Looks at strips of output rows, each ``every``-th of them, of all groups."""
        problem, bands = self._problem, self._bands
        sizes = problem.sizes
        strips, most = -(-sizes.rows // ROWS), -(-self._width // COLUMNS)
        shape = len(self._kinds), sizes.groups, strips
        counts = np.zeros(shape, np.intp)
        columns = np.zeros((*shape, most), np.intp)
        found = np.zeros((*shape[:2], 2), np.intp)
        line = bands.phases * bands.places
        pitch = -(-max(line, self._width) // CACHE_LINE) * CACHE_LINE + CACHE_LINE
        down = np.arange(problem.window[0]) * (
            (bands.span - 1) // max(1, problem.window[0] - 1)
        )
        rows_under = [
            np.unique(np.add.outer(np.arange(height) * bands.step, down)) * pitch
            for height in (ROWS, _height(strips - 1, sizes.rows))
        ]

        def work(stop: Stop) -> list[Part]:
            padded = (sizes.rows - 1) * bands.step + bands.span
            with problem.ledger.borrow((padded + 2, pitch), np.uint8) as marks:
                for index, group in np.ndindex(*shape[:2]):
                    if stop[0]:
                        break
                    kind = self._kinds[index]
                    channels = problem.group(group)[0]
                    found[index, group] = kernels().changes.plan(
                        problem.image[channels],
                        self._before[0][channels] if self._before and kind == BEFORE else None,
                        bands.above, bands.left, bands.phases, bands.places,
                        bands.step if kind == ABOVE else 0,
                        bands.phases if kind == LEFT else 0,
                        *rows_under, bands.offsets[: problem.window[1]], bands.step * ROWS,
                        self._width, every, marks, counts[index, group], columns[index, group],
                    )
            return [Part("differences", 0, int(found[..., 0].sum()))]

        problem.runner.run([work], problem.image.size * len(self._kinds) // every)
        self._compared += int(found[..., 0].sum())
        kinds = np.full(shape[1:], self._kinds[0], np.uint8)
        if len(self._kinds) == 1:
            return Look(counts[0], columns[0], kinds, *map(int, found[0].sum(0)))
        better = counts[1] < counts[0]
        kinds[better] = self._kinds[1]
        return Look(
            np.where(better, counts[1], counts[0]),
            np.where(better[..., None], columns[1], columns[0]),
            kinds, *map(int, found.sum((0, 1))),
        )

    def _make(self, look: Look) -> None:
        """Makes the tiles, and takes the rest over."""
        problem, sizes, ledger = self._problem, self._problem.sizes, self._problem.ledger
        room, *lie = self._bands
        down, across = problem.window
        filters = sizes.filters // sizes.groups
        made = _outputs(look, sizes.rows) * filters
        problem.runner.expect(2 * made * sizes.depth)
        tiles = {"counts": look.counts, "columns": look.columns, "kinds": look.kinds}

        def work(following: NDArray[np.intp], count: NDArray[np.intp], stop: Stop) -> None:
            with ledger.borrow(room, problem.real) if room else nullcontext() as band:
                kernels().skipping.convolve(
                    problem.image, problem.output, band, *lie, down=down, across=across,
                    rows=sizes.rows, width=self._width, height=self._height,
                    groups=sizes.groups, weights=problem.filters.reshape(-1),
                    bias=problem.bias, following=following, made=count, stop=stop, **tiles,
                )

        def parts(outputs: int) -> list[Part]:
            given = [dot_products("convolution", outputs, sizes.depth)]
            return given if problem.bias is None else [*given, Part("bias", 0, outputs)]

        problem.runner.share(work, -(-sizes.rows // self._height), parts, made * sizes.depth)
        if (look.kinds == LEFT).all():
            return

        def settle(first: int, last: int) -> Any:
            def job(stop: Stop) -> list[Part]:
                if not stop[0]:
                    kernels().skipping.settle(
                        problem.output, self._before[1] if self._before else None,
                        sizes.rows, self._width, first=first, last=last, **tiles,
                    )
                return []

            return job

        problem.runner.run(
            (settle(each, each + 1) for each in range(sizes.filters)), problem.output.size
        )


def _height(strip: int, rows: int) -> int:
    """Gives the rows of a strip: the last has what is left."""
    return min(ROWS, rows - strip * ROWS)


def _outputs(look: Look, rows: int) -> int:
    """Gives the outputs of one filter a group that the tiles hold, twice where two overlap."""
    strips = look.counts.shape[1]
    made = int(look.counts.sum()) * ROWS
    made -= int(look.counts[:, -1].sum()) * (ROWS - _height(strips - 1, rows))
    return made * COLUMNS
