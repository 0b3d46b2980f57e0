"""What returns at the next start, taken from the window and given back to it."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, Signal

from convgui import settings
from convgui.export.figure_options import FigureChoices
from convgui.jobs import Jobs
from convgui.model.image import Image
from convgui.model.look import Look
from convgui.model.samples import SAMPLES, sample_path
from convgui.settings import Settings

if TYPE_CHECKING:
    from convgui.main_window import MainWindow

LOG = logging.getLogger(__name__)
SETTINGS = "settings"
CLOSE_SECONDS = 0.2
"""That a file which is being written has to be done when the window closes."""


class Keeper(QObject):
    """Reads settings into a window and writes them from it; a failure never stops anything."""

    recent_changed = Signal(object)
    noted = Signal(str, str, str)

    def __init__(self, kept: Settings, window: MainWindow) -> None:
        super().__init__(window)
        self._kept = kept
        self._window = window
        # A disk may take its time, and nobody waits for it; so none of this is a run to cancel.
        self._quiet = Jobs(parent=self)

    def restore(self) -> None:
        """Brings the window back to how it was left."""
        window, kept = self._window, self._kept
        if kept.geometry:
            window.restoreGeometry(_bytes(kept.geometry))
        if kept.state:
            window.restoreState(_bytes(kept.state))
        view = kept.view
        window.parameters.fold_groups(str(view.get("folded", "")).split(","))
        window.analysis.fold_groups(str(view.get("analysis_folded", "")).split(","))
        window.view.set_linked(bool(view.get("linked", True)))
        if view.get("tab") in window.tab_actions:
            window.tab_actions[view["tab"]].trigger()
        window.exporter.set_choices(FigureChoices.from_plain(kept.figure))
        window.view.set_look(Look.from_plain(view))
        window.exporter.set_look(window.view.look)
        for name, piece in window.pieces.items():
            start = f"{name}."
            piece.restore(
                {key.removeprefix(start): view[key] for key in view if key.startswith(start)}
            )
        self.recent_changed.emit(kept.recent)
        if kept.problem:
            self.noted.emit(kept.problem, "", SETTINGS)

    def keep(self) -> None:
        """Writes how the window is now."""
        window = self._window
        self._kept = replace(
            self._kept,
            session=window.controller.session,
            geometry=_text(window.saveGeometry()),
            state=_text(window.saveState()),
            theme=window.view.theme,
            figure=window.exporter.choices.to_plain(),
            view={
                "folded": ",".join(window.parameters.folded_groups()),
                "analysis_folded": ",".join(window.analysis.folded_groups()),
                "linked": window.view.linked,
                "tab": window.tabs.currentWidget().objectName(),
                **window.view.look.to_plain(),
                **{
                    f"{name}.{key}": value
                    for name, piece in window.pieces.items()
                    for key, value in piece.kept().items()
                },
            },
        )
        # Lest an older state comes last.
        self._quiet.close(CLOSE_SECONDS)
        _write(self._kept)

    def remember_image(self, image: Image) -> None:
        """Puts an image's file first among those opened last; samples have a menu of their own."""
        if image.path is None or image.path in map(sample_path, (s.name for s in SAMPLES)):
            return
        self.remember_path(str(image.path))

    def remember_path(self, path: str) -> None:
        """Puts a file first among those opened last."""
        self._set_recent(settings.with_recent(self._kept.recent, path))

    def forget_recent(self) -> None:
        """Empties the list of the files opened last."""
        self._set_recent(())

    def _set_recent(self, recent: tuple[str, ...]) -> None:
        if recent != self._kept.recent:
            self._kept = replace(self._kept, recent=recent)
            self.recent_changed.emit(recent)
            self._quiet.submit(SETTINGS, _write, self._kept)


def _write(kept: Settings, progress: object = None) -> None:
    try:
        settings.save(kept)
    except OSError as error:
        LOG.warning("The settings could not be written: %s", error)


def _bytes(text: str) -> QByteArray:
    return QByteArray.fromBase64(text.encode("ascii"))


def _text(data: QByteArray) -> str:
    return bytes(data.toBase64().data()).decode("ascii")
