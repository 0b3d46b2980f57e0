"""The "Inspect" tab: one output of every technique, and the arithmetic that leads to it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QStackedLayout, QTabBar, QWidget

from convgui import style
from convgui.model import formula
from convgui.model.compute import EXACT
from convgui.model.inspect_window import Place
from convgui.model.samples import offered
from convgui.panels.names import technique_label
from convgui.widgets.empty_state import EmptyState

from .inspect_parts import Part, parts
from .inspect_player import Player
from .inspect_workspace import Workspace

if TYPE_CHECKING:
    from convgui.model.image import Image
    from convgui.model.inspection import Inspection
    from convgui.model.lesson import Lesson

NO_IMAGE, NO_RESULT, WORKSPACE = range(3)


class InspectPanel(QWidget):
    """One page of the main area.

    Signals
    -------
    place_chosen(Place)
    seen(bool)
        Whether the page is in front.
    lesson_left()
    noted(str, str)
        As the message bar takes them.
    state_changed()
    open_requested(), sample_requested(str)
    """

    place_chosen = Signal(object)
    seen = Signal(bool)
    lesson_left = Signal()
    noted = Signal(str, str)
    state_changed = Signal()
    open_requested = Signal()
    sample_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: Inspection | None = None
        self._lesson: Lesson | None = None
        self._place = Place()
        self._parts: tuple[Part, ...] = ()
        self._name = EXACT
        self._part = 0
        self._has_image = False
        self.player = Player(self)
        space = Workspace()
        self.techniques, self.channels, self.strip = space.techniques, space.channels, space.strip
        self.pictures, self.board, self.bar = space.pictures, space.board, space.bar
        self.scroll = space.scroll
        self._empty = EmptyState(offered)
        self._empty.open_requested.connect(self.open_requested)
        self._empty.sample_requested.connect(self.sample_requested)
        waiting = QLabel(self.tr("There is no complete result yet."))
        waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        style.set_role(waiting, "muted")
        self._pages = QStackedLayout(self)
        for page in (self._empty, waiting, space):
            self._pages.addWidget(page)
        self.techniques.currentChanged.connect(self._choose_technique)
        self.channels.currentChanged.connect(self._choose_part)
        self.pictures.stepped.connect(self.step)
        self.pictures.picked.connect(self._go)
        self.pictures.toggled.connect(self.toggle)
        self.bar.place_chosen.connect(self._go)
        self.bar.play_wanted.connect(self.set_playing)
        self.bar.speed_chosen.connect(self.player.set_speed)
        self.bar.close_wanted.connect(self.set_close_up)
        self.player.ticked.connect(self._next)
        self.player.changed.connect(self._show_playing)
        self.strip.left.connect(self.lesson_left)
        self.strip.stepped.connect(self._step_on)
        self.bar.show_close_up(self.pictures.close)
        self.setFocusProxy(self.pictures.output.view)
        self.setAccessibleName(self.tr("Inspect"))

    @property
    def name(self) -> str:
        """The technique that is explained."""
        return self._name

    @property
    def inspection(self) -> Inspection | None:
        """What is shown."""
        return self._found

    def show_image(self, image: Image | None) -> None:
        """Takes note whether there is an image."""
        self._has_image = image is not None
        self._show_page()

    def show_lesson(self, lesson: Lesson | None) -> None:
        """Opens or closes the worked example."""
        self._lesson = lesson
        self.set_playing(False)
        self.strip.setVisible(lesson is not None)

    def show_inspection(self, found: Inspection | None) -> None:
        """Shows one output explained, or none."""
        self._found = found
        self.player.arrived()
        self._show_page()
        if found is None:
            self.set_playing(False)
            self.pictures.forget()
            return
        self._place = found.place
        names = found.names
        self._fill(self.techniques, [technique_label(name) for name in names])
        index = names.index(self._name) if self._name in names else 0
        self.techniques.blockSignals(True)
        self.techniques.setCurrentIndex(index)
        self.techniques.blockSignals(False)
        size = found.comparison.request.output_size
        self.bar.show_place(found.place, size, found.comparison.filter_count)
        if self._lesson is not None:
            self.strip.show_step(self._lesson, found)
        self._show_technique(names[index])
        self.set_dimmed(False)

    def set_dimmed(self, dimmed: bool) -> None:
        """Draws the last explanation faintly while a run is under way."""
        if self._lesson is None or not dimmed:
            self.board.set_dimmed(dimmed)
            self.pictures.set_dimmed(dimmed)

    def step(self, rows: int, columns: int) -> None:
        """Goes to another window, so many further down and to the right."""
        self._go(replace(self._place, row=self._place.row + rows,
                         column=self._place.column + columns))  # fmt: skip

    def toggle(self) -> None:
        """Starts or stops stepping by itself."""
        self.set_playing(not self.player.playing)

    def set_playing(self, playing: bool) -> None:
        """Starts or stops stepping by itself."""
        self.player.set_playing(playing and self._found is not None)
        self.bar.show_playing(self.player.playing)

    def set_close_up(self, close: bool) -> None:
        """Shows the window large, or the whole image."""
        self.pictures.set_close(close)
        self.bar.show_close_up(close)
        self.state_changed.emit()

    def copy_text(self) -> None:
        """Puts the formula on the clipboard, as text."""
        self._copy(formula.text, self.tr("The formula was copied as text."))

    def copy_latex(self) -> None:
        """Puts the formula on the clipboard, as LaTeX."""
        self._copy(formula.latex, self.tr("The formula was copied as LaTeX."))

    def apply_theme(self, theme: style.Theme) -> None:
        """Wears another theme."""
        self._empty.apply_theme(theme)
        self.board.apply_theme(theme)
        self.pictures.apply_theme(theme)

    def _copy(self, write: object, words: str) -> None:
        if self._found is not None and callable(write):
            QGuiApplication.clipboard().setText(write(self._found, self._name))
            self.noted.emit(words, "inspect")

    def _go(self, place: Place) -> None:
        found = self._found
        if found is None:
            return
        request = found.comparison.request
        self._place = place.within(found.comparison.filter_count, request.output_size)
        self.place_chosen.emit(self._place)

    def _next(self) -> None:
        """Goes to the window that is read next; stops behind the last."""
        if self._found is None:
            return
        height, width = self._found.comparison.request.output_size
        at = int(np.ravel_multi_index((self._place.row, self._place.column), (height, width))) + 1
        if at >= height * width:
            self.set_playing(False)
        else:
            self._go(replace(self._place, row=at // width, column=at % width))

    def _step_on(self, by: int) -> None:
        """Goes so many windows on, in the order of reading."""
        if self._found is not None:
            height, width = self._found.comparison.request.output_size
            at = min(max(self._place.row * width + self._place.column + by, 0), height * width - 1)
            self._go(replace(self._place, row=at // width, column=at % width))

    def _choose_technique(self, index: int) -> None:
        if self._found is not None and 0 <= index < len(self._found.names):
            self._show_technique(self._found.names[index])

    def _show_technique(self, name: str) -> None:
        found = self._found
        if found is None:
            return
        summed = bool(self._parts) and self._parts[self._part].channel is None
        self._name = name
        self._parts = parts(found, name)
        # Who looks at the sum of one technique wants that of the other.
        last = len(self._parts) - 1
        self._part = last if summed else min(self._part, last)
        if not summed and self._parts[self._part].channel is None:
            self._part = 0
        self._fill(self.channels, [each.label for each in self._parts])
        self.channels.blockSignals(True)
        self.channels.setCurrentIndex(self._part)
        self.channels.blockSignals(False)
        self.channels.setVisible(len(self._parts) > 1)
        self._show_part()

    def _choose_part(self, index: int) -> None:
        if self._found is not None and 0 <= index < len(self._parts):
            self._part = index
            self._show_part()

    def _show_part(self) -> None:
        if self._found is not None:
            part = self._parts[self._part]
            self.board.show_inspection(self._found, self._name, part)
            self.pictures.show_inspection(self._found, self._name, part)

    def _show_playing(self, playing: bool) -> None:
        self.bar.show_playing(playing)
        self.state_changed.emit()

    def _show_page(self) -> None:
        page = WORKSPACE if self._found is not None else NO_RESULT
        if not self._has_image and self._found is None and self._lesson is None:
            page = NO_IMAGE
        self._pages.setCurrentIndex(page)

    @staticmethod
    def _fill(bar: QTabBar, labels: list[str]) -> None:
        """Names the tabs of a bar, which tells nothing of it."""
        if labels == [bar.tabText(number) for number in range(bar.count())]:
            return
        bar.blockSignals(True)
        while bar.count():
            bar.removeTab(0)
        for label in labels:
            bar.addTab(label)
        bar.blockSignals(False)

    def showEvent(self, event: object) -> None:
        super().showEvent(event)
        self.seen.emit(True)

    def hideEvent(self, event: object) -> None:
        super().hideEvent(event)
        self.set_playing(False)
        self.seen.emit(False)
