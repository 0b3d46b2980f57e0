"""Numbers as they stand on the screen, read back: whether a text says what a value is."""

from __future__ import annotations

import math
import re

_SI = {"": 1.0, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18, "Z": 1e21, "Y": 1e24}
_UNITS = {"B": 1.0, "dB": 1.0, "%": 1.0, "x": 1.0, "s": 1.0, "ms": 1e-3, "µs": 1e-6}
COARSEST, NEAR, STEPS = 0.11, 0.05, {"dB": 0.1, "%": 0.01}
"""Shares of a value that a text may leave open, and be off by where noughts at its end are not
told; and steps that units are told in."""

_NUMBER = re.compile(r"(-?\d[\d,]*(?:\.(\d+))?)(?:e([+-]\d+))?\s*(.*)")


def scale_of(unit: str) -> float | None:
    """Gives what a unit with its prefix stands for; None for one that is unknown."""
    if unit in _UNITS:
        return _UNITS[unit]
    if unit in _SI:
        return _SI[unit]
    if unit.endswith("B") and unit[:-1] in _SI:
        return _SI[unit[:-1]]
    if unit.endswith(" %"):
        return _SI.get(unit[:-2])
    return None


def says(text: str, value: float, unit: str = "") -> bool:
    """Tells whether a text says a value, to as many digits as it has.

    Parameters
    ----------
    text : str
    value : float
    unit : str
        What the text must end in, such as ``"dB"``.
    """
    text = text.replace("\u2212", "-").replace("\u00a0", " ").strip()
    if math.isnan(value):
        return text in ("NaN", "not a number", "–")
    if math.isinf(value):
        return text == ("∞" if value > 0 else "-∞")
    if text.startswith(("<", ">")):
        return _beyond(text, value)
    match = _NUMBER.fullmatch(text)
    if match is None or not match[4].endswith(unit):
        return False
    scale = scale_of(match[4].strip())
    if scale is None:
        return False
    scale *= 10.0 ** int(match[3] or 0)
    shown = float(match[1].replace(",", "")) * scale
    step = scale * 10.0 ** -len(match[2] or "")
    # Half a step, and what doubles leave open where a value lies between two texts.
    if abs(shown - value) > 0.5 * step * (1 + 1e-6) + 1e-9 * abs(value):
        return False
    near = step <= COARSEST * abs(value) or abs(shown - value) <= NEAR * abs(value)
    return shown == value or near or step <= STEPS.get(match[4].strip(), 0)


def _beyond(text: str, value: float) -> bool:
    """Tells whether a value lies where a text such as "< 0.01 %" says."""
    sign, number = text[0], float(text[1:].replace("%", ""))
    if sign == ">":
        whole = 100 if text.endswith("%") else 1
        return number <= value < (whole if number > 0 else 0)
    return 0 < value < number


def full(text: str, value: float, room: float = 1e-9) -> bool:
    """Tells whether a text has all the digits of a value."""
    text = text.replace("\u2212", "-").replace(",", "")
    if not math.isfinite(value):
        return says(text, value) or text == str(value)
    try:
        shown = float(text)
    except ValueError:
        return False
    return abs(shown - value) <= room * max(1.0, abs(value))
