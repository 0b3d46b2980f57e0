"""The main job where there is no display: compare the sample, print the table, write the figure."""

from __future__ import annotations

import ctypes
import os
import socket
import sys
from pathlib import Path

FIGURE = Path("comparison.pdf")
XCB = "libxcb.so.1"
WITH_DISPLAY = ("xcb", "wayland")
PATIENCE = 2.0


def no_display() -> str:
    """Gives why a window can't be opened here, or "" if it can or another way was asked for.

    Qt ends the program, with a core dump, when it finds no display to connect to.
    """
    asked = os.environ.get("QT_QPA_PLATFORM", "")
    if not sys.platform.startswith("linux") or (asked and not asked.startswith(WITH_DISPLAY)):
        return ""
    x11, wayland = os.environ.get("DISPLAY"), os.environ.get("WAYLAND_DISPLAY")
    if (x11 and _answers_x11()) or (wayland and _answers_wayland(wayland)):
        return ""
    if x11 or wayland:
        return f"The display {x11 or wayland} can't be opened"
    return "There is no display"


def main(image: str | None = None, reason: str = "There is no display") -> int:
    """Compares an image, or the sample, and says where the figure is; gives the exit status."""
    from convgui import cli, console

    what = "the sample image" if image is None else image
    console.say(f"{reason}, so {what} is compared without a window.\n\n")
    status = cli.main(["--export", str(FIGURE), *([] if image is None else ["--", image])])
    if status == 0:
        console.say(f"\nThe figure is in {FIGURE.resolve()}\n")
    return status


def _answers_x11() -> bool:
    """Connects as Qt will, with the library that it will use, and lets go again."""
    try:
        xcb = ctypes.CDLL(XCB)
        xcb.xcb_connect.restype = ctypes.c_void_p
        connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
        failed = xcb.xcb_connection_has_error(connection)
        xcb.xcb_disconnect(connection)
    except (OSError, AttributeError):
        # Without this library Qt can't connect either.
        return False
    return not failed


def _answers_wayland(name: str) -> bool:
    path = Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / name
    with socket.socket(socket.AF_UNIX) as tried:
        tried.settimeout(PATIENCE)
        try:
            tried.connect(str(path))
        except OSError:
            return False
    return True
