"""The filter as an image, and the bank it is chosen from, dressed like the pictures beside them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from convgui.style import Theme

from .colour_bar import ColourBar
from .filter_strip import CELL, FilterStrip
from .filter_view import FilterView
from .title_strip import TitleStrip

LOW = 3 * CELL


def _stack(panel: QWidget, title: TitleStrip, body: QWidget, bar: ColourBar) -> None:
    column = QVBoxLayout(panel)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(title)
    column.addWidget(body, 1)
    column.addWidget(bar)


class FilterPanel(QWidget):
    """The chosen filter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = TitleStrip(self.tr("Filter"))
        self.view = FilterView()
        self.bar = ColourBar()
        _stack(self, self.title, self.view, self.bar)

    def show_filter(self, weights: np.ndarray | None, figures: Sequence[str], caption: str) -> None:
        """Shows one filter (C x K_h x K_w), what it is, and a line below."""
        self.title.set_figures(*figures)
        self.view.show_weights(weights)
        self.bar.show_caption(caption)

    def apply_theme(self, theme: Theme) -> None:
        """Wears another theme."""
        self.title.set_colours(theme.muted, theme.muted, theme.error)
        self.view.apply_theme(theme)
        self.bar.set_colours(theme.muted)


class BankPanel(QWidget):
    """All filters, one of them chosen.

    Signals
    -------
    chosen(int)
        The user chose another filter.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = TitleStrip(self.tr("Bank"))
        self.strip = FilterStrip()
        self.strip.chosen.connect(self.chosen)
        self.bar = ColourBar()
        _stack(self, self.title, self.strip, self.bar)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leaves the line under the pictures away where there is but one row of thumbnails."""
        super().resizeEvent(event)
        self.bar.setVisible(event.size().height() > LOW)

    def show_filters(self, filters: np.ndarray, index: int) -> None:
        """Shows a bank (M x C x K_h x K_w) and which filter is chosen; emits nothing."""
        self.title.set_figures(self.tr("{0} filters").format(len(filters)), str(len(filters)))
        self.strip.show_filters(filters, index)

    def apply_theme(self, theme: Theme) -> None:
        """Wears another theme."""
        self.title.set_colours(theme.muted, theme.muted, theme.error)
        self.strip.apply_theme(theme)
        self.bar.set_colours(theme.muted)
