"""Numbers in as many digits as fit a given width."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np

DIGITS = (3, 2, 1)
TINY = 1e-3
ROUNDEST = 6
"""Decimal places beyond which a number is written as a power of ten."""


def room_for_zeros(numbers: np.ndarray, room: float, width: Callable[[str], float]) -> bool:
    """Tells whether all numbers fit in full digits with the zero before the point.

    Then all have it, else none, lest the same number look different.
    """
    return all(width(next(_wordings(each, True))) <= room for each in numbers.ravel().tolist())


def fitted(
    numbers: np.ndarray, room: float, width: Callable[[str], float], zero: bool
) -> list[str]:
    """Gives a row of numbers as texts that are no wider than the room, where that can be.

    Parameters
    ----------
    numbers : ndarray, 1-D
    room : float
        In the units of ``width``.
    width : callable
        How wide a text is.
    zero : bool
        Whether a zero stands before the point.
    """
    return [_first_that_fits(each, room, width, zero) for each in numbers.tolist()]


def _first_that_fits(
    number: float, room: float, width: Callable[[str], float], zero: bool
) -> str:
    texts = list(_wordings(number, zero))
    if abs(number) < TINY:
        texts.append("≈0")
    fitting = (text for text in texts if width(text) <= room)
    return next(fitting, None) or min(texts, key=width)


def _wordings(number: float, zero: bool) -> Iterator[str]:
    """Gives ways to write a number, the fullest first."""
    if not math.isfinite(number) or number == 0:
        text = "NaN" if math.isnan(number) else f"{abs(number):g}".replace("inf", "∞")
        yield _signed(text, number)
        return
    power = math.floor(math.log10(abs(number)))
    for digits in DIGITS:
        places = max(digits - 1 - power, 0)
        if places <= ROUNDEST:
            text = f"{abs(number):.{places}f}"
            text = text.rstrip("0").rstrip(".") if "." in text else text
            yield _signed(text if zero else text.removeprefix("0"), number)
        mantissa, _, exponent = f"{abs(number):.{digits - 1}e}".partition("e")
        mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
        yield _signed(f"{mantissa}e{int(exponent)}", number)


def _signed(text: str, number: float) -> str:
    sign = "-" if number < 0 else ""
    return f"{sign}{text}".replace("-", "\N{MINUS SIGN}")
