"""JPEG: kinds of coding, markers that lie or are missing, scans that end too early."""

from __future__ import annotations

import io

import numpy as np
from picture_files import GRAY, RGB, saved
from PIL import Image as Pillow

from corpus.kind import DECODES, EITHER, FLAG, REFUSE, Kind, broken, cut

BIG = np.kron(RGB, np.ones((3, 3, 1), np.uint8))
GOOD = saved(BIG, "JPEG", quality=90)
SCAN = GOOD.index(b"\xff\xda")


def segment(marker: int, data: bytes) -> bytes:
    """Gives a segment of a JPEG."""
    return bytes([0xFF, marker]) + (len(data) + 2).to_bytes(2) + data


def frame(data: bytes, place: int, new: bytes, marker: int = 0xC0) -> bytes:
    """Gives the file with another frame header: 0 bits, 1 height, 3 width, 5 channels."""
    return broken(data, data.index(bytes([0xFF, marker, 0])) + 4 + place, new)


def beside(*segments: bytes) -> bytes:
    """Gives the good file with segments behind its start."""
    return GOOD[:2] + b"".join(segments) + GOOD[2:]


def exif(orientation: int, order: str = "MM") -> bytes:
    """Gives the content of an EXIF segment that states an orientation."""
    if order == "MM":
        return b"Exif\0\0MM\0*\0\0\0\x08\0\1\x01\x12\0\3\0\0\0\1\0%c\0\0" % orientation + bytes(4)
    return b"Exif\0\0II*\0\x08\0\0\0\1\0\x12\x01\3\0\1\0\0\0%c\0\0\0" % orientation + bytes(4)


def many_scans(side: int, count: int) -> bytes:
    """Gives a progressive JPEG whose last scan, of hardly any bytes, is repeated."""
    data = saved(Pillow.new("L", (side, side), 90), "JPEG", progressive=True)
    start = data.rindex(b"\xff\xda")
    return data[:start] + data[start:-2] * count + b"\xff\xd9"


def unlike() -> bytes:
    """Gives a JPEG whose restart markers are out of step."""
    data = bytearray(saved(BIG, "JPEG", restart_marker_blocks=2))
    places = [i for i in range(len(data) - 1) if data[i] == 0xFF and 0xD0 <= data[i + 1] <= 0xD7]
    for place in places[3:6]:
        data[place + 1] = 0xD0
    return bytes(data)


