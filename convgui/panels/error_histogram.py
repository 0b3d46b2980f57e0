"""How the errors are spread: a histogram of all techniques, and a table of percentiles."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QSizePolicy, QVBoxLayout, QWidget

from convgui import style
from convgui.model import maps, numbers
from convgui.model.colours import TECHNIQUE_COLOURS
from convgui.model.histogram import BINS, Histogram
from convgui.widgets.histogram_view import Curve, HistogramView
from convgui.widgets.layer import MINUS
from convgui.widgets.sheet import Sheet
from convgui.widgets.sheet_lines import Cell, Line

from .names import technique_label


class ErrorHistogram(QWidget):
    """Shows a :class:`Histogram`.

    Signals
    -------
    bin_chosen(int)
        Whose pixels are to be marked; -1 for none.
    log_changed(bool)
        Heights are to be logarithms of the counts, or the counts.
    """

    bin_chosen = Signal(int)
    log_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._histogram: Histogram | None = None
        self._unit = ""
        self._hint = self.tr("Point at a bar to mark its pixels; a click keeps them marked.")
        self.view = HistogramView()
        self.view.setAccessibleName(self.tr("Histogram of the errors"))
        self.view.setToolTip(
            self.tr("Lines on top reach from the 5th to the 95th percentile; dots are medians.")
        )
        self.view.chosen.connect(self._choose)
        self.words = QLabel()
        style.set_role(self.words, "caption")
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        # Two lines, whether they are needed or not: nothing below may jump.
        self.words.setFixedHeight(4 * style.GRID)
        self.logarithmic = QCheckBox(self.tr("Logarithmic counts"))
        self.logarithmic.setToolTip(self.tr("Few pixels can be seen beside many."))
        self.logarithmic.clicked.connect(self.log_changed)
        self.table = Sheet(self.tr("Percentiles of the errors"))
        column = QVBoxLayout(self)
        column.setContentsMargins(style.GRID // 2, 0, 0, style.GRID)
        column.setSpacing(style.GRID // 2)
        for each in (self.view, self.words, self.logarithmic, self.table):
            column.addWidget(each)
        self.show_histogram(None, "")

    def show_histogram(self, histogram: Histogram | None, unit: str) -> None:
        """Shows counts and percentiles, or nothing."""
        self._histogram, self._unit = histogram, unit
        if histogram is None:
            self.view.show_curves((), ())
            self.table.show_lines(())
        else:
            self.view.show_curves(_curves(histogram), _ticks(histogram))
            self.table.show_lines(_lines(histogram, unit))
        self.words.setText(self._words(-1))

    def set_logarithmic(self, logarithmic: bool) -> None:
        """Shows counts as logarithms or as they are; emits nothing."""
        self.logarithmic.setChecked(logarithmic)
        self.view.set_logarithmic(logarithmic)

    def apply_theme(self, theme: style.Theme) -> None:
        """Wears another theme."""
        self.view.apply_theme(theme)
        self.table.apply_theme(theme)

    def _choose(self, index: int) -> None:
        words = self._words(index)
        self.words.setText(words)
        self.view.setAccessibleDescription(words)
        self.bin_chosen.emit(index)

    def _words(self, index: int) -> str:
        """Gives what is in a bin, in words."""
        histogram = self._histogram
        if histogram is None:
            return ""
        if index < 0:
            return self._hint
        low, high = (_number(each) for each in histogram.edges(index))
        outermost = index == BINS - 1 or (index == 0 and histogram.mode == maps.SIGNED)
        beyond = self.tr(" and beyond") if outermost else ""
        text = self.tr("{0} to {1} {2}").format(low, high, self._unit).strip() + beyond
        for name, counts in histogram.counts.items():
            total = int(counts.sum()) + histogram.unfit[name]
            share = numbers.percent(100 * int(counts[index]) / max(total, 1))
            many = numbers.full(int(counts[index]))
            # A number and its unit stay on one line.
            share = share.replace(" %", "\N{NO-BREAK SPACE}%")
            text += f" · {technique_label(name)} {many} ({share})"
        return text


def _number(value: float) -> str:
    return numbers.number(value, 3).replace("-", MINUS)


def _curves(histogram: Histogram) -> list[Curve]:
    low, high = histogram.span
    curves = []
    for name, counts in histogram.counts.items():
        spread = None
        if histogram.percentiles[name]:
            by_percent = dict(zip(histogram.percents, histogram.percentiles[name], strict=True))
            places = (by_percent[5.0], by_percent[95.0], by_percent[50.0])
            shares = [min(max((each - low) / (high - low), 0.0), 1.0) for each in places]
            spread = shares[0], shares[1], shares[2]
        colour = TECHNIQUE_COLOURS.get(name, "")
        curves.append(Curve(technique_label(name), colour, counts, spread))
    return curves


def _ticks(histogram: Histogram) -> list[tuple[float, str]]:
    low, high = histogram.span
    return [(share, _number(low + share * (high - low))) for share in (0.0, 0.5, 1.0)]


def _lines(histogram: Histogram, unit: str) -> list[Line]:
    """Gives a row for each percentile, a column for each technique."""
    names = [
        Cell(technique_label(name), colour=TECHNIQUE_COLOURS.get(name, ""))
        for name in histogram.percentiles
    ]
    lines = [Line("heading", (Cell(unit, muted=True), *names), heading=True)]
    for place, percent in enumerate(histogram.percents):
        cells = [
            Cell(_number(values[place]), f"{values[place]:.9g}") if values else Cell("–")
            for values in histogram.percentiles.values()
        ]
        lines.append(Line(f"{percent:g}", (Cell(f"{percent:g} %"), *cells)))
    return lines
