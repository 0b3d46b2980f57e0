"""Decoding with OpenCV, and hearing what its decoders say about damage.

The decoders fill in what is missing and return as if nothing were wrong; only a line on the
standard error stream tells. So that stream is caught while they work.
"""

from __future__ import annotations

import os
import re
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import numpy.typing as npt

_STDERR = 2
_ALONE = threading.Lock()

# libjpeg, libpng, libtiff (through OpenCV's log) and libopenjp2; other lines are other people's.
_DECODER_LINE = re.compile(
    r"^(\[ ?(WARN|ERROR|INFO|FATAL):|libpng |Corrupt JPEG|Premature end|Warning: |Unsupported |"
    r"Invalid |Bogus |Inconsistent |Apparently |\s+\[\d+\] prec|> |where|    '|:?$)"
)
_DAMAGE = re.compile(
    r"Corrupt JPEG|[Pp]remature end|Invalid SOS|Bogus (Huffman|marker|DQT)|Inconsistent prog|"
    r"CRC error|TIFF_Error|IO error|[Rr]ead error|Line length mismatch|[Nn]ot enough data|"
    r"Fax[34]\w*: (Warning|Premature|Bad|Uncompressed|Line)|[Bb]ad code word|Premature EOL|"
    r"Corrupted|corrupted"
)


class DecodeError(Exception):
    """Says, for developers, what OpenCV said when it gave no image."""


def decode(data: bytes) -> tuple[npt.NDArray[Any], bool]:
    """Give the decoded samples, upside as stored, and whether the decoder spoke of damage.

    Returns
    -------
    pixels : ndarray, H x W or H x W x 3
        In the file's own depth; colours in OpenCV's order, blue first; alpha left out.
    damaged : bool

    Raises
    ------
    DecodeError
        If OpenCV can't decode it.
    MemoryError
        If there isn't enough memory.
    """
    from convgui.opencv import cv2

    flags = cv2.IMREAD_ANYCOLOR | cv2.IMREAD_ANYDEPTH | cv2.IMREAD_IGNORE_ORIENTATION
    log = cv2.utils.logging
    with _ALONE, _standard_error_caught() as lines:
        level = log.setLogLevel(log.LOG_LEVEL_WARNING)
        try:
            pixels = cv2.imdecode(np.frombuffer(data, np.uint8), flags)
        except cv2.error as problem:
            if problem.code == cv2.Error.StsNoMem:
                raise MemoryError from problem
            raise DecodeError(str(problem)) from problem
        finally:
            log.setLogLevel(level)
    if pixels is None:
        raise DecodeError("\n".join(lines) or "no reason given")
    return pixels, any(_DAMAGE.search(line) for line in lines)


@contextmanager
def _standard_error_caught() -> Iterator[list[str]]:
    """Collect what decoders write to the standard error stream; pass other lines on afterwards."""
    lines: list[str] = []
    try:
        kept = os.dup(_STDERR)
    except OSError:
        # There is no such stream, as in a program started without a console.
        yield lines
        return
    with tempfile.TemporaryFile() as caught:
        try:
            os.dup2(caught.fileno(), _STDERR)
            yield lines
        finally:
            os.dup2(kept, _STDERR)
            caught.seek(0)
            for line in caught.read().decode("utf-8", "replace").splitlines():
                if _DECODER_LINE.match(line):
                    lines.append(line)
                else:
                    os.write(kept, f"{line}\n".encode())
            os.close(kept)