def kinds() -> list[Kind]:
    """Gives JPEG files."""
    cmyk = Pillow.fromarray(BIG).convert("CMYK")
    profile = io.BytesIO(bytes(3000)).getvalue()
    sound = {
        "grey": saved(GRAY, "JPEG"), "quality-1": saved(BIG, "JPEG", quality=1),
        "444": saved(BIG, "JPEG", subsampling=0), "422": saved(BIG, "JPEG", subsampling=1),
        "progressive": saved(BIG, "JPEG", progressive=True), "cmyk": saved(cmyk, "JPEG"),
        "rgb-kept": saved(BIG, "JPEG", keep_rgb=True),
        "optimised": saved(BIG, "JPEG", optimize=True),
        "restarts": saved(BIG, "JPEG", restart_marker_blocks=3),
        "one-pixel": saved(BIG[:1, :1], "JPEG"), "row": saved(BIG[:1], "JPEG"),
        "comment": beside(segment(0xFE, b"x" * 60_000)),
        "filled-markers": GOOD[:2] + b"\xff" * 50 + GOOD[2:],
        "profile": saved(BIG, "JPEG", icc_profile=profile),
        "exif-nonsense": beside(segment(0xE1, b"Exif\0\0II*\0\xff\xff\xff\xff")),
        "exif-cut": beside(segment(0xE1, exif(6)[:20])),
        "exif-loop": beside(segment(0xE1, b"Exif\0\0II*\0\x08\0\0\0\1\0\x69\x87\4\0\1\0\0\0\x08\0\0"
                                          b"\0\x08\0\0\0")),
        "app0-empty": beside(segment(0xE0, b"")),
        "density-zero": broken(GOOD, 14, bytes(4)),
        "behind-the-end": GOOD + b"\0" * 500, "thumbnail-behind": GOOD + saved(GRAY, "JPEG"),
    }  # fmt: skip
    sound |= {f"exif-{order}-{i}": beside(segment(0xE1, exif(i, order)))
              for i in range(10) for order in ("MM", "II")}  # fmt: skip
    refused = {
        "signature-alone": GOOD[:3], "start-and-end": b"\xff\xd8\xff\xd9",
        "header-cut": GOOD[: SCAN - 20], "length-zero": broken(GOOD, 4, b"\0\0"),
        "length-one": broken(GOOD, 4, b"\0\1"), "length-lies": broken(GOOD, 4, b"\xff\xff"),
        "width-zero": frame(GOOD, 3, b"\0\0"), "height-zero": frame(GOOD, 1, b"\0\0"),
        "channels-0": frame(GOOD, 5, b"\0"), "channels-9": frame(GOOD, 5, b"\x09"),
        "bits-12": frame(GOOD, 0, b"\x0c"), "bits-0": frame(GOOD, 0, b"\0"),
        "claims-65535": frame(GOOD, 1, b"\xff\xff\xff\xff"),
        "claims-65000x1000": frame(GOOD, 1, b"\xfd\xe8\xfd\xe8"),
        "lossless": broken(GOOD, GOOD.index(b"\xff\xc0") + 1, b"\xc3"),
        "differential": broken(GOOD, GOOD.index(b"\xff\xc0") + 1, b"\xc5"),
        "no-frame": GOOD[: GOOD.index(b"\xff\xc0")] + GOOD[GOOD.index(b"\xff\xc4") :],
        "no-scan": GOOD[:SCAN] + b"\xff\xd9",
        "sampling-zero": frame(GOOD, 7, b"\0"), "sampling-15": frame(GOOD, 7, b"\xff"),
        "table-number-9": frame(GOOD, 8, b"\x09"),
        "scan-cut-at-once": GOOD[: SCAN + 4],
        "hopeless-huffman": broken(GOOD, GOOD.index(b"\xff\xc4") + 5, b"\xff" * 16),
    }  # fmt: skip
    no_tables = GOOD[: GOOD.index(b"\xff\xc4")] + GOOD[SCAN:]
    no_quantisation = GOOD[:2] + GOOD[GOOD.index(b"\xff\xc0") :]
    flagged = {
        "cut-in-scan": cut(GOOD, 0.9), "cut-in-half": GOOD[: (SCAN + len(GOOD)) // 2],
        "end-missing": GOOD[:-2], "end-half": GOOD[:-1],
        "progressive-cut": cut(saved(BIG, "JPEG", progressive=True), 0.8),
        "middle-missing": GOOD[: SCAN + 60] + GOOD[-200:],
        "scan-zeros": broken(GOOD, SCAN + 80, bytes(300)),
        "marker-in-scan": broken(GOOD, (SCAN + len(GOOD)) // 2, b"\xff\xd9"),
        "restarts-out-of-step": unlike(),
        "no-quantisation": no_quantisation,
    }  # fmt: skip
    either = {
        # Frames of Motion JPEG have no tables: a reader may know the usual ones.
        "no-huffman-tables": no_tables,
        "arithmetic": broken(GOOD, GOOD.index(b"\xff\xc0") + 1, b"\xc9"),
        "app14-cut": beside(segment(0xEE, b"Adobe\0")), "app14-odd": beside(
            segment(0xEE, b"Adobe\0\x64\0\0\0\0\x77")),
        "two-frames": broken(GOOD, 2, b"") [:SCAN] + segment(0xC0, GOOD[GOOD.index(b"\xff\xc0") + 4:
            GOOD.index(b"\xff\xc0") + 19]) + GOOD[SCAN:],
        "scan-twice": GOOD[:-2] + GOOD[SCAN:],
        "height-one-less": frame(GOOD, 1, (71).to_bytes(2)),
        "scans-500": many_scans(300, 500),
    }  # fmt: skip
    verdicts = ((sound, DECODES), (refused, REFUSE), (flagged, FLAG), (either, EITHER))
    return [
        Kind(f"jpeg-{name}.jpg", data, verdict)
        for group, verdict in verdicts for name, data in group.items()
    ]  # fmt: skip
