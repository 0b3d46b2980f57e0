"""This side of the fence: asks for images, believes nothing, and outlives what happens there."""

from __future__ import annotations

import atexit
import logging
import math
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from convgui.apart import process as processes
from convgui.apart import wire
from convgui.apart.partner import Partner, answer_of
from convgui.apart.process import Gone, Late
from convgui.model import reader
from convgui.model.damage import WARN
from convgui.model.files import display_name
from convgui.model.image import Image, ImageError, ImageTooLarge
from convgui.model.reader import ASK_ABOVE, CEILING

LOG = logging.getLogger(__name__)
MEMORY = (2 << 30) - (96 << 20)
"""Bytes that reading an image may take there, unless a larger one was agreed to: with those that
the process has anyway it stays below 2 GB."""

SECONDS = 20.0
"""Within which an image must be read, or twice as long for each further 50 megapixels allowed."""

START_SECONDS = 60.0
HEAVY = 64 << 20
"""Bytes of pixels after which the other process is given up, lest it keep so much memory."""


class Fence(Partner):
    """Reads images in another process; starts it again when it has died.

    Any thread may ask; one image is read at a time. Where the system can't have it like that,
    images are read in this process, with the bounds that the reader itself sets.
    """

    def __init__(self) -> None:
        super().__init__("convgui.fence.child")

    def read_image(
        self,
        source: str | Path | bytes,
        *,
        max_pixels: int | None = ASK_ABOVE,
        name: str = "",
        damage: str = WARN,
        progress: Callable[[Any], None] | None = None,
        seconds: float = SECONDS,
    ) -> Image:
        """Give the image in a file or in bytes, as :func:`convgui.model.reader.read_image` does.

        Parameters
        ----------
        source, max_pixels, name, damage
            As there.
        progress : callable, optional
            Called with None every few hundredths of a second; what it raises gives the image up.
        seconds : float
            Within which 50 megapixels must be read.

        Raises
        ------
        ImageError
            As there; and if the decoder crashed, hung or could not be started.
        """
        if not processes.POSSIBLE:
            return reader.read_image(source, max_pixels=max_pixels, name=name, damage=damage)
        path = None if isinstance(source, bytes) else Path(os.path.abspath(source))
        called = name or (display_name(path) if path else "pasted image")
        words = {
            "path": None if path is None else str(path), "name": called, "damage": damage,
            "max_pixels": max_pixels, "memory": None if max_pixels is None else MEMORY,
            "seconds": seconds * max(1.0, (max_pixels or CEILING) / ASK_ABOVE),
        }  # fmt: skip
        data = source if isinstance(source, bytes) else b""

        def look() -> None:
            if progress is not None:
                progress(None)

        with self._alone(look):
            try:
                return self._asked(words, data, path, look)
            except (ImageError, MemoryError):
                raise
            except Gone as problem:
                LOG.error("Reading %s ended the decoder: %s", called, problem)
                reason = "the decoder crashed on it"
            except Late:
                reason = f"it was not read within {words['seconds']:g} seconds"
            except wire.Garbled as problem:
                LOG.error("Reading %s gave a garbled answer: %s", called, problem)
                reason = "the decoder crashed on it"
            except OSError as problem:
                raise ImageError(
                    f"{called} can't be opened: the process that reads images could not be "
                    f"started ({problem.strerror or problem})."
                ) from None
            except BaseException:
                # Not wanted any more; what is under way would be taken for the next answer.
                self._give_up()
                raise
            self._give_up()
            raise ImageError(f"{called} can't be opened: {reason}.")

    def _asked(
        self, words: dict[str, Any], data: bytes, path: Path | None, look: Callable[[], None]
    ) -> Image:
        process = self._started()
        until = time.monotonic() + START_SECONDS
        if not process.ready:
            answer_of(process, until, look)
            process.ready = True
        until = time.monotonic() + words["seconds"]
        process.send(wire.pack(words, len(data)) + data, until, look)
        answer, follows = answer_of(process, until, look)
        if "refused" in answer:
            raise ImageError(str(answer["refused"]))
        if "too large" in answer:
            sizes = (answer.get(key) for key in ("width", "height", "bytes"))
            width, height, count = (size if isinstance(size, int) else 0 for size in sizes)
            raise ImageTooLarge(str(answer["too large"]), width, height, count)
        pixels = _room(answer, follows)
        process.receive(pixels.data.cast("B"), until, look)
        pixels.flags.writeable = False
        if follows > HEAVY:
            self._give_up()
        return Image(
            pixels, str(answer.get("name")), path, tuple(map(str, answer.get("notes") or ())),
            answer.get("damaged") is not False, str(answer.get("stored")),
        )  # fmt: skip


def _room(answer: dict[str, Any], follows: int) -> np.ndarray[Any, Any]:
    """Gives room for the pixels that are announced; Garbled if no image is like that."""
    shape, kind = answer.get("shape"), answer.get("type")
    if kind not in ("uint8", "float32") or not isinstance(shape, list):
        raise wire.Garbled(f"pixels of {kind}")
    if len(shape) not in (2, 3) or not all(isinstance(side, int) and side > 0 for side in shape):
        raise wire.Garbled(f"pixels of shape {shape}")
    count = math.prod(shape)
    if count > 3 * CEILING or shape[2:] not in ([], [3]) or (
        count * np.dtype(kind).itemsize != follows
    ):
        raise wire.Garbled(f"{follows} bytes of pixels of shape {shape}")
    return np.empty(shape, kind)


FENCE = Fence()
atexit.register(FENCE.close)
