"""Many images with the same settings: a figure for each and one table of all numbers.

After every image the table is written anew, whole, so that whatever ends a batch, what is finished
is on the disk and in the table. No file that is there already is written over.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from convgui.model import compute, formats
from convgui.model.compute import Progress
from convgui.model.files import display_name
from convgui.model.image import Image, ImageError
from convgui.model.reader import ASK_ABOVE, read_image
from convgui.model.resolve import ResolveError, resolve
from convgui.model.session import Session

from .atomic import make_folder, write_atomically
from .figure import FORMATS, FigureOptions, render
from .tables import CSV_COLUMNS, csv_rows, csv_text

TABLE = "comparisons"
COLUMNS = ("file", "figure", "problem", "notes", *CSV_COLUMNS)
# Of the work on an image, the rest is drawing its figure.
COMPARING = 0.7

Tell = Callable[[Progress], object]


@dataclass(frozen=True)
class Batch:
    """What is to be done.

    Attributes
    ----------
    session : Session
    techniques : tuple of str or None
        As :func:`convgui.model.resolve.resolve` takes them.
    sources : tuple of str
        Files, and folders, of which the images right in them are taken.
    folder : str
        Where figures and table go; made if it is not there.
    format : str
        Of the figures, one of :data:`convgui.export.figure.FORMATS`.
    options : FigureOptions
    max_pixels : int or None
        Images of more pixels are skipped; None takes all.
    """

    session: Session
    sources: tuple[str, ...]
    folder: str
    format: str = "pdf"
    options: FigureOptions = field(default_factory=FigureOptions)
    techniques: tuple[str, ...] | None = None
    max_pixels: int | None = ASK_ABOVE

    def __post_init__(self) -> None:
        if self.format not in FORMATS:
            raise ValueError(f"format must be one of {', '.join(FORMATS)}, got {self.format!r}")


@dataclass(frozen=True)
class Done:
    """What came of one image.

    Attributes
    ----------
    file : str
        As it was named.
    figure : str
        The name of its figure within the folder; "" where there is none.
    problem : str
        One sentence on why it was skipped; "" where it was not.
    """

    file: str
    figure: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Summary:
    """What came of a batch.

    Attributes
    ----------
    table : str
        Path of the table.
    done : tuple of Done
        Those that were come to, in their order.
    wanted : int
        How many images there were to do.
    """

    table: str
    done: tuple[Done, ...]
    wanted: int

    @property
    def figures(self) -> int:
        """The number of figures."""
        return sum(not each.problem for each in self.done)

    @property
    def problems(self) -> tuple[Done, ...]:
        """Those that were skipped."""
        return tuple(each for each in self.done if each.problem)


@dataclass(frozen=True)
class BatchProgress(Progress):
    """How far a batch is; ``step_text`` says all of what follows.

    Attributes
    ----------
    file : str
        The name of the image at work.
    number, count : int
        Which of how many it is, from 1.
    step : str
        What is done to it, as a run says it; "" where that is finished.
    """

    file: str = ""
    number: int = 0
    count: int = 0
    step: str = ""


def run(
    batch: Batch,
    progress: Tell | None = None,
    finished: Callable[[Summary], object] | None = None,
    read: Callable[..., Image] = read_image,
    render: Callable[..., bytes] = render,
) -> Summary:
    """Does a batch.

    Parameters
    ----------
    batch : Batch
    progress : callable, optional
        Told a :class:`convgui.model.compute.Progress` of the whole; may raise
        :class:`cyconv.Cancelled`, which ends the batch and leaves what is finished.
    finished : callable, optional
        Told what there is so far after every image, and once before the first.
    read : callable
        Reads an image as :func:`convgui.model.reader.read_image` does.
    render : callable
        Draws a figure as :func:`convgui.export.figure.render` does.

    Raises
    ------
    ValueError
        If there is no image to do.
    OSError
        If figures or table can't be written; one sentence.
    """
    sources = tuple(expanded(batch.sources))
    if not sources:
        raise ValueError("There is no image in what was chosen.")
    make_folder(batch.folder)
    table = free_name(Path(batch.folder), TABLE, ".csv")
    rows: list[dict[str, Any]] = []
    summary = Summary(str(table), (), len(sources))
    for number, source in enumerate(sources):
        if finished is not None:
            finished(summary)
        tell = _within(progress, source, number, len(sources))
        done, told = _one(batch, source, read, render, tell)
        rows += told
        write_atomically(table, csv_text(COLUMNS, rows).encode("utf-8", "replace"))
        summary = replace(summary, done=(*summary.done, done))
    if finished is not None:
        finished(summary)
    return summary


def expanded(sources: Iterable[str]) -> Iterator[str]:
    """Gives files, in place of every folder the images right in it, by name."""
    for source in sources:
        try:
            names = sorted(os.listdir(source))
        except (OSError, ValueError):
            # A file, or a folder that can't be looked into, which reading says then.
            yield source
            continue
        inside = (Path(source, name) for name in names)
        yield from (
            str(path) for path in inside
            if path.suffix.lower() in formats.SUFFIXES and path.is_file()
        )  # fmt: skip


def free_name(folder: Path, stem: str, suffix: str) -> Path:
    """Gives a path that nothing stands at, with a number behind the name where that is needed."""
    # Room for the number within the 255 bytes that most disks allow a name.
    while len(os.fsencode(stem)) > 200:
        stem = stem[:-1]
    path, number = folder / f"{stem}{suffix}", 1
    while os.path.lexists(path):
        number += 1
        path = folder / f"{stem}-{number}{suffix}"
    return path


def figure_stem(image_name: str, filter_name: str) -> str:
    """Gives the name of a figure's file, without its ending, that says what is in it."""
    return re.sub(r"[^\w]+", "-", f"{Path(image_name).stem}-{filter_name}").strip("-")


