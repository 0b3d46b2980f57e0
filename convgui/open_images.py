"""Every way to an image: dialog, drop, paste, command line, recent files, samples."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PySide6.QtCore import QMimeData, QObject, QUrl, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from convgui import tasks
from convgui.dialogs import open_dialog
from convgui.explain import explain
from convgui.jobs import Failure, Jobs
from convgui.model import formats
from convgui.model.damage import WARN
from convgui.model.files import display_name
from convgui.model.image import Image, ImageTooLarge
from convgui.model.numbers import bytes_
from convgui.model.samples import sample_path
from convgui.sessions.document import SUFFIX as SESSION_SUFFIX

OPEN = "open"
MOST_PIXELS = 50_000_000
IMAGE_TYPES = ("image/png", "image/tiff", "image/jpeg", "image/bmp")
SUFFIXES = " ".join(f"*{suffix}" for suffix in formats.SUFFIXES)


class Opener(QObject):
    """Reads images in a job; asks before one that would take much memory."""

    opened = Signal(object)
    closed = Signal()
    several = Signal(object, str)
    weights_chosen = Signal(str)
    session_chosen = Signal(str)
    failed = Signal(str, str, str)
    asked = Signal(str, str, str)
    noted = Signal(str, str, str)
    settled = Signal(str)
    busy = Signal(str)
    state_changed = Signal()

    def __init__(self, jobs: Jobs, window: QWidget) -> None:
        super().__init__(window)
        self._jobs = jobs
        self._window = window
        self._source: str | Path | bytes = ""
        self.folder = ""
        self.damage = WARN
        jobs.finished.connect(self._finished)
        jobs.failed.connect(self._failed)
        jobs.cancelled.connect(self._cancelled)

    def choose(self) -> None:
        """Lets the user choose a file."""
        dialog = open_dialog(
            self._window,
            self.tr("Open an image"),
            [self.tr("Images ({patterns})").format(patterns=SUFFIXES), self.tr("All files (*)")],
            self.folder,
        )
        dialog.fileSelected.connect(self.open_path)
        dialog.open()

    def choose_weights(self) -> None:
        """Lets the user choose a file of weights."""
        dialog = open_dialog(
            self._window,
            self.tr("Load weights"),
            [self.tr("Weights (*.npy *.csv *.txt)"), self.tr("All files (*)")],
            self.folder,
        )
        dialog.fileSelected.connect(self.weights_chosen)
        dialog.open()

    def open_path(self, path: str) -> None:
        """Opens a file: an image, or a session by its ending."""
        self.folder = str(Path(path).parent)
        if Path(path).suffix.lower() == SESSION_SUFFIX:
            self.session_chosen.emit(str(path))
            return
        self._read(path, display_name(Path(path)))

    def open_sample(self, name: str) -> None:
        """Opens one of the samples."""
        path = Path(sample_path(name))
        self._read(path, path.name)

    def open_dropped(self, paths: Sequence[str]) -> None:
        """Opens the first of the files that were dropped, and says so if there are more."""
        if not paths:
            return
        self.open_path(str(paths[0]))
        if len(paths) > 1:
            text = self.tr("{count} files were dropped; the first one, {name}, is opened.").format(
                count=len(paths), name=display_name(Path(paths[0]))
            )
            self.noted.emit(text, "", "drop")
            self.several.emit([str(each) for each in paths], text)

    def paste(self) -> None:
        """Opens the image, or the file, that the clipboard holds."""
        # An empty clipboard gives none on some systems.
        data = QGuiApplication.clipboard().mimeData() or QMimeData()
        paths = local_files(data)
        if paths:
            self.open_dropped(paths)
            return
        for kind in IMAGE_TYPES:
            if data.hasFormat(kind):
                self._read(bytes(data.data(kind).data()), self.tr("the clipboard's image"))
                return
        picture = data.imageData() if data.hasImage() else None
        # What calls itself an image may be bytes that are none.
        if not isinstance(picture, QImage) or picture.isNull():
            text = self.tr("There is no image to paste. Copy an image or an image file first.")
            self.failed.emit(text, "", OPEN)
            return
        self._jobs.drop(OPEN)
        self._take(Image(_pixels(picture), self.tr("pasted image")))

    def close_image(self) -> None:
        """Puts the image away, and one that is still being read."""
        self._jobs.drop(OPEN)
        self._source = ""
        self.settled.emit(OPEN)
        self.closed.emit()

    def set_damage(self, level: str) -> None:
        """Settles how much damage files may have from now on."""
        self.damage = level
        self.state_changed.emit()

    def accept(self, topic: str) -> None:
        """Opens the large image after all, as the user was asked and said yes."""
        if topic == OPEN:
            self._submit(None)

    def _read(self, source: str | Path | bytes, name: str) -> None:
        self._source = source
        self._submit(MOST_PIXELS)
        self.busy.emit(self.tr("Reading {name}").format(name=name))

    def _submit(self, most: int | None) -> None:
        self._jobs.submit(OPEN, tasks.open_image, self._source, most, self.damage)
        self.state_changed.emit()

    def _finished(self, kind: str, image: object) -> None:
        if kind == OPEN and isinstance(image, Image):
            self._take(image)

    def _take(self, image: Image) -> None:
        self._source = ""
        self.settled.emit(OPEN)
        self.opened.emit(image)
        if image.damaged:
            text = self.tr("{name} is damaged: parts of it may be missing or wrong.").format(
                name=image.name
            )
            self.failed.emit(text, "\n".join(image.notes), OPEN)
        elif image.notes:
            self.noted.emit(f"{image.name}: {' '.join(image.notes)}", "", OPEN)

    def _failed(self, kind: str, failure: Failure) -> None:
        if kind != OPEN:
            return
        error = failure.error
        if isinstance(error, ImageTooLarge):
            text = self.tr(
                "This image has {width} × {height} pixels. Opening it takes {memory} of memory."
            ).format(
                width=error.width, height=error.height, memory=bytes_(error.bytes_needed)
            )
            self.asked.emit(text, self.tr("Open it"), OPEN)
        else:
            self.failed.emit(*explain(failure), OPEN)
        self.state_changed.emit()

    def _cancelled(self, kind: str) -> None:
        if kind == OPEN:
            self.state_changed.emit()


def local_files(data: QMimeData) -> list[str]:
    """Gives the paths of the files that are dragged or were copied."""
    urls: list[QUrl] = data.urls() if data.hasUrls() else []
    return [url.toLocalFile() for url in urls if url.isLocalFile()]


def _pixels(picture: QImage) -> np.ndarray:
    """Gives the picture's pixels, H x W x 3, without the padding of its rows."""
    picture = picture.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(picture.constBits(), np.uint8).reshape(
        picture.height(), picture.bytesPerLine()
    )
    shape = (picture.height(), picture.width(), 3)
    return rows[:, : 3 * picture.width()].reshape(shape).copy()
