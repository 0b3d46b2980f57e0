"""LSH and low rank at one output: projections, codes, cluster, representative, correction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cyconv import LSH, LowRank
from cyconv.hashed import HashedSpan

from .inspect_members import Tell, representative
from .inspect_window import Array, Place
from .resolve import Request


@dataclass(frozen=True, eq=False)
class Span:
    """What is hashed together: one channel's window, a whole one, or a piece of it.

    Attributes
    ----------
    group, start, stop : int
        The group, and the values of its window in the order channel, row, column.
    window, standing : stop - start
        The window's values, and those of what stands for it.
    projections, standing_projections : H
        Of both on the directions.
    origins, steps : H
        Where codes are cut, and how wide they are; a step of 0 is a sign.
    codes : H of int, or None
        None where nothing is clustered.
    cluster, clusters, members : int
        The cluster's number, how many there are, and how many windows are in it.
    mask : O_h x O_w of bool, or None
        The members.
    weights : stop - start
        The filter's.
    coefficients, told, standing_told : q
        What is added back: a coefficient each, times what the window has more of than what stands
        for it. Empty without a correction.
    """

    group: int
    start: int
    stop: int
    window: Array
    standing: Array
    projections: Array
    standing_projections: Array
    origins: Array
    steps: Array
    codes: NDArray[np.int64] | None
    cluster: int
    clusters: int
    members: int
    mask: NDArray[np.bool_] | None
    weights: Array
    coefficients: Array
    told: Array
    standing_told: Array

    @property
    def looked_up(self) -> float:
        """Filter times what stands for the window."""
        with np.errstate(all="ignore"):
            return float((self.weights * self.standing).sum())

    @property
    def corrections(self) -> Array:
        """What each coefficient adds back."""
        with np.errstate(all="ignore"):
            added: Array = self.coefficients * (self.told - self.standing_told)
        return added

    @property
    def result(self) -> float:
        """What this span gives to the output."""
        return self.looked_up + float(self.corrections.sum())

    @property
    def exact(self) -> float:
        """What it would give if the window were multiplied itself."""
        with np.errstate(all="ignore"):
            return float((self.weights * self.window).sum())


@dataclass(frozen=True, eq=False)
class Hashing:
    """How a technique that projects windows comes to one output.

    Attributes
    ----------
    spans : tuple of Span
        All that the filter sees.
    correction : str
        "none", "brightness" or "projection".
    standing : str
        "mean", "first", "some", "doubled" (as published) or "sample" (the sample's mean).
    some : int
        Of how many members, where it is "some".
    """

    spans: tuple[Span, ...]
    correction: str
    standing: str
    some: int = 0

    @property
    def recomputed(self) -> float:
        """The output, in float64."""
        return sum(span.result for span in self.spans)


def hashing(
    request: Request,
    technique: LSH | LowRank,
    spans: Sequence[HashedSpan],
    place: Place,
    window: Array,
    before: Hashing | None = None,
    progress: Tell | None = None,
) -> Hashing:
    """Explains one output of a technique that projects windows.

    Parameters
    ----------
    spans : sequence of HashedSpan
        As :func:`cyconv.hashed.hashed` gives them for the same run.
    window : channels x K_h x K_w
        The values at the place.
    before : Hashing, optional
        Of the same run: the representatives of clusters that it shows are not worked out again.
    """
    each = len(request.filters) // request.geometry.groups
    group, member = divmod(place.index, each)
    flat = window.reshape(-1)
    weights = request.filters[place.index].astype(np.float64).reshape(-1)
    taps = window[0].size
    correction = technique.correction if isinstance(technique, LSH) else "projection"
    known = {
        (each.group, each.start, each.cluster): each.standing
        for each in (before.spans if before else ())
    }
    made = []
    for span in (each for each in spans if each.group == group):
        part = slice(span.start, span.stop)
        cluster = -1 if span.ids is None else int(span.ids[place.row, place.column])
        stands = known.get((group, span.start, cluster))
        if stands is None:
            stands = _standing(request, technique, span, cluster, progress)
        coefficients, told, standing_told = _told(
            span, member, flat[part], stands, correction, taps
        )
        mask = None if span.ids is None else span.ids == cluster
        projections = span.project(flat[part])
        with np.errstate(all="ignore"):
            steps = np.where(span.inverses > 0, 1 / span.inverses, 0.0)
            made.append(Span(
                group, span.start, span.stop, flat[part], stands, projections,
                span.directions @ stands, span.origins, steps,
                None if mask is None else span.code(projections), cluster,
                0 if span.census is None else len(span.census.counts),
                0 if mask is None else int(mask.sum()), mask, weights[part], coefficients,
                told, standing_told,
            ))
    return Hashing(tuple(made), correction, *_kind(technique))


def _standing(
    request: Request, technique: LSH | LowRank, span: HashedSpan, cluster: int,
    progress: Tell | None,
) -> Array:
    if isinstance(technique, LSH):
        return representative(request, technique, span, cluster, progress)
    return np.zeros(span.stop - span.start) if span.mean is None else span.mean


def _kind(technique: LSH | LowRank) -> tuple[str, int]:
    """Gives in a word what stands for a window, and of how many members it is the mean."""
    if not isinstance(technique, LSH):
        return "sample", 0
    if technique.as_published:
        return "doubled", 0
    if isinstance(technique.representative, int):
        return "some", technique.representative
    return technique.representative, 0


def _told(
    span: HashedSpan, member: int, window: Array, stands: Array, correction: str, taps: int
) -> tuple[Array, Array, Array]:
    """Gives coefficients, and what they are multiplied with for window and representative."""
    if correction == "none" or span.coefficients is None:
        nothing = np.zeros(0)
        return nothing, nothing, nothing
    rows = span.directions
    if correction == "brightness":
        channels = np.arange(span.start, span.stop) // taps
        rows = (np.unique(channels)[:, None] == channels).astype(np.float64)
    with np.errstate(all="ignore"):
        return span.coefficients[:, member], rows @ window, rows @ stands
