"""Formats of a header and numbers: PNM as text and binary, PAM, PFM, Radiance HDR, Sun raster."""

from __future__ import annotations

import struct

import numpy as np
from picture_files import ALPHA, BITS, DEEP, GRAY, RGB, pam, pfm, radiance, saved, sun

from corpus.kind import DECODES, EITHER, FLAG, REFUSE, Kind, cut

HEIGHT, WIDTH = GRAY.shape
SIZE = b"%d %d" % (WIDTH, HEIGHT)


def text(values: np.ndarray) -> bytes:
    """Gives numbers as text."""
    rows = values.reshape(len(values), -1)
    return b"\n".join(b" ".join(b"%d" % each for each in row) for row in rows)


def runs(values: np.ndarray) -> bytes:
    """Gives a Radiance file in runs, of whole numbers from 128 to 255."""
    height, width = values.shape[:2]
    four = np.concatenate([values, np.full((height, width, 1), 136)], axis=2).astype(np.uint8)
    rows = b""
    for row in four:
        rows += b"\2\2" + width.to_bytes(2)
        for channel in row.T:
            rows += bytes([width]) + channel.tobytes() if width <= 128 else b""
    head = b"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y %d +X %d\n" % (height, width)
    return head + rows


def _pnm() -> list[Kind]:
    grey, colour = GRAY.tobytes(), RGB.tobytes()
    deep = DEEP.astype(">u2").tobytes()
    sound = {
        "grey.pgm": b"P5\n%b\n255\n" % SIZE + grey, "colour.ppm": b"P6 %b 255\n" % SIZE + colour,
        "bits.pbm": saved(BITS, "PPM"), "grey16.pgm": b"P5\n%b\n65535\n" % SIZE + deep,
        "text.ppm": b"P3\n%b\n255\n" % SIZE + text(RGB),
        "text.pgm": b"P2\n%b\n255\n" % SIZE + text(GRAY) + b"\n",
        "text-bits.pbm": b"P1\n%b\n" % SIZE + text(BITS), "text-bits-close.pbm":
        b"P1\n%b\n" % SIZE + b"".join(b"%d" % bit for bit in BITS.ravel()),
        "comments.ppm": b"P6\n# one\n#two\n%b # three\n255\n" % SIZE + colour,
        "comment-at-once.pgm": b"P5 #here\n%b\n255\n" % SIZE + grey,
        "blanks.pgm": b"P5 \t\r\n %d \n\n %d\t255\n" % (WIDTH, HEIGHT) + grey,
        "most-100.pgm": b"P5\n%b\n100\n" % SIZE + (GRAY % 101).tobytes(),
        "most-1.pgm": b"P5\n%b\n1\n" % SIZE + BITS.astype(np.uint8).tobytes(),
        "most-4095.pgm": b"P5\n%b\n4095\n" % SIZE + (DEEP >> 4).astype(">u2").tobytes(),
        "behind-the-end.ppm": b"P6 %b 255\n" % SIZE + colour + b"more",
        "one-pixel.ppm": b"P6 1 1 255\nabc", "zeros-before.pgm": b"P5 0036 024 255\n" + grey,
        "text16.pgm": b"P2\n%b\n65535\n" % SIZE + text(DEEP), "colour16.ppm":
        b"P6\n%b\n65535\n" % SIZE + (RGB.astype(">u2") * 257).tobytes(),
    }  # fmt: skip
    refused = {
        "signature-alone.ppm": b"P6", "header-cut.ppm": b"P6\n36", "most-missing.ppm":
        b"P6\n%b\n" % SIZE, "width-zero.pgm": b"P5 0 24 255\n" + grey,
        "height-zero.pgm": b"P5 36 0 255\n" + grey, "width-negative.pgm": b"P5 -36 24 255\n" + grey,
        "most-zero.pgm": b"P5\n%b\n0\n" % SIZE + grey, "most-65536.pgm":
        b"P5\n%b\n65536\n" % SIZE + deep, "most-negative.pgm": b"P5\n%b\n-1\n" % SIZE + grey,
        "cut.ppm": b"P6 %b 255\n" % SIZE + colour[:-40], "cut16.pgm":
        b"P5\n%b\n65535\n" % SIZE + deep[:-7], "claims-30000.ppm": b"P6 30000 30000 255\n" + colour,
        "claims-2-64.ppm": b"P6 99999999999999999999 9999999999999 255\n" + colour,
        "width-2-31.pgm": b"P5 2147483648 1 255\n" + grey, "long-number.pgm":
        b"P5 " + b"9" * 5000 + b" 1 255\n", "letters.ppm": b"P6 wide high 255\n" + colour,
        "text-cut.pgm": b"P2\n%b\n255\n" % SIZE + text(GRAY)[:300], "float-size.pgm":
        b"P5 3.6e1 24 255\n" + grey,
        "comment-without-end.ppm": b"P6 # no line ends here" + b"x" * 99,
        "kind-8.pnm": b"P8 %b 255\n" % SIZE + grey, "kind-0.pnm": b"P0 %b 255\n" % SIZE + grey,
        "no-blank.ppm": b"P636 24 255\n" + colour,
    }  # fmt: skip
    flagged = {
        "text-letters.pgm": b"P2\n%b\n255\n" % SIZE + text(GRAY).replace(b"96", b"x6"),
        "text-last-missing.pgm": b"P2\n%b\n255\n" % SIZE + text(GRAY).rsplit(b" ", 9)[0],
    }
    either = {
        "text-too-large.pgm": b"P2\n%b\n100\n" % SIZE + text(GRAY),
        "text-negative.pgm": b"P2\n%b\n255\n" % SIZE + text(GRAY).replace(b" 1", b" -"),
        "value-over-most.pgm": b"P5\n%b\n100\n" % SIZE + grey,
        "bits-two.pbm": b"P1\n%b\n" % SIZE + text(GRAY % 3),
    }
    return _as_kinds("pnm", sound, refused, flagged, either)


