"""Why a session file can't be used."""

from __future__ import annotations


class Unfit(ValueError):
    """A clause that says what is wrong within a file: "its list of runs is a number"."""


class SessionError(ValueError):
    """One sentence for the user, with the file's name."""


class NewerSession(SessionError):
    """The file is of a later convgui; it is left as it is."""
