"""What a change in the parameter dock makes of a session."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from cyconv import filters

from . import reuse
from .parameters import CUSTOM, bank_weights, choose_filter
from .session import Session, Weights

FOLLOWED: dict[str, Callable[[Session, Any], Session]] = {
    "family": reuse.choose_family,
    "step": reuse.with_step,
    "scope": reuse.choose_scope,
}
"""Parameters whose change makes others follow."""


@dataclass(frozen=True, eq=False)
class ShownWeights:
    """The weights of one filter as the dock shows them.

    Attributes
    ----------
    weights : ndarray of float64, K_h x K_w
    count : int
        The number of filters in the bank.
    fixed : str
        Why a single weight can't be typed over; "" where it can.
    """

    weights: NDArray[np.float64]
    count: int
    fixed: str


def change(session: Session, key: str, value: object) -> Session:
    """Gives the session with one parameter changed, and what must follow from it.

    Raises
    ------
    ValueError
        If ``key`` names no parameter.
    """
    if key not in Session.__dataclass_fields__:
        raise ValueError(f"key must name a parameter of a session, got {key!r}")
    if key == "filter_name":
        if value == CUSTOM and session.weights is None:
            session = replace(session, weights=_nested(shown_weights(session).weights))
        return choose_filter(session, str(value))
    if key == "kernel_size" and session.filter_name in filters.PRESETS:
        sizes = filters.PRESETS[session.filter_name].sizes
        value = _nearest(sizes, cast(int, value), session.kernel_size)
    if key in FOLLOWED:
        return FOLLOWED[key](session, value)
    return replace(session, **{key: value})  # type: ignore[arg-type]  # the type that the key has


def reset(session: Session, key: str) -> Session:
    """Gives the session with one parameter back at its default."""
    return change(session, key, getattr(Session(), key))


def with_weights(session: Session, weights: NDArray[np.float64]) -> Session:
    """Gives the session that convolves with these weights, K_h x K_w or M x C x K_h x K_w."""
    return replace(session, filter_name=CUSTOM, weights=_nested(weights))


def typed_weights(session: Session, text: str) -> Session:
    """Gives the session with weights that were typed: rows on lines, fractions allowed.

    Raises
    ------
    ValueError
        As :func:`cyconv.filters.parse` says.
    """
    return with_weights(session, filters.parse(text))


def loaded_weights(session: Session, path: str) -> Session:
    """Gives the session with weights from a file.

    Raises
    ------
    ValueError, OSError
        As :func:`cyconv.filters.load` says.
    """
    return with_weights(session, filters.load(path))


def shown_weights(session: Session, index: int = 0) -> ShownWeights:
    """Gives the weights of one filter of the bank, in its first channel.

    Raises
    ------
    ValueError
        If the session asks for a filter that can't be made.
    """
    if session.filter_name == CUSTOM and session.weights is not None:
        own = np.array(session.weights, dtype=np.float64)
        if bank_weights(session):
            bank = own[:, 0]
            fixed = "A bank that was loaded is changed in its file."
        else:
            bank, fixed = own[None], ""
        return ShownWeights(bank[min(index, len(bank) - 1)], len(bank), fixed)
    bank = _preset(
        session.filter_name, session.kernel_size, session.filter_count, session.divisor,
        session.sigma, session.filter_seed,
    )  # fmt: skip
    fixed = ""
    options = filters.PRESETS[session.filter_name].options
    if session.filter_count > 1 and "count" in options:
        fixed = "The filters of this bank differ; choose one filter to type over its weights."
    return ShownWeights(bank[min(index, len(bank) - 1)], len(bank), fixed)


@lru_cache(maxsize=2)
def _preset(
    name: str, size: int, count: int, divisor: float, sigma: float, seed: int
) -> NDArray[np.float64]:
    """Gives M x K x K, kept since a slider that is dragged asks for the same again and again."""
    bank = filters.make(
        name, size, count, 1, divisor=divisor or None, sigma=sigma or None, seed=seed
    )
    return np.asarray(bank[:, 0])


def _nearest(sizes: Sequence[int], wanted: int, before: int) -> int:
    """Gives the allowed size nearest to the one wanted, the one further along on a tie.

    An arrow that steps from 3 to 4 where only odd sizes are allowed thus comes to 5.
    """
    onward = 1 if wanted >= before else -1
    return min(sizes, key=lambda size: (abs(size - wanted), -onward * size))


def _nested(weights: NDArray[np.float64]) -> Weights:
    """Gives an array as nested tuples, which a frozen session can hold and compare."""

    def tuples(values: object) -> object:
        return tuple(map(tuples, values)) if isinstance(values, list) else values

    return cast(Weights, tuples(weights.tolist()))
