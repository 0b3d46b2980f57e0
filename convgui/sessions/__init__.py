"""Session files: all that is needed to go on with an experiment, in one file; knows no window.

::

    Document ──encode──▶ named bytes ──archive.pack──▶ one zip ──write_atomically──▶ NAME.convgui
    Document ◀──decode── named bytes ◀─archive.unpack── bounded, nothing is ever extracted

A file holds JSON, text and NumPy arrays without objects: no picture is decoded to open one, and
nothing in it is run. The same document always gives the same bytes. `store` reads and writes
files, `recovery` keeps what a crash would lose, `journal` is the list of finished runs.
"""

from convgui.sessions.document import SCHEMA, SUFFIX, Document, Link
from convgui.sessions.problem import SessionError
from convgui.sessions.store import Opened, load, save

__all__ = ["SCHEMA", "SUFFIX", "Document", "Link", "Opened", "SessionError", "load", "save"]
