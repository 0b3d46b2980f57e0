"""How windows cluster, as lines of a table: the health of a hash, span by span."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from convgui.model import clusters, numbers
from convgui.widgets.break_even import Crossing
from convgui.widgets.sheet_lines import Cell, Line

from .names import technique_label
from .result_lines import colour, full_value, short

if TYPE_CHECKING:
    from convgui.model.clusters import Healths
    from convgui.model.compute import Comparison, Outcome

translate = QCoreApplication.translate

MOST_SPANS = 64
"""Spans that unfold under a figure; pieces of a large window may be thousands."""


@dataclass(frozen=True)
class Figure:
    """One figure of health: over all spans, and of each."""

    key: str
    label: str
    tip: str
    value: Callable[[Healths], float]
    show: Callable[[float], str]
    of: Callable[[Healths], float] | None = None


def _share(value: float) -> str:
    return "NaN" if math.isnan(value) else f"{100 * value:.0f} %"


def _ratio(value: float) -> str:
    return f"{value:.2g}" if value < 0.1 else f"{value:.2f}"


def figures() -> tuple[Figure, ...]:
    """Gives the rows of the table."""
    return (
        Figure(
            "used", translate("ResultsPanel", "Codes in use"),
            translate("ResultsPanel", "Clusters that have windows, of the codes that there are "
                                      "(no more than windows)"),
            clusters.used, numbers.si, clusters.possible,
        ),
        Figure(
            "entropy", translate("ResultsPanel", "Entropy, bits"),
            translate("ResultsPanel", "Of a window's code; as high as log2 of the codes where "
                                      "all clusters are alike"),
            clusters.entropy, lambda value: f"{value:.2f}",
            lambda healths: sum(math.log2(each.possible) for each in healths) / len(healths),
        ),
        Figure(
            "largest", translate("ResultsPanel", "Largest cluster"),
            translate("ResultsPanel", "Windows in it, of all windows"),
            clusters.largest, numbers.si, _windows,
        ),
        Figure(
            "remaining", translate("ResultsPanel", "Remaining ratio"),
            translate("ResultsPanel", "r_c, clusters over windows: what is left to multiply"),
            clusters.remaining, _ratio,
        ),
        Figure(
            "balance", translate("ResultsPanel", "Commonest code"),
            translate("ResultsPanel", "Share of windows that have a hash's commonest code: 50 % "
                                      "for a bit that parts them evenly, 100 % for a hash that "
                                      "tells nothing. Mean over the hashes, and the worst"),
            clusters.commonest, _share, clusters.worst,
        ),
    )  # fmt: skip


def _windows(healths: Healths) -> float:
    return max(round(each.used / each.remaining) for each in healths)


def clustered(comparison: Comparison) -> Outcome | None:
    """Gives the outcome that clusters windows, if one does."""
    return next((each for each in comparison.outcomes if each.health), None)


def cluster_lines(outcome: Outcome) -> list[Line]:
    """Gives a line a figure under the technique's, with the spans where there are several."""
    worst = translate("ResultsPanel", "worst {0}")
    of = translate("ResultsPanel", "of {0}")
    lines = []
    for figure in figures():
        beside = worst if figure.key == "balance" else of

        def cells(healths: Healths, figure: Figure = figure, beside: str = beside) -> list[Cell]:
            value = figure.value(healths)
            first = Cell(short(value, figure.show), full_value(value))
            if figure.of is None:
                return [first, Cell("")]
            most = figure.of(healths)
            return [first, Cell(beside.format(figure.show(most)), full_value(most), muted=True)]

        parts: tuple[Line, ...] = ()
        if len(outcome.health) > 1:
            parts = tuple(
                Line(f"{index}", (Cell(_span(outcome, index)), *cells([each])))
                for index, each in enumerate(outcome.health[:MOST_SPANS])
            )
        lines.append(
            Line(figure.key, (Cell(figure.label, figure.tip), *cells(outcome.health)), parts)
        )
    title = (Cell(technique_label(outcome.name)), Cell(""), Cell(""))
    return [Line("lsh", title, tuple(lines), colour=colour(outcome.name), heading=True)]


def _span(outcome: Outcome, index: int) -> str:
    if outcome.technique.scope == "channel":  # type: ignore[attr-defined]  # only LSH has health
        return translate("ResultsPanel", "Channel {0}").format(index + 1)
    return translate("ResultsPanel", "Piece {0}").format(index + 1)


def crossing(comparison: Comparison, outcome: Outcome) -> Crossing:
    """Gives from how many filters on reuse pays, and how many there are."""
    reuse = bool(getattr(outcome.technique, "reuse", True))
    hashed = clusters.break_even(outcome.health) if reuse else math.inf
    counted = clusters.break_even_counted(comparison, outcome)
    return Crossing(comparison.filter_count, hashed, counted)


