"""One output value of every technique, explained by numbers: what the Inspect tab shows."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from cyconv import LSH, LowRank, Operations
from cyconv.hashed import HashedSpan, hashed

from .compute import EXACT, Comparison, Outcome
from .inspect_differential import Difference, difference
from .inspect_hash import Hashing, hashing
from .inspect_window import Place, Taps, Terms, channel_names, read, taps_of

Tell = Callable[[Any], None]
Hashes = Mapping[str, tuple[HashedSpan, ...]]


@dataclass(frozen=True)
class Figures:
    """One output of one technique.

    Attributes
    ----------
    recomputed : float
        Worked out again in float64.
    kernel : float
        What the run gave.
    error : float
        That less what the exact run gave.
    share : float
        The error's square as a share of the sum of squared errors over all outputs of the
        technique; NaN where there are none.
    outputs : int
        How many outputs share these errors.
    """

    recomputed: float
    kernel: float
    error: float
    share: float
    outputs: int


@dataclass(frozen=True, eq=False)
class Inspection:
    """One output, explained.

    Attributes
    ----------
    comparison : Comparison
        What was run.
    place : Place
    taps : Taps
    exact : Terms
    differential : Difference or None
    reuse : dict of str to Hashing
        For "lsh" and "low-rank", where they were run.
    figures : dict of str to Figures
        By technique, the exact one first.
    hashes : mapping
        What this was made from, for the next place of the same comparison.
    """

    comparison: Comparison
    place: Place
    taps: Taps
    exact: Terms
    differential: Difference | None
    reuse: dict[str, Hashing]
    figures: dict[str, Figures]
    hashes: Hashes = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The techniques that are explained."""
        return tuple(self.figures)

    @property
    def channels(self) -> tuple[str, ...]:
        """The names of the channels that the filter sees."""
        every = channel_names(self.comparison.request.image.shape[0])
        return every[self.taps.channels.start : self.taps.channels.stop]


def hashes_of(comparison: Comparison, progress: Tell | None = None) -> dict[str, Any]:
    """Gives what a comparison's techniques hash windows by."""
    def told(fraction: float, operations: Operations) -> None:
        if progress is not None:
            progress(None)

    request = comparison.request
    return {
        each.name: hashed(
            request.image, request.filters, each.technique, request.geometry,
            threads=request.threads, progress=told,
        )
        for each in comparison.outcomes if isinstance(each.technique, LSH | LowRank)
    }


@np.errstate(over="ignore", invalid="ignore", divide="ignore")
def inspect(
    comparison: Comparison,
    place: Place,
    before: Inspection | None = None,
    progress: Tell | None = None,
) -> Inspection:
    """Explains one output of a comparison.

    Parameters
    ----------
    comparison : Comparison
    place : Place
        Brought into the output where it lies beyond.
    before : Inspection, optional
        What was explained last; of the same comparison, its hashes serve again.
    progress : callable, optional
        Called now and then; may raise :class:`cyconv.Cancelled`.

    Raises
    ------
    MemoryError
        If hashing the image anew would not fit.
    """
    request = comparison.request
    place = place.within(comparison.filter_count, request.output_size)
    same = before is not None and before.comparison is comparison
    hashes = before.hashes if same and before is not None else hashes_of(comparison, progress)
    taps = taps_of(request.image.shape, request.filters.shape, request.geometry, place)
    window = read(request.image, taps)
    exact = Terms.of(window, request.filters[place.index].astype(np.float64))
    figures = {EXACT: _figures(comparison, comparison.exact, place, exact.total)}
    differential, reuse = None, {}
    for outcome in comparison.outcomes:
        name = outcome.name
        if name in hashes and isinstance(outcome.technique, LSH | LowRank):
            last = before.reuse.get(name) if same and before is not None else None
            reuse[name] = hashing(
                request, outcome.technique, hashes[name], place, window, last, progress
            )
            figures[name] = _figures(comparison, outcome, place, reuse[name].recomputed)
        elif name == "differential":
            differential = difference(request, outcome, place, taps)
            figures[name] = _figures(comparison, outcome, place, differential.recomputed)
    return Inspection(comparison, place, taps, exact, differential, reuse, figures, hashes)


def _figures(
    comparison: Comparison, outcome: Outcome, place: Place, recomputed: float
) -> Figures:
    at = place.index, place.row, place.column
    kernel, exact = (
        float(each.result.output[at]) for each in (outcome, comparison.exact)
    )
    error = kernel - exact if math.isfinite(kernel) or math.isfinite(exact) else math.nan
    size = outcome.result.output.size
    total = outcome.accuracy.mse * size
    with np.errstate(all="ignore"):
        share = float(np.square(error) / total) if total > 0 else math.nan
    return Figures(recomputed, kernel, error, share, size)
