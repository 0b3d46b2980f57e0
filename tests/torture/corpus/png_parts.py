"""PNG files of any depth, colour type and interlacing, from samples."""

from __future__ import annotations

import zlib

import numpy as np
from picture_files import IEND, chunk, ihdr, png

SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
# Adam7: first row, first column, step down, step across of each pass.
PASSES = (
    (0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2),
    (1, 0, 2, 1),
)  # fmt: skip


def packed(samples: np.ndarray, bits: int, filtering: int = 0) -> bytes:
    """Gives rows of samples, H x W x S, each behind the number of its filter."""
    height = samples.shape[0]
    if bits == 16:
        rows = samples.astype(">u2").reshape(height, -1).view(np.uint8)
    else:
        each = samples.astype(np.uint8).reshape(height, -1, 1)
        rows = np.packbits(np.unpackbits(each, axis=2)[:, :, 8 - bits :].reshape(height, -1), 1)
    return np.hstack([np.full((height, 1), filtering, np.uint8), rows]).tobytes()


def picture(bits: int, colour: int, side: int = 19) -> np.ndarray:
    """Gives samples, side x side x S, that use the whole range of the depth."""
    y, x, s = np.mgrid[:side, :side, : SAMPLES[colour]]
    most = (1 << bits) - 1
    return (x * 7 + y * 13 + s * 29) * max(1, most // 251) % (most + 1)


def made(
    bits: int, colour: int, *extra: bytes, samples: np.ndarray | None = None,
    interlaced: bool = False, pieces: int = 1, before: bytes = b"",
) -> bytes:
    """Gives a PNG; ``extra`` chunks stand before the pixels, which lie in so many chunks."""
    samples = picture(bits, colour) if samples is None else samples
    height, width = samples.shape[:2]
    if interlaced:
        parts = [samples[y::down, x::across] for y, x, down, across in PASSES]
        raw = b"".join(packed(part, bits) for part in parts if part.size)
    else:
        raw = packed(samples, bits)
    pixels = zlib.compress(raw)
    step = -(-len(pixels) // pieces)
    data = [chunk(b"IDAT", pixels[i : i + step]) for i in range(0, len(pixels), step)]
    head = ihdr(width, height, bits, colour, 0, 0, int(interlaced))
    if colour == 3 and not before:
        count = 1 << bits
        before = chunk(b"PLTE", bytes(i * 83 % 256 for i in range(3 * count)))
    return png(head, before, *extra, *data, IEND)


def claimed(width: int, height: int, bits: int, colour: int, raw: bytes, level: int = 9) -> bytes:
    """Gives a PNG that claims a size and holds these unpacked bytes."""
    data = chunk(b"IDAT", zlib.compress(raw, level))
    return png(ihdr(width, height, bits, colour), data, IEND)
