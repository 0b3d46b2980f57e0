"""From a comparison to the lines of the results: accuracy, operations, memory and time."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from convgui.model import numbers
from convgui.model.colours import TECHNIQUE_COLOURS
from convgui.widgets.layer import MINUS
from convgui.widgets.sheet_lines import Cell, Line
from cyconv.paths import PATHS

from .names import step_label, technique_label

if TYPE_CHECKING:
    from convgui.model.compute import Comparison, Outcome
    from cyconv import Operations

translate = QCoreApplication.translate

EXACT, LSH = "exact", "lsh"


def colour(name: str) -> str:
    """Gives a technique's colour; grey for one without."""
    return TECHNIQUE_COLOURS.get(name, "#808080")


def heading(outcomes: Sequence[Outcome], title: str = "") -> Line:
    """Gives the line with the techniques' names, each over its colour."""
    names = (Cell(technique_label(each.name), colour=colour(each.name)) for each in outcomes)
    return Line("heading", (Cell(title), *names), heading=True)


@dataclass(frozen=True)
class Metric:
    """A row of the accuracy table.

    Attributes
    ----------
    key, label : str
        Attribute of an accuracy, and what it is called.
    show : callable
        The value as text.
    higher : bool
        Whether more is better.
    brief : str
        What it is called where there is little room.
    """

    key: str
    label: str
    show: Callable[[float], str]
    higher: bool = True
    brief: str = ""


def _plain(value: float) -> str:
    return numbers.number(value, 3)


def percentage(value: float) -> str:
    """Gives a percentage that stays short: the report's runs to minus millions."""
    if math.isfinite(value) and abs(value) >= 1e3:
        return f"{value:.0f} %" if abs(value) < 1e5 else f"{numbers.si(value)} %"
    return numbers.percent(value)


def metrics() -> tuple[Metric, ...]:
    """Gives the rows of the accuracy table."""
    return (
        Metric("psnr", translate("ResultsPanel", "PSNR"), numbers.decibels),
        Metric("ssim", translate("ResultsPanel", "SSIM"), numbers.similarity),
        Metric("max_abs_error", translate("ResultsPanel", "Largest error"), _plain,
               higher=False, brief=translate("ResultsPanel", "Largest")),
        Metric("relative_l2", translate("ResultsPanel", "Relative L2"), _plain,
               higher=False, brief=translate("ResultsPanel", "Rel. L2")),
        Metric("accuracy", translate("ResultsPanel", "Accuracy"), percentage),
        Metric("report_accuracy", translate("ResultsPanel", "Accuracy (report)"), percentage,
               brief=translate("ResultsPanel", "As report")),
    )  # fmt: skip


def short(value: float, show: Callable[[float], str]) -> str:
    """Gives a value as text that is narrow even where it is no number."""
    return "NaN" if math.isnan(value) else show(value).replace("-", MINUS)


def best(values: Sequence[float], higher: bool) -> float | None:
    """Gives the best of values that differ; None where there is nothing to choose."""
    known = [value for value in values if not math.isnan(value)]
    if len(known) < 2 or len(set(known)) < 2:
        return None
    return max(known) if higher else min(known)


def accuracy_lines(comparison: Comparison) -> list[Line]:
    """Gives the accuracy table: a metric a line, a technique a column.

    The exact output is what the others are measured against, so it is never the best.
    """
    outcomes = comparison.outcomes
    lines = [heading(outcomes)]
    for metric in metrics():
        values = [float(getattr(each.accuracy, metric.key)) for each in outcomes]
        measured = [
            value for each, value in zip(outcomes, values, strict=True) if each.name != EXACT
        ]
        leader = best(measured, metric.higher)
        cells = (
            Cell(
                short(value, metric.show),
                full_value(value),
                best=each.name != EXACT and value == leader,
                muted=each.name == EXACT,
            )
            for each, value in zip(outcomes, values, strict=True)
        )
        # The name in full where it is cut for want of room.
        name = Cell(metric.label, metric.label, short=metric.brief)
        lines.append(Line(metric.key, (name, *cells)))
    counts = [(each.accuracy.nan_count, each.accuracy.inf_count) for each in outcomes]
    if any(nans or infinite for nans, infinite in counts):
        for at, label in (
            (0, translate("ResultsPanel", "NaN values")),
            (1, translate("ResultsPanel", "Infinite values")),
        ):
            cells = (Cell(numbers.si(each[at]), numbers.full(each[at])) for each in counts)
            lines.append(Line(label, (Cell(label), *cells)))
    return lines


def full_value(value: float) -> str:
    """Gives a value with all its digits."""
    return repr(float(value)) if math.isfinite(value) else numbers.number(value)


def reach(comparison: Comparison) -> int:
    """Gives the most operations in the table: the length of the longest bar."""
    return max(
        (
            operations.total
            for each in comparison.outcomes
            for operations in (
                each.prediction.report, each.prediction.model, each.result.executed
            )
        ),
        default=1,
    ) or 1  # fmt: skip


