"""A setting of reuse that is chosen for the user, and the verdict of the run after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject, Qt, Signal

from convgui.action_spec import ActionSpec
from convgui.explain import explain
from convgui.jobs import Failure
from convgui.model import choosing
from convgui.model.choosing import Wish
from convgui.model.compute import LABELS, Comparison
from convgui.model.session import Session
from convgui.panels.choose_dialog import ChooseDialog
from convgui.part import Part, Piece, Plain
from cyconv import Choice, Verdict

if TYPE_CHECKING:
    from convgui.main_window import MainWindow

CHOOSE, JUDGE = "choose", "judge-choice"


class Chooser(QObject, Piece):
    """Asks what is wanted, has it chosen by a job, takes it as one step of undo, and judges it.

    Signals
    -------
    noted(str, str, str), failed(str, str, str)
        News, and what went wrong.
    judged(Verdict)
        The run confirmed or refuted what was expected.
    """

    noted = Signal(str, str, str)
    failed = Signal(str, str, str)
    judged = Signal(object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._wish = Wish()
        self._choice: Choice | None = None
        self._taken: Session | None = None
        self.dialog: ChooseDialog | None = None
        jobs, controller = window.jobs, window.controller
        jobs.finished.connect(self._finished)
        jobs.failed.connect(self._failed)
        jobs.progressed.connect(self._progressed)
        controller.compared.connect(self._compared, Qt.ConnectionType.QueuedConnection)
        controller.image_changed.connect(self._forget)
        window.parameters.choose_requested.connect(self.ask)
        self.noted.connect(window.messages.show_info)
        self.failed.connect(window.messages.show_error)

    def ask(self) -> None:
        """Asks what a setting is to be chosen for."""
        if self._window.controller.image is None:
            text = self.tr("Open an image first: a setting is chosen from its windows.")
            self.failed.emit(text, "", CHOOSE)
            return
        self.dialog = ChooseDialog(self._window, self._wish)
        self.dialog.chosen.connect(self.choose)
        self.dialog.destroyed.connect(self._closed)
        self.dialog.open()

    def choose(self, wish: Wish) -> None:
        """Has a setting chosen."""
        controller = self._window.controller
        if controller.image is None:
            return
        self._wish = wish
        self._forget()
        self._window.messages.clear(CHOOSE)
        self._window.jobs.submit(
            CHOOSE, choosing.choose, controller.session, controller.image, wish
        )
        self._window.refresh()
        self._window.status.show_busy(self.tr("Choosing a setting from the windows…"))

    def kept(self) -> dict[str, Plain]:
        """Gives what was wanted last."""
        wish = self._wish
        return {"budget": wish.by_budget, "percent": wish.percent, "decibels": wish.decibels}

    def restore(self, kept: Mapping[str, Plain]) -> None:
        """Takes it back where it is sound."""
        numbers = {
            key: float(kept[key]) for key in ("percent", "decibels")
            if isinstance(kept.get(key), int | float) and 0 < float(kept[key]) <= 1000
        }  # fmt: skip
        self._wish = replace(Wish(kept.get("budget") is not False), **numbers)

    def _closed(self) -> None:
        self.dialog = None

    def _forget(self, image: object = None) -> None:
        self._choice = self._taken = None
        for kind in (CHOOSE, JUDGE):
            self._window.jobs.drop(kind)

    def _progressed(self, kind: str, begun: Any) -> None:
        if kind == CHOOSE:
            text = self.tr("Choosing a setting from the windows: {count} tried")
            self._window.status.show_busy(text.format(count=begun))

    def _finished(self, kind: str, value: Any) -> None:
        if kind == CHOOSE:
            self._take(*value)
            self._window.refresh()
        elif kind == JUDGE and value is not None:
            self._tell(value)

    def _take(self, session: Session, choice: Choice) -> None:
        controller = self._window.controller
        if session != controller.session:
            text = self.tr("The parameters were changed meanwhile: nothing was chosen.")
            self.noted.emit(text, "", CHOOSE)
            return
        taken = choosing.applied(session, choice.technique)
        if taken is None:
            self.noted.emit(
                self.tr("Nothing was changed: {reason}.").format(reason=choice.reason), "", CHOOSE
            )
            return
        self._choice, self._taken = choice, taken
        self.noted.emit(
            self.tr("Chosen was {name}: {reason}.").format(
                name=LABELS[choice.technique.name], reason=choice.reason
            ),
            str(choice.technique), CHOOSE,
        )  # fmt: skip
        if taken == session:
            controller.run()
        else:
            controller.take(taken)

    def _compared(self, comparison: Comparison) -> None:
        if self._choice is None or comparison.request.session != self._taken:
            return
        self._window.jobs.submit(JUDGE, choosing.judge, self._choice, comparison)
        # Once is enough; what is run after is another matter.
        self._taken = None

    def _tell(self, verdict: Verdict) -> None:
        choice, self._choice = self._choice, None
        if choice is None:
            return
        text = verdict.text[:1].upper() + verdict.text[1:]
        name = LABELS[choice.technique.name]
        details = f"{choice.technique}\n{choice.reason}"
        self.noted.emit(
            self.tr("{name} as chosen. {verdict}.").format(name=name, verdict=text), details, CHOOSE
        )
        self.judged.emit(verdict)

    def _failed(self, kind: str, failure: Failure) -> None:
        if kind in (CHOOSE, JUDGE):
            self.failed.emit(*explain(failure), CHOOSE)
            self._window.refresh()


PART = Part(
    "choose",
    Chooser,
    entries=(
        ActionSpec(
            "choose-reuse", QT_TRANSLATE_NOOP("Actions", "C&hoose LSH for me…"),
            QT_TRANSLATE_NOOP("Actions", "Pick family, hashes, step, scope and correction for a "
                              "budget of multiplications, or for a wanted PSNR."),
            "Run", "choose.ask", icon="mdi6.auto-fix", shortcut="Ctrl+Alt+H", needs=("image",),
            separated=True,
        ),
    ),
)  # fmt: skip
