"""Everything that writes files, each with an old and a new content to tell from one another."""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from session_files import document, picture, run

from convgui import settings, tasks
from convgui.export import batch, recipe
from convgui.export.figure_options import FigureOptions
from convgui.model import compute, edit
from convgui.model.image import Image
from convgui.model.reader import read_image
from convgui.model.resolve import resolve
from convgui.model.session import Session
from convgui.sessions import store
from convgui.sessions.lock import Lock
from convgui.sessions.recovery import Orphan, Slot
from convgui.sessions.store import to_bytes

OLD, NEW = 0, 1
WORDS = ("old", "new")
ABSENT = "absent"
DOCUMENTS = (
    document(),
    document(notes="new", image=Image(picture(9), "tea.png"), runs=(run(1), run(7)), pinned=(7, 0)),
)
KEPT = (settings.Settings(), settings.Settings(recent=("/a.png", "/b.png"), theme="dark"))
# A process that is forked has none of the threads that numbers are worked out on.
ONE_THREAD = replace(Session(), threads=1)
IMAGE = Image(picture(3, (24, 32, 3)), "leaf.png")
COMPARISONS = tuple(
    compute.run(resolve(replace(Session(), hashes=hashes), IMAGE)) for hashes in (5, 9)
)
BANK = np.random.default_rng(5).normal(size=(8, 3, 7, 7))


@dataclass(frozen=True)
class Writer:
    """Writes one file.

    Parameters
    ----------
    module : str
        The product's file that calls the helper for writing.
    target : str
        Name of the file within the folder.
    write : callable
        Called with the folder and ``OLD`` or ``NEW``; raises an OSError if it could not.
    makes_folder : bool
        Whether it makes a folder that is gone.
    """

    module: str
    target: str
    write: Callable[[Path, int], object]
    makes_folder: bool = False

    def found(self, folder: Path) -> str:
        """Gives which content is there, "absent", or "broken"."""
        return content(self, folder / self.target)

    def names(self, folder: Path) -> list[str]:
        """Gives what is in the folder besides the file."""
        with suppress(FileNotFoundError):
            return sorted(set(os.listdir(folder)) - {self.target})
        return []


class KeptWriter(Writer):
    """What is kept for a crash: three files of a name that is drawn anew, told apart by reading."""

    def found(self, folder: Path) -> str:
        paths = list(folder.glob("*.convgui")) if folder.exists() else []
        if not paths:
            return ABSENT
        opened = Orphan(paths[0], Lock(paths[0].with_suffix(".lock"))).read()
        if len(paths) > 1 or opened.remarks or opened.document.image is None:
            return f"broken: {opened.remarks}"
        data = to_bytes(opened.document)
        whole = [to_bytes(each) for each in DOCUMENTS]
        return WORDS[whole.index(data)] if data in whole else "broken"

    def names(self, folder: Path) -> list[str]:
        if not folder.exists():
            return []
        kept = {path.stem for path in folder.glob("*.convgui")}
        return sorted(
            name for name in os.listdir(folder)
            # The lock and the pixels belong to what is kept, or to the window that runs.
            if name.split("-")[0].split(".")[0] not in kept and not name.endswith(".lock")
        )  # fmt: skip


class BatchWriter(Writer):
    """The table of a batch, written anew after each of two images, and their figures beside it."""

    def found(self, folder: Path) -> str:
        tables = list(folder.glob("comparisons*.csv"))
        if not tables:
            return ABSENT
        whole = []
        for table in tables:
            with table.open(newline="") as file:
                rows = {row["file"]: row["figure"] for row in csv.DictReader(file)}
            for figure in rows.values():
                if not (folder / figure).read_bytes().rstrip().endswith(b"</svg>"):
                    return f"broken: {figure} is cut off"
            whole.append(len(rows) == 2)
            if not rows:
                return f"broken: {table.name} is empty"
        return WORDS[all(whole)]

    def names(self, folder: Path) -> list[str]:
        made = (".svg", ".csv")
        return [name for name in super().names(folder) if not name.endswith(made)]


SLOTS: dict[Path, Slot] = {}


