"""The report's claims beside what is measured, as lines of a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from convgui.widgets.sheet_lines import Cell, Line

from .names import technique_label
from .result_lines import colour, full_value, percentage, short

if TYPE_CHECKING:
    from convgui.model.published import Row

translate = QCoreApplication.translate


def published_lines(rows: Iterable[Row]) -> list[Line]:
    """Gives a block for each technique: the report's figure, and the one that means something."""
    headings = (
        translate("ResultsPanel", "claimed"),
        translate("ResultsPanel", "as published"),
        translate("ResultsPanel", "repaired"),
    )
    cells = (Cell(each, muted=True) for each in headings)
    what = Cell(translate("ResultsPanel", "accuracy"), muted=True)
    lines = [Line("heading", (what, *cells), heading=True)]
    for row in rows:
        figures = (
            Cell("1 − MSE", translate("ResultsPanel", "Accuracy (report): 100 (1 − MSE) %")),
            Cell(
                translate("ResultsPanel", "1 − rel. L2"),
                translate("ResultsPanel", "Accuracy: 100 (1 − relative L2) %"),
            ),
        )
        claims = (row.claimed, row.published.report_accuracy, row.repaired.report_accuracy)
        measured = (row.published.accuracy, row.repaired.accuracy)
        label = technique_label(row.technique)
        lines.append(
            Line(
                row.technique,
                (Cell(label), Cell(""), Cell(""), Cell("")),
                (
                    Line("report", (figures[0], *map(_cell, claims))),
                    Line("accuracy", (figures[1], Cell("–"), *map(_cell, measured))),
                ),
                colour=colour(row.technique),
                heading=True,
            )
        )
    return lines


def _cell(value: float) -> Cell:
    return Cell(short(value, percentage), full_value(value))


def reasons(rows: Iterable[Row]) -> str:
    """Gives why claims and measurements differ, a paragraph for each technique."""
    return "\n\n".join(
        f"{technique_label(row.technique)}, {translate('Published', row.setting)}. "
        f"{translate('Published', row.why)}"
        for row in rows
    )
