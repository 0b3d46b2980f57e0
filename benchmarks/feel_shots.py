"""States of the window for its screenshots: finding commands and keys."""

from __future__ import annotations

from shot_hands import settle

from convgui.main_window import MainWindow
from convgui.model.samples import sample_path


def palette(window: MainWindow) -> None:
    """A few letters typed into the palette."""
    window.opener.open_path(str(sample_path("chelsea")))
    settle(window)
    window.commander.ask()
    window.commander.palette.field.insert("e")
    window.commander.palette.field.textEdited.emit("e")
    settle(window)


STATES = {"palette": palette}
