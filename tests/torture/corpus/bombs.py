"""Files that are small and become large: what takes some time to make, for the whole share only."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
from picture_files import IEND, chunk, ihdr, png, saved
from PIL import Image as Pillow

from corpus.gif_codes import Codes
from corpus.gif_files import gif
from corpus.jpeg_files import many_scans
from corpus.kind import DECODES, EITHER, FLAG, REFUSE, Kind
from corpus.png_parts import made
from corpus.tiff_parts import tiff_of


def kinds() -> list[Kind]:
    """Gives the bombs."""
    pages = io.BytesIO()
    first, *others = [Pillow.new("L", (8, 8), i % 256) for i in range(2000)]
    first.save(pages, "TIFF", save_all=True, append_images=others)
    noise = np.random.default_rng(1).integers(0, 256, (3000, 3000, 3)).astype(np.uint8)
    return [
        Kind("png-bomb-1bit-50000.png", zeros(50_000, 50_000, 1, 0), REFUSE),
        Kind("png-bomb-grey-20000.png", zeros(20_000, 20_000, 8, 0), REFUSE),
        Kind("png-7000x7000.png", zeros(7000, 7000, 8, 0), DECODES),
        Kind("png-7000x7000-rgba16.png", zeros(7000, 7000, 16, 6), DECODES),
        Kind("png-7000x7000-rows-missing.png", zeros(7000, 7000, 8, 0, 6990), FLAG),
        Kind("png-7000x7000-rgba16-rows-missing.png", zeros(7000, 7000, 16, 6, 6990), FLAG),
        Kind("png-icc-bomb.png", made(8, 2, chunk(b"iCCP", b"n\0\0" + _packed(60 << 20))), EITHER),
        Kind("png-text-bomb.png", made(8, 2, chunk(b"zTXt", b"C\0\0" + _packed(30 << 20))), EITHER),
        Kind("gif-20000-frames.gif", _many_frames(20_000, 1000), DECODES),
        Kind("gif-7000x7000.gif", _large_gif(7000), DECODES),
        Kind("gif-12000x12000.gif", _large_gif(12_000), REFUSE),
        Kind("tiff-2000-pages.tif", pages.getvalue(), DECODES),
        Kind("tiff-bomb-deflate-20000.tif", _tiff(20_000, 20_000), REFUSE),
        Kind("tiff-7000-half-missing.tif", _tiff(7000, 3000, 7000), FLAG),
        Kind("jpeg-1000-scans-4000.jpg", many_scans(4000, 1000), REFUSE),
        Kind("jpeg-60-scans-4000.jpg", many_scans(4000, 50), EITHER),
        Kind("jpeg-noise-3000.jpg", saved(noise, "JPEG", quality=95), DECODES),
        Kind("jpeg2000-noise-3000-cut.jp2", saved(noise, "JPEG2000")[:-3_000_000], EITHER),
    ]


def _packed(count: int) -> bytes:
    """Gives so many zeros, compressed."""
    packer, block = zlib.compressobj(1), bytes(1 << 20)
    pieces = [packer.compress(block) for _ in range(count >> 20)]
    return b"".join([*pieces, packer.compress(block[: count % (1 << 20)]), packer.flush()])


def zeros(width: int, height: int, bits: int, colour: int, rows: int | None = None) -> bytes:
    """Gives a PNG of zeros, of which the last rows may be missing."""
    samples = {0: 1, 2: 3, 4: 2, 6: 4}[colour]
    count = (1 + (width * bits * samples + 7) // 8) * (height if rows is None else rows)
    return png(ihdr(width, height, bits, colour), chunk(b"IDAT", _packed(count)), IEND)


def _many_frames(count: int, side: int) -> bytes:
    """Gives an animation of large frames, each of which states one pixel's worth of data."""
    head = b"GIF89a" + struct.pack("<HHBBB", side, side, 0x80, 0, 0) + bytes(3) + b"\xff" * 3
    first = b"," + struct.pack("<HHHHB", 0, 0, side, side, 0) + b"\x02" + _coded_zeros(side**2)
    other = b"," + struct.pack("<HHHHB", 0, 0, side, side, 0) + b"\x02\x02\x44\x01\x00"
    return head + first + other * (count - 1) + b";"


def _large_gif(side: int) -> bytes:
    return gif(np.zeros((1, 1), np.uint8), screen=(side, side), box=(0, 0, side, side),
               coded=_coded_zeros(side**2))  # fmt: skip


def _coded_zeros(count: int) -> bytes:
    """Gives GIF's codes of so many zeros: each stands for one pixel more than the one before."""
    codes = Codes()
    clear, stop = 4, 5
    while count:
        codes.put(clear, 12 if codes.written else 3)
        width, length, free = 3, 1, stop + 1
        while count and free < 4096:
            taken = min(length, count)
            codes.put(0 if taken == 1 else stop + taken - 1, width)
            count -= taken
            width += free == 1 << width
            length, free = length + 1, free + 1
    codes.put(stop, width)
    return codes.blocks()


def _tiff(side: int, rows: int, claimed: int | None = None) -> bytes:
    """Gives a TIFF of one strip of zeros, compressed; it may claim more rows than that."""
    return tiff_of(side, claimed or rows, [_packed(side * rows)], {259: 8})
