"""What a bit-serial machine would make of the image: terms of pixels and of differences."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from convgui import style
from convgui.model import numbers
from convgui.model.bits_view import Spectrum
from convgui.model.colours import TECHNIQUE_COLOURS
from convgui.widgets.share_bars import Bars, ShareBars
from convgui.widgets.sheet import Sheet
from convgui.widgets.sheet_lines import Cell, Line

from .cluster_sheet import caption


class BitsPanel(QWidget):
    """Shows the spectra of an image's terms, or why there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = caption()
        self.sheet = Sheet(self.tr("Effectual terms"))
        self.bars = {form: ShareBars() for form in ("binary", "signed")}
        column = QVBoxLayout(self)
        column.setContentsMargins(style.GRID // 2, 0, 0, style.GRID)
        column.setSpacing(style.GRID // 2)
        for each in (self.words, self.sheet, *self.bars.values()):
            column.addWidget(each)
        self.show_bits("image")

    def show_bits(self, found: dict[str, Spectrum] | str) -> None:
        """Shows terms by form, or says why there are none."""
        there = isinstance(found, dict)
        self.sheet.setVisible(there)
        for bars in self.bars.values():
            bars.setVisible(there)
        if not isinstance(found, dict):
            reasons = {
                "image": self.tr("Open an image to see its terms."),
                "depth": self.tr("Terms are counted for images of 8 bits; this one holds other "
                                 "numbers."),
            }  # fmt: skip
            self.words.setText(reasons.get(found, found))
            return
        self.words.setText(
            self.tr("A multiplier that takes a value bit by bit needs a step for each digit that "
                    "is not 0, its effectual terms. Neighbours resemble each other: differences "
                    "have fewer, in signed digits, while small negative ones are mostly ones in "
                    "two's complement. What such a machine gains (Mahmoud and others, Diffy, "
                    "2018); a processor gains nothing.")
        )  # fmt: skip
        self.sheet.show_lines(self._lines(found))
        names = {"binary": self.tr("Two's complement"), "signed": self.tr("Signed digits (Booth)")}
        for form, spectrum in found.items():
            self.bars[form].show_bars(
                (Bars(self.tr("pixels"), "", spectrum.raw),
                 Bars(self.tr("differences"), TECHNIQUE_COLOURS["differential"],
                      spectrum.differences)),
                self.tr("{0}: share of values by terms").format(names[form]), self.tr("terms"),
            )  # fmt: skip

    def apply_theme(self, theme: style.Theme) -> None:
        """Wears another theme."""
        self.sheet.apply_theme(theme)
        for bars in self.bars.values():
            bars.apply_theme(theme)

    def _lines(self, found: dict[str, Spectrum]) -> list[Line]:
        heads = (self.tr("Mean terms"), self.tr("Pixels"), self.tr("Differ."), self.tr("Speed-up"))
        lines = [Line("heading", tuple(Cell(each) for each in heads), heading=True)]
        names = {
            "binary": (self.tr("Binary"), self.tr("Ones in two's complement")),
            "signed": (self.tr("Booth"), self.tr("Non-zero digits in canonical signed-digit "
                                                 "form, what a Booth coder aims at")),
        }  # fmt: skip
        for form, spectrum in found.items():
            terms = spectrum.terms
            lines.append(Line(form, (
                Cell(*names[form]), Cell(f"{terms.raw:.2f}", f"{terms.raw:.9g}"),
                Cell(f"{terms.differences:.2f}", f"{terms.differences:.9g}"),
                Cell(numbers.times(terms.speedup), f"{terms.speedup:.9g}"),
            )))  # fmt: skip
        return lines
