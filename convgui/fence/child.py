"""The other side of the fence: reads one image after another, and tells what became of it."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from convgui.fence import wire
from convgui.model.image import Image, ImageError, ImageTooLarge


def main() -> None:
    """Answers on the standard output what is asked on the standard input, until that ends."""
    # Keys of a terminal are meant for the program that was started there.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asked, told = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not get between the answers.
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    # What takes long to import is imported before the first image is asked for.
    from convgui.model import reader

    reader.warm()
    told.write(wire.pack({"ready": True}))
    told.flush()
    while head := asked.read(wire.HEAD.size):
        length, follows = wire.lengths(head)
        words = wire.words_of(asked.read(length))
        _answer(told, words, asked.read(follows))


def _answer(told: BinaryIO, words: dict[str, Any], data: bytes) -> None:
    from convgui.model.reader import read_image

    path = words.get("path")
    source = data if path is None else Path(path)
    _limit(words["memory"], words["seconds"])
    try:
        image = read_image(
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
    told.flush()


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


if __name__ == "__main__":
    main()
