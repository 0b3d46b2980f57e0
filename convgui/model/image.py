"""The image that everything else works on, and what is said when a file gives none."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from .maps import unfit

Pixels = npt.NDArray[np.uint8] | npt.NDArray[np.float32]

_LONGER = "float64", "longdouble", "float128", "int32", "uint32", "int64", "uint64"
_HOLDS = {
    "c": "complex numbers", "O": "Python objects", "S": "text", "U": "text", "V": "records",
    "M": "dates", "m": "spans of time",
}  # fmt: skip


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
    unfit : (int, int)
        How many values are not a number, and how many are infinite.
    """

    pixels: Pixels
    name: str
    path: Path | None = None
    notes: tuple[str, ...] = ()
    damaged: bool = False
    stored: str = ""
    unfit: tuple[int, int] = field(init=False, default=(0, 0))

    @classmethod
    def of(cls, values: npt.NDArray[Any], name: str, path: Path | None = None) -> Image:
        """Give the image that an array of any kind holds.

        Parameters
        ----------
        values : ndarray, H x W, H x W x 1 or H x W x 3
            Truth values, integers or floating point, of any size, byte order and strides.
        name, path
            As the image has them.

        Raises
        ------
        ImageError
            If it holds none. The text is one sentence for the user.
        """
        values = np.asarray(values)
        if values.ndim == 3 and values.shape[2] == 1:
            values = values[..., 0]
        reason = ""
        if values.dtype.kind not in "buif":
            held = _HOLDS.get(values.dtype.kind, f"values of type {values.dtype.name}")
            reason = f"it holds {held} where a picture has real numbers"
        elif not (values.ndim == 2 or (values.ndim == 3 and values.shape[2] == 3)):
            shape = " x ".join(map(str, values.shape)) or "a single value"
            reason = f"a picture is H x W or H x W x 3, and this is {shape}"
        elif not values.size:
            reason = "it has no pixels"
        if reason:
            raise ImageError(f"{name} can't be shown: {reason}.")
        try:
            # What is somebody else's array may change, or should not be made read-only.
            own = values.copy() if values.dtype.name in ("uint8", "float32") else values
            pixels, stored = kept(own)
        except MemoryError:
            raise ImageError(f"{name} can't be shown: there is not enough memory.") from None
        return cls(pixels, name, path, rounding(stored), stored=stored)

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
        # Counted here, where the thread of the window never waits for it.
        if frozen.dtype == np.float32 and not np.isfinite(frozen).all():
            object.__setattr__(self, "unfit", unfit(frozen))

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


def rounding(stored: str) -> tuple[str, ...]:
    """Give the sentence that is due where values of a type may not be kept to the last digit."""
    if stored not in _LONGER:
        return ()
    return (f"The values ({stored}) were rounded to 32-bit floating point.",)


def kept(values: npt.NDArray[Any]) -> tuple[Pixels, str]:
    """Give bytes as bytes, other types as float32 with the same values, and the type's name.

    An array that is such already is made read-only itself.
    """
    stored = values.dtype.name
    pixels: Pixels
    if values.dtype == np.uint8:
        pixels = np.ascontiguousarray(values)
    else:
        with np.errstate(over="ignore", invalid="ignore"):
            pixels = np.ascontiguousarray(values, dtype=np.float32)
    pixels = pixels.copy() if pixels.base is not None else pixels
    pixels.flags.writeable = False
    return pixels, stored
