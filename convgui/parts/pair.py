"""The tab "A and B", joined to what is pinned in the history and to how results are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from convgui.model.look import Look
from convgui.pairing import Pairer
from convgui.panels.pair import PairPanel
from convgui.part import Part, Piece, Place
from convgui.style import Theme

if TYPE_CHECKING:
    from convgui.main_window import MainWindow
    from convgui.sessions.journal import Journal
    from convgui.sessions.pair import Pair


class PairTab(PairPanel, Piece):
    """The page, with what works out what it shows."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        recorder, view = window.history.recorder, window.view
        self.pairer = Pairer(window.jobs, recorder, self)
        self.seen_changed.connect(self.pairer.set_seen)
        self.choice_made.connect(self.pairer.set_choice)
        self.pairer.reason_changed.connect(self.show_reason)
        self.pairer.pair_ready.connect(self._take)
        recorder.changed.connect(self._follow)
        recorder.versus_changed.connect(self.pairer.follow)
        view.look_changed.connect(self._look_at)
        view.flickered.connect(self.wiper.set_flicker)
        view.linked_changed.connect(self.set_linked)
        window.history.look_requested.connect(self.show_tab)
        self.history_wanted.connect(window.history.come_forward)

    def apply_theme(self, theme: Theme) -> None:
        """Draws what does not follow the palette by itself in a theme's colours."""
        PairPanel.apply_theme(self, theme)

    def show_tab(self) -> None:
        """Comes to the front."""
        self._window.tabs.setCurrentWidget(self)
        self.setFocus()

    def _take(self, pair: Pair) -> None:
        self.show_pair(pair, self._window.history.recorder.journal, self._window.view.look)

    def _follow(self, journal: Journal) -> None:
        self.pairer.follow()
        self.show_journal(journal)

    def _look_at(self, look: Look) -> None:
        # Differences of another kind come from the pairer; until then the last ones stay.
        self.pairer.set_look(look)
        if not self._window.jobs.busy("pair"):
            self.show_look(look)


PART = Part("pair", PairTab, Place(QT_TRANSLATE_NOOP("MainWindow", "A and B"), "Alt+4"))