def operation_lines(comparison: Comparison) -> list[Line]:
    """Gives the operations: a technique a block, with report, model and executed in it."""
    most = reach(comparison)
    lines = [
        Line(
            "heading",
            (
                Cell(""),
                Cell(translate("ResultsPanel", "multiplications"), muted=True),
                Cell(translate("ResultsPanel", "additions"), muted=True),
            ),
            heading=True,
        )
    ]
    exact = comparison.exact.result.executed
    for outcome in comparison.outcomes:
        executed = outcome.result.executed
        kinds = (
            ("report", translate("ResultsPanel", "Report"), outcome.prediction.report),
            ("model", translate("ResultsPanel", "Model"), outcome.prediction.model),
            ("executed", translate("ResultsPanel", "Executed"), executed),
        )
        shares = (
            _share(executed.multiplications, exact.multiplications),
            _share(executed.additions, exact.additions),
        )
        lines.append(
            Line(
                outcome.name,
                (Cell(technique_label(outcome.name)), *shares),
                tuple(
                    operations_line(key, label, counted, most, colour(outcome.name))
                    for key, label, counted in kinds
                ),
                colour=colour(outcome.name),
                heading=True,
            )
        )
    return lines


def _share(part: int, whole: int) -> Cell:
    """Gives a count as a percentage of the exact technique's."""
    if not whole:
        return Cell("")
    share = 100 * part / whole
    text = f"{share:.0f} %" if 9.95 <= share < 1e5 else percentage(share)
    return Cell(
        text,
        translate("ResultsPanel", "{0} of exact").format(numbers.number(share) + " %"),
        muted=True,
    )


def operations_line(
    key: str, label: str, operations: Operations, most: int, hue: str, *, live: bool = False
) -> Line:
    """Gives a line of multiplications and additions with its bar, its parts under it."""

    def line(key: str, label: str, part: Operations | object, parts: tuple[Line, ...]) -> Line:
        counts = part.multiplications, part.additions
        cells = (Cell(numbers.si(count), numbers.full(count)) for count in counts)
        bar = counts[0] / most, counts[1] / most
        return Line(key, (Cell(label, label), *cells), parts, bar, hue, live=live)

    if not operations.parts and not operations.total and not live:
        # The report knows no such technique; a nought would say that it costs nothing.
        return Line(key, (Cell(label, label), Cell("–", muted=True), Cell("–", muted=True)))
    parts = tuple(line(part.name, step_label(part.name), part, ()) for part in operations.parts)
    return line(key, label, operations, parts)


def cost_lines(comparison: Comparison) -> list[Line]:
    """Gives time and memory: a figure a line, a technique a column."""
    outcomes = comparison.outcomes
    lines = [heading(outcomes)]
    seconds = [each.result.seconds for each in outcomes]
    lines.append(
        _measure("time", translate("ResultsPanel", "Time"), outcomes, seconds, numbers.seconds)
    )
    times = [comparison.speed_up(each.name) for each in outcomes]
    faster = best(times, higher=True)
    cells = (
        Cell(short(value, numbers.times), full_value(value), best=value == faster)
        for each, value in zip(outcomes, times, strict=True)
    )
    lines.append(Line("speed-up", (Cell(translate("ResultsPanel", "Speed-up")), *cells)))
    held = [each.result.held_bytes for each in outcomes]
    lines.append(
        _measure("held", translate("ResultsPanel", "Memory held"), outcomes, held, numbers.bytes_)
    )
    stored = (
        Cell(numbers.si(each.prediction.stored_values), numbers.full(each.prediction.stored_values))
        for each in outcomes
    )
    lines.append(Line("stored", (Cell(translate("ResultsPanel", "Stored values")), *stored)))
    lines.append(Line("path", (Cell(translate("ResultsPanel", "Path")), *map(_path, outcomes))))
    return lines


def _path(outcome: Outcome) -> Cell:
    """Gives the way that a technique took, where it has several."""
    taken = outcome.result.facts.path
    known = PATHS.get(taken) if outcome.name == "exact" else None
    if known is None:
        why = outcome.result.facts.reason
        return Cell("–" if taken == "direct" else step_label(taken), why, muted=True)
    return Cell(step_label(taken), f"{step_label(taken)}: {step_label(known.reason)}")


def _measure(
    key: str,
    label: str,
    outcomes: Sequence[Outcome],
    values: Sequence[float],
    show: Callable[[float], str],
) -> Line:
    """Gives a line of costs with a bar under each; the least is the best."""
    most = max(values, default=0) or 1
    least = best(values, higher=False)
    cells = (
        Cell(
            short(value, show),
            full_value(value) if isinstance(value, float) else numbers.full(value),
            best=value == least,
            share=value / most,
            colour=colour(each.name),
        )
        for each, value in zip(outcomes, values, strict=True)
    )
    return Line(key, (Cell(label, label), *cells))
