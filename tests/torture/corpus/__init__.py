"""Files of every kind that people and fuzzers come up with, each with the verdict it must get.

They are made here, byte by byte, so that no hostile file lies in the repository. ``every`` gives
all of them by name.
"""

from __future__ import annotations

import importlib
from functools import cache

from corpus.kind import DECODES, EITHER, FLAG, REFUSE, WEIGHTS, Kind

MODULES = (
    "png_sound", "png_broken", "jpeg_files", "tiff_sound", "tiff_broken", "gif_files", "bmp_files",
    "icon_files", "plain_files", "boxed_files", "other_files", "weight_files",
)  # fmt: skip


@cache
def every() -> dict[str, Kind]:
    """Gives every kind by its name, which ends as its file's does."""
    kinds = [
        kind for name in MODULES for kind in importlib.import_module(f"corpus.{name}").kinds()
    ]
    named = {kind.name: kind for kind in kinds}
    if len(named) != len(kinds):
        raise AssertionError("two kinds have one name")
    return named


__all__ = ["DECODES", "EITHER", "FLAG", "REFUSE", "WEIGHTS", "Kind", "every"]
