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


def seen(window: MainWindow) -> None:
    """Errors as they are seen, with their histogram."""
    for key, value in (("kernel_size", 5), ("hashes", 14)):
        window.controller.change(key, value)
    window.opener.open_path(str(sample_path("chelsea")))
    settle(window)
    window.docks["analysis"].raise_()
    window.view.set_error_mode("flip")
    settle(window)


STATES = {"palette": palette, "seen": seen}