def _one(
    batch: Batch, source: str, read: Callable[..., Image], render: Callable[..., bytes],
    tell: Tell | None,
) -> tuple[Done, list[dict[str, Any]]]:
    """Compares an image and writes its figure; gives what came of it, and its rows."""
    try:
        image = read(source, max_pixels=batch.max_pixels)
        comparison = compute.run(resolve(batch.session, image, batch.techniques), tell)
        data = render(comparison, batch.format, batch.options)
    except (ValueError, MemoryError, ImageError) as error:
        problem = str(error) or "There is not enough memory for this."
        if isinstance(error, ResolveError):
            problem = problem[:1].upper() + problem[1:]
        done = Done(source, problem=problem if problem.endswith(".") else f"{problem}.")
        return done, [{"file": source, "problem": done.problem,
                       "image": display_name(Path(source))}]  # fmt: skip
    if tell is not None:
        # The last moment at which nothing of this image is written.
        tell(Progress("exact", image.name, 1.0, comparison.exact.result.executed, 0))
    stem = figure_stem(image.name, batch.session.filter_name)
    path = free_name(Path(batch.folder), stem, f".{batch.format}")
    write_atomically(path, data)
    before = {"file": source, "figure": path.name, "notes": " ".join(image.notes)}
    return Done(source, path.name), [{**before, **row} for row in csv_rows(comparison)]


def _within(tell: Tell | None, source: str, number: int, count: int) -> Tell | None:
    """Gives the progress function of one image of many."""
    if tell is None:
        return None
    file = display_name(Path(source))
    name = f"{file} ({number + 1} of {count})"

    def told(progress: Progress) -> None:
        ended = progress.fraction == 1.0 and progress.step_text == file
        part = 1.0 if ended else COMPARING * progress.fraction
        text = name if ended else f"{name}: {progress.step_text}"
        tell(BatchProgress(
            progress.technique, text, (number + part) / count, progress.operations,
            progress.held_bytes, file, number + 1, count, "" if ended else progress.step_text,
        ))  # fmt: skip

    return told
