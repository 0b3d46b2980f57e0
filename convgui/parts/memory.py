"""Asks before a run that takes more memory than there is, and makes room for it first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from convgui.model import planes
from convgui.model.image import Image
from convgui.model.memory_estimate import estimate
from convgui.model.numbers import bytes_
from convgui.model.session import Session
from convgui.part import Part, Piece
from cyconv import memory

if TYPE_CHECKING:
    from convgui.main_window import MainWindow

MEMORY, RUN_ANYWAY, CANCEL = "memory", "run", "cancel"


class RunMemory(QObject, Piece):
    """Tells the controller whether a run may begin.

    An answer holds for every run that takes no more (or, where it was no, no less), so a drag
    asks once; running the same parameters again after a no asks again.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._allowed = 0
        self._refused: tuple[int, Session] | None = None
        self._asked: tuple[int, Session] | None = None
        self._text = ""
        window.controller.allow = self.allow
        window.controller.image_changed.connect(self._forget)
        window.messages.chosen.connect(self._choose)

    def allow(self, session: Session, image: Image) -> bool:
        """Tells whether a run may begin; asks where it takes more than there is."""
        found = estimate(session, image)
        need = None if found is None else found.total
        free = memory.available()
        if need is not None and free is not None and need > free:
            self._make_room()
            free = memory.available()
        self._window.status.show_expected(need, free)
        if need is None or free is None or need <= max(free, self._allowed):
            self._settle()
            return True
        # An answer to older parameters is not wanted, either.
        self._window.jobs.drop("run")
        if self._refused is None or need < self._refused[0] or session == self._refused[1]:
            self._ask(need, free, session)
        return False

    def _make_room(self) -> None:
        """Lets go of what is kept but not shown."""
        self._window.pieces["history"].recorder.let_go()
        self._window.pieces["pair"].pairer.let_go()
        planes.let_go()
        memory.SPARE.clear()

    def _ask(self, need: int, free: int, session: Session) -> None:
        text = self.tr("This run takes about {need}, {free} are free.").format(
            need=bytes_(need), free=bytes_(free)
        )
        waiting = self._asked is not None and text == self._text
        self._asked, self._text = (need, session), text
        if not waiting:
            answers = (RUN_ANYWAY, self.tr("Run anyway")), (CANCEL, self.tr("Cancel"))
            self._window.messages.offer(text, answers, MEMORY)

    def _choose(self, topic: str, answer: str) -> None:
        if topic != MEMORY or self._asked is None:
            return
        asked, self._asked = self._asked, None
        if answer == RUN_ANYWAY:
            self._allowed, self._refused = asked[0], None
            self._window.controller.run()
        else:
            self._refused = asked

    def _settle(self) -> None:
        """Takes the question back: what it was about is no longer wanted."""
        if self._asked is not None:
            self._asked = None
            self._window.messages.clear(MEMORY)

    def _forget(self, image: object) -> None:
        """Another image: other answers."""
        self._allowed, self._refused = 0, None
        self._settle()
        if image is None:
            self._window.status.show_expected(None, None)


PART = Part("memory", RunMemory)
