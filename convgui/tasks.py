"""What the jobs do, each a plain function of plain values that may run on any thread.

Each takes ``progress`` last, as :class:`convgui.jobs.Jobs` calls it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convgui import sessions
from convgui.export import tables
from convgui.export.atomic import write_atomically
from convgui.export.figure_apart import DRAWER
from convgui.export.figure_options import FigureOptions
from convgui.export.figure_plan import Drawn
from convgui.fence import read_image
from convgui.model import compute, edit, histogram, maps, planes, published, region
from convgui.model.compute import Comparison
from convgui.model.image import Image
from convgui.model.maps import Levels
from convgui.model.resolve import resolve
from convgui.model.session import Session
from convgui.sessions import Document, outputs, pair
from convgui.sessions.leftovers import left_behind
from convgui.sessions.recovery import Orphan, Slot
from cyconv import Accuracy

Tell = Callable[[Any], None]
FIGURE_SUFFIXES = (".pdf", ".svg", ".png")
NUMBER_SUFFIXES = (".csv", ".json")
CLIPBOARD_FORMAT = "png"


def open_image(
    source: str | Path | bytes, max_pixels: int | None, damage: str, progress: Tell
) -> Image:
    """Reads an image; more pixels than allowed are an ``ImageTooLarge``."""
    return read_image(source, max_pixels=max_pixels, damage=damage, progress=progress)


def run(session: Session, image: Image, progress: Tell) -> Comparison:
    """Resolves a session with an image and compares the techniques.

    What the window will ask of the result first is worked out here, too.
    """
    told: list[compute.Progress] = []

    def tell(report: compute.Progress) -> None:
        told[:] = [report]
        progress(report)

    def tell_last(_: object) -> None:
        if told:
            progress(told[0])

    comparison = compute.run(resolve(session, image), tell)
    planes.warm(comparison, tell_last)
    return comparison


def prepare_planes(
    comparison: Comparison, index: int, mode: str, shown: maps.Shown | None, progress: Tell
) -> planes.Planes:
    """Works out what is shown of a filter, in a mode of error."""
    return planes.prepare(comparison, index, mode, shown, progress)


def measure_errors(
    ready: planes.Planes, span: Levels | None, progress: Tell
) -> histogram.Histogram:
    """Counts errors, over a span or over all that there is."""
    span = span or histogram.span_of(ready.errors, ready.mode, ready.error_levels)
    return histogram.measure(ready.errors, ready.mode, span, progress)


def mark_errors(
    ready: planes.Planes, span: Levels, index: int, progress: Tell
) -> dict[str, histogram.Pyramid]:
    """Finds the pixels of every technique that are counted in a bin."""
    return {
        name: histogram.marked(each, span, index, progress) for name, each in ready.errors.items()
    }


def measure_region(
    parts: dict[str, NDArray[Any]], exact: NDArray[Any] | None, progress: Tell
) -> dict[str, region.Statistics]:
    """Measures a part of every picture; PSNR and SSIM have the peak of the whole exact output."""
    span = None
    if exact is not None:
        finite = exact[np.isfinite(exact)]
        span = float(finite.max() - finite.min()) if finite.size else None
    return region.measure(parts, span or None, progress)


def restrict(
    comparison: Comparison, part: region.Region, progress: Tell
) -> Comparison | None:
    """Measures the accuracies within a region."""
    return region.restricted(comparison, part, progress)


def load_weights(session: Session, path: str, progress: Tell) -> Session:
    """Gives the session with the weights in a file."""
    return edit.loaded_weights(session, path)


def measure_published(image: Image, progress: Tell) -> tuple[published.Row, ...]:
    """Measures what the report claims."""
    return published.measure(image, progress)


def measure_versus(
    pair: tuple[int, int], one: outputs.Planes, other: outputs.Planes, progress: Tell
) -> tuple[tuple[int, int], dict[str, Accuracy]]:
    """Measures the outputs of B against those of A, two runs of the history."""
    return pair, outputs.against(one, other, progress)


def prepare_pair(
    numbers: tuple[int, int], held: tuple[outputs.Held, outputs.Held], choice: pair.Choice,
    mode: str, shown: maps.Shown | None, progress: Tell,
) -> pair.Pair:  # fmt: skip
    """Works out what is seen of two runs of the history."""
    return pair.prepare(numbers, held, choice, mode, shown, progress)


def save_session(document: Document, path: str, progress: Tell) -> tuple[str, Document]:
    """Writes a session to a file; gives both."""
    sessions.save(document, path, progress)
    return path, document


def open_session(path: str, progress: Tell) -> tuple[str, sessions.Opened]:
    """Reads a session file, with its image where that is to be had; gives both."""
    return path, sessions.load(path)


def keep_session(slot: Slot, document: Document, progress: Tell) -> bool:
    """Keeps a session for the case of a crash; gives that it did."""
    slot.write(document)
    return True


def forget_session(slot: Slot, progress: Tell) -> None:
    """Forgets what was kept for the case of a crash."""
    slot.clear()


def find_orphan(progress: Tell) -> Orphan | None:
    """Finds what a crash left behind."""
    return left_behind()


def read_orphan(orphan: Orphan, progress: Tell) -> sessions.Opened:
    """Reads what a crash left behind."""
    return orphan.read()


def draw_figure(comparison: Comparison, options: FigureOptions, progress: Tell) -> Drawn:
    """Gives the figure for the clipboard or to look at, as a file and as its picture."""
    return DRAWER.draw(comparison, CLIPBOARD_FORMAT, options, progress, raster=True)


def export_figure(comparison: Comparison, path: str, options: FigureOptions, progress: Tell) -> str:
    """Writes the figure in the format that the file's ending names; gives the path."""
    suffix = _suffix(path, FIGURE_SUFFIXES)
    data = DRAWER.render(comparison, suffix[1:], options, progress)
    # The last moment at which a cancelled export leaves everything as it was.
    progress(1.0)
    write_atomically(path, data)
    return path


def export_numbers(comparison: Comparison, path: str, progress: Tell) -> str:
    """Writes the numbers in the format that the file's ending names; gives the path."""
    if _suffix(path, NUMBER_SUFFIXES) == ".json":
        text = json.dumps(tables.to_json(comparison), indent=2, allow_nan=False) + "\n"
    else:
        text = tables.to_csv(comparison)
    progress(1.0)
    write_atomically(path, text.encode())
    return path


def _suffix(path: str, allowed: tuple[str, ...]) -> str:
    suffix = Path(path).suffix.lower()
    if suffix not in allowed:
        raise ValueError(
            f"The file name must end in {', '.join(allowed[:-1])} or {allowed[-1]}, "
            f"got {Path(path).name}"
        )
    return suffix
