"""How a TIFF keeps its samples, in which form they are asked for, and back again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, PALETTE, CMYK = 0, 1, 2, 3, 5
SIGNED, FLOAT = 2, 3
# Most bytes that any coding makes of one. None, LZW, Deflate (two numbers), PackBits, Zstandard and
# LZMA give byte for byte what was put in; fax codes, JPEG, ThunderScan, LogLuv, WebP do not.
BYTEWISE = {1: 16, 5: 4096, 8: 1100, 32946: 1100, 32773: 64, 50000: 1 << 15, 34925: 1 << 13}
EXPANSION = BYTEWISE | {
    2: 1 << 13, 3: 1 << 15, 4: 1 << 15, 6: 1 << 15, 7: 1 << 15, 32771: 1 << 13, 32809: 64,
    34676: 128, 34677: 128, 50001: 1 << 15,
}  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """How the samples of the first page are kept."""

    width: int
    height: int
    samples: int
    bits: int
    float_: bool
    signed: bool
    photometric: int
    planar: bool
    predictor: int
    compression: int
    tiled: bool
    order: str
    palette: tuple[int, ...]

    @property
    def colours(self) -> int:
        """Samples that make the picture: 1 or 3; further ones are alpha or measurements."""
        return 3 if self.photometric in (RGB, 6, 8, 32845) and self.samples >= 3 else 1

    @property
    def indexed(self) -> bool:
        """Whether the samples are places in a palette that is there."""
        whole = self.samples == 1 and len(self.palette) == 3 << self.bits
        return self.photometric == PALETTE and whole and self.bits in (1, 2, 4, 8)

    @property
    def plain(self) -> bool:
        """Whether the samples are gray or RGB values or indices, kept byte for byte."""
        known = self.photometric in (WHITE_IS_ZERO, BLACK_IS_ZERO, RGB) or self.indexed
        return self.compression in BYTEWISE and known

    @property
    def carrier(self) -> int:
        """Bits of the samples that are asked for instead, several in one, or parts of one."""
        small = self.bits in (2, 4) or (self.bits == 1 and self.indexed)
        if not self.plain or not (small or self.bits == 8) or (small and self.predictor > 1):
            return self.bits
        return 16 if self.tiled and self.compression == 1 else 8

    def carriers(self, pixels: int, samples: int) -> int:
        """Give how many of those hold a row of so many pixels."""
        return -(-pixels * samples * self.bits // self.carrier)

    @property
    def as_planes(self) -> bool:
        """Whether each plane is read on its own."""
        return self.plain and self.planar and self.samples > 1

    @property
    def as_wide(self) -> bool:
        """Whether samples are read side by side, and the surplus ones left out here."""
        surplus = self.samples > self.colours or (self.float_ and self.bits == 16)
        wanted = surplus or self.carrier != self.bits or self.indexed
        whole_bytes = self.carrier % 8 == 0
        in_a_row = not self.planar or self.samples == 1
        return self.plain and in_a_row and wanted and whole_bytes and self.predictor < 3


def joined(parts: list[npt.NDArray[Any]], layout: Layout) -> npt.NDArray[Any]:
    """Give one image, RGB reversed to BGR as OpenCV gives it, of what the parts decoded to."""
    rearranged = layout.as_planes or layout.as_wide
    if rearranged:
        across = layout.width if layout.as_planes else layout.width * layout.samples
        parts = [_carried(part, layout)[:, :across] for part in parts]
    image = parts[0]
    if layout.as_wide:
        image = image.reshape(layout.height, layout.width, layout.samples)
        if layout.predictor == 2:
            image = np.cumsum(image, axis=1, dtype=image.dtype)
        image = image[:, :, layout.colours - 1 :: -1] if layout.colours > 1 else image[:, :, 0]
        if layout.indexed:
            image = _colours(layout)[image]
    elif layout.as_planes:
        image = np.dstack(parts[::-1]) if len(parts) > 1 else image
    elif layout.bits in (10, 12, 14) and image.dtype == np.uint16:
        # OpenCV spreads them over 16 bits.
        image = image >> (16 - layout.bits)
    if rearranged and layout.float_ and layout.bits == 16:
        image = np.ascontiguousarray(image).view(np.float16)
    inverted = layout.photometric == WHITE_IS_ZERO and (rearranged or layout.bits >= 16)
    if inverted and image.dtype.kind == "u":
        image = np.iinfo(image.dtype).max - image
    return image


def _carried(part: npt.NDArray[Any], layout: Layout) -> npt.NDArray[Any]:
    """Give the samples that were asked for as larger ones; small ones over the range of a byte."""
    if layout.carrier == layout.bits or layout.bits > 8:
        return part
    if layout.carrier == 16:
        part = np.ascontiguousarray(part.astype(f"{layout.order}u2")).view(np.uint8)
    if layout.bits == 8:
        return part.view(np.int8) if layout.signed else part
    shifts = np.arange(8 - layout.bits, -1, -layout.bits, dtype=np.uint8)
    most = (1 << layout.bits) - 1
    spread = (part[:, :, None] >> shifts & most) * (1 if layout.indexed else 255 // most)
    return spread.astype(np.uint8).reshape(len(part), -1)


def _colours(layout: Layout) -> npt.NDArray[np.uint8]:
    """Give the palette, blue first; its numbers have 16 bits, or 8 as some writers have it."""
    palette = np.array(layout.palette, np.int64)
    palette = palette >> 8 if palette.max() > 255 else palette
    return palette.clip(0, 255).astype(np.uint8).reshape(3, -1)[::-1].T.copy()
