"""A comparison as JSON, as CSV and as text in columns."""

from __future__ import annotations

import csv
import io
import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from convgui.model.compute import Comparison, Outcome
from convgui.model.numbers import full
from cyconv import Operations

from .columns import COLUMNS, settings, unfit

SETTINGS = (
    "reference", "threshold", "residue", "hashes", "family", "step", "scope", "representative",
    "correction", "seed", "reuse", "as_published",
)  # fmt: skip
"""Settings of techniques that are told, of each those that it has."""

_ACCURACY = (
    "mse", "psnr", "ssim", "max_abs_error", "relative_l2", "accuracy", "report_accuracy",
)  # fmt: skip


def to_json(comparison: Comparison) -> dict[str, Any]:
    """Gives the comparison as what :func:`json.dumps` takes; numbers that aren't finite are None.

    Returns
    -------
    dict
        ``image`` {path, width, height, channels}, as convolved; ``filters`` {name, count, size
        [K_h, K_w]}; ``geometry`` {stride, padding, dilation, output [O_h, O_w]}; ``techniques``
        {name: {seconds, operations {report, model, executed}, stored_values {report},
        held_bytes, accuracy, path, clusters, health, saved {operations, time}, settings}}.
        ``region`` is [left, top, right, bottom] of what the accuracies are of, None for all.
        Savings are percents of the exact technique's; ``health`` has an entry for each span.
    """
    request = comparison.request
    channels, height, width = (int(size) for size in request.image.shape)
    count, _, rows, columns = (int(size) for size in request.filters.shape)
    padding = request.geometry.padding
    return {
        "region": None if comparison.region is None else list(comparison.region),
        "image": {
            "path": None if request.image_path is None else _path(request.image_path),
            "width": width,
            "height": height,
            "channels": channels,
        },
        "filters": {"name": request.filter_name, "count": count, "size": [rows, columns]},
        "geometry": {
            "stride": _one(request.geometry.strides),
            "padding": padding if isinstance(padding, str) else _one(padding),
            "dilation": _one(request.geometry.dilations),
            "output": list(request.output_size),
        },
        "techniques": {
            outcome.name: _technique(comparison, outcome) for outcome in comparison.outcomes
        },
    }


def _path(path: Path) -> str:
    """Gives a path as JSON can hold it: bytes that are no UTF-8 replaced."""
    return os.fsencode(path).decode("utf-8", "replace")


def _technique(comparison: Comparison, outcome: Outcome) -> dict[str, Any]:
    clusters = outcome.result.facts.clusters
    return {
        "seconds": _finite(outcome.result.seconds),
        "operations": {
            "report": _counts(outcome.prediction.report),
            "model": _counts(outcome.prediction.model),
            "executed": _counts(outcome.result.executed),
        },
        "stored_values": {"report": int(outcome.prediction.stored_values)},
        "held_bytes": int(outcome.result.held_bytes),
        "accuracy": {key: _finite(getattr(outcome.accuracy, key)) for key in _ACCURACY},
        "path": outcome.result.facts.path,
        "clusters": None if clusters is None else [int(each) for each in clusters.ravel()],
        "health": [_told(asdict(each)) for each in outcome.health] or None,
        "saved": {
            "operations": _finite(100 * comparison.operations_saved(outcome.name)),
            "time": _finite(100 * comparison.time_saved(outcome.name)),
        },
        "settings": {
            name: value for name, value in asdict(outcome.technique).items() if name in SETTINGS
        },
    }


def _told(values: dict[str, Any]) -> dict[str, Any]:
    """Gives numbers as JSON knows them."""
    return {
        name: _finite(value) if isinstance(value, float) else value
        for name, value in values.items()
    }


def _counts(operations: Operations) -> dict[str, int]:
    return {
        "multiplications": int(operations.multiplications),
        "additions": int(operations.additions),
    }


def _one(pair: tuple[int, int]) -> int | list[int]:
    """Gives one number where both directions agree."""
    return pair[0] if pair[0] == pair[1] else list(pair)


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


CONTEXT = (
    "image", "width", "height", "channels", "filter", "filters", "filter_height", "filter_width",
    "stride", "padding", "dilation", "output_height", "output_width", "region",
)  # fmt: skip
CSV_COLUMNS = (*CONTEXT, "technique", *SETTINGS, *(column.key for column in COLUMNS))
"""The columns of a table, in their order."""


def csv_rows(comparison: Comparison) -> list[dict[str, Any]]:
    """Gives one row a technique by column, full numbers, and before them what they depend on."""
    told = to_json(comparison)
    image, filters, geometry = told["image"], told["filters"], told["geometry"]
    context = (
        comparison.request.image_name, image["width"], image["height"], image["channels"],
        filters["name"], filters["count"], *filters["size"],
        geometry["stride"], geometry["padding"], geometry["dilation"], *geometry["output"],
        " ".join(map(str, comparison.region or ())),
    )  # fmt: skip
    return [
        {
            **dict(zip(CONTEXT, context, strict=True)),
            "technique": outcome.name,
            # What a technique knows nothing of is left empty, as is a step where codes are signs.
            **{name: getattr(outcome.technique, name, "") for name in SETTINGS},
            **{column.key: column.value(comparison, outcome) for column in COLUMNS},
        }
        for outcome in comparison.outcomes
    ]


def csv_text(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    """Gives a table of rows by column; what a row does not have is left empty.

    Numbers that aren't finite are written ``inf``, ``-inf`` and ``nan``, which spreadsheets and
    readers of data know.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def to_csv(comparison: Comparison) -> str:
    """Gives one line a technique; tables of several comparisons can be put under one another."""
    return csv_text(CSV_COLUMNS, csv_rows(comparison))


def to_text(comparison: Comparison) -> str:
    """Gives an aligned table to print: a line a number, a column a technique."""
    lines: list[tuple[str, ...]] = []
    group = ""
    for column in COLUMNS:
        if column.group == "Clusters" and "lsh" not in comparison:
            continue
        if column.group != group:
            group = column.group
            lines.append((group,))
        shown = (column.show(comparison, outcome) for outcome in comparison.outcomes)
        lines.append((f"  {column.heading}", *shown))
    heading = ("", *(outcome.label for outcome in comparison.outcomes))
    numbers = [heading, *(line for line in lines if len(line) > 1)]
    widths = [max(map(len, column)) for column in zip(*numbers, strict=True)]
    # The first column is read from the left, numbers are compared from the right.
    text = [
        "   ".join([cells[0].ljust(widths[0]), *map(str.rjust, cells[1:], widths[1:])]).rstrip()
        for cells in (heading, *lines)
    ]
    notes = [
        f"{outcome.label}: {said} of {full(outcome.result.output.size)} values."
        for outcome in comparison.outcomes
        if (said := unfit(outcome))
    ]
    return "\n".join([*settings(comparison), "", *text, *notes, ""])
