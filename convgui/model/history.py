"""Undo and redo, by keeping the sessions that were."""

from __future__ import annotations

from collections.abc import Hashable

from convgui.model.session import Session

DEPTH = 500


class History:
    """The sessions so far and a place among them.

    Sessions are frozen and small, so keeping them whole is the simplest thing that can't go wrong.
    """

    def __init__(self, session: Session) -> None:
        self._sessions = [session]
        self._place = 0
        self._merge_key: Hashable | None = None

    @property
    def current(self) -> Session:
        """The session that holds now."""
        return self._sessions[self._place]

    @property
    def can_undo(self) -> bool:
        """Whether there is an earlier session."""
        return self._place > 0

    @property
    def can_redo(self) -> bool:
        """Whether a later session was undone."""
        return self._place < len(self._sessions) - 1

    def push(self, session: Session, merge_key: Hashable | None = None) -> None:
        """Make ``session`` the current one; what was undone is forgotten.

        Parameters
        ----------
        session : Session
            Pushing one that equals the current one changes nothing.
        merge_key : hashable, optional
            Pushes in a row with the same key, such as those of one drag of a slider, become one
            step. `seal` ends the row.
        """
        merges = merge_key is not None and merge_key == self._merge_key
        if session == self.current:
            if not merges:
                self.seal()
            return
        if merges:
            self._place -= 1
        del self._sessions[self._place + 1 :]
        if session == self.current:
            # The drag came back to where it began: the next move of it is a step of its own.
            self.seal()
            return
        self._sessions.append(session)
        self._place += 1
        self._merge_key = merge_key
        self._forget_oldest()

    def seal(self) -> None:
        """End a row of merged pushes, as when the mouse button is let go."""
        self._merge_key = None

    def undo(self) -> Session:
        """Go one step back, if there is one, and give the session there."""
        self._place = max(self._place - 1, 0)
        self.seal()
        return self.current

    def redo(self) -> Session:
        """Go one step forward, if there is one, and give the session there."""
        self._place = min(self._place + 1, len(self._sessions) - 1)
        self.seal()
        return self.current

    def _forget_oldest(self) -> None:
        surplus = len(self._sessions) - (DEPTH + 1)
        if surplus > 0:
            del self._sessions[:surplus]
            self._place -= surplus
