"""The numbers that a comparison is told in: one record each, for the figure, the text and CSV."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from convgui.model import clusters, numbers
from convgui.model.compute import Comparison, Outcome
from cyconv import LSH, LowRank

Value = Callable[[Comparison, Outcome], float]


@dataclass(frozen=True)
class Column:
    """One number of every technique.

    Attributes
    ----------
    key : str
        Its name in CSV.
    group, heading : str
        What it is called where people read it; a column of its own group has no heading.
    value : callable
        Gives the number.
    text : callable
        Gives the number as people read it.
    """

    key: str
    group: str
    heading: str
    value: Value
    text: Callable[[float], str]

    def show(self, comparison: Comparison, outcome: Outcome) -> str:
        """Gives the number of an outcome as people read it."""
        return self.text(self.value(comparison, outcome))


def _accuracy(key: str) -> Value:
    return lambda comparison, outcome: float(getattr(outcome.accuracy, key))


def _operations(source: str, key: str) -> Value:
    def value(comparison: Comparison, outcome: Outcome) -> float:
        executed = source == "executed"
        operations = outcome.result.executed if executed else getattr(outcome.prediction, source)
        return int(getattr(operations, key))

    return value


def _health(figure: Callable[[clusters.Healths], float]) -> Value:
    """Gives a figure of how windows cluster; NaN where none do."""

    def value(comparison: Comparison, outcome: Outcome) -> float:
        return figure(outcome.health) if outcome.health else float("nan")

    return value


def _clusters(comparison: Comparison, outcome: Outcome) -> float:
    found = outcome.result.facts.clusters
    return float("nan") if found is None else int(found.sum())


def _optional(text: Callable[[float], str]) -> Callable[[float], str]:
    """Gives a text that is a dash where the number does not apply."""
    return lambda value: "–" if value != value else text(value)


def _counted(source: str) -> Callable[[float], str]:
    """Gives the text of a count: a dash where the report knows no such technique."""
    return lambda value: "–" if source == "report" and not value else numbers.si(value)


_COUNTS = ("report", "model", "executed")

COLUMNS: tuple[Column, ...] = (
    Column("psnr", "Accuracy", "PSNR", _accuracy("psnr"), numbers.decibels),
    Column("ssim", "Accuracy", "SSIM", _accuracy("ssim"), _optional("{:.4f}".format)),
    Column("mse", "Accuracy", "MSE", _accuracy("mse"), numbers.number),
    Column("max_abs_error", "Accuracy", "largest error", _accuracy("max_abs_error"),
           numbers.number),
    Column("relative_l2", "Accuracy", "relative L2", _accuracy("relative_l2"), numbers.number),
    Column("accuracy", "Accuracy", "accuracy", _accuracy("accuracy"), numbers.percent),
    Column("report_accuracy", "Accuracy", "accuracy (report)", _accuracy("report_accuracy"),
           numbers.percent),
    *(Column(f"multiplications_{source}", "Multiplications", source,
             _operations(source, "multiplications"), _counted(source)) for source in _COUNTS),
    *(Column(f"additions_{source}", "Additions", source,
             _operations(source, "additions"), _counted(source)) for source in _COUNTS),
    Column("stored_values", "Memory", "stored values",
           lambda comparison, outcome: outcome.prediction.stored_values, numbers.si),
    Column("held_bytes", "Memory", "held",
           lambda comparison, outcome: outcome.result.held_bytes, numbers.bytes_),
    Column("seconds", "Time", "run",
           lambda comparison, outcome: outcome.result.seconds, numbers.seconds),
    Column("speed_up", "Time", "speed-up",
           lambda comparison, outcome: comparison.speed_up(outcome.name),
           _optional(numbers.times)),
    Column("operations_saved", "Saved", "operations",
           lambda comparison, outcome: 100 * comparison.operations_saved(outcome.name),
           _optional(numbers.percent)),
    Column("time_saved", "Saved", "time",
           lambda comparison, outcome: 100 * comparison.time_saved(outcome.name),
           _optional(numbers.percent)),
    Column("clusters", "Clusters", "used", _clusters, _optional(numbers.si)),
    Column("codes_possible", "Clusters", "possible", _health(clusters.possible),
           _optional(numbers.si)),
    Column("code_entropy", "Clusters", "entropy, bits", _health(clusters.entropy),
           _optional("{:.2f}".format)),
    Column("largest_cluster", "Clusters", "largest", _health(clusters.largest),
           _optional(numbers.si)),
    Column("remaining_ratio", "Clusters", "remaining r_c", _health(clusters.remaining),
           _optional("{:.4f}".format)),
    Column("commonest_code", "Clusters", "commonest code", _health(clusters.commonest),
           _optional("{:.2f}".format)),
    Column("break_even_filters", "Clusters", "pays from filters", _health(clusters.break_even),
           _optional(lambda value: numbers.number(value, 3))),
)  # fmt: skip

BY_KEY: dict[str, Column] = {column.key: column for column in COLUMNS}


def _hashed(technique: LSH) -> str:
    """Gives the settings of LSH: what is usual is left out, except what tells most."""
    cut = "by sign" if technique.step is None else f"step {technique.step:g}"
    scope = technique.scope
    parts = [
        f"LSH {technique.hashes} hashes", f"{technique.family} {cut}",
        f"scope {scope}" if isinstance(scope, str) else f"pieces of {scope} values",
        f"{technique.representative} of each cluster",
        f"correction {technique.correction}" if technique.correction != "none" else "",
        f"seed {technique.seed}",
        "" if technique.reuse else "no reuse",
    ]  # fmt: skip
    return ", ".join(part for part in parts if part)


def _low_rank(technique: LowRank) -> str:
    return f"low rank {technique.hashes} directions, {technique.family}, seed {technique.seed}"


_PHRASES: dict[str, Callable[[Any], str]] = {"lsh": _hashed, "low-rank": _low_rank}


def settings(comparison: Comparison) -> tuple[str, ...]:
    """Gives everything that the numbers depend on, in short phrases."""
    request = comparison.request
    channels, height, width = request.image.shape
    count, _, rows, columns = request.filters.shape
    geometry = request.geometry
    padding = geometry.padding if isinstance(geometry.padding, str) else geometry.padding[0]
    phrases = [
        f"{request.image_name}, {width} × {height}, {channels} channel{'s'[: channels > 1]}",
        f"{request.filter_name} {rows} × {columns}, {count} filter{'s'[: count > 1]}",
        f"stride {geometry.strides[0]}, padding {padding}, dilation {geometry.dilations[0]}",
    ]
    for outcome in comparison.outcomes:
        technique = outcome.technique
        published = ", as published" if getattr(technique, "as_published", False) else ""
        if outcome.name == "differential":
            phrases.append(_differential(technique) + published)
        elif outcome.name in _PHRASES:
            phrases.append(_PHRASES[outcome.name](technique) + published)
    return tuple(phrases)


def _differential(technique: Any) -> str:
    where = {"best": "better neighbouring"}.get(technique.reference, technique.reference)
    left_out = f", up to {technique.threshold:g} left out and {technique.residue}"
    return f"differential from the {where} window" + (left_out if technique.threshold else "")


def unfit(outcome: Outcome) -> str:
    """Says how many values of an output are infinite or not a number; "" if none is."""
    accuracy = outcome.accuracy
    counts = ((accuracy.inf_count, "infinite"), (accuracy.nan_count, "not a number"))
    told = [f"{numbers.full(count)} {what}" for count, what in counts if count]
    return " and ".join(told)
