"""What a comparison looks like: the planes of one filter, their errors, and the levels of both.

Working these out takes tens of milliseconds for a large image, too long for the thread of the
window. So the thread that ran the comparison does it with :func:`warm`, and :func:`prepare` finds
it done.
"""

from __future__ import annotations

import weakref
from dataclasses import dataclass, field

import numpy as np

from . import maps
from .compute import EXACT, Comparison
from .maps import Levels, Plane, Shown, Tell

KEPT = 2
"""How many are kept, so that going back from one filter or mode to the last one is instant."""

Unfit = tuple[int, int]


@dataclass(frozen=True, eq=False)
class Planes:
    """The planes of one filter.

    Attributes
    ----------
    index : int
        The filter.
    mode : str
        Of the errors, one of :data:`convgui.model.maps.ERROR_MODES`.
    image_levels, levels, error_levels : Levels
        Of the input, of all outputs, and of all errors.
    outputs, errors : dict
        Planes by technique; the exact output is among the first, but has no error.
    unfit, unfit_errors : dict
        How many values of each are not a number, and how many are infinite.
    image_unfit : (int, int)
        The same of the input.
    stored : str
        The type of the image's values in its file.
    shown : Shown or None
        How the outputs are shown, where the errors depend on it.
    means : dict
        The mean of the finite errors by technique, where they depend on how outputs are shown;
        other means are those of the accuracy.
    """

    index: int
    mode: str
    image_levels: Levels
    levels: Levels
    error_levels: Levels
    outputs: dict[str, Plane]
    errors: dict[str, Plane]
    unfit: dict[str, Unfit]
    unfit_errors: dict[str, Unfit]
    image_unfit: Unfit
    stored: str
    shown: Shown | None = None
    means: dict[str, float] = field(default_factory=dict)


_kept: tuple[tuple[weakref.ref[Comparison], Planes], ...] = ()
_wanted: tuple[int, str, Shown | None] = 0, maps.SIGNED, None


def prepare(
    comparison: Comparison,
    index: int = 0,
    mode: str = maps.SIGNED,
    shown: Shown | None = None,
    progress: Tell | None = None,
) -> Planes:
    """Gives the planes of a filter, from the last ones worked out where it is among them.

    ``shown`` says how the outputs are shown, where errors depend on that; ``progress`` is called
    while they are worked out, and may raise :class:`cyconv.Cancelled`.

    Raises
    ------
    ValueError
        If the mode is none of ``ERROR_MODES``.
    """
    global _kept, _wanted
    _wanted = index, mode, shown
    for reference, planes in _kept:
        if reference() is comparison and (planes.index, planes.mode, planes.shown) == _wanted:
            return planes
    planes = _work_out(comparison, index, mode, shown, progress)
    alive = tuple(entry for entry in _kept if entry[0]() is not None)
    _kept = ((weakref.ref(comparison, _forget), planes), *alive)[:KEPT]
    return planes


def _forget(reference: weakref.ref[Comparison]) -> None:
    """Lets go of what a comparison looked like that nobody holds any more."""
    global _kept
    _kept = tuple(entry for entry in _kept if entry[0] is not reference)


def let_go() -> None:
    """Keeps only the last ones that were worked out."""
    global _kept
    _kept = _kept[:1]


def ready(comparison: Comparison, index: int, mode: str, shown: Shown | None = None) -> bool:
    """Tells whether :func:`prepare` has these at hand."""
    return any(
        reference() is comparison
        and (planes.index, planes.mode, planes.shown) == (index, mode, shown)
        for reference, planes in _kept
    )


def warm(comparison: Comparison, progress: Tell | None = None) -> None:
    """Works out the planes of the filter and mode that were asked for last."""
    index, mode, shown = _wanted
    prepare(comparison, min(index, comparison.filter_count - 1), mode, shown, progress)


def _work_out(
    comparison: Comparison, index: int, mode: str, shown: Shown | None, progress: Tell | None
) -> Planes:
    outcomes = {outcome.name: outcome for outcome in comparison.outcomes}
    outcomes[EXACT] = comparison.exact
    outputs = {name: maps.plane(each.result.output, index) for name, each in outcomes.items()}
    errors = {
        name: maps.error(each, outputs[EXACT], 0, mode, shown, progress)
        for name, each in outputs.items()
        if name != EXACT
    }
    # The whole outputs were counted for the accuracy; mostly that settles it.
    doubtful = {
        name
        for name, each in outcomes.items()
        if each.accuracy.nan_count or each.accuracy.inf_count
    }
    unfit = {name: _unfit(each, name in doubtful) for name, each in outputs.items()}
    exact = EXACT in doubtful
    # The square of a number may be infinite where the number is not.
    exact = exact or mode == maps.SQUARED
    unfit_errors = {name: _unfit(each, exact or name in doubtful) for name, each in errors.items()}
    image = comparison.request.image
    return Planes(
        index=index,
        mode=mode,
        image_levels=maps.image_levels(image),
        levels=maps.output_levels(outputs[EXACT]),
        error_levels=maps.error_levels(errors.values(), mode, outputs[EXACT]),
        outputs=outputs,
        errors=errors,
        unfit=unfit,
        unfit_errors=unfit_errors,
        image_unfit=_unfit(image, image.dtype.kind == "f"),
        stored=comparison.request.stored,
        shown=shown,
        means={name: _mean(each) for name, each in errors.items()} if mode == maps.FLIP else {},
    )


def _mean(values: Plane) -> float:
    finite = values[np.isfinite(values)]
    return float(finite.mean(dtype=np.float64)) if finite.size else float("nan")


def _unfit(values: Plane, doubtful: bool) -> Unfit:
    return maps.unfit(values) if doubtful else (0, 0)
