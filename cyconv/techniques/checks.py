"""Settings of techniques, checked once where they are given."""

from __future__ import annotations

import operator
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..arrays import as_array
from ..wording import told
from .families import FAMILIES
from .spans import SCOPES

MOST_HASHES = 32
REPRESENTATIVES = ("mean", "first")
SCOPES_OF_IMAGES = ("each", "all")
CORRECTIONS = ("none", "brightness", "projection")


class Hashed(Protocol):
    """The settings of an LSH technique."""

    @property
    def hashes(self) -> int: ...
    @property
    def family(self) -> str: ...
    @property
    def step(self) -> float | None: ...
    @property
    def scope(self) -> str | int: ...
    @property
    def representative(self) -> str | int: ...
    @property
    def correction(self) -> str: ...
    @property
    def directions(self) -> ArrayLike | None: ...
    @property
    def seed(self) -> int: ...
    @property
    def reuse(self) -> bool: ...
    @property
    def as_published(self) -> bool: ...
    @property
    def scope_images(self) -> str: ...


def whole(name: str, value: object, least: int, most: int | None = None) -> int:
    """Gives an int; ValueError where it is none or out of range."""
    try:
        number = least - 1 if isinstance(value, bool) else operator.index(value)  # type: ignore[arg-type]  # that it is none is what is caught
    except TypeError:
        number = least - 1
    if number < least or (most is not None and number > most):
        wanted = f"{least} to {most}" if most is not None else f"{least} or more"
        raise ValueError(f"{name} must be an int of {wanted}, got {told(value)}")
    return number


def positive(name: str, value: object, wanted: str = "a finite number above 0") -> float:
    """Gives a float; ValueError where it is none, not finite, or not above 0."""
    try:
        number = float("nan") if isinstance(value, bool) else float(value)  # type: ignore[arg-type]  # as above
    except (TypeError, ValueError, OverflowError):
        number = float("nan")
    if not 0 < number < float("inf"):
        raise ValueError(f"{name} must be {wanted}, got {told(value)}")
    return number


def flag(name: str, value: object) -> bool:
    """Gives True or False; ValueError where it is neither."""
    if not isinstance(value, bool | np.bool_):
        raise ValueError(f"{name} must be True or False, got {told(value)}")
    return bool(value)


def one_of(name: str, value: object, known: tuple[str, ...]) -> str:
    """Gives a name that is known; ValueError where it is not."""
    if value not in known:
        quoted = [f'"{each}"' for each in known]
        wanted = " or ".join([", ".join(quoted[:-1]), quoted[-1]])
        raise ValueError(f"{name} must be {wanted}, got {told(value)}")
    return str(value)


def name_or_count(name: str, value: object, known: tuple[str, ...]) -> str | int:
    """Gives a known name, or an int of at least 1; ValueError where it is neither."""
    if isinstance(value, str):
        if value in known:
            return value
    else:
        try:
            return whole(name, value, 1)
        except ValueError:
            pass
    quoted = ", ".join(f'"{each}"' for each in known)
    raise ValueError(f"{name} must be {quoted} or an int of 1 or more, got {told(value)}")


def check_directions(value: ArrayLike) -> tuple[tuple[float, ...], ...]:
    """Gives directions as they can be compared and hashed; ValueError where they are none."""
    array = as_array("directions", value)
    if array.dtype.kind not in "buif" or array.ndim != 2 or 0 in array.shape:
        raise ValueError(
            f"directions must be H x D real numbers, got shape {array.shape} of {array.dtype}"
        )
    if len(array) > MOST_HASHES:
        raise ValueError(f"directions must be {MOST_HASHES} at the most, got {len(array)}")
    if not np.isfinite(array).all():
        raise ValueError("directions must be finite numbers, got some that are not")
    return tuple(tuple(float(each) for each in row) for row in array)


def directions_of(value: ArrayLike | None) -> NDArray[np.float64] | None:
    """Gives checked directions as a matrix."""
    return None if value is None else np.asarray(value, np.float64)


def check_lengths(directions: NDArray[np.float64] | None, length: int) -> None:
    """Raises ValueError unless directions are as long as what is hashed together."""
    if directions is not None and directions.shape[1] != length:
        raise ValueError(
            f"directions must have {length} values each, as many as are hashed together, "
            f"got {directions.shape[1]}"
        )


def check_step(value: object, family: str) -> float | None:
    """Gives a step that fits the family; ValueError where it does not."""
    steps = FAMILIES[family].steps
    if value is None:
        if steps == "must":
            raise ValueError(f'step must be a number for family "{family}", got None')
        return None
    if steps == "never":
        raise ValueError(f'step must be None for family "{family}", got {told(value)}')
    return positive("step", value, "None or a finite number above 0")


def check_lsh(technique: Hashed) -> dict[str, Any]:
    """Gives the settings as they are kept; ValueError that names what is wrong."""
    settings: dict[str, Any] = {
        "hashes": whole("hashes", technique.hashes, 1, MOST_HASHES),
        "family": one_of("family", technique.family, tuple(FAMILIES)),
        "seed": whole("seed", technique.seed, 0),
        "scope": name_or_count("scope", technique.scope, SCOPES),
        "representative": name_or_count(
            "representative", technique.representative, REPRESENTATIVES
        ),
        "correction": one_of("correction", technique.correction, CORRECTIONS),
        "scope_images": one_of("scope_images", technique.scope_images, SCOPES_OF_IMAGES),
    }
    settings["step"] = check_step(technique.step, settings["family"])
    for name in ("reuse", "as_published"):
        settings[name] = flag(name, getattr(technique, name))
    if technique.directions is not None:
        settings["directions"] = check_directions(technique.directions)
        settings["hashes"] = len(settings["directions"])
    _check_together(technique)
    return settings


def _check_together(technique: Hashed) -> None:
    if not technique.reuse and technique.correction != "none":
        raise ValueError(
            f'correction must be "none" without reuse, got {told(technique.correction)}'
        )
    if not technique.reuse and technique.scope not in SCOPES:
        raise ValueError(
            f'scope must be "channel" or "window" without reuse, got {told(technique.scope)}'
        )
    published = ("report", "mean", "none")
    given = technique.family, technique.representative, technique.correction
    if technique.as_published and given != published:
        raise ValueError(
            "as_published reproduces the report: its family, the mean and no correction, "
            f"got {', '.join(str(each) for each in given)}"
        )
