"""How results are looked at: what is compared how, in which colours and levels. Never computed on.

It changes no number, only what of the numbers can be seen; so it is not part of the session, takes
part in no undo, and is kept with the window's settings.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from . import colour_maps, maps
from .colours import TECHNIQUE_COLOURS
from .maps import Levels

VERTICAL, HORIZONTAL = "vertical", "horizontal"
WIPES = ("", VERTICAL, HORIZONTAL)
GAMMAS = 0.2, 5.0
EXPOSURES = -10.0, 10.0


@dataclass(frozen=True)
class Look:
    """All choices of how results are looked at.

    Attributes
    ----------
    wipe : str
        Whether every output is parted from the one it is held against: by a line from top to
        bottom (``"vertical"``), from side to side (``"horizontal"``), or not (``""``).
    against : str
        The technique whose output is shown by wipe and flicker.
    error_mode : str
        One of :data:`convgui.model.maps.ERROR_MODES`.
    signed_map, size_map : str
        Colours of errors with a sign, and of those without.
    output_levels, error_levels : Levels or None
        Typed in; None takes them from the values. Those of signed errors lie even about zero.
    gamma : float
        Greys are raised to the power of 1 / gamma.
    exposure : float
        Values of images are shown 2 ** exposure times as large.
    log_counts : bool
        Whether the histogram of the errors shows logarithms of its counts.
    along_column : bool
        Whether the profile goes along the crosshair's column, not along its row.
    region_only : bool
        Whether accuracies are those of the region that is framed.
    """

    wipe: str = ""
    against: str = "exact"
    error_mode: str = maps.SIGNED
    signed_map: str = colour_maps.SIGNED[0].name
    size_map: str = colour_maps.SIZES[0].name
    output_levels: Levels | None = None
    error_levels: Levels | None = None
    gamma: float = 1.0
    exposure: float = 0.0
    log_counts: bool = True
    along_column: bool = False
    region_only: bool = False

    def __post_init__(self) -> None:
        choices = {
            "wipe": WIPES,
            "log_counts": (True, False),
            "along_column": (True, False),
            "region_only": (True, False),
            "against": tuple(TECHNIQUE_COLOURS),
            "error_mode": maps.ERROR_MODES,
            "signed_map": tuple(each.name for each in colour_maps.SIGNED),
            "size_map": tuple(each.name for each in colour_maps.SIZES),
        }
        for name, allowed in choices.items():
            if getattr(self, name) not in allowed:
                known = ", ".join(str(each) or '""' for each in allowed)
                raise ValueError(f"{name} must be one of {known}, got {getattr(self, name)!r}")
        for name, (low, high) in (("gamma", GAMMAS), ("exposure", EXPOSURES)):
            value = getattr(self, name)
            if not (isinstance(value, (int, float)) and low <= value <= high):
                raise ValueError(f"{name} must be {low:g} to {high:g}, got {value!r}")
        for name in ("output_levels", "error_levels"):
            levels = getattr(self, name)
            if levels is not None and not maps.sensible(levels):
                raise ValueError(f"{name} must be two numbers, the first below, got {levels}")

        even = self.error_levels is None or self.error_levels[0] == -self.error_levels[1]
        if self.error_mode == maps.SIGNED and not even:
            raise ValueError(
                f"error_levels of signed errors must lie even about 0, got {self.error_levels}"
            )

    @property
    def error_map(self) -> colour_maps.ColourMap:
        """The colours of the errors in the mode that is shown."""
        name = self.signed_map if self.error_mode == maps.SIGNED else self.size_map
        return colour_maps.named(name)

    @property
    def shown(self) -> maps.Shown | None:
        """How outputs are shown where the errors depend on it; None where they do not."""
        if self.error_mode != maps.FLIP:
            return None
        return maps.Shown(self.output_levels, self.exposure, self.gamma)

    def shows_as(self, other: Look) -> bool:
        """Tells whether pictures look the same, but for a line or a moment's flicker."""
        return self == replace(
            other, wipe=self.wipe, against=self.against, log_counts=self.log_counts,
            along_column=self.along_column, region_only=self.region_only,
        )  # fmt: skip

    @property
    def automatic(self) -> bool:
        """Whether all levels come from the values, and images are shown as they are."""
        return self == self.automatically()

    def automatically(self) -> Look:
        """Gives the look without levels that were typed, with neutral gamma and exposure."""
        return replace(self, output_levels=None, error_levels=None, gamma=1.0, exposure=0.0)

    def shown_levels(self, levels: Levels) -> Levels:
        """Gives the levels in which values appear as much larger as the exposure says."""
        factor = 2.0**-self.exposure
        return Levels(levels.low * factor, levels.high * factor)

    def to_plain(self) -> dict[str, str | float]:
        """Gives the choices as plain values by name, for a settings file."""
        plain: dict[str, str | float] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, tuple):
                plain[f"{field.name}_low"], plain[f"{field.name}_high"] = value
            elif value is not None:
                plain[field.name] = value
        return plain

    @classmethod
    def from_plain(cls, values: Mapping[str, Any]) -> Look:
        """Gives the choices from plain values; defaults for all that is missing or unusable."""
        look = cls()
        for field in fields(cls):
            value: Any = values.get(field.name)
            if field.name.endswith("_levels"):
                low, high = (values.get(f"{field.name}_{end}") for end in ("low", "high"))
                value = _levels(low, high)
            if value is not None:
                look = _changed(look, field.name, value)
        return look


def _levels(low: object, high: object) -> Levels | None:
    """Gives levels from two values of a file, None if they are none."""
    if not (isinstance(low, (int, float)) and isinstance(high, (int, float))):
        return None
    try:
        return Levels(float(low), float(high))
    except OverflowError:
        return None


def _changed(look: Look, name: str, value: Any) -> Look:
    """Gives the look with one choice changed, or as it is where the value is none of those."""
    kept = {field.name: getattr(look, field.name) for field in fields(look)}
    if isinstance(value, float) and not math.isfinite(value):
        return look
    try:
        return Look(**(kept | {name: value}))
    except (TypeError, ValueError):
        return look
