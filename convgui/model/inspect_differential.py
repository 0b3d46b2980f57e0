"""The differential technique at one output: reference, difference, what is added back."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cyconv import Differential, Frame
from cyconv.techniques.skipping import ROWS

from .compute import Outcome
from .inspect_window import Array, Place, Taps, Terms, read, taps_of
from .resolve import Request

FIRST, LEFT, ABOVE, FRAME, NONE = "first", "previous", "above", "frame", "none"


@dataclass(frozen=True, eq=False)
class Difference:
    """How the differential technique comes to one output.

    Attributes
    ----------
    kind : str
        What the difference is taken from: the first window, the one to the left, the one above,
        that of another image, or nothing where the window is multiplied in full.
    place : Place or None
        The reference window's output.
    taps : Taps or None
        The samples that the reference reads.
    window, reference, difference : channels x K_h x K_w
        The window as the technique sees it, small differences left out; without a reference its
        values are zeros and the difference is the window.
    left_out : channels x K_h x K_w of bool
        Where a difference was small and left out.
    base, added : Terms
        Filter times reference, and filter times difference.
    published : bool
        Whether the report's own outcome is shown: reference less window, and no base.
    taken_over : bool
        Whether nothing differs, so that the output can be the reference's.
    path, reason : str
        How the run went, and why; see :class:`cyconv.Facts`.
    """

    kind: str
    place: Place | None
    taps: Taps | None
    window: Array
    reference: Array
    difference: Array
    left_out: NDArray[np.bool_]
    base: Terms
    added: Terms
    published: bool
    taken_over: bool
    path: str
    reason: str

    @property
    def recomputed(self) -> float:
        """The output, in float64."""
        return self.added.total if self.published else self.base.total + self.added.total

    @property
    def zeros(self) -> int:
        """How many differences are zero, left out or not."""
        return int((self.difference == 0).sum())


def difference(request: Request, outcome: Outcome, place: Place, taps: Taps) -> Difference:
    """Explains one output of a run of :class:`cyconv.Differential`."""
    technique = outcome.technique
    if not isinstance(technique, Differential):
        raise ValueError(f"outcome must be of a Differential, got {type(technique).__name__}")
    facts = outcome.result.facts
    reached = request.image if facts.reached is None else facts.reached
    weights = request.filters[place.index].astype(np.float64)
    original, window = read(request.image, taps), read(reached, taps)
    kind, other = _reference(technique, outcome, request, place)
    reference, its_taps = np.zeros_like(window), None
    if other is not None:
        its_taps = taps_of(request.image.shape, request.filters.shape, request.geometry, other)
        source = reached
        if isinstance(technique.reference, Frame):
            frame = technique.reference
            source = frame.image if frame.reached is None else frame.reached
        reference = read(source, its_taps)
    published = technique.as_published and other is not None
    with np.errstate(all="ignore"):
        away = reference - window if published else window - reference
        left_out = window != original
        if kind == FIRST and technique.threshold:
            left_out = (np.abs(away) <= technique.threshold) & (away != 0)
            away = np.where(left_out, 0.0, away)
    left_out = left_out & taps.inside if facts.reached is not None else left_out
    return Difference(
        kind, other, its_taps, window, reference, away, left_out, Terms.of(reference, weights),
        Terms.of(away, weights), published, other is not None and not away.any(), facts.path,
        facts.reason,
    )


def _reference(
    technique: Differential, outcome: Outcome, request: Request, place: Place
) -> tuple[str, Place | None]:
    """Gives what the difference is taken from; None where the window is multiplied in full."""
    if isinstance(technique.reference, Frame):
        return FRAME, place
    kind = technique.reference
    if kind == "best":
        above = outcome.result.facts.above
        group = place.index // (len(request.filters) // request.geometry.groups)
        kind = ABOVE if above is not None and above[group, place.row // ROWS] else LEFT
    others = {
        FIRST: replace(place, row=0, column=0) if place.row or place.column else None,
        LEFT: replace(place, column=place.column - 1) if place.column else None,
        ABOVE: replace(place, row=place.row - 1) if place.row else None,
    }
    other = others[kind]
    return (NONE, None) if other is None else (kind, other)
