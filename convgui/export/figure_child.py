"""The process that figures are drawn in: draws one plan after another."""

from __future__ import annotations

import pickle
import traceback
from typing import Any, BinaryIO

from convgui.apart import wire
from convgui.apart.serving import serve

from . import figure_layout

IDLE_SECONDS = 300.0
"""After which it ends: the 100 MB that matplotlib takes are worth more than the second in which it
is there again, to who has drawn nothing for minutes."""

MOST_LETTERS = 4000


def main() -> None:
    """Draws until nobody can ask any more, or nobody has for long."""
    serve(figure_layout.warm, _answer, IDLE_SECONDS)


def _answer(told: BinaryIO, words: dict[str, Any], asked: BinaryIO, follows: int) -> None:
    # From the program itself, which is trusted; the images are not copied once more.
    pickled, *buffers = [asked.read(size) for size in words["sizes"]]
    try:
        plan = pickle.loads(pickled, buffers=buffers)
        drawn = figure_layout.drawn(plan, words["format"], words["raster"])
    except Exception as error:
        told.write(wire.pack({
            "kind": type(error).__name__, "reason": str(error)[:MOST_LETTERS],
            "trace": traceback.format_exc()[-MOST_LETTERS:],
        }))  # fmt: skip
    else:
        sizes: dict[str, Any] = {"width_mm": drawn.width_mm, "height_mm": drawn.height_mm}
        data = [drawn.data]
        if drawn.raster is not None:
            sizes["raster"] = drawn.raster.columns, drawn.raster.rows
            data.append(drawn.raster.data)
        told.write(wire.pack(sizes, sum(map(len, data))))
        for part in data:
            told.write(part)
