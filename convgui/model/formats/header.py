"""What a file's header says, found out before anything is decoded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

CUT_OFF = "the file is cut off before the end of the picture"


class Unreadable(Exception):
    """Says why bytes hold no image that can be read, as a clause to put behind a name."""


@dataclass(frozen=True)
class Header:
    """The facts that decide whether and how a file is decoded.

    Attributes
    ----------
    format : str
        Name of the format, as people write it.
    width, height : int
        Pixels, as stored: before any rotation.
    channels : int
        Samples of a pixel, an alpha channel included.
    bits : int
        Of a sample.
    gray, alpha : bool
        Whether there is one channel beside a possible alpha; whether there is an alpha.
    orientation : int
        As EXIF counts them, 1 to 8; 1 is upright.
    notes : tuple of str
        What the user should be told.
    damaged : bool
        Whether the file's structure is broken although there is something to decode.
    parts : tuple of bytes
        What to hand to the decoder, in order: the file, or a cleaned copy.
    verify : callable
        Raises Unreadable for what only reading all the data shows; called once the size is allowed.
    join : callable
        Makes the image of the decoded parts, where decoding alone does not give it.
    """

    format: str
    width: int
    height: int
    channels: int = 3
    bits: int = 8
    gray: bool = False
    alpha: bool = False
    orientation: int = 1
    notes: tuple[str, ...] = ()
    damaged: bool = False
    parts: tuple[bytes, ...] = field(default=(), repr=False)
    verify: Callable[[], None] = field(default=lambda: None, repr=False)
    join: Callable[[list[npt.NDArray[Any]]], npt.NDArray[Any]] = field(
        default=lambda parts: parts[0], repr=False
    )

    @property
    def bytes_needed(self) -> int:
        """Memory at the highest point: what is decoded, and the uint8 or float32 made of it."""
        kept = 1 if self.gray else 3
        depth = 1 if self.bits <= 8 else 4
        decoded = max(self.channels, kept) * ((self.bits + 7) // 8)
        return self.width * self.height * (decoded + kept * depth)


def upright(pixels: npt.NDArray[Any], orientation: int) -> npt.NDArray[Any]:
    """Give the image turned and mirrored as an EXIF orientation from 1 to 8 asks for."""
    if orientation >= 5:
        pixels = np.swapaxes(pixels, 0, 1)
    # After the transposition, 5 to 8 are mirrored along the axes in this order.
    down = orientation in (3, 4, 7, 8)
    across = orientation in (2, 3, 6, 7)
    return pixels[:: -1 if down else 1, :: -1 if across else 1]
