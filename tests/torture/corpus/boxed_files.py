"""WebP, AVIF and JPEG 2000: animations, alpha, orientation; boxes and chunks that lie."""

from __future__ import annotations

import struct

import numpy as np
from picture_files import ALPHA, COLOUR, DEEP, GRAY, RGB, TURNED, saved

from corpus.jpeg_files import exif
from corpus.kind import DECODES, EITHER, FLAG, REFUSE, Kind, broken, cut

RGBA = np.dstack([RGB, ALPHA])
LOSSLESS = saved(RGB, "WEBP", lossless=True)
LOSSY = saved(np.kron(RGB, np.ones((3, 3, 1), np.uint8)), "WEBP", quality=80)
AVIF = saved(RGB, "AVIF", quality=90)
JP2, CODES = saved(RGB, "JPEG2000"), saved(RGB, "JPEG2000", no_jp2=True)


def _webp() -> tuple[dict[str, bytes], ...]:
    animated = saved(COLOUR, "WEBP", save_all=True, append_images=[TURNED], lossless=True)
    extended = saved(RGB, "WEBP", exif=exif(6)[6:])
    sound = {
        "lossless": LOSSLESS, "lossy": LOSSY, "alpha": saved(RGBA, "WEBP"), "alpha-lossless":
        saved(RGBA, "WEBP", lossless=True), "animated": animated, "exif": extended, "one-pixel":
        saved(RGB[:1, :1], "WEBP"), "behind-the-end": LOSSLESS + bytes(40), "profile":
        saved(RGB, "WEBP", icc_profile=bytes(300)),
    }  # fmt: skip
    refused = {
        "signature-alone": LOSSLESS[:12], "head-cut": LOSSLESS[:20], "size-lies":
        broken(LOSSLESS, 4, b"\xff\xff\xff\x7f"), "kind-unknown": broken(LOSSLESS, 12, b"VP9 "),
        "cut": cut(LOSSLESS, 0.7), "lossy-cut": cut(LOSSY, 0.7), "animated-cut": cut(animated, 0.7),
        "lossy-start-code": broken(LOSSY, 23, b"xxx"), "lossy-width-zero":
        broken(LOSSY, 26, b"\0\0"), "lossless-signature": broken(LOSSLESS, 20, b"\x30"),
        "lossless-16383": broken(LOSSLESS, 21, b"\xff\xff\xff\x0f"), "canvas-2-24":
        broken(extended, 24, b"\xff\xff\xff\xff\xff\xff"),
        "nothing-inside": b"RIFF" + struct.pack("<I", 4) + b"WEBP",
    }  # fmt: skip
    flagged = {
        "lossless-zeros": broken(LOSSLESS, len(LOSSLESS) // 2, bytes(len(LOSSLESS) // 2)),
    }
    either = {
        "lossy-scrambled": broken(LOSSY, 200, bytes(60)),
        "chunk-length-lies": broken(extended, 34, b"\xff\xff\xff"),
        "canvas-differs": broken(extended, 24, b"\x40"),
        "size-zero": broken(LOSSLESS, 4, bytes(4)),
        "size-odd": broken(LOSSLESS, 4, bytes([LOSSLESS[4] - 1])),
        "exif-nonsense": saved(RGB, "WEBP", exif=b"nonsense"),
        "frames-broken": broken(animated, animated.rindex(b"ANMF") + 8, b"\xff" * 6),
    }
    return sound, refused, flagged, either


def _avif() -> tuple[dict[str, bytes], ...]:
    place = AVIF.index(b"ispe") + 8
    animated = saved(COLOUR, "AVIF", save_all=True, append_images=[TURNED])
    sound = {
        "colour": AVIF, "alpha": saved(RGBA, "AVIF"), "grey": saved(GRAY, "AVIF"),
        "turned": saved(RGB, "AVIF", exif=exif(6)[6:]), "lossless":
        saved(RGB, "AVIF", quality=100, subsampling="4:4:4"),
    }  # fmt: skip
    refused = {
        "signature-alone": AVIF[:24], "cut": cut(AVIF, 0.7), "cut-in-head": AVIF[:100],
        "claims-65535": broken(AVIF, place, struct.pack(">II", 65535, 65535)), "width-zero":
        broken(AVIF, place, bytes(8)), "box-of-2-32": broken(AVIF, 0, b"\xff\xff\xff\xff"),
        "box-of-3": broken(AVIF, AVIF.index(b"meta") - 4, b"\0\0\0\3"), "data-missing":
        AVIF[: AVIF.index(b"mdat") + 4], "item-missing": broken(AVIF, AVIF.index(b"iloc"), b"oops"),
    }  # fmt: skip
    flagged = {"scrambled": broken(AVIF, AVIF.index(b"mdat") + 10, bytes(60))}
    either = {
        "animated": animated, "size-differs": broken(AVIF, place, struct.pack(">II", 30, 20)),
        "deep-boxes": AVIF[: AVIF.index(b"meta") - 4] + _deep(3000),
    }
    return sound, refused, flagged, either


def _deep(count: int) -> bytes:
    """Gives boxes in boxes."""
    data = b""
    for _ in range(count):
        data = struct.pack(">I4s", len(data) + 12, b"meta") + bytes(4) + data
    return data


def _jpeg2000() -> tuple[dict[str, bytes], ...]:
    size = CODES.index(b"\xff\x51") + 6
    tiled = saved(np.kron(RGB, np.ones((3, 3, 1), np.uint8)), "JPEG2000", tile_size=(32, 32))
    start = JP2.index(b"\xff\x4f\xff\x51")
    sound = {
        "colour": JP2, "bare": CODES, "grey": saved(GRAY, "JPEG2000"), "deep": saved(DEEP,
        "JPEG2000"),
        "lossy": saved(RGB, "JPEG2000", quality_layers=[20], irreversible=True), "tiled": tiled,
        "alpha": saved(RGBA, "JPEG2000"), "one-pixel": saved(RGB[:1, :1], "JPEG2000"),
    }  # fmt: skip
    refused = {
        "signature-alone": JP2[:12], "head-cut": JP2[: start + 10], "no-codes": JP2[:start],
        "width-zero": broken(CODES, size, bytes(4)), "height-zero": broken(CODES, size + 4,
        bytes(4)),
        "claims-2-31": broken(CODES, size, b"\x7f\xff\xff\xff\x7f\xff\xff\xff"), "tile-zero":
        broken(CODES, size + 16, bytes(8)), "tiles-of-1": broken(
            CODES, size, struct.pack(">8I", 4000, 4000, 0, 0, 1, 1, 0, 0)), "channels-0":
        broken(CODES, size + 32, b"\0\0"), "channels-16384": broken(CODES, size + 32, b"\x40\0"),
        "bits-38": broken(CODES, size + 34, b"\x25"), "offset-outside":
        broken(CODES, size + 8, struct.pack(">II", 99, 99)), "cut": cut(JP2, 0.6),
        "claims-20000": broken(CODES, size, struct.pack(">8I", *([20_000, 20_000, 0, 0] * 2))),
    }  # fmt: skip
    flagged = {
        "end-missing": CODES[:-2], "cut-late": tiled[: len(tiled) * 9 // 10],
    }
    either = {
        # There are no checksums in it, and no code is wrong.
        "scrambled": broken(CODES, len(CODES) // 2, bytes(40)),
        "tile-offset-odd": broken(CODES, size + 24, struct.pack(">II", 3, 3)),
        "subsampling-zero": broken(CODES, size + 35, b"\0\0"),
        "colour-space-odd": JP2.replace(b"colr\1\0\0\0\0\0\x10", b"colr\1\0\0\0\0\0\x99"),
        "header-differs": broken(JP2, JP2.index(b"ihdr") + 4, struct.pack(">II", 99, 99)),
    }
    return sound, refused, flagged, either


def kinds() -> list[Kind]:
    """Gives the files."""
    formats = {"webp": _webp(), "avif": _avif(), "jp2": _jpeg2000()}
    return [
        Kind(f"{ending}-{name}.{ending}", data, verdict)
        for ending, groups in formats.items()
        for group, verdict in zip(groups, (DECODES, REFUSE, FLAG, EITHER), strict=True)
        for name, data in group.items()
    ]
