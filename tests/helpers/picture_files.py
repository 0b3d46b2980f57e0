"""Files in every format, written by Pillow and tifffile: independent of what reads them."""

from __future__ import annotations

import io
import zlib
from typing import Any

import numpy as np
import tifffile
from PIL import Image as Pillow

HEIGHT, WIDTH = 24, 36
_Y, _X = np.mgrid[:HEIGHT, :WIDTH]
RGB = np.dstack([_X * 7, _Y * 10, (_X + _Y) * 4]).astype(np.uint8)
GRAY = RGB[:, :, 2]
DEEP = GRAY.astype(np.uint16) * 257
ALPHA = ((_X * _Y) % 256).astype(np.uint8)
BITS = GRAY > 100

COLOUR = Pillow.fromarray(RGB)
PALETTE = COLOUR.quantize(16)
TURNED = COLOUR.transpose(Pillow.Transpose.FLIP_LEFT_RIGHT)


def saved(image: Pillow.Image | np.ndarray, kind: str, **options: Any) -> bytes:
    """Give the file that Pillow writes."""
    buffer = io.BytesIO()
    image = image if isinstance(image, Pillow.Image) else Pillow.fromarray(image)
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def tiff(values: np.ndarray, **options: Any) -> bytes:
    """Give the TIFF file that tifffile writes."""
    buffer = io.BytesIO()
    tifffile.imwrite(buffer, values, **options)
    return buffer.getvalue()


def pam(values: np.ndarray, most: int) -> bytes:
    """Give a PAM file of H x W x C samples."""
    height, width, depth = values.shape
    head = f"P7\nWIDTH {width}\nHEIGHT {height}\nDEPTH {depth}\nMAXVAL {most}\nENDHDR\n"
    return head.encode() + values.astype(">u2" if most > 255 else "u1").tobytes()


def pfm(values: np.ndarray) -> bytes:
    """Give a portable float map, whose rows run upwards."""
    kind = "PF" if values.ndim == 3 else "Pf"
    head = f"{kind}\n{values.shape[1]} {values.shape[0]}\n-1.0\n"
    return head.encode() + np.flipud(values).astype("<f4").tobytes()


def radiance(values: np.ndarray) -> bytes:
    """Give a Radiance file, not compressed, of whole numbers from 128 to 255."""
    shared = np.concatenate([values, np.full((*values.shape[:2], 1), 136)], axis=2)
    head = f"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y {values.shape[0]} +X {values.shape[1]}\n"
    return head.encode() + shared.astype(np.uint8).tobytes()


def sun(values: np.ndarray) -> bytes:
    """Give a Sun raster file, blue first, of an even width."""
    height, width = values.shape[:2]
    head = [0x59A66A95, width, height, 24, values.size, 1, 0, 0]
    return b"".join(each.to_bytes(4) for each in head) + values[:, :, ::-1].tobytes()


def chunk(kind: bytes, data: bytes = b"", check: int | None = None) -> bytes:
    """Give a PNG chunk, with a right checksum unless another is given."""
    check = zlib.crc32(kind + data) if check is None else check
    return len(data).to_bytes(4) + kind + data + check.to_bytes(4)


def chunks(png: bytes) -> list[tuple[bytes, bytes]]:
    """Give kind and data of every chunk."""
    place, found = 8, []
    while place < len(png):
        length = int.from_bytes(png[place : place + 4])
        found.append((png[place + 4 : place + 8], png[place + 8 : place + 8 + length]))
        place += 12 + length
    return found


def png(*pieces: bytes) -> bytes:
    """Give a PNG file of chunks."""
    return b"\x89PNG\r\n\x1a\n" + b"".join(pieces)


def ihdr(width: int, height: int, bits: int = 8, colour: int = 0, *rest: int) -> bytes:
    """Give a PNG header chunk."""
    tail = bytes([bits, colour, *(rest or (0, 0, 0))])
    return chunk(b"IHDR", width.to_bytes(4) + height.to_bytes(4) + tail)


IEND = chunk(b"IEND")

# Every format, with the pixels that it must give and how far lossy coding may be off.
EVERY: dict[str, tuple[bytes, np.ndarray, int]] = {
    "PNG": (saved(RGB, "PNG"), RGB, 0),
    "PNG of 16 bits": (saved(DEEP, "PNG"), DEEP, 0),
    "PNG with a palette": (saved(PALETTE, "PNG"), np.asarray(PALETTE.convert("RGB")), 0),
    "APNG": (saved(COLOUR, "PNG", save_all=True, append_images=[TURNED]), RGB, 0),
    "JPEG": (saved(RGB, "JPEG", quality=98, subsampling=0), RGB, 6),
    "progressive JPEG": (saved(GRAY, "JPEG", quality=98, progressive=True), GRAY, 6),
    "TIFF": (saved(RGB, "TIFF"), RGB, 0),
    "TIFF with LZW": (saved(RGB, "TIFF", compression="tiff_lzw"), RGB, 0),
    "BMP": (saved(RGB, "BMP"), RGB, 0),
    "GIF": (saved(PALETTE, "GIF"), np.asarray(PALETTE.convert("RGB")), 0),
    "WebP": (saved(RGB, "WEBP", lossless=True), RGB, 0),
    "lossy WebP": (saved(RGB, "WEBP", quality=100), RGB, 24),
    "AVIF": (saved(RGB, "AVIF", quality=100, subsampling="4:4:4"), RGB, 6),
    "JPEG 2000": (saved(RGB, "JPEG2000"), RGB, 0),
    "PPM": (saved(RGB, "PPM"), RGB, 0),
    "PGM of 16 bits": (saved(DEEP, "PPM"), DEEP, 0),
    "PBM": (saved(BITS, "PPM"), BITS * 255, 0),
    "PAM": (pam(RGB, 255), RGB, 0),
    "PFM": (pfm(RGB / np.float32(3)), RGB / np.float32(3), 0),
    "Sun raster": (sun(RGB), RGB, 0),
    "Radiance HDR": (radiance(RGB // 2 + 128), RGB // 2 + 128.0, 0),
}
