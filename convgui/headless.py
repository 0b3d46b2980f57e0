"""The main job where there is no display: compare the sample, print the table, write the figure."""

from __future__ import annotations

import os
import sys
from pathlib import Path

FIGURE = Path("comparison.pdf")


def no_display() -> bool:
    """Whether a window can't be opened here, and nobody asked for another way of drawing."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return False
    return not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def main(image: str | None = None) -> int:
    """Compares an image, or the sample, and says where the figure is; gives the exit status."""
    from convgui import cli

    what = "the sample image" if image is None else image
    print(f"There is no display, so {what} is compared without a window.\n", flush=True)
    status = cli.main([*([] if image is None else [image]), "--export", str(FIGURE)])
    if status == 0:
        print(f"\nThe figure is in {FIGURE.resolve()}")
    return status
