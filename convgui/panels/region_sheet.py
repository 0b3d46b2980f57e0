"""What is in the region that is framed: statistics of every picture, accuracy of every output."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from convgui import style
from convgui.model import numbers
from convgui.model.colours import TECHNIQUE_COLOURS
from convgui.model.region import Region, Statistics
from convgui.widgets.arrangement import INPUT
from convgui.widgets.layer import MINUS
from convgui.widgets.sheet import Sheet
from convgui.widgets.sheet_lines import Cell, Line

from .names import technique_label

DIGITS = 4


class RegionSheet(QWidget):
    """Shows statistics by the name of a picture."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = self.tr("Drag over a picture with Shift held. R frames what is seen.")
        self.words = QLabel(self._hint)
        style.set_role(self.words, "caption")
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.table = Sheet(self.tr("Statistics of the region"))
        column = QVBoxLayout(self)
        column.setContentsMargins(style.GRID // 2, 0, 0, style.GRID)
        column.setSpacing(style.GRID // 2)
        column.addWidget(self.words)
        column.addWidget(self.table)

    def show_region(self, region: Region | None, found: Mapping[str, Statistics]) -> None:
        """Shows what was measured, or how to frame a region."""
        if region is None:
            self.words.setText(self._hint)
            self.table.show_lines(())
            return
        width, height = region.size
        self.words.setText(
            self.tr("x {0}–{1}, y {2}–{3} · {4} × {5} pixels · of the filter shown").format(
                region.left, region.right - 1, region.top, region.bottom - 1, width, height
            )
        )
        self.table.show_lines(self._lines(found))

    def apply_theme(self, theme: style.Theme) -> None:
        """Wears another theme."""
        self.table.apply_theme(theme)

    def _lines(self, found: Mapping[str, Statistics]) -> list[Line]:
        names = [
            Cell(
                self.tr("Input") if name == INPUT else technique_label(name),
                colour=TECHNIQUE_COLOURS.get(name, ""),
            )
            for name in found
        ]
        lines = [Line("heading", (Cell(""), *names), heading=True)]
        plain = (
            ("mean", self.tr("Mean")),
            ("deviation", self.tr("Deviation")),
            ("low", self.tr("Lowest")),
            ("high", self.tr("Highest")),
        )
        for key, label in plain:
            cells = (_cell(getattr(each, key)) for each in found.values())
            lines.append(Line(key, (Cell(label), *cells)))
        if any(each.unfit for each in found.values()):
            cells = (Cell(numbers.full(each.unfit)) for each in found.values())
            lines.append(Line("unfit", (Cell(self.tr("Not finite")), *cells)))
        if any(each.accuracy is not None for each in found.values()):
            measures = (
                ("psnr", self.tr("PSNR")),
                ("ssim", self.tr("SSIM")),
                ("max_abs_error", self.tr("Largest error")),
                ("relative_l2", self.tr("Relative L2")),
            )
            for key, label in measures:
                cells = (_accuracy(each, key) for each in found.values())
                lines.append(Line(key, (Cell(label), *cells)))
        return lines


def _cell(value: float) -> Cell:
    text = "–" if value != value else numbers.number(value, DIGITS).replace("-", MINUS)
    return Cell(text, f"{value:.9g}")


def _accuracy(statistics: Statistics, key: str) -> Cell:
    if statistics.accuracy is None:
        return Cell("–", muted=True)
    value = getattr(statistics.accuracy, key)
    if key == "psnr" and value == value:
        return Cell(numbers.decibels(value).replace("-", MINUS), f"{value:.9g}")
    return _cell(value)
