"""What is no image, whatever it is called; and images that are called something else."""

from __future__ import annotations

import gzip
import io
import random
import struct
import zipfile

import numpy as np
from picture_files import EVERY, RGB, saved

from corpus.kind import DECODES, EITHER, REFUSE, Kind

ENDINGS = {
    "PNG": "jpg", "JPEG": "png", "TIFF": "bmp", "GIF": "tif", "BMP": "webp", "WebP": "gif",
    "PPM": "jp2", "JPEG 2000": "ppm", "AVIF": "png", "PFM": "avif", "Sun raster": "png",
    "Radiance HDR": "tif", "PAM": "bmp",
}  # fmt: skip


def kinds() -> list[Kind]:
    """Gives the files."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("picture.png", saved(RGB, "PNG"))
        packed.writestr("../../outside.png", b"x")
    array = io.BytesIO()
    np.save(array, RGB)
    noise = random.Random(3)
    refused = {
        "empty.png": b"", "one-byte.png": b"\x89", "zeros.jpg": bytes(5000), "text.png":
        b"Dear reader,\nthis is no picture.\n", "text-utf16.bmp": "text".encode("utf-16"),
        "text-utf8.gif": "سلام، این یک متن است".encode(), "html.jpg":
        b"<!DOCTYPE html><html><body><img src='x.png'></body></html>", "svg.png":
        b"<svg xmlns='http://www.w3.org/2000/svg'><rect width='9' height='9'/></svg>",
        "svg-xml.tif":
        b"<?xml version='1.0'?>\n<!DOCTYPE svg [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>\n<svg>&b;"
        b"</svg>", "json.png": b'{"image": null}', "deep-json.png": b"[" * 100_000, "script.png":
        b"#!/bin/sh\ntouch /tmp/owned\n", "python.jpg": b"import os\nos.system('true')\n",
        "pdf.png": b"%PDF-1.7\n1 0 obj\n", "zip.png": archive.getvalue(), "gzip.png":
        gzip.compress(saved(RGB, "PNG")), "elf.png": b"\x7fELF\2\1\1" + bytes(4000), "exe.bmp":
        b"MZ\x90\0" + bytes(500), "psd.tif": b"8BPS\0\1" + bytes(60), "exr.exr":
        b"\x76\x2f\x31\x01\2\0\0\0" + bytes(60), "xcf.png": b"gimp xcf v011" + bytes(60), "jxl.jxl":
        b"\xff\x0a" + bytes(60), "jxl-boxed.png": b"\0\0\0\x0cJXL \r\n\x87\n" + bytes(60),
        "heic.jpg":
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(60), "mp4.png":
        b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(60), "avi.png":
        b"RIFF" + struct.pack("<I", 99) + b"AVI LIST" + bytes(90), "wav.webp":
        b"RIFF" + struct.pack("<I", 99) + b"WAVEfmt " + bytes(90), "mkv.png":
        b"\x1a\x45\xdf\xa3" + bytes(60), "npy.png": array.getvalue(), "pickle.png":
        b"\x80\4\x95\x1e\0\0\0\0\0\0\0\x8c\5posix\x8c\6system\x93\x8c\4true\x85R.", "onnx.png":
        b"\x08\7\x12\7pytorch:\x80\1" + bytes(90), "noise.png": noise.randbytes(4000), "noise.tif":
        noise.randbytes(70_000), "newlines.png": b"\n" * 3000, "ff.jpg": b"\xff" * 3000,
        "bz2.png": b"BZh91AY&SY" + bytes(90), "7z.png": b"7z\xbc\xaf\x27\x1c" + bytes(90), "xz.png":
        b"\xfd7zXZ\0" + bytes(90), "sqlite.png": b"SQLite format 3\0" + bytes(90), "dds.dds":
        b"DDS |\0\0\0" + bytes(120), "tga.tga": bytes([0, 0, 2]) + bytes(9) + b"\4\0\4\0\x18\0"
        + bytes(48), "pcx.pcx": b"\n\5\1\x08" + bytes(124), "wmf.png":
        b"\xd7\xcd\xc6\x9a" + bytes(90), "eps.jpg": b"%!PS-Adobe-3.0 EPSF-3.0\n", "xbm.xbm":
        b"#define a_width 8\n#define a_height 1\nstatic char a_bits[] = {0};\n", "xpm.xpm":
        b"/* XPM */\nstatic char *a[] = {\"1 1 1 1\", \"a c #000000\", \"a\"};\n",
    }  # fmt: skip
    found = [Kind(f"other-{name}", data, REFUSE) for name, data in refused.items()]
    found += [
        Kind(f"named-wrongly-{name.replace(' ', '-')}.{ending}", EVERY[name][0], DECODES)
        for name, ending in ENDINGS.items()
    ]
    found += [
        Kind(f"behind-text-{name.replace(' ', '-')}.png", b"text\n" + data[0], REFUSE)
        for name, data in EVERY.items()
    ]
    for name, (data, _, _) in EVERY.items():
        for kept in (4, 12, 30, 60):
            mixed = data[:kept] + noise.randbytes(300)
            found.append(Kind(f"{name.replace(' ', '-')}-{kept}-then-noise.png", mixed, EITHER))
    return found
