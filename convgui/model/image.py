"""The image that everything else works on, and what is said when a file gives none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8] | npt.NDArray[np.float32]


class ImageError(Exception):
    """Says in one sentence, meant for the user, why there is no image."""


class ImageTooLarge(ImageError):
    """Says that the image has more pixels than was allowed, and what it would take.

    Attributes
    ----------
    width, height : int
        Size that the file's header states.
    bytes_needed : int
        Memory that reading it would take at its highest.
    """

    def __init__(self, message: str, width: int, height: int, bytes_needed: int) -> None:
        super().__init__(message, width, height, bytes_needed)
        self.width = width
        self.height = height
        self.bytes_needed = bytes_needed

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True, eq=False)
class Image:
    """An image as it was read: never changed afterwards, so threads may share it.

    Attributes
    ----------
    pixels : ndarray, H x W or H x W x 3
        Gray or RGB, read-only, C-contiguous; uint8, or float32 holding the file's own values.
    name : str
        What to call it on the screen.
    path : Path or None
        Where it came from; None for the clipboard.
    notes : tuple of str
        What reading did beyond decoding, one sentence each.
    damaged : bool
        Whether parts of the picture may be missing or wrong.
    stored : str
        NumPy name of the type of a sample in the file, such as ``"uint16"``.
    """

    pixels: Pixels
    name: str
    path: Path | None = None
    notes: tuple[str, ...] = ()
    damaged: bool = False
    stored: str = ""

    def __post_init__(self) -> None:
        pixels = self.pixels
        shaped = pixels.ndim == 2 or (pixels.ndim == 3 and pixels.shape[2] == 3)
        if not shaped or pixels.size == 0:
            raise ValueError(f"pixels must be H x W or H x W x 3, not of shape {pixels.shape}")
        if pixels.dtype not in (np.uint8, np.float32):
            raise ValueError(f"pixels must be uint8 or float32, not {pixels.dtype}")
        # A read-only view is not enough: whoever holds the array that it looks at can write there.
        frozen = np.ascontiguousarray(pixels)
        if frozen.flags.writeable and (frozen is pixels or not frozen.flags.owndata):
            frozen = frozen.copy()
        frozen.flags.writeable = False
        object.__setattr__(self, "pixels", frozen)
        object.__setattr__(self, "stored", self.stored or str(pixels.dtype))

    def __reduce__(self) -> tuple[Any, ...]:
        # Pickling an array drops its read-only flag; the constructor sets it again.
        values = (self.pixels, self.name, self.path, self.notes, self.damaged, self.stored)
        return type(self), values

    @property
    def height(self) -> int:
        """Rows."""
        return int(self.pixels.shape[0])

    @property
    def width(self) -> int:
        """Columns."""
        return int(self.pixels.shape[1])

    @property
    def channels(self) -> int:
        """1 for gray, 3 for RGB."""
        return 1 if self.pixels.ndim == 2 else 3

    @property
    def peak(self) -> float:
        """Largest value that its type stands for: 255, 65535, or the largest finite one."""
        if self.stored in ("uint8", "uint16"):
            return float(np.iinfo(self.stored).max)
        finite = self.pixels[np.isfinite(self.pixels)]
        return float(finite.max()) if finite.size else 1.0
