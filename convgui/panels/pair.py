"""The tab "A and B": two runs of the history as pictures, whatever their settings."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from convgui import style
from convgui.model.look import Look
from convgui.sessions.journal import Journal
from convgui.sessions.pair import Choice, Pair, filters
from convgui.widgets.held_view import HeldView
from convgui.widgets.image_panel import ImagePanel
from convgui.widgets.image_view import ImageView
from convgui.widgets.page import Page
from convgui.widgets.readout import Readout
from convgui.widgets.view_link import ViewLink

from .compare_scene import Content
from .compare_wipe import Wiper
from .names import technique_label
from .pair_scene import DIFFERENCE, TITLES, A, B, pair_fields, pair_scene, pair_values
from .parameter_row import HEIGHT, ChoiceEdit
from .run_words import PLACES


class PairPanel(Page):
    """Shows A, B and their difference at the same place; wipe and flicker hold A against B.

    Signals
    -------
    choice_made(Choice)
        Other techniques, or another filter, are to be shown.
    history_wanted()
        The user wants to pin runs.
    """

    choice_made = Signal(object)
    history_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pair: Pair | None = None
        self._journal = Journal()
        self._look = Look()
        self._contents: dict[str, Content] = {}
        self.pictures = {
            A: ImagePanel("A", None, HeldView()),
            B: ImagePanel("B", None, HeldView()),
            DIFFERENCE: ImagePanel(TITLES["signed"], None, ImageView()),
        }
        self.wiper = Wiper(self.pictures, self)
        self.link = ViewLink(self)
        for panel in self.pictures.values():
            self.link.add(panel.view)
            self.wiper.add(panel)
        self.link.pointed.connect(self._show_values)
        self.techniques = [self._technique(place) for place in PLACES]
        self.filter = QSpinBox()
        self.filter.setAccessibleName(self.tr("Filter of the banks"))
        self.filter.setToolTip(self.tr("Filter of the banks"))
        self.filter.setFixedHeight(HEIGHT)
        self.filter.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.filter.valueChanged.connect(self._tell_choice)
        self.note = QLabel()
        style.set_role(self.note, "caption")
        self.note.setWordWrap(True)
        self.why = QLabel()
        self.why.setWordWrap(True)
        self.why.setAlignment(Qt.AlignmentFlag.AlignCenter)
        style.set_role(self.why, "muted")
        self.open_history = QPushButton(self.tr("Show the history"))
        self.open_history.setToolTip(self.tr("Runs are pinned there as A and as B."))
        self.open_history.clicked.connect(self.history_wanted)
        self.readout = Readout()
        self.readout.set_hint(self.tr("W parts B by a line from A; while X is held, A is shown."))
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._empty())
        self._pages.addWidget(self._workspace())
        self._first: QWidget | None = self.pictures[A].view
        self.setAccessibleName(self.tr("A and B"))
        self.show_reason("pins")

    def show_reason(self, reason: str) -> None:
        """Says why there are no pictures: "pins", "gone", "working", or in words; "" for none."""
        texts = {
            "pins": self.tr("Pin one run of the history as A and another one as B to see both."),
            "gone": self.tr("The outputs of A or of B are no longer held. Restore its settings, "
                            "and pin that run."),
            "working": self.tr("Preparing A and B…"),
        }  # fmt: skip
        self.why.setText(texts.get(reason, reason))
        self.open_history.setVisible(reason in ("pins", "gone"))
        self._pages.setCurrentIndex(0 if reason else 1)
        if reason:
            self._pair = None
            self._contents = {}
            for panel in self.pictures.values():
                panel.show_layer(None)
            self._first = self.open_history if reason in ("pins", "gone") else None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hands the keyboard on to what is shown.

        Not by a focus proxy: once it was another one, Qt's tabulator goes round within the panel
        and never leaves it.
        """
        super().focusInEvent(event)
        if self._first is not None:
            self._first.setFocus(event.reason())

    def show_pair(self, pair: Pair, journal: Journal, look: Look) -> None:
        """Shows two outputs."""
        self._pair, self._journal, self._look = pair, journal, look
        if self._pages.currentIndex() == 0:
            self._pages.setCurrentIndex(1)
        self._show_choices(pair)
        self._first = self.pictures[A].view
        self._draw()
        height, width = (max(sizes) for sizes in zip(*(each.size for each in pair.held),
                                                     strict=True))  # fmt: skip
        self.link.set_whole(QRectF(0, 0, width, height))

    def show_look(self, look: Look) -> None:
        """Shows the same outputs as another look says."""
        if look != self._look:
            self._look = look
            self._draw()

    def show_journal(self, journal: Journal) -> None:
        """Shows what the runs are called now."""
        self._journal = journal
        self._draw()

    def set_linked(self, linked: bool) -> None:
        """Lets the panels move together, or each by itself."""
        self.link.set_linked(linked)

    def apply_theme(self, theme: style.Theme) -> None:
        """Wears another theme."""
        for panel in self.pictures.values():
            panel.apply_theme(theme)
        self.readout.apply_theme(theme)

    def minimumSizeHint(self) -> QSize:
        return QSize(40 * style.GRID, 40 * style.GRID)

    def _draw(self) -> None:
        pair = self._pair
        if pair is None:
            return
        self._contents = pair_scene(pair, self._journal, self._look)
        for name, panel in self.pictures.items():
            content = self._contents.get(name)
            panel.setVisible(content is not None)
            if content is None:
                panel.show_layer(None)
                continue
            panel.title.set_title(content.title)
            panel.view.setAccessibleName(content.title)
            if content.colour:
                panel.set_stripe(content.colour)
            panel.show_layer(
                content.layer, *content.figures, alert=content.alert,
                units=(content.unit, content.short_unit or content.unit),
            )
        self.wiper.show(self._contents, self._look, A)
        self.readout.set_fields(pair_fields(self._contents))
        self.note.setText("" if pair.difference is not None else self.tr(
            "B can't be subtracted from A: their outputs differ in size."
        ))
        self.note.setVisible(pair.difference is None)
        # Without a difference, A and B take its room.
        self._grid.setRowStretch(1, 0 if pair.difference is None else 1)
        self._show_values(self.link.point)

    def _show_choices(self, pair: Pair) -> None:
        for each, held, name in zip(
            self.techniques, pair.held, pair.choice.techniques, strict=True
        ):
            if list(held.planes) != [each.itemData(at) for at in range(each.count())]:
                each.clear()
                for technique in held.planes:
                    each.addItem(technique_label(technique), technique)
            each.set_value(name)
        blocked = self.filter.blockSignals(True)
        self.filter.setRange(1, filters(pair.held))
        self.filter.setValue(pair.choice.index + 1)
        self.filter.blockSignals(blocked)
        for each in (self.filter, self._filter_label):
            each.setVisible(self.filter.maximum() > 1)

    def _show_values(self, point: tuple[float, float] | None) -> None:
        self.readout.show_values(pair_values(self._contents, point))

    def _tell_choice(self, _: object) -> None:
        one, other = (str(each.currentData()) for each in self.techniques)
        self.choice_made.emit(Choice((one, other), self.filter.value() - 1))

    def _technique(self, place: str) -> ChoiceEdit:
        edit = ChoiceEdit(())
        words = self.tr("Technique of {0}").format(place)
        edit.set_name(words)
        edit.setToolTip(words)
        edit.setFixedHeight(HEIGHT)
        edit.changed.connect(self._tell_choice)
        return edit

    def _empty(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setSpacing(2 * style.GRID)
        column.addStretch(1)
        column.addWidget(self.why)
        column.addWidget(self.open_history, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return page

    def _workspace(self) -> QWidget:
        page = QWidget()
        row = QHBoxLayout()
        row.setSpacing(style.GRID)
        for place, edit in zip(PLACES, self.techniques, strict=True):
            row.addWidget(self._label(place, edit))
            row.addWidget(edit, 1)
        self._filter_label = self._label(self.tr("Filter"), self.filter)
        row.addWidget(self._filter_label)
        row.addWidget(self.filter)
        # Pictures are not mirrored: A is the one at the left, in every language.
        pictures = QWidget()
        pictures.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._grid = grid = QGridLayout(pictures)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(style.GRID)
        grid.addWidget(self.pictures[A], 0, 0)
        grid.addWidget(self.pictures[B], 0, 1)
        grid.addWidget(self.pictures[DIFFERENCE], 1, 0, 1, 2)
        grid.setRowStretch(0, 1)
        for at in (0, 1):
            grid.setColumnStretch(at, 1)
        column = QVBoxLayout(page)
        column.setContentsMargins(style.GRID, style.GRID, style.GRID, 0)
        column.setSpacing(style.GRID // 2)
        column.addLayout(row)
        column.addWidget(pictures, 1)
        column.addWidget(self.note)
        column.addWidget(self.readout)
        return page

    def _label(self, text: str, edit: QWidget) -> QLabel:
        label = QLabel(text)
        style.set_role(label, "caption")
        label.setBuddy(edit)
        return label