def _others() -> list[Kind]:
    rgba = np.dstack([RGB, ALPHA])
    floats, most = RGB / np.float32(3), RGB // 2 + 128
    good_pam, good_sun, good_hdr = pam(RGB, 255), sun(RGB), runs(most)
    good_pfm = pfm(floats)
    sun_head = [0x59A66A95, WIDTH, HEIGHT, 8, GRAY.size, 1, 0, 0]
    sound = {
        "colour.pam": good_pam, "alpha.pam": pam(rgba, 255), "grey.pam": pam(GRAY[:, :, None], 255),
        "deep.pam": pam(rgba.astype(np.uint16) * 257, 65535), "colour.pfm": good_pfm,
        "grey.pfm": pfm(floats[:, :, 0]), "big-endian.pfm": good_pfm.replace(b"-1.0", b"1.0", 1)[
            :-floats.nbytes] + np.flipud(floats).astype(">f4").tobytes(),
        "not-finite.pfm": pfm(np.where(floats > 50, np.float32("nan"), floats)),
        "runs.hdr": good_hdr, "flat.hdr": radiance(most), "colour.ras": good_sun,
        "grey.ras": struct.pack(">8I", *sun_head) + GRAY.tobytes(),
        "exposure.hdr": good_hdr.replace(b"FORMAT", b"EXPOSURE=2.0\nFORMAT"),
    }  # fmt: skip
    refused = {
        "head-alone.pam": b"P7\nWIDTH 3\n", "width-zero.pam": good_pam.replace(b"TH 36", b"TH 0"),
        "depth-9.pam": good_pam.replace(b"DEPTH 3", b"DEPTH 9"), "cut.pam": good_pam[:-9],
        "most-0.pam": good_pam.replace(b"MAXVAL 255", b"MAXVAL 0"), "claims-30000.pam":
        good_pam.replace(b"WIDTH 36\nHEIGHT 24", b"WIDTH 30000\nHEIGHT 30000"),
        "cut.pfm": good_pfm[:-9], "claims-16000.pfm": b"PF\n16000 16000\n-1.0\n" + bytes(99),
        "scale-missing.pfm": b"PF\n36 24\n", "scale-letters.pfm":
        good_pfm.replace(b"-1.0", b"wide", 1), "height-zero.pfm": good_pfm.replace(b"36 24",
        b"36 0"),
        "cut-in-head.hdr": good_hdr[:30], "cut.hdr": cut(good_hdr, 0.2), "claims-30000.hdr":
        good_hdr.replace(b"-Y 24 +X 36", b"-Y 30000 +X 30000"), "size-missing.hdr":
        good_hdr.replace(b"-Y 24 +X 36\n", b""), "width-zero.hdr":
        good_hdr.replace(b"+X 36", b"+X 0"), "head-cut.ras": good_sun[:20],
        "cut.ras": good_sun[:-99],
        "width-zero.ras": good_sun[:4] + bytes(4) + good_sun[8:], "claims-30000.ras":
        good_sun[:4] + struct.pack(">II", 30_000, 30_000) + good_sun[12:], "bits-7.ras":
        good_sun[:12] + struct.pack(">I", 7) + good_sun[16:],
    }  # fmt: skip
    flagged = {"runs-wrong.hdr": good_hdr[:-400] + b"\xff" * 400, "cut-late.hdr": good_hdr[:-200]}
    either = {
        "turned.hdr": good_hdr.replace(b"-Y 24 +X 36", b"+X 36 -Y 24"),
        "xyze.hdr": good_hdr.replace(b"rgbe", b"xyze"),
        "scale-zero.pfm": good_pfm.replace(b"-1.0", b"0000", 1),
        "runs-cut.ras": good_sun[:20] + struct.pack(">I", 2) + good_sun[24:],
        "palette-lies.ras": good_sun[:28] + struct.pack(">I", 1 << 30) + good_sun[32:],
        "field-twice.pam": good_pam.replace(b"DEPTH 3", b"DEPTH 3\nDEPTH 1"),
    }
    return _as_kinds("plain", sound, refused, flagged, either)


def _as_kinds(word: str, *groups: dict[str, bytes]) -> list[Kind]:
    verdicts = zip(groups, (DECODES, REFUSE, FLAG, EITHER), strict=True)
    return [
        Kind(f"{word}-{name}", data, verdict)
        for group, verdict in verdicts for name, data in group.items()
    ]  # fmt: skip


def kinds() -> list[Kind]:
    """Gives the files."""
    return [*_pnm(), *_others()]
