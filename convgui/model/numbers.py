"""Numbers as people read them: SI prefixes, units, few digits, honest about what isn't finite."""

from __future__ import annotations

import math
from collections.abc import Sequence

INFINITE = "∞"
NOT_A_NUMBER = "not a number"

_PREFIXES = ("", "k", "M", "G", "T", "P", "E", "Z", "Y")
_TIMES: tuple[tuple[float, str, float], ...] = (
    (1.0, "s", 1.0),
    (1e-3, "ms", 1e3),
    (0.0, "µs", 1e6),
)


def _not_finite(value: float) -> str:
    """Give the words for NaN and the infinities, and "" for every other number."""
    if math.isnan(value):
        return NOT_A_NUMBER
    if math.isinf(value):
        return INFINITE if value > 0 else f"-{INFINITE}"
    return ""


def _fixed(value: float, digits: int) -> str:
    """Give so many decimal places, and never minus zero."""
    return f"{round(value, digits) + 0.0:.{digits}f}"


def _scaled(value: float, prefixes: Sequence[str], unit: str) -> str:
    """Give ``value`` with the prefix that leaves it below 1000 after rounding."""
    power = 0
    # 999.95 rounds to 1000.0, which belongs to the next prefix.
    while abs(value) >= 999.95 and power < len(prefixes) - 1:
        value /= 1000
        power += 1
    whole = power == 0 and float(value).is_integer()
    return f"{_fixed(value, 0 if whole else 1)} {prefixes[power]}{unit}".rstrip()


def si(value: float, unit: str = "") -> str:
    """Give a count with an SI prefix: ``128.4 M``; whole numbers under a thousand as they are."""
    return _not_finite(value) or _scaled(value, _PREFIXES, unit)


def bytes_(count: float) -> str:
    """Give an amount of memory: ``512 B``, ``1.5 MB`` (powers of 1000)."""
    return _not_finite(count) or _scaled(count, _PREFIXES, "B")


def full(value: float) -> str:
    """Give a count in full, digits in threes: ``128,400,000``."""
    if words := _not_finite(value):
        return words
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,}"


def number(value: float, digits: int = 4) -> str:
    """Give a measure with so many significant digits, tiny and huge ones as powers of ten."""
    return _not_finite(value) or f"{value + 0:.{digits}g}"


def decibels(value: float) -> str:
    """Give a ratio in decibels: ``26.6 dB``; an infinite one (no error at all) as ``∞``."""
    return _not_finite(value) or f"{_fixed(value, 1)} dB"


def similarity(value: float) -> str:
    """Give a similarity of at most 1: ``0.987``. Only 1 itself is shown as 1."""
    return "> 0.999" if 0.9995 <= value < 1 else number(value, 3)


def percent(value: float) -> str:
    """Give a percentage: ``99.97 %``. Only 100 itself is shown as 100, only 0 as 0.

    Beyond a million, where figures such as the report's accuracy may go, as a power of ten.
    """
    words = _not_finite(value)
    if words:
        return words
    if float(value).is_integer() and abs(value) < 1e6:
        return f"{_fixed(value, 0)} %"
    if abs(value) >= 1e6:
        return f"{value:.2e} %"
    if 99.995 <= value < 100:
        return "> 99.99 %"
    if 0 < abs(value) < 0.005:
        return "< 0.01 %" if value > 0 else "> -0.01 %"
    return f"{_fixed(value, 2)} %"


def seconds(value: float) -> str:
    """Give a duration: ``850 µs``, ``12.3 ms``, ``1.24 s``, ``2 min 05 s``, ``3 h 20 min``."""
    words = _not_finite(value)
    if words:
        return words
    if abs(value) >= 3599.5:
        hours, rest = divmod(round(value / 60), 60)
        return f"{hours} h {rest:02d} min"
    if abs(value) >= 59.995:
        minutes, rest = divmod(round(value), 60)
        return f"{minutes} min {rest:02d} s"
    # Rounding must not give 1000 of the smaller unit.
    unit, factor = next(entry[1:] for entry in _TIMES if abs(value) >= entry[0] * 0.9995)
    shown = value * factor
    digits = 2 if abs(shown) < 10 else 1 if abs(shown) < 100 else 0
    return "0 s" if abs(value) < 5e-9 else f"{_fixed(shown, digits)} {unit}"


def times(value: float) -> str:
    """Give a factor such as a speed-up: ``1.8 x``, small ones with two digits: ``0.45 x``."""
    words = _not_finite(value)
    if words:
        return words
    if abs(value) < 0.0995:
        return f"{value + 0:.2g} x"
    digits = 2 if abs(value) < 0.995 else 1 if abs(value) < 99.5 else 0
    return f"{_fixed(value, digits)} x"
