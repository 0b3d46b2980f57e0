"""The other side of the fence: reads one image after another, and tells what became of it."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from convgui.apart import wire
from convgui.apart.serving import serve
from convgui.model import reader
from convgui.model.image import Image, ImageError, ImageTooLarge


def main() -> None:
    """Reads images until nobody can ask any more."""
    serve(reader.warm, _answer)


def _answer(told: BinaryIO, words: dict[str, Any], asked: BinaryIO, follows: int) -> None:
    data = asked.read(follows)
    path = words.get("path")
    source = data if path is None else Path(path)
    _limit(words["memory"], words["seconds"])
    try:
        image = reader.read_image(
            source, max_pixels=words["max_pixels"], name=words["name"], damage=words["damage"]
        )
    except ImageTooLarge as problem:
        told.write(wire.pack({
            "too large": str(problem), "width": problem.width, "height": problem.height,
            "bytes": problem.bytes_needed,
        }))  # fmt: skip
    except ImageError as problem:
        told.write(wire.pack({"refused": str(problem)}))
    else:
        _send(told, image)


def _send(told: BinaryIO, image: Image) -> None:
    pixels = image.pixels
    told.write(wire.pack({
        "shape": pixels.shape, "type": str(pixels.dtype), "name": image.name,
        "notes": image.notes, "damaged": image.damaged, "stored": image.stored,
    }, pixels.nbytes))  # fmt: skip
    told.write(pixels.data.cast("B"))


def _limit(memory: int | None, seconds: float) -> None:
    """Bounds what the next image may take beyond what the process has now."""
    if hasattr(signal, "alarm"):
        # Ends the process wherever it hangs, should nobody be left to end it.
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(max(1, round(seconds) + 5))
    if sys.platform == "win32":
        return
    import resource

    most = resource.RLIM_INFINITY
    if memory is not None:
        most = memory + _address_space()
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    if hard != resource.RLIM_INFINITY:
        most = hard if most == resource.RLIM_INFINITY else min(most, hard)
    # macOS maps more than any such limit from the start, and refuses it.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _address_space() -> int:
    """Gives the bytes of address space in use; much of it is libraries, and never touched."""
    try:
        with open("/proc/self/statm", encoding="ascii") as numbers:
            return int(numbers.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 8 << 30
