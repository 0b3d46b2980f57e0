"""TIFF: depths, kinds of number, colours, compressions, planes, tiles, pages, both byte orders."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from picture_files import ALPHA, BITS, COLOUR, DEEP, GRAY, PALETTE, RGB, TURNED, saved, tiff
from PIL import Image as Pillow

from corpus.kind import DECODES, Kind
from corpus.tiff_parts import strips, tiff_of

FLOAT = GRAY.astype(np.float32) / 7
RGB16 = RGB.astype(np.uint16) * 257


def arrays() -> dict[str, tuple[np.ndarray, dict[str, Any]]]:
    """Gives pixels by name, and how tifffile is to write them."""
    rgba = np.dstack([RGB, ALPHA])
    return {
        "grey8": (GRAY, {}), "grey16": (DEEP, {}), "grey32": (DEEP.astype(np.uint32), {}),
        "int8": (GRAY.astype(np.int8), {}), "int16": (DEEP.astype(np.int16), {}),
        "int32": (DEEP.astype(np.int32) - 9000, {}), "float16": (FLOAT.astype(np.float16), {}),
        "float32": (FLOAT, {}), "float64": (FLOAT.astype(np.float64), {}),
        "rgb-float32": (RGB / np.float32(3), {"photometric": "rgb"}),
        "rgb16": (RGB16, {"photometric": "rgb"}),
        "rgb8-planes": (np.moveaxis(RGB, 2, 0), {"photometric": "rgb", "planarconfig": "separate"}),
        "rgb16-planes": (np.moveaxis(RGB16, 2, 0),
                         {"photometric": "rgb", "planarconfig": "separate"}),
        "rgba8": (rgba, {"photometric": "rgb", "extrasamples": ["unassalpha"]}),
        "rgba16": (rgba.astype(np.uint16) * 257,
                   {"photometric": "rgb", "extrasamples": ["assocalpha"]}),
        "five-channels": (np.dstack([rgba, GRAY]), {"photometric": "rgb"}),
        "white-is-zero": (GRAY, {"photometric": "miniswhite"}),
        "white-is-zero16": (DEEP, {"photometric": "miniswhite"}),
        "big-endian": (DEEP, {"byteorder": ">"}), "bigtiff": (RGB, {"bigtiff": True}),
        "bigtiff-big-endian": (RGB16, {"bigtiff": True, "byteorder": ">", "photometric": "rgb"}),
        "tiles": (np.kron(GRAY, np.ones((3, 3), np.uint8)), {"tile": (16, 32)}),
        "tiles-rgb16": (np.kron(RGB16, np.ones((2, 2, 1), np.uint16)),
                        {"tile": (32, 16), "photometric": "rgb"}),
        "tiles-planes": (np.moveaxis(RGB, 2, 0), {"tile": (16, 16), "photometric": "rgb",
                                                  "planarconfig": "separate"}),
        "row-strips": (RGB, {"rowsperstrip": 1, "photometric": "rgb"}),
        "stack": (np.stack([DEEP, DEEP[::-1], DEEP]), {"photometric": "minisblack"}),
        "zlib": (RGB, {"compression": "zlib", "photometric": "rgb"}),
        "zlib-predictor": (RGB16, {"compression": "zlib", "predictor": 2, "photometric": "rgb"}),
        "bits": (BITS, {"photometric": "minisblack"}),
        "imagej": (DEEP, {"imagej": True}), "one-pixel": (GRAY[:1, :1], {}),
        "not-finite": (np.where(FLOAT > 20, np.float32("nan"), np.float32("inf")), {}),
    }  # fmt: skip


def kinds() -> list[Kind]:
    """Gives TIFF files that must be shown."""
    pages = io.BytesIO()
    PALETTE.save(pages, "TIFF", save_all=True, append_images=[TURNED, COLOUR.convert("L")])
    found = {name: tiff(values, **options) for name, (values, options) in arrays().items()}
    bits = Pillow.fromarray(BITS)
    found |= {
        "lzw": saved(RGB, "TIFF", compression="tiff_lzw"),
        "packbits": saved(RGB, "TIFF", compression="packbits"),
        "deflate": saved(RGB, "TIFF", compression="tiff_deflate"),
        "adobe-deflate": saved(RGB, "TIFF", compression="tiff_adobe_deflate"),
        "jpeg": saved(RGB, "TIFF", compression="jpeg"),
        "jpeg-grey": saved(GRAY, "TIFF", compression="jpeg"),
        "group3": saved(bits, "TIFF", compression="group3"),
        "group4": saved(bits, "TIFF", compression="group4"),
        "ccitt": saved(bits, "TIFF", compression="tiff_ccitt"),
        "palette": saved(PALETTE, "TIFF"), "cmyk": saved(COLOUR.convert("CMYK"), "TIFF"),
        "grey-alpha": saved(np.dstack([GRAY, ALPHA]), "TIFF"), "pages": pages.getvalue(),
        "lzw-16": saved(DEEP, "TIFF", compression="tiff_lzw"),
        "bits-packbits": saved(bits, "TIFF", compression="packbits"),
        "ycbcr": saved(COLOUR.convert("YCbCr"), "TIFF"),
    }
    packed = np.packbits(BITS, axis=1)
    nibbles = (GRAY[:, ::2] & 0xF0) | (GRAY[:, 1::2] >> 4)
    found |= {
        "orientation-6-bits": tiff_of(36, 24, [packed.tobytes()], {258: 1, 274: 6}),
        "orientation-9": tiff_of(36, 24, [GRAY.tobytes()], {274: 9}),
        "by-hand": tiff_of(36, 24, strips(GRAY, 7), {278: 7}),
        "by-hand-big": tiff_of(36, 24, strips(GRAY, 7), {278: 7}, order=">", big=True),
        "rows-per-strip-missing": tiff_of(36, 24, [GRAY.tobytes()], {278: None}),
        "rows-per-strip-huge": tiff_of(36, 24, [GRAY.tobytes()], {278: 0xFFFFFFFF}),
        "byte-counts-wrong": tiff_of(36, 24, [GRAY.tobytes()], {279: 77}),
        "four-bits": tiff_of(36, 24, [nibbles.tobytes()], {258: 4}),
        "fill-order-2": tiff_of(36, 24, [packed.tobytes()], {258: 1, 266: 2}),
        "unknown-field": tiff_of(36, 24, [GRAY.tobytes()], {65000: b"something long enough"}),
        "page-loop": tiff_of(36, 24, [GRAY.tobytes()], following=872),
        "behind-the-end": tiff_of(36, 24, [GRAY.tobytes()]) + b"more",
        "two-bits": tiff_of(36, 24, [nibbles.tobytes()[: 9 * 24]], {258: 2}),
        "no-compression-field": tiff_of(36, 24, [GRAY.tobytes()], {259: None}),
        "orientation-8": tiff_of(36, 24, [GRAY.tobytes()], {274: 8}),
    }  # fmt: skip
    return [Kind(f"tiff-{name}.tif", data, DECODES) for name, data in found.items()]
