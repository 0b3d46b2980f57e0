"""Gives cv2, imported so that it leaves the process as it found it.

The opencv-python wheel bundles a Qt of its own and, on import, points three environment variables
at it; a Qt child process would then load the wrong plugins. This module is the only one that
imports cv2, and puts the variables back. It takes about 0.1 s, so import it where it is used.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

QT_VARIABLES = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR", "LD_LIBRARY_PATH")

# OpenCV reads these once, while it is loaded. convgui checks every header itself before it decodes;
# these are the second fence, just above what convgui lets through.
LIMITS = {
    "OPENCV_IO_MAX_IMAGE_PIXELS": str(2_000_000_000),
    "OPENCV_IO_MAX_IMAGE_WIDTH": str(1 << 20),
    "OPENCV_IO_MAX_IMAGE_HEIGHT": str(1 << 20),
}


@contextmanager
def environment_kept(names: tuple[str, ...]) -> Iterator[None]:
    """Put the named environment variables back to what they were on leaving."""
    before = {name: os.environ.get(name) for name in names}
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


with environment_kept((*QT_VARIABLES, *LIMITS)), warnings.catch_warnings():
    os.environ.update(LIMITS)
    # Some wheels import numpy.core, which NumPy 2 warns about.
    warnings.simplefilter("ignore", DeprecationWarning)
    import cv2

cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)

__all__ = ["cv2"]
