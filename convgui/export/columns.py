"""The numbers that a comparison is told in: one record each, for the figure, the text and CSV."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from convgui.model import numbers
from convgui.model.compute import Comparison, Outcome

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


def _clusters(comparison: Comparison, outcome: Outcome) -> float:
    clusters = outcome.result.facts.clusters
    return float("nan") if clusters is None else int(clusters.sum())


def _optional(text: Callable[[float], str]) -> Callable[[float], str]:
    """Gives a text that is a dash where the number does not apply."""
    return lambda value: "–" if value != value else text(value)


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
             _operations(source, "multiplications"), numbers.si) for source in _COUNTS),
    *(Column(f"additions_{source}", "Additions", source,
             _operations(source, "additions"), numbers.si) for source in _COUNTS),
    Column("stored_values", "Memory", "stored values",
           lambda comparison, outcome: outcome.prediction.stored_values, numbers.si),
    Column("held_bytes", "Memory", "held",
           lambda comparison, outcome: outcome.result.held_bytes, numbers.bytes_),
    Column("seconds", "Time", "run",
           lambda comparison, outcome: outcome.result.seconds, numbers.seconds),
    Column("speed_up", "Time", "speed-up",
           lambda comparison, outcome: comparison.speed_up(outcome.name),
           _optional(numbers.times)),
    Column("clusters", "Clusters", "used", _clusters, _optional(numbers.si)),
)  # fmt: skip

BY_KEY: dict[str, Column] = {column.key: column for column in COLUMNS}


def settings(comparison: Comparison) -> tuple[str, ...]:
    """Gives everything that the numbers depend on, in short phrases."""
    request = comparison.request
    channels, height, width = request.image.shape
    count, _, rows, columns = request.filters.shape
    geometry, session = request.geometry, request.session
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
            phrases.append(f"differential from the {technique.reference} window{published}")
        elif outcome.name == "lsh":
            reuse = "" if session.reuse else ", no reuse"
            phrases.append(
                f"LSH {technique.hashes} hashes, scope {technique.scope}, seed "
                f"{technique.seed}{reuse}{published}"
            )
    return tuple(phrases)


def unfit(outcome: Outcome) -> str:
    """Says how many values of an output are infinite or not a number; "" if none is."""
    accuracy = outcome.accuracy
    counts = ((accuracy.inf_count, "infinite"), (accuracy.nan_count, "not a number"))
    told = [f"{numbers.full(count)} {what}" for count, what in counts if count]
    return " and ".join(told)
