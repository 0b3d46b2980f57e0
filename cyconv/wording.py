"""What came, as messages tell it: in one line, however much it was."""

from __future__ import annotations

import reprlib

MOST = 80
"""Characters of a value that a message tells."""


class _Short(reprlib.Repr):
    """Tells long things in part, and never looks through all of them first."""

    def __init__(self) -> None:
        super().__init__()
        self.maxstring = self.maxother = self.maxlong = MOST
        self.maxlist = self.maxtuple = self.maxdict = self.maxset = 8

    def repr_int(self, value: int, level: int) -> str:
        # Python itself refuses to write down a number of thousands of digits.
        if value.bit_length() > 4 * MOST:
            return f"{'-' * (value < 0)}a number of {value.bit_length()} bits"
        return repr(value)

    def repr_ndarray(self, value: object, level: int) -> str:
        shape, dtype = getattr(value, "shape", ()), getattr(value, "dtype", None)
        return f"an array of shape {shape} of {dtype}"


def told(value: object) -> str:
    """Gives a value as one short line, whatever it is.

    Arrays are told by shape and type, numbers of hundreds of digits by their size.
    """
    try:
        text = " ".join(_SHORT.repr(value).split())
    except Exception:  # what a foreign object raises when it is asked for its name
        text = f"a {type(value).__name__}"
    return text if len(text) <= 2 * MOST else f"{text[: 2 * MOST]}..."


_SHORT = _Short()
