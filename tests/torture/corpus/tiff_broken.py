"""TIFF: directories that loop or lie, strips outside the file, sizes that can't be."""

from __future__ import annotations

import struct

import numpy as np
from picture_files import BITS, GRAY, RGB, saved

from corpus.kind import EITHER, FLAG, REFUSE, Kind, broken, cut
from corpus.tiff_parts import strips, tiff_of

STRIP = GRAY.tobytes()
GOOD = tiff_of(36, 24, strips(GRAY, 6), {278: 6})
START = int.from_bytes(GOOD[4:8], "little")


def kinds() -> list[Kind]:
    """Gives TIFF files that are damaged, hostile, or not what they say."""
    refused = {
        "signature-alone": b"II*\0", "directory-at-0": broken(GOOD, 4, bytes(4)),
        "directory-outside": broken(GOOD, 4, b"\xff\xff\xff\x7f"),
        "directory-at-2-32": broken(GOOD, 4, b"\xff\xff\xff\xff"),
        "directory-empty": broken(GOOD, START, b"\0\0"),
        "directory-of-65535": broken(GOOD, START, b"\xff\xff"),
        "directory-cut": GOOD[: START + 40], "magic-44": broken(GOOD, 2, b"\x2c\0"),
        "order-mixed": b"MM" + GOOD[2:], "bigtiff-cut": b"II+\0\x08\0\0\0" + bytes(4),
        "width-zero": tiff_of(0, 24, [STRIP]), "height-zero": tiff_of(36, 0, [STRIP]),
        "width-missing": tiff_of(36, 24, [STRIP], {256: None}),
        "height-missing": tiff_of(36, 24, [STRIP], {257: None}),
        "width-negative": tiff_of(-36, 24, [STRIP]), "height-2-31": tiff_of(36, 2**31, [STRIP]),
        "claims-60000": tiff_of(60_000, 60_000, [STRIP]),
        "claims-60000-deflate": tiff_of(60_000, 60_000, [STRIP], {259: 8}),
        "claims-60000-group4": tiff_of(60_000, 60_000, [STRIP], {258: 1, 259: 4}),
        "claims-9000-lzw": tiff_of(9000, 5000, [STRIP], {259: 5}),
        "bits-0": tiff_of(36, 24, [STRIP], {258: 0}),
        "bits-65535": tiff_of(36, 24, [STRIP], {258: 65535}),
        "samples-0": tiff_of(36, 24, [STRIP], {277: 0}),
        "samples-65535": tiff_of(36, 24, [STRIP], {277: 65535}),
        "strips-missing": tiff_of(36, 24, [STRIP], {273: None}),
        "strips-outside": tiff_of(36, 24, [STRIP], {273: 1 << 30}),
        "compression-unknown": tiff_of(36, 24, [STRIP], {259: 12345}),
        "compression-old-jpeg": tiff_of(36, 24, [STRIP], {259: 6}),
        "jpeg-nonsense": tiff_of(36, 24, [STRIP], {259: 7}),
        "tile-huge": tiff_of(36, 24, [STRIP], {322: 1 << 20, 323: 1 << 20}, tiled=True),
        "tile-zero": tiff_of(36, 24, [STRIP], {322: 0, 323: 0}, tiled=True),
        "text-named": b"II are two letters, and this is text",
    }  # fmt: skip
    damaged = saved(RGB, "TIFF", compression="tiff_deflate")
    flagged = {
        "cut": cut(tiff_of(36, 24, strips(GRAY, 6), {278: 6})[8:], 0.1),
        "strip-outside": tiff_of(36, 24, strips(GRAY, 6), {278: 6, 273: [8, 224, 440, 1 << 20]}),
        "strips-too-few": tiff_of(36, 24, strips(GRAY, 6)[:2], {278: 6}),
        "strip-too-short": tiff_of(36, 240, [STRIP]),
        "samples-lie": tiff_of(36, 24, [STRIP], {277: 3, 262: 2, 258: [8, 8, 8]}),
        "bits-lie": tiff_of(36, 24, [STRIP], {258: 16}),
        "deflate-damaged": broken(damaged, damaged.index(b"x\x9c") + 30, bytes(40)),
        "lzw-nonsense": tiff_of(36, 24, [b"\xff" * 300], {259: 5}),
        "deflate-nonsense": tiff_of(36, 24, [b"nonsense" * 40], {259: 8}),
        "group4-nonsense": tiff_of(36, 24, [bytes(range(256))], {258: 1, 259: 4}),
        "packbits-cut": tiff_of(36, 24, [b"\x7f" + STRIP[:100]], {259: 32773}),
        "value-outside": tiff_of(36, 24, [STRIP], {258: [8, 8, 8, 8, 8], 277: 1})[:-16],
        "tiles-too-few": tiff_of(36, 24, [bytes(256)], {322: 16, 323: 16}, tiled=True),
        "jpeg-cut": _cut_jpeg(),
    }  # fmt: skip
    floats = np.ones((24, 36), np.float32).tobytes()
    either = {
        "photometric-unknown": tiff_of(36, 24, [STRIP], {262: 999}),
        "photometric-missing": tiff_of(36, 24, [STRIP], {262: None}),
        "palette-missing": tiff_of(36, 24, [STRIP], {262: 3}),
        "palette-short": tiff_of(36, 24, [STRIP], {262: 3, 320: list(range(30))}),
        "float-of-8-bits": tiff_of(36, 24, [STRIP], {339: 3}),
        "float-24": tiff_of(36, 24, [floats], {258: 24, 339: 3}),
        "complex": tiff_of(36, 12, [floats], {258: 64, 339: 6}),
        "sample-format-9": tiff_of(36, 24, [STRIP], {339: 9}),
        "bits-12": tiff_of(36, 16, [STRIP], {258: 12}),
        "bits-differ": tiff_of(36, 8, [STRIP], {277: 3, 262: 2, 258: [8, 4, 8]}),
        "predictor-9": tiff_of(36, 24, [STRIP], {259: 8, 317: 9}),
        "planar-9": tiff_of(36, 24, [STRIP], {284: 9}),
        "field-twice": _twice(), "fields-unsorted": _unsorted(),
        "orientation-long": tiff_of(36, 24, [STRIP], {274: [6, 6, 6]}),
        "page-outside": tiff_of(36, 24, [STRIP], following=1 << 30),
        "lab": tiff_of(36, 8, [STRIP], {277: 3, 262: 8, 258: [8, 8, 8]}),
        "bits-and-group3": tiff_of(36, 24, [np.packbits(BITS).tobytes()], {258: 1, 259: 3}),
        "samples-fewer-than-colours": tiff_of(36, 24, [STRIP], {262: 2}),
        "byte-counts-missing": tiff_of(36, 24, [STRIP], {279: None}),
        "byte-counts-zero": tiff_of(36, 24, [STRIP], {279: 0}),
    }  # fmt: skip
    verdicts = ((refused, REFUSE), (flagged, FLAG), (either, EITHER))
    return [
        Kind(f"tiff-{name}.tif", data, verdict)
        for group, verdict in verdicts for name, data in group.items()
    ]  # fmt: skip


def _cut_jpeg() -> bytes:
    jpeg = saved(np.kron(GRAY, np.ones((4, 4), np.uint8)), "JPEG")
    return tiff_of(144, 96, [jpeg[:-150] + b"\xff\xd9"], {259: 7})


def _entries() -> tuple[bytes, list[bytes], bytes]:
    (count,) = struct.unpack_from("<H", GOOD, START)
    entries = [GOOD[START + 2 + 12 * i :][:12] for i in range(count)]
    return GOOD[: START + 2], entries, GOOD[START + 2 + 12 * count :]


def _unsorted() -> bytes:
    head, entries, tail = _entries()
    return head + b"".join(entries[::-1]) + tail


def _twice() -> bytes:
    """Gives a directory that states the width twice: where the height was, another width stands."""
    head, entries, tail = _entries()
    return head + b"".join([entries[0], entries[0][:8] + b"\x09\0\0\0", *entries[2:]]) + tail
