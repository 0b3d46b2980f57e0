"""Many images with the same settings, in a job that the status bar tells of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from convgui.action_spec import ActionSpec
from convgui.batch_dialog import BatchDialog
from convgui.explain import explain
from convgui.export import batch
from convgui.export.batch import Batch, Summary
from convgui.export.figure import FORMATS
from convgui.export.figure_apart import DRAWER
from convgui.fence import read_image
from convgui.jobs import Failure
from convgui.part import Part, Piece, Plain

if TYPE_CHECKING:
    from convgui.main_window import MainWindow

BATCH, DROPPED, CLOSING = "batch", "batch-dropped", "batch-closing"


class _Log:
    """What a batch has come to: written by its thread, read when that has ended."""

    def __init__(self) -> None:
        self.summary: Summary | None = None

    def note(self, summary: Summary) -> None:
        self.summary = summary


def _run(work: Batch, damage: str, log: _Log, progress: Any) -> Summary:
    read = partial(read_image, damage=damage, progress=progress)
    render = partial(DRAWER.render, progress=progress)
    return batch.run(work, progress, log.note, read, render)


def _told(log: _Log, progress: Any) -> _Log:
    """Gives the log; run behind a batch that was given up, when its thread has ended."""
    return log


class Batches(QObject, Piece):
    """Sets up batches, runs one at a time, and says what came of it."""

    ended = Signal(object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._log = _Log()
        self._folder, self._format = "", FORMATS[0]
        self._dropped: tuple[str, ...] = ()
        self._closing = False
        jobs = window.jobs
        jobs.progressed.connect(self._progressed)
        jobs.finished.connect(self._finished)
        jobs.failed.connect(self._failed)
        jobs.cancelled.connect(self._cancelled)
        window.messages.accepted.connect(self._accepted)
        window.messages.chosen.connect(self._answered)
        window.opener.several.connect(self.offer)

    def choose(self, sources: Sequence[str] = ()) -> None:
        """Lets the user set a batch up."""
        dialog = BatchDialog(self._window, sources, self._folder, self._format)
        dialog.chosen.connect(self.start)
        dialog.open()

    def offer(self, paths: Sequence[str], said: str) -> None:
        """Asks whether all files that were dropped are meant, not only the first."""
        self._dropped = tuple(map(str, paths))
        self._window.messages.ask(said, self.tr("Export them all…"), DROPPED)

    def start(self, sources: tuple[str, ...], folder: str, format: str) -> None:
        """Runs a batch with the parameters and the figure's choices as they are now."""
        self._folder, self._format = folder, format
        self._log = _Log()
        work = Batch(
            self._window.controller.session, sources, folder, format,
            self._window.exporter.options(),
        )  # fmt: skip
        self._window.jobs.submit(BATCH, _run, work, self._window.opener.damage, self._log)
        self._window.status.show_busy(self.tr("Exporting a batch"))
        self._window.refresh()

    def states(self) -> set[str]:
        """Gives "no-batch" unless one is running."""
        return set() if self._window.jobs.busy(BATCH) else {"no-batch"}

    def may_close(self) -> bool:
        """Asks before a batch is broken off; what is finished of it stays."""
        if self._closing or not self._window.jobs.busy(BATCH):
            return True
        self._window.messages.offer(
            self.tr("A batch is still being exported."),
            [("close", self.tr("Stop it and close")), ("stay", self.tr("Go on exporting"))],
            CLOSING,
        )
        return False

    def kept(self) -> dict[str, Plain]:
        """Gives folder and format."""
        return {"folder": self._folder, "format": self._format}

    def restore(self, kept: Mapping[str, Plain]) -> None:
        """Takes folder and format back."""
        self._folder = str(kept.get("folder", ""))
        if kept.get("format") in FORMATS:
            self._format = str(kept["format"])

    def _accepted(self, topic: str) -> None:
        if topic == DROPPED:
            self.choose(self._dropped)
        elif topic == BATCH:
            QDesktopServices.openUrl(QUrl.fromLocalFile(self._folder))

    def _answered(self, topic: str, answer: str) -> None:
        if topic == CLOSING and answer == "close":
            self._closing = True
            self._window.close()
            # Something else may keep the window open.
            self._closing = False

    def _progressed(self, kind: str, report: Any) -> None:
        if kind == BATCH:
            self._window.status.show_progress(report)

    def _finished(self, kind: str, value: object) -> None:
        if kind != BATCH:
            return
        self._window.messages.clear(CLOSING)
        if isinstance(value, Summary):
            self._tell(value, self.tr("{done} of {wanted} images are exported"))
        elif self._log.summary is not None:
            self._tell(
                self._log.summary, self.tr("Cancelled; {done} of {wanted} images are exported")
            )
        self._window.refresh()

    def _failed(self, kind: str, failure: Failure) -> None:
        if kind != BATCH:
            return
        self._window.messages.clear(CLOSING)
        text, details = explain(failure)
        summary = self._log.summary
        if summary is not None and summary.done:
            text += " " + self.tr("{done} of {wanted} images were exported before.").format(
                done=summary.figures, wanted=summary.wanted
            )
        self._window.messages.show_error(text, details, BATCH)
        self._window.refresh()

    def _cancelled(self, kind: str) -> None:
        if kind == BATCH:
            # Behind the one that is being given up, so that what is told is what is there.
            self._window.jobs.submit(BATCH, _told, self._log)
            self._window.status.show_busy(self.tr("Ending the batch"))

    def _tell(self, summary: Summary, said: str) -> None:
        """Says what is finished, and where; what was skipped is folded away below."""
        text = said.format(done=summary.figures, wanted=summary.wanted)
        if summary.done:
            text += self.tr(", the numbers are in {path}").format(path=summary.table)
        problems = summary.problems
        messages = self._window.messages
        if problems:
            text += self.tr("; {count} skipped").format(count=len(problems))
            details = "\n".join(f"{each.file}: {each.problem}" for each in problems)
            messages.show_error(f"{text}.", details, BATCH)
        elif summary.figures:
            messages.ask(f"{text}.", self.tr("Show the folder"), BATCH)
        else:
            messages.show_info(f"{text}.", "", BATCH)
        self._folder = str(Path(summary.table).parent)
        self.ended.emit(summary)


PART = Part(
    "batch",
    Batches,
    entries=(
        ActionSpec(
            "export-batch", QT_TRANSLATE_NOOP("Actions", "Export &batch…"),
            QT_TRANSLATE_NOOP("Actions", "Compare many images with these parameters: a figure for "
                              "each and one table."),
            "File", "batch.choose", icon="mdi6.folder-multiple-image", shortcut="Ctrl+Alt+E",
            needs=("no-batch",), after="copy-figure",
        ),
    ),
    reasons={"no-batch": QT_TRANSLATE_NOOP("Actions", "A batch is running.")},
)  # fmt: skip
