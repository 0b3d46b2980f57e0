"""The ways in which exact convolution can run, and when each is taken."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from . import direct, separable
from .cost import Part, Sizes
from .problem import Problem

Run = Callable[[], None]


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
        Gives what runs a problem, or None where the filters or the geometry don't suit.
    parts : callable
        Gives what a run takes, without bias.
    """

    name: str
    reason: str
    needs: str
    pays: Callable[[Sizes], bool]
    prepare: Callable[[Problem], Run | None]
    parts: Callable[[Sizes], list[Part]]


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
            "direct",
            "every product is made: nothing is faster for small filters, and all are possible",
            "nothing",
            lambda sizes: True, lambda problem: partial(direct.convolve, problem), direct.parts,
        ),
    )
}
"""Tried in this order where the choice is left open."""
