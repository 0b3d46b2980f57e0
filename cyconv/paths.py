"""The ways in which exact convolution can run, and when each is taken."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import NamedTuple

from . import direct, fourier, separable, winograd
from .cost import Part, Sizes
from .facts import Facts
from .problem import Problem

Run = Callable[[], Facts]


class Path(NamedTuple):
    """A way to run.

    Attributes
    ----------
    name : str
    reason : str
        Why it is taken where it is.
    needs : str
        What it can't do without.
    pays : callable
        Tells from the sizes whether it is worth trying where nobody asked for it.
    prepare : callable
        Gives what runs a problem and says what it found, or None where the filters or the
        geometry don't suit.
    parts : callable
        Gives what a run takes, without bias.
    """

    name: str
    reason: str
    needs: str
    pays: Callable[[Sizes], bool]
    prepare: Callable[[Problem], Run | None]
    parts: Callable[[Sizes, Facts | None], list[Part]]


PATHS = {
    path.name: path
    for path in (
        Path(
            "separable",
            "K_h + K_w products in place of K_h K_w; two passes read and write the image twice, "
            "so that only large filters on large images gain",
            "filters that are products of a column and a row, two taps or more each, in one "
            "group, rows of outputs at least a vector long, and less padding than window",
            separable.pays, separable.prepare, separable.parts,
        ),
        Path(
            "fourier",
            "a transform of tiles in float64 takes a few dozen products an output however large "
            "the filters; a pair of tiles in which it could miss the direct bound is multiplied "
            "in full",
            fourier.NEEDS,
            fourier.pays, fourier.prepare, fourier.parts,
        ),
        Path(
            "direct",
            "every product is made: nothing is faster for small filters, and all are possible",
            "nothing",
            lambda sizes: True, direct.prepare, direct.parts,
        ),
        Path(
            "winograd",
            "tiles of 4 x 4 outputs take 36 products in place of 144; errors grow beyond the "
            "direct bound, so that it runs only where it is asked for",
            "windows of 3 x 3 at stride 1 and dilation 1",
            lambda sizes: False, winograd.prepare, winograd.parts,
        ),
    )
}
"""Tried in this order where the choice is left open."""


@functools.lru_cache(maxsize=256)
def paying(sizes: Sizes) -> tuple[Path, ...]:
    """Gives the paths that are worth trying where the choice is left open, in this order.

    Kept from run to run: weighing them up takes longer than a small run's products.
    """
    return tuple(path for path in PATHS.values() if path.pays(sizes))
