"""How results are looked at: linked views, the look of what is shown, light or dark."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from convgui.held import HeldKey
from convgui.model import colour_maps
from convgui.model.look import Look
from convgui.model.maps import SIGNED
from convgui.style import Appearance


class ViewOptions(QObject):
    """Keeps what the View menu sets and tells the panels."""

    linked_changed = Signal(bool)
    look_changed = Signal(object)
    flickered = Signal(bool)
    state_changed = Signal()

    def __init__(self, appearance: Appearance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._held = HeldKey(self)
        self._held.released.connect(self._stop_flicker)
        self.linked = True
        self.flickers = False
        self.look = Look()

    @property
    def theme(self) -> str:
        """The theme that was chosen: "system", "light" or "dark"."""
        return self._appearance.choice

    def chosen(self) -> set[str]:
        """Gives the entries of the table of actions that are chosen."""
        look = self.look
        chosen = {
            f"error-{look.error_mode}", f"theme-{self.theme}", f"wipe-{look.wipe}",
            f"against-{look.against}", f"map-{look.signed_map}", f"map-{look.size_map}",
        }  # fmt: skip
        states = {
            "link": self.linked, "flicker": self.flickers, "log-counts": look.log_counts,
            "profile-column": look.along_column, "region-only": look.region_only,
        }  # fmt: skip
        return chosen | {name for name, held in states.items() if held}

    def states(self) -> set[str]:
        """Gives the states that hold, as the table of actions names them."""
        return {"signed" if self.look.error_mode == SIGNED else "sizes"} | (
            set() if self.look.automatic else {"typed"}
        )

    def set_linked(self, linked: bool) -> None:
        """Moves and zooms all images together, or each alone."""
        self.linked = linked
        self.linked_changed.emit(linked)
        self.state_changed.emit()

    def set_look(self, look: Look) -> None:
        """Shows results in another way."""
        if look != self.look:
            self.look = look
            self.look_changed.emit(look)
        self.state_changed.emit()

    def change_look(self, **choices: Any) -> None:
        """Changes some choices of the look."""
        self.set_look(replace(self.look, **choices))

    def toggle_wipe(self, wipe: str) -> None:
        """Parts outputs by a line, by the other one, or no longer."""
        self.change_look(wipe="" if self.look.wipe == wipe else wipe)

    def set_against(self, technique: str) -> None:
        """Holds all other outputs against that of a technique."""
        self.change_look(against=technique)

    def set_error_mode(self, mode: str) -> None:
        """Shows errors in another mode; levels that were typed were meant for the old one."""
        if mode != self.look.error_mode:
            self.change_look(error_mode=mode, error_levels=None)
        self.state_changed.emit()

    def set_error_map(self, name: str) -> None:
        """Shows errors in other colours."""
        signed = name in {each.name for each in colour_maps.SIGNED}
        self.change_look(**{"signed_map" if signed else "size_map": name})

    def set_log_counts(self, logarithmic: bool) -> None:
        """Shows the histogram's counts as logarithms, or as they are."""
        self.change_look(log_counts=logarithmic)

    def set_along_column(self, along_column: bool) -> None:
        """Takes the profile along the crosshair's column, or along its row."""
        self.change_look(along_column=along_column)

    def set_region_only(self, only: bool) -> None:
        """Measures accuracies in the region that is framed, or in all of the outputs."""
        self.change_look(region_only=only)

    def set_automatic(self) -> None:
        """Takes all levels from the values again; images are shown as they are."""
        self.set_look(self.look.automatically())

    def set_flicker(self, flickers: bool) -> None:
        """Shows in every panel what it is held against, until the key is let go."""
        self.flickers = flickers
        if flickers:
            self._held.watch()
        else:
            self._held.forget()
        self.flickered.emit(flickers)
        self.state_changed.emit()

    def set_theme(self, choice: str) -> None:
        """Shows the window light, dark, or as the system has it."""
        self._appearance.choose(choice)
        self.state_changed.emit()

    def _stop_flicker(self) -> None:
        self.set_flicker(False)
