"""How errors drift along a row when small differences are forgotten, and when they are kept."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from convgui import style
from convgui.model import numbers
from convgui.model.colours import TECHNIQUE_COLOURS
from convgui.model.drift_view import DriftView
from convgui.model.parameters import PARAMETERS
from convgui.widgets.layer import MINUS
from convgui.widgets.line_plot import Graph, LinePlot

from .cluster_sheet import caption
from .parameter_row import translated


def _number(value: float) -> str:
    return numbers.number(value, 3).replace("-", MINUS)


def _reference(value: str) -> str:
    """Gives a reference as its choice is called."""
    choices = next(each.choices for each in PARAMETERS if each.key == "reference")
    return translated(dict(choices).get(value, value))


class DriftPanel(QWidget):
    """Shows a :class:`DriftView`, or why there is none.

    Signals
    -------
    example_requested()
        Drift is to be seen without a change of the session.
    """

    example_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: DriftView | None = None
        self._unit = ""
        self.words, self.readout = caption(), caption()
        self.plot = LinePlot()
        self.plot.setAccessibleName(self.tr("Error by column"))
        self.plot.read.connect(self._read)
        self.button = QPushButton(self.tr("Show an example"))
        self.button.setToolTip(
            self.tr("Leave differences of up to 4 of 256 grey levels out, along rows. "
                    "The parameters stay as they are.")
        )  # fmt: skip
        self.button.clicked.connect(self.example_requested)
        column = QVBoxLayout(self)
        column.setContentsMargins(style.GRID // 2, 0, 0, style.GRID)
        column.setSpacing(style.GRID // 2)
        for each in (self.words, self.plot, self.readout, self.button):
            column.addWidget(each)
        self.show_drift("image", "")

    def show_drift(self, found: DriftView | str, unit: str) -> None:
        """Shows errors by column with their unit, or says why there are none."""
        self._view = None if isinstance(found, str) else found
        self._unit = unit
        self.plot.setVisible(self._view is not None)
        self.readout.setVisible(self._view is not None)
        reasons = {
            "image": self.tr("Open an image to see drift."),
            "working": self.tr("Working it out…"),
            "lossless": self.tr("At threshold 0 nothing is skipped and nothing drifts. Set a "
                                "threshold under Differential to see it."),
            "first": self.tr("Every window is compared with the first one: nothing is carried "
                             "on, nothing drifts. Take “previous” for reference to see it."),
            "above": self.tr("Differences are carried down the columns, not along the rows. "
                             "Take “previous” for reference to see drift along rows."),
            "published": self.tr("As published nothing is skipped: there is no drift to see."),
        }  # fmt: skip
        if self._view is None:
            self.words.setText(reasons.get(str(found), str(found)))
            self.button.setVisible(found in ("lossless", "first", "above", "published"))
            self.plot.show_graphs((), "", "")
            return
        self.button.setVisible(False)
        drift = self._view.drift
        colour = TECHNIQUE_COLOURS["differential"]
        up = self.tr("RMS error, {0}").format(unit) if unit else self.tr("RMS error")
        self.plot.show_graphs(
            (Graph(self.tr("forgotten"), "", drift.forgotten, dashed=True),
             Graph(self.tr("kept"), colour, drift.kept)),
            self.tr("column of the output"), up,
        )  # fmt: skip
        self.words.setText(self.sentence())
        self.plot.setAccessibleDescription(self.sentence())
        self._read(-1)

    def sentence(self) -> str:
        """Gives what is seen, in words."""
        view = self._view
        if view is None:
            return ""
        parts = []
        for residue, name in (
            ("forgotten", self.tr("forgotten")), ("kept", self.tr("kept")),
        ):  # fmt: skip
            first, last = view.ends(residue)
            if view.grows(residue):
                text = self.tr("{0}, the error grows from {1} in the first quarter of the columns "
                               "to {2} in the last")  # fmt: skip
            else:
                text = self.tr("{0}, it does not grow: {1} at first, {2} at last")
            parts.append(text.format(name, _number(first), _number(last)))
        head = self.tr("Differences up to {0} left out, reference “{1}”.").format(
            _number(view.threshold), _reference(view.reference)
        )
        bound = self.tr("Kept, none can be beyond {0}.").format(_number(view.bound))
        first, *others = parts
        return f"{head} {first[:1].upper()}{first[1:]}; {'; '.join(others)}. {bound}"

    def apply_theme(self, theme: style.Theme) -> None:
        """Wears another theme."""
        self.plot.apply_theme(theme)

    def _read(self, at: int) -> None:
        if self._view is None or at < 0:
            self.readout.setText(self.tr("Point at the curves, or use the arrow keys."))
            return
        drift = self._view.drift
        self.readout.setText(
            self.tr("Column {0} · kept {1} · forgotten {2} · largest {3} and {4}").format(
                at, _number(float(drift.kept[at])), _number(float(drift.forgotten[at])),
                _number(float(drift.kept_largest[at])),
                _number(float(drift.forgotten_largest[at])),
            )
        )
