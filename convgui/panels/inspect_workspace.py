"""How the Inspect tab is laid out: technique, pictures, channel, arithmetic, and the bar below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from convgui import style
from convgui.widgets.scrolled import fill

from .inspect_bar import InspectBar
from .inspect_board import Board
from .inspect_lesson import LessonStrip
from .inspect_pictures import Pictures


class Workspace(QWidget):
    """Makes the pieces and places them; joins nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.techniques, self.channels = QTabBar(), QTabBar()
        self.pictures, self.board, self.bar = Pictures(), Board(), InspectBar()
        self.strip = LessonStrip()
        for bar, name in (
            (self.techniques, self.tr("Technique")), (self.channels, self.tr("Channel")),
        ):
            bar.setAccessibleName(name)
            bar.setExpanding(False)
            bar.setDrawBase(False)
            bar.setUsesScrollButtons(True)
            bar.setElideMode(Qt.TextElideMode.ElideNone)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(style.GRID, style.GRID, style.GRID, 0)
        column.addWidget(self.board)
        self.scroll = area = QScrollArea()
        fill(area, body)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        below = QWidget()
        lower = QVBoxLayout(below)
        lower.setContentsMargins(0, 0, 0, 0)
        lower.setSpacing(0)
        tabs = QHBoxLayout()
        tabs.addWidget(self.channels)
        tabs.addStretch(1)
        lower.addLayout(tabs)
        lower.addWidget(area, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.pictures)
        split.addWidget(below)
        style.set_role(body, "panel")
        style.set_role(below, "panel")
        split.setSizes([30 * style.GRID, 50 * style.GRID])
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(style.GRID, style.GRID // 2, style.GRID, style.GRID // 2)
        rows.setSpacing(style.GRID // 2)
        choice = QHBoxLayout()
        choice.addWidget(self.techniques)
        choice.addStretch(1)
        rows.addWidget(self.strip)
        rows.addLayout(choice)
        rows.addWidget(split, 1)
        rows.addWidget(self.bar)
