"""The window: docks, tabs, menus and tool bar made by looping over tables."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QSize, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QTabWidget, QVBoxLayout, QWidget

from convgui import wiring
from convgui.controller import Controller
from convgui.explain import explain, fault, is_fault
from convgui.exporting import Exporter
from convgui.help import Help
from convgui.jobs import Failure, Jobs
from convgui.keeping import Keeper
from convgui.looking import Looker
from convgui.menus import Menus
from convgui.model.shown import shown
from convgui.open_images import Opener, local_files
from convgui.panels.analysis import AnalysisPanel
from convgui.panels.compare import ComparePanel
from convgui.panels.message_bar import MessageBar
from convgui.panels.parameters import ParameterPanel
from convgui.panels.results import ResultsPanel
from convgui.panels.status import StatusLine
from convgui.part import Piece, Place
from convgui.parts import PARTS
from convgui.rescue import attempted
from convgui.settings import Settings
from convgui.style import GRID, Appearance, Theme
from convgui.view_options import ViewOptions
from convgui.widgets.dock_action import DockAction
from convgui.widgets.dock_title import DockTitle
from convgui.widgets.dock_turns import DockTurns
from convgui.widgets.recent_menu import RecentMenu
from convgui.widgets.tab_action import TabAction

SIZE = (180 * GRID, 110 * GRID)
CLOSE_SECONDS = 0.6
"""That a job has to end when the window closes; with those of the parts, less than two."""
# A slider that is dragged shows the result of every run that takes less than this, and a key
# that is held every window.
GRACE = {"run": 0.25, "inspect": 0.25}


SIDES = Qt.DockWidgetArea
PLACES = {
    "compare": Place(QT_TRANSLATE_NOOP("MainWindow", "Compare"), "Alt+1"),
    "parameters": Place(
        QT_TRANSLATE_NOOP("MainWindow", "Parameters"), "F6", SIDES.LeftDockWidgetArea, 40 * GRID
    ),
    "results": Place(
        QT_TRANSLATE_NOOP("MainWindow", "Results"), "F7", SIDES.RightDockWidgetArea, 46 * GRID
    ),
    "analysis": Place(
        QT_TRANSLATE_NOOP("MainWindow", "Analysis"), "F8", SIDES.RightDockWidgetArea, 46 * GRID,
        behind="results",
    ),
    **{part.name: part.place for part in PARTS if part.place},
}  # fmt: skip


class MainWindow(QMainWindow):
    """The one window of the program.

    Parameters
    ----------
    settings : Settings
        What the last start left; written again when the window closes.
    appearance : Appearance
        The theme that the application is in.
    """

    def __init__(self, settings: Settings, appearance: Appearance) -> None:
        super().__init__()
        self.setObjectName("main")
        self.setWindowTitle("convgui")
        self.setAcceptDrops(True)
        self.appearance = appearance
        self.jobs = Jobs(GRACE, self)
        self.controller = Controller(self.jobs, settings.session, self)
        self.opener = Opener(self.jobs, self)
        self.exporter = Exporter(self.jobs, self)
        self.view = ViewOptions(appearance, self)
        self.help = Help(self)
        self.looker = Looker(self.jobs, self)
        self.keeper = Keeper(settings, self)

        self.parameters = ParameterPanel()
        self.compare = ComparePanel()
        self.results = ResultsPanel()
        self.analysis = AnalysisPanel()
        self.messages = MessageBar()
        self.status = StatusLine()
        self.recent = RecentMenu(self.tr("Open &recent"), self)
        self.tabs = QTabWidget()
        self.docks: dict[str, QDockWidget] = {}
        self._turns = DockTurns(self)
        self.dock_actions: dict[str, DockAction] = {}
        self.tab_actions: dict[str, TabAction] = {}
        self.pieces: dict[str, Piece] = {}
        for part in PARTS:
            self.pieces[part.name] = cast(Piece, part.make(self))
            setattr(self, part.name, self.pieces[part.name])
        self._lay_out()
        self.menus = Menus(
            self,
            {
                "open": [self.recent],
                "levels-auto": [*self.tab_actions.values(), *self.dock_actions.values()],
            },
        )
        wiring.connect(self)
        self.keeper.restore()
        self.controller.show_all()
        self.apply_theme(appearance.theme)
        self.refresh()
        # Not in the first editor: keys such as those for pasting are meant for the window.
        self.compare.setFocus()

    def refresh(self) -> None:
        """Greys the entries that are not possible now, and empties the status when all is done."""
        states = self.controller.states() | self.view.states()
        states |= {f"shown-{name}" for name in shown(self.controller.session)}
        chosen = self.view.chosen()
        for piece in self.pieces.values():
            states |= piece.states()
            chosen |= piece.chosen()
        self.menus.refresh(states, chosen)
        if not self.jobs.busy():
            self.status.show_idle(self.controller.summary())

    def tell_cancelled(self, kind: str) -> None:
        """Says that a job was given up."""
        self.refresh()
        self.status.show_idle(self.tr("Cancelled."))

    def tell_caught(self, text: str, details: str) -> None:
        """Shows an exception that nothing else caught."""
        self.messages.show_error(fault(text), details, "caught")

    def tell_failed(self, kind: str, failure: Failure) -> None:
        """Shows a fault of the program in a job that nobody else has shown."""
        shown = self.messages.topic and self.messages.details.toPlainText()
        if is_fault(failure) and shown != failure.details:
            self.messages.show_error(*explain(failure), kind)

    def apply_theme(self, theme: Theme) -> None:
        """Draws what does not follow the palette by itself in a theme's colours."""
        self.menus.paint(theme)
        for dock in self.docks.values():
            cast(DockTitle, dock.titleBarWidget()).apply_theme(theme)
        self.compare.apply_theme(theme)
        self.results.apply_theme(theme)
        self.analysis.apply_theme(theme)
        for piece in self.pieces.values():
            piece.apply_theme(theme)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accepts files anywhere on the window."""
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Opens what was dropped beside the images."""
        event.acceptProposedAction()
        self.opener.open_dropped(local_files(event.mimeData()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keeps the settings and ends what runs; nothing is told after that.

        A part that would lose something asks first, and closes the window once it is answered.
        """
        # One question at a time: the bar shows one, and the answer closes the window again.
        # A fault of one is told, and neither keeps the window open nor the others from their say.
        parts = self.exporter, *self.pieces.values()
        if not all(attempted(each.may_close, True) for each in parts):
            event.ignore()
            return
        # First of all, so that nothing is waited for that could have ended meanwhile.
        self.jobs.stop()
        attempted(self.keeper.keep)
        for piece in self.pieces.values():
            attempted(piece.close_down)
        self.jobs.close(CLOSE_SECONDS)
        event.accept()

    def _lay_out(self) -> None:
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAutoHide(True)
        # The bar takes the focus for itself; while it is hidden, the tabulator would stick here.
        self.tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.messages)
        column.addWidget(self.tabs, 1)
        self.setCentralWidget(centre)
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        for name, place in PLACES.items():
            if place.area is SIDES.NoDockWidgetArea:
                self._add_tab(name, place)
            else:
                self._add_dock(name, place)
        self.resizeDocks(
            list(self.docks.values()),
            [PLACES[name].width for name in self.docks],
            Qt.Orientation.Horizontal,
        )
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addWidget(self.status, 1)
        self.resize(QSize(*SIZE).boundedTo(self.screen().availableSize()))

    def _add_tab(self, name: str, place: Place) -> None:
        title = QCoreApplication.translate("MainWindow", place.title)
        page = getattr(self, name)
        page.setObjectName(name)
        self.tab_actions[name] = TabAction(self.tabs, page, title, place.shortcut)

    def _add_dock(self, name: str, place: Place) -> None:
        dock = QDockWidget(QCoreApplication.translate("MainWindow", place.title))
        dock.setObjectName(f"dock-{name}")
        dock.setWidget(getattr(self, name))
        dock.setTitleBarWidget(DockTitle(dock))
        self.dock_actions[name] = DockAction(dock, place.shortcut)
        dock.dockLocationChanged.connect(self._name_tabs)
        self._turns.add(dock)
        self.addDockWidget(place.area, dock)
        self.docks[name] = dock
        if place.behind:
            self.tabifyDockWidget(self.docks[place.behind], dock)
            self.docks[place.behind].raise_()
        if place.hidden:
            dock.hide()
        self._name_tabs()

    def _name_tabs(self) -> None:
        """Names the tabs of docks that share a place; Qt makes them when it needs them."""
        only = Qt.FindChildOption.FindDirectChildrenOnly
        for bar in self.findChildren(QTabBar, options=only):
            bar.setAccessibleName(self.tr("Docks"))
            # Each dock has a key of its own.
            bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