def _keep(folder: Path, version: int) -> None:
    if folder not in SLOTS:
        SLOTS[folder] = Slot(folder)
    SLOTS[folder].write(DOCUMENTS[version])


def forget_slots() -> None:
    """Lets go of what is kept, as the end of the process would."""
    for slot in SLOTS.values():
        slot.abandon()
    SLOTS.clear()


def _figure(suffix: str) -> Callable[[Path, int], object]:
    def write(folder: Path, version: int) -> object:
        path = str(folder / f"leaf.{suffix}")
        return tasks.export_figure(COMPARISONS[version], path, FigureOptions(), lambda _: None)

    return write


def _numbers(suffix: str) -> Callable[[Path, int], object]:
    def write(folder: Path, version: int) -> object:
        return tasks.export_numbers(
            COMPARISONS[version], str(folder / f"leaf.{suffix}"), lambda _: None
        )

    return write


def _weights(folder: Path, version: int) -> object:
    """The file has its digest in its name, so that an old one is one that was damaged."""
    if version == OLD:
        return (folder / WEIGHTS_NAME).write_bytes(b"\x93NUMPY, damaged")
    return recipe.make(recipe.PYTHON, BANKED, None, folder)


def _batch(folder: Path, version: int) -> object:
    if version == OLD:
        # Nothing that is there is written over.
        return None
    sources = (str(PICTURES / "1.png"), str(PICTURES / "2.png"))
    return batch.run(batch.Batch(ONE_THREAD, sources, str(folder), "svg"), read=read_image)


def make_pictures(folder: Path) -> None:
    """Makes the images that a batch is of."""
    global PICTURES, BANKED, WEIGHTS_NAME
    from convgui.opencv import cv2

    PICTURES = folder
    for number in (1, 2):
        cv2.imwrite(str(folder / f"{number}.png"), picture(number, (12, 16, 3)))
    BANKED = edit.with_weights(Session(), BANK)
    made = recipe.make(recipe.PYTHON, BANKED, None, folder / "weights")
    WEIGHTS_NAME = Path(made.weights).name


def content(writer: Writer, path: Path) -> str:
    """Gives which content a file has, told by its bytes."""
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return ABSENT
    for word, whole in zip(WORDS, WHOLE[writer.target], strict=True):
        if data == whole:
            return word
    return f"broken: {len(data)} bytes that are neither"


def learn(folder: Path) -> dict[str, Writer]:
    """Writes everything once where nothing goes wrong, and gives the writers by name."""
    make_pictures(folder)
    writers = {
        "session": Writer("sessions/store.py", "study.convgui",
                          lambda place, v: store.save(DOCUMENTS[v], place / "study.convgui")),
        "settings": Writer("settings.py", "settings.json",
                           lambda place, v: settings.save(KEPT[v], place / "settings.json"), True),
        **{f"figure {each}": Writer("tasks.py", f"leaf.{each}", _figure(each))
           for each in ("pdf", "svg", "png")},
        **{f"numbers {each}": Writer("tasks.py", f"leaf.{each}", _numbers(each))
           for each in ("csv", "json")},
        "weights": Writer("export/recipe.py", WEIGHTS_NAME, _weights, True),
    }  # fmt: skip
    for name, writer in writers.items():
        place = folder / f"learn {name}"
        place.mkdir()
        WHOLE[writer.target] = tuple(_whole(writer, place, version) for version in (OLD, NEW))
        if len(set(WHOLE[writer.target])) != 2:
            raise AssertionError(f"{name}: old and new can't be told from one another")
        shutil.rmtree(place)
    writers["batch"] = BatchWriter("export/batch.py", "comparisons.csv", _batch, True)
    writers["autosave"] = KeptWriter("sessions/recovery.py", "", _keep, True)
    return writers


def _whole(writer: Writer, place: Path, version: int) -> bytes:
    writer.write(place, version)
    return (place / writer.target).read_bytes()


WHOLE: dict[str, tuple[bytes, ...]] = {}
PICTURES = Path()
BANKED = Session()
WEIGHTS_NAME = ""
