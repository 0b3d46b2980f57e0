"""PNG: every depth, colour type and interlacing, animations, and what may stand beside pixels."""

from __future__ import annotations

import struct
import zlib

import numpy as np
from picture_files import COLOUR, EVERY, IEND, RGB, TURNED, chunk, ihdr, png, saved

from corpus.kind import DECODES, EITHER, Kind
from corpus.png_parts import made, packed, picture

DEPTHS = [(1, 0), (2, 0), (4, 0), (8, 0), (16, 0), (8, 2), (16, 2), (1, 3), (2, 3), (4, 3), (8, 3),
          (8, 4), (16, 4), (8, 6), (16, 6)]  # fmt: skip


def kinds() -> list[Kind]:
    """Gives PNG files that any reader shows."""
    found = [
        Kind(f"png-{'interlaced-' if laced else ''}{bits}bit-colour{colour}.png",
             made(bits, colour, interlaced=laced), DECODES)
        for bits, colour in DEPTHS for laced in (False, True)
    ]  # fmt: skip
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\1\x01\x12\0\3\0\0\0\1\0\6\0\0" + bytes(4)
    late = made(8, 2)
    beside = {
        "trns-grey": made(8, 0, chunk(b"tRNS", b"\0\7")),
        "trns-rgb16": made(16, 2, chunk(b"tRNS", b"\0\1\0\2\0\3")),
        "trns-palette": made(8, 3, chunk(b"tRNS", bytes(range(256)))),
        "trns-short": made(4, 3, chunk(b"tRNS", b"\x80\0")),
        "exif-orientation": made(8, 2, chunk(b"eXIf", exif[6:])),
        "exif-nonsense": made(8, 2, chunk(b"eXIf", b"not a directory")),
        "text": made(8, 2, chunk(b"tEXt", b"Comment\0" + b"x" * 5000)),
        "text-packed": made(8, 2, chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"x" * 9000))),
        "gamma-zero": made(8, 2, chunk(b"gAMA", bytes(4))),
        "background": made(8, 2, chunk(b"bKGD", b"\0\1\0\2\0\3")),
        "unknown-chunk": made(8, 2, chunk(b"prVt", b"anything")),
        "pixels-in-pieces": made(8, 2, pieces=40),
        "empty-pixel-chunks": late.replace(IEND, chunk(b"IDAT") * 3 + IEND),
        "palette-suggested": made(8, 2, before=chunk(b"PLTE", bytes(range(48)))),
        "behind-the-end": late + b"and more" * 100,
        "two-glued": late + made(8, 0),
        "row-of-5000": made(8, 0, samples=picture(8, 0)[:1, np.arange(5000) % 19]),
        "column-of-5000": made(8, 0, samples=picture(8, 0)[np.arange(5000) % 19, :1]),
        "one-pixel": made(8, 2, samples=np.full((1, 1, 3), 200)),
        "one-pixel-interlaced": made(1, 0, samples=np.ones((1, 1, 1)), interlaced=True),
        "palette-of-one": png(ihdr(5, 5, 8, 3), chunk(b"PLTE", b"\1\2\3"),
                              chunk(b"IDAT", zlib.compress(packed(np.zeros((5, 5, 1)), 8))), IEND),
        "apng": EVERY["APNG"][0],
        "apng-transparent": saved(COLOUR.convert("RGBA"), "PNG", save_all=True,
                                  append_images=[TURNED.convert("RGBA")]),
        "apng-default-apart": saved(COLOUR, "PNG", save_all=True, default_image=True,
                                    append_images=[TURNED, COLOUR]),
        "apng-of-1000": apng_of(1000),
        "icc-profile": made(8, 2, chunk(b"iCCP", b"name\0\0" + zlib.compress(bytes(500)))),
        "uncompressed": png(ihdr(19, 19, 8, 2), chunk(b"IDAT", zlib.compress(
            packed(picture(8, 2), 8), 0)), IEND),
    }  # fmt: skip
    found += [Kind(f"png-{name}.png", data, DECODES) for name, data in beside.items()]
    for number in range(1, 5):
        raw = packed(picture(8, 2), 8, number)
        data = png(ihdr(19, 19, 8, 2), chunk(b"IDAT", zlib.compress(raw)), IEND)
        found.append(Kind(f"png-filter{number}.png", data, DECODES))
    found.append(Kind("png-palette-index-too-large.png", too_large_an_index(), EITHER))
    found.append(Kind("png-wide-1000000x1.png", wide(1_000_000), DECODES))
    return found


def wide(width: int) -> bytes:
    """Gives one row of gray pixels."""
    return made(8, 0, samples=np.arange(width).reshape(1, -1, 1) % 256)


def too_large_an_index() -> bytes:
    """Gives a palette of four colours, and pixels that ask for others."""
    return made(8, 3, before=chunk(b"PLTE", bytes(range(12))))


def apng_of(count: int) -> bytes:
    """Gives an animation of so many tiny pictures."""
    pixels = zlib.compress(packed(RGB, 8))
    control = struct.pack(">IIIIHHBB", 36, 24, 0, 0, 1, 10, 0, 0)
    frames = [chunk(b"fcTL", bytes(4) + control), chunk(b"IDAT", pixels)]
    for i in range(1, count):
        frames.append(chunk(b"fcTL", (2 * i - 1).to_bytes(4) + control))
        frames.append(chunk(b"fdAT", (2 * i).to_bytes(4) + pixels))
    return png(ihdr(36, 24, 8, 2), chunk(b"acTL", struct.pack(">II", count, 0)), *frames, IEND)
