"""Colours for errors to choose from, all of them safe for those who see red and green alike.

Signed maps have the neutral grey of the images' background in their middle: no error is no colour.
The others run evenly from dark to light. Every map is drawn through OKLab (Ottosson 2020), so that
equal steps of error are equal steps to the eye; tests hold them against the sight of protanopes and
deuteranopes (Machado, Oliveira and Fernandes 2009).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from . import maps
from .lookup import Stops, Table, table

# The middle of every signed map is #808080.
_GREY = (0.5, 0.5999, 0.0, 0.0)


@dataclass(frozen=True)
class ColourMap:
    """A named table of colours.

    Attributes
    ----------
    name : str
        Within the program and in the settings.
    label : str
        As the user reads it.
    stops : tuple of (position, lightness, a, b)
        In OKLab; straight lines between them.
    """

    name: str
    label: str
    stops: Stops

    @property
    def table(self) -> Table:
        """256 x 4 uint8; the same array every time."""
        return _table(self.stops)


@cache
def _table(stops: Stops) -> Table:
    return table(stops)


SIGNED = (
    # Lightness rises from end to end: the sign survives a print without colour.
    ColourMap(
        "blue-yellow", "Blue – yellow",
        ((0.0, 0.36, -0.010, -0.190), _GREY, (1.0, 0.84, 0.035, 0.165)),
    ),
    # Both ends are as light: how large an error is can be read whatever its sign.
    ColourMap(
        "blue-orange", "Blue – orange",
        ((0.0, 0.88, -0.050, -0.080), (0.2, 0.76, -0.050, -0.130), _GREY,
         (0.8, 0.76, 0.075, 0.135), (1.0, 0.88, 0.030, 0.120)),
    ),
    ColourMap(
        "violet-green", "Violet – green",
        ((0.0, 0.36, 0.120, -0.140), _GREY, (1.0, 0.86, -0.130, 0.120)),
    ),
    ColourMap("greys", "Greys", ((0.0, 0.20, 0.0, 0.0), _GREY, (1.0, 1.0, 0.0, 0.0))),
)  # fmt: skip
SIZES = (
    ColourMap(
        "ember", "Ember",
        ((0.0, 0.14, 0.010, -0.030), (0.3, 0.38, 0.110, -0.110), (0.6, 0.62, 0.170, 0.060),
         (0.8, 0.78, 0.070, 0.140), (1.0, 0.97, -0.020, 0.090)),
    ),
    ColourMap(
        "sea", "Sea",
        ((0.0, 0.20, 0.020, -0.090), (0.35, 0.45, -0.040, -0.070), (0.7, 0.72, -0.110, 0.060),
         (1.0, 0.95, -0.040, 0.150)),
    ),
    # Blue to yellow alone, the axis that everyone but a tritanope sees.
    ColourMap(
        "slate", "Slate",
        ((0.0, 0.20, 0.0, -0.090), (0.5, 0.58, 0.0, 0.0), (1.0, 0.96, 0.0, 0.130)),
    ),
    ColourMap("dark-light", "Black – white", ((0.0, 0.15, 0.0, 0.0), (1.0, 1.0, 0.0, 0.0))),
)  # fmt: skip


def of_mode(mode: str) -> tuple[ColourMap, ...]:
    """Gives the maps to choose from for an error mode, the default first."""
    return SIGNED if mode == maps.SIGNED else SIZES


def named(name: str) -> ColourMap:
    """Gives a map by its name; KeyError if there is none."""
    return {each.name: each for each in (*SIGNED, *SIZES)}[name]
