"""How a figure is made: what is in it, how large, in which colours; and the widths of columns."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from convgui.model import colour_maps, maps

RANGES = {"width_mm": (60.0, 500.0), "dpi": (50, 1200), "font_size": (4.0, 24.0)}
LONGEST_CAPTION = 2000

COLUMNS = (
    ("IEEE, one column", 88.9),
    ("IEEE, two columns", 181.8),
    ("Springer LNCS", 122.0),
    ("Elsevier, one column", 90.0),
    ("Elsevier, two columns", 190.0),
    ("ACM, one column", 84.6),
    ("ACM, two columns", 177.8),
    ("Nature, one column", 89.0),
    ("Nature, two columns", 183.0),
)
"""Widths in millimetres, as authors are told them, never rounded up: IEEE 3.5 and 7.16 inches, the
type area of LNCS, Elsevier's artwork sizes, 7 inches with two columns 2 picas apart in acmart's
sigconf, and Nature's guide for figures."""


@dataclass(frozen=True)
class FigureOptions:
    """How the figure is made.

    Attributes
    ----------
    width_mm : float
        Width on paper, 60 to 500; :data:`COLUMNS` has those of journals.
    dpi : int
        Resolution of PNG, and of the images inside PDF and SVG, 50 to 1200.
    font_size : float
        Of the titles, in points, 4 to 24; the table is 1 point smaller.
    filter_index : int
        Which filter of a bank is shown, from 0.
    error_mode : str
        One of :data:`convgui.model.maps.ERROR_MODES`.
    error_map : str
        A name of :mod:`convgui.model.colour_maps`; "" for the mode's first.
    error_levels, output_levels : Levels or None
        Those of the error maps and of the outputs; None takes them from the values.
    hidden : tuple of str
        What is left out: ``"input"``, ``"filter"``, ``"operations"``, ``"table"``,
        ``"settings"``, a technique's name for its output, ``"error-NAME"`` for its error map.
    caption : str
        Text below everything, in lines as it is given, broken where they are too long.
    """

    width_mm: float = 178.0
    dpi: int = 300
    font_size: float = 8.0
    filter_index: int = 0
    error_mode: str = maps.SIGNED
    error_map: str = ""
    error_levels: maps.Levels | None = None
    output_levels: maps.Levels | None = None
    hidden: tuple[str, ...] = ()
    caption: str = ""

    def __post_init__(self) -> None:
        for name, (low, high) in RANGES.items():
            value = getattr(self, name)
            if not (math.isfinite(value) and low <= value <= high):
                raise ValueError(f"{name} must be {low:g} to {high:g}, got {value!r}")
        if self.error_mode not in maps.ERROR_MODES:
            raise ValueError(
                f"error_mode must be one of {', '.join(maps.ERROR_MODES)}, got {self.error_mode!r}"
            )
        choices = colour_maps.of_mode(self.error_mode)
        if self.error_map not in ("", *(each.name for each in choices)):
            raise ValueError(
                f"error_map must be one of {', '.join(each.name for each in choices)}, "
                f"got {self.error_map!r}"
            )
        if len(self.caption) > LONGEST_CAPTION:
            raise ValueError(
                f"caption must be at most {LONGEST_CAPTION} characters long, "
                f"got {len(self.caption)}"
            )


@dataclass(frozen=True)
class FigureChoices:
    """What the user chose of a figure, kept between two starts.

    Attributes
    ----------
    width_mm, dpi, font_size, hidden, caption
        As :class:`FigureOptions` has them.
    own_map : str
        The colours of errors where they are others than the window's; "" for those.
    """

    width_mm: float = FigureOptions.width_mm
    dpi: int = FigureOptions.dpi
    font_size: float = FigureOptions.font_size
    hidden: tuple[str, ...] = ()
    caption: str = ""
    own_map: str = ""

    def options(self, seen: FigureOptions) -> FigureOptions:
        """Gives the options of a figure; how values are seen is taken from the window."""
        known = {each.name for each in colour_maps.of_mode(seen.error_mode)}
        return FigureOptions(
            self.width_mm, self.dpi, self.font_size, seen.filter_index, seen.error_mode,
            self.own_map if self.own_map in known else seen.error_map,
            seen.error_levels, seen.output_levels, self.hidden, self.caption,
        )  # fmt: skip

    def to_plain(self) -> dict[str, str | int | float]:
        """Gives the choices as plain values, for a settings file."""
        return {
            field.name: " ".join(self.hidden) if field.name == "hidden"
            else getattr(self, field.name)
            for field in fields(self)
        }  # fmt: skip

    @classmethod
    def from_plain(cls, values: Mapping[str, Any]) -> FigureChoices:
        """Gives the choices from plain values; defaults for all that is missing or unusable."""
        taken: dict[str, Any] = {}
        for name, (low, high) in RANGES.items():
            value = values.get(name)
            number = isinstance(value, (int, float)) and not isinstance(value, bool)
            if number and low <= value <= high:  # type: ignore[operator]  # told by the line above
                taken[name] = type(getattr(cls, name))(value)
        for name in ("caption", "own_map"):
            if isinstance(value := values.get(name), str):
                taken[name] = value[:LONGEST_CAPTION]
        if isinstance(hidden := values.get("hidden"), str):
            taken["hidden"] = tuple(hidden.split())
        return cls(**taken)
