"""The run as text on the clipboard: as Python, and as a command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs
from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject, Signal
from PySide6.QtGui import QGuiApplication

from convgui.action_spec import ActionSpec
from convgui.explain import explain
from convgui.export import recipe
from convgui.export.recipe import COMMAND, PYTHON, Recipe
from convgui.jobs import Failure, Jobs
from convgui.model.image import Image
from convgui.model.session import Session
from convgui.part import Part, Piece

if TYPE_CHECKING:
    from convgui.controller import Controller
    from convgui.main_window import MainWindow

RECIPE = "recipe"


def weights_folder() -> Path:
    """Gives the folder of weights that are too long to stand in a text."""
    return platformdirs.user_data_path("convgui", appauthor=False) / "weights"


def _make(
    kind: str, session: Session, image: Image | None, folder: Path, progress: Any
) -> tuple[str, Recipe]:
    return kind, recipe.make(kind, session, image, folder)


class Recipes(QObject, Piece):
    """Writes the run as it is set now, and puts it on the clipboard."""

    copied = Signal(str, str, str)
    failed = Signal(str, str, str)

    def __init__(self, jobs: Jobs, controller: Controller, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._controller = jobs, controller
        jobs.finished.connect(self._finished)
        jobs.failed.connect(self._failed)

    def copy(self, kind: str) -> None:
        """Copies the run as it is set now."""
        session, image = self._controller.session, self._controller.image
        self._jobs.submit(RECIPE, _make, kind, session, image, weights_folder())

    def states(self) -> set[str]:
        """Gives "has-file" unless the image was pasted; without one the sample stands in."""
        image = self._controller.image
        return set() if image is not None and image.path is None else {"has-file"}

    def _finished(self, kind: str, made: Any) -> None:
        if kind != RECIPE:
            return
        wanted, text = made
        QGuiApplication.clipboard().setText(text.text)
        said = {
            PYTHON: self.tr("This run is on the clipboard as Python."),
            COMMAND: self.tr("This run is on the clipboard as a command line."),
        }[wanted]
        if text.weights:
            said += " " + self.tr("Its weights are too long for that and lie in {path}.").format(
                path=text.weights
            )
        if self._controller.image is None:
            said += " " + self.tr("No image is open: the first sample stands in.")
        self.copied.emit(said, "", RECIPE)

    def _failed(self, kind: str, failure: Failure) -> None:
        if kind == RECIPE:
            self.failed.emit(*explain(failure), RECIPE)


def _make_part(window: MainWindow) -> Recipes:
    part = Recipes(window.jobs, window.controller, window)
    part.copied.connect(window.messages.show_info)
    part.failed.connect(window.messages.show_error)
    return part


PART = Part(
    "recipes",
    _make_part,
    entries=(
        ActionSpec(
            "copy-python", QT_TRANSLATE_NOOP("Actions", "Copy run as &Python"),
            QT_TRANSLATE_NOOP("Actions", "Copy a short program that does exactly this run and "
                              "prints its figures."),
            "Edit", "recipes.copy", PYTHON, icon="mdi6.language-python",
            shortcut="Ctrl+Alt+P", needs=("has-file",), separated=True,
        ),
        ActionSpec(
            "copy-command", QT_TRANSLATE_NOOP("Actions", "Copy run as command &line"),
            QT_TRANSLATE_NOOP("Actions", "Copy the call of convgui compare that does exactly this "
                              "run, quoted for a POSIX shell."),
            "Edit", "recipes.copy", COMMAND, icon="mdi6.console-line",
            shortcut="Ctrl+Alt+L", needs=("has-file",),
        ),
    ),
    reasons={
        "has-file": QT_TRANSLATE_NOOP(
            "Actions", "The image was pasted. Save it to a file and open that."
        ),
    },
)  # fmt: skip
