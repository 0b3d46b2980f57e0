"""What techniques save of the exact one's operations and of its time: both, always."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from convgui.widgets.sheet_lines import Cell, Line

from .result_lines import EXACT, best, heading, percentage, short

if TYPE_CHECKING:
    from convgui.model.compute import Comparison

translate = QCoreApplication.translate


def saved_lines(comparison: Comparison) -> list[Line]:
    """Gives what each technique saves of the exact one's operations and of its time."""
    lines = [heading(comparison.outcomes)]
    for key, label, saved in (
        ("operations", translate("ResultsPanel", "Operations"), comparison.operations_saved),
        ("time", translate("ResultsPanel", "Time"), comparison.time_saved),
    ):
        values = [
            float("nan") if each.name == EXACT else 100 * saved(each.name)
            for each in comparison.outcomes
        ]
        leader = best(values, higher=True)
        cells = (
            Cell("–", muted=True) if math.isnan(value)
            else Cell(whole_percent(value), f"{value:.4g} %", best=value == leader)
            for value in values
        )  # fmt: skip
        lines.append(Line(key, (Cell(label), *cells)))
    return lines


def whole_percent(value: float) -> str:
    """Gives a percentage without decimals where it has two digits or more."""
    wide = 9.95 <= abs(value) < 1e5
    return short(value, "{:.0f} %".format if wide else percentage)
