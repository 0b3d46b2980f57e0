"""How results are looked at: linked views, kind of error map, light or dark."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from convgui.style import Appearance

MODES = ("signed", "absolute")


class ViewOptions(QObject):
    """Keeps what the View menu sets and tells the panels."""

    linked_changed = Signal(bool)
    error_mode_changed = Signal(str)
    state_changed = Signal()

    def __init__(self, appearance: Appearance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.linked = True
        self.error_mode = MODES[0]

    @property
    def theme(self) -> str:
        """The theme that was chosen: "system", "light" or "dark"."""
        return self._appearance.choice

    def chosen(self) -> set[str]:
        """Gives the entries of the table of actions that are chosen."""
        chosen = {f"error-{self.error_mode}", f"theme-{self.theme}"}
        return chosen | {"link"} if self.linked else chosen

    def set_linked(self, linked: bool) -> None:
        """Moves and zooms all images together, or each alone."""
        self.linked = linked
        self.linked_changed.emit(linked)
        self.state_changed.emit()

    def set_error_mode(self, mode: str) -> None:
        """Shows errors with their sign, or their size alone."""
        self.error_mode = mode
        self.error_mode_changed.emit(mode)
        self.state_changed.emit()

    def set_theme(self, choice: str) -> None:
        """Shows the window light, dark, or as the system has it."""
        self._appearance.choose(choice)
        self.state_changed.emit()
