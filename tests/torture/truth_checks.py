"""Every number of a comparison: what NumPy and SciPy make of it, against screen and exports."""

from __future__ import annotations

import csv
import json
import math

import numpy as np
from kernel_measures import measured, near
from kernel_scenes import Scene, off
from screen_numbers import full, says
from truth_counts import Counted

from convgui import tasks

LABELS = {
    "exact": "Exact", "differential": "Differential", "lsh": "LSH", "low-rank": "Low rank",
}  # fmt: skip
MEASURES = {
    "PSNR": "psnr", "SSIM": "ssim", "Largest error": "max_abs_error", "Relative L2": "relative_l2",
    "Accuracy": "accuracy", "Accuracy (report)": "report_accuracy",
}  # fmt: skip
WHOLE = "psnr", "ssim", "accuracy", "report_accuracy"
"""Measures that are whole where nothing differs."""


class Truth:
    """What the numbers of a comparison must be, worked out from its arrays alone."""

    def __init__(self, comparison) -> None:
        request = self.request = comparison.request
        self.comparison = comparison
        self.names = [each.name for each in comparison.outcomes]
        self.scene = Scene(request.image, request.filters, request.geometry)
        self.counted = Counted(self.scene, request.image)
        exact = comparison.reference.result.output
        self.measures = {
            each.name: measured(each.result.output, exact)
            if np.isfinite(each.result.output).all() else None
            for each in comparison.outcomes
        }  # fmt: skip
        self.reports = {
            each.name: self.counted.report(each.technique) for each in comparison.outcomes
        }
        self.executed = {}
        for each in comparison.outcomes:
            told = each.result.executed
            own = self.counted.executed(each.technique, each.result)
            self.executed[each.name] = own or (told.multiplications, told.additions)
        self.stored = {
            each.name: self.counted.stored(each.technique) for each in comparison.outcomes
        }

    def outcome(self, name):
        return next(each for each in self.comparison.outcomes if each.name == name)

    def seconds(self, name):
        return self.outcome(name).result.seconds

    def share(self, name):
        """The share of the exact technique's operations that is executed, in percent."""
        return 100 * sum(self.executed[name]) / sum(self.executed["exact"])

    def arrays(self):
        """Says whether the exact outputs are the convolution."""
        output = self.comparison.reference.result.output
        return off(output, self.scene.wanted, self.scene.bound)


def screen(truth: Truth, view) -> list[str]:
    """Gives what is wrong on the screen."""
    wrong: list[str] = []

    def look(name, cells, column, value, unit="", tip=True):
        text, more = cells[column]
        if not says(text, value, unit):
            wrong.append(f"{name}, column {column}: {text!r} for {value!r}")
        elif tip and more and not full(more, value):
            wrong.append(f"{name}, column {column}: {more!r} in full for {value!r}")

    _accuracy(truth, view.lines("accuracy"), look, wrong)
    _operations(truth, view.lines("operations"), look)
    _cost(truth, view.lines("cost"), look)
    saved = view.lines("saved")
    for column, name in enumerate(truth.names):
        if name == "exact":
            continue
        look(f"{name} saved", saved["Operations"], column, 100 - truth.share(name), "%", tip=False)
        times = 100 * (1 - truth.seconds(name) / truth.seconds("exact"))
        look(f"{name} time saved", saved["Time"], column, times, "%", tip=False)
    total = sum(sum(truth.executed[name]) for name in truth.names)
    text = view.window.results.total.text()
    said = text.removeprefix("All techniques: ").removesuffix(" operations")
    if not says(said, total):
        wrong.append(f"{text!r} for {total}")
    if "lsh" in truth.names:
        _clusters(truth, view.lines("clusters"), look)
    channels, height, width = truth.request.image.shape
    summary = view.window.controller.summary()
    if f"{width} × {height} × {channels} · compared in " not in summary:
        wrong.append(f"{summary!r} for {truth.request.image.shape}")
    return wrong


def _accuracy(truth, lines, look, wrong) -> None:
    heading = tuple(text for text, _ in lines[""])
    if heading[: len(truth.names)] != tuple(LABELS[name] for name in truth.names):
        wrong.append(f"columns {heading} for {truth.names}")
    for label, key in MEASURES.items():
        for column, name in enumerate(truth.names):
            if truth.measures[name] is not None:
                value, text = truth.measures[name][key], lines[label][column][0]
                if key == "ssim" and _rounded_away(value, text):
                    continue
                look(f"{name} {label}", lines[label], column, value)
                # Where not all is the same, nothing may look as if it were.
                whole = {"1": 1, "100 %": 100, "∞": math.inf}.get(text)
                if key in WHOLE and whole is not None and value != whole:
                    wrong.append(f"{name} {label}: {text} for {value!r}")
    unfit = [name for name in truth.names if truth.measures[name] is None]
    if unfit and "NaN values" not in lines:
        wrong.append(f"nothing is said of values of {unfit} that are not finite")
    for column, name in enumerate(truth.names):
        if "NaN values" in lines:
            output = truth.outcome(name).result.output
            look(f"{name} NaN", lines["NaN values"], column, int(np.isnan(output).sum()))
            look(f"{name} infinite", lines["Infinite values"], column, int(np.isinf(output).sum()))


def _rounded_away(value: float, text: str) -> bool:
    """Tells whether rounding alone decides what a similarity near 0 or 1 is told as."""
    if abs(value - 1) < 1e-9:
        return text in ("1", "> 0.999")
    return abs(value) < 1e-9 and abs(float(text.replace("\u2212", "-"))) < 1e-9


def _operations(truth, lines, look) -> None:
    for name in truth.names:
        label = LABELS[name]
        for row, counts in (
            ("Report", truth.reports[name]), ("Model", truth.executed[name]),
            ("Executed", truth.executed[name]),
        ):  # fmt: skip
            for column in (0, 1):
                value = float("nan") if counts is None else counts[column]
                cells = lines[f"{label}/{row}"]
                look(f"{name} {row}", cells, column, value, tip=counts is not None)
        for column in (0, 1):
            whole = truth.executed["exact"][column]
            if whole:
                value = 100 * truth.executed[name][column] / whole
                look(f"{name} of exact", lines[label], column, value, "%", tip=False)
        # The parts of what was executed add up to it.
        parts = [
            cells for key, cells in lines.items() if key.startswith(f"{label}/Executed/")
        ]
        for column in (0, 1):
            total = sum(int(cells[column][1].replace(",", "")) for cells in parts)
            look(f"{name} parts", ((str(total), ""), (str(total), "")), column,
                 truth.executed[name][column])  # fmt: skip


def _cost(truth, lines, look) -> None:
    for column, name in enumerate(truth.names):
        result = truth.outcome(name).result
        look(f"{name} time", lines["Time"], column, truth.seconds(name))
        ratio = truth.seconds("exact") / truth.seconds(name)
        look(f"{name} speed-up", lines["Speed-up"], column, ratio, "x")
        look(f"{name} held", lines["Memory held"], column, result.held_bytes, "B")
        look(f"{name} stored", lines["Stored values"], column, truth.stored[name])


def _clusters(truth, lines, look) -> None:
    technique = truth.outcome("lsh").technique
    found = truth.counted.clusters(technique)
    counts = [np.bincount(ids) for _, _, ids in found]
    windows = truth.counted.windows
    shares = [each / windows for each in counts]
    entropies = [-(share * np.log2(share)).sum() for share in shares]
    possible = [min(windows, 2 ** int(plan.cuts.bits.sum())) for plan, _, _ in found]
    commonest = [
        np.unique(codes[:, column], return_counts=True)[1].max() / windows
        for _, codes, _ in found for column in range(codes.shape[1])
    ]  # fmt: skip
    for label, column, value in (
        ("Codes in use", 0, sum(map(len, counts))),
        ("Codes in use", 1, sum(possible)),
        ("Entropy, bits", 0, float(np.mean(entropies))),
        ("Largest cluster", 0, max(map(max, counts))),
        ("Largest cluster", 1, windows),
        ("Remaining ratio", 0, float(np.mean([len(each) / windows for each in counts]))),
        ("Commonest code", 0, float(np.mean(commonest))),
        ("Commonest code", 1, max(commonest)),
    ):
        text, tip = lines[f"LSH/{label}"][column]
        text = text.removeprefix("of ").removeprefix("worst ")
        shown = 100 * value if text.endswith("%") else value
        # Shares and bits are told to a hundredth, whatever they are.
        coarse = label in ("Entropy, bits", "Commonest code")
        step = 0.5 if "%" in text else 0.005
        if coarse and abs(float(text.removesuffix(" %")) - shown) <= step * (1 + 1e-9):
            look(label, ((str(value), tip),), 0, value)
        else:
            look(label, ((text, ""),), 0, shown)
            look(label, ((str(value), tip),), 0, value)


def exports(truth: Truth, folder) -> list[str]:
    """Writes CSV and JSON as the menu does, reads them again; gives what is wrong in them."""
    wrong: list[str] = []
    for suffix, read in ((".json", _read_json), (".csv", _read_csv)):
        path = folder / f"numbers{suffix}"
        tasks.export_numbers(truth.comparison, str(path), lambda _: None)
        told = read(path)
        if list(told) != truth.names:
            wrong.append(f"{suffix}: {list(told)} for {truth.names}")
            continue
        for name, values in told.items():
            for key, value in _wanted(truth, name).items():
                got = values.get(key, math.nan)
                if value is not None and not near(float(got), float(value)):
                    wrong.append(f"{suffix}, {name}, {key}: {got!r} for {value!r}")
    return wrong


def _wanted(truth: Truth, name: str) -> dict[str, float | None]:
    result = truth.outcome(name).result
    values: dict[str, float | None] = {
        "held_bytes": result.held_bytes, "seconds": truth.seconds(name),
        "stored_values": truth.stored[name],
        "operations_saved": 100 - truth.share(name),
        "time_saved": 100 * (1 - truth.seconds(name) / truth.seconds("exact")),
    }  # fmt: skip
    for key in ("mse", *MEASURES.values()):
        values[key] = None if truth.measures[name] is None else truth.measures[name][key]
    for source, counts in (
        ("report", truth.reports[name] or (0, 0)), ("model", truth.executed[name]),
        ("executed", truth.executed[name]),
    ):  # fmt: skip
        values[f"multiplications_{source}"], values[f"additions_{source}"] = counts
    return values


def _read_json(path):
    data = json.loads(path.read_text())
    found = {}
    for name, told in data["techniques"].items():
        values = {
            **told["accuracy"], "held_bytes": told["held_bytes"], "seconds": told["seconds"],
            "stored_values": told["stored_values"]["report"],
            "operations_saved": told["saved"]["operations"], "time_saved": told["saved"]["time"],
        }  # fmt: skip
        for source, counts in told["operations"].items():
            values |= {f"{kind}_{source}": count for kind, count in counts.items()}
        # JSON knows no infinity: what is not finite is null, and told nowhere else.
        found[name] = {
            key: math.inf if value is None and key == "psnr" and told["accuracy"]["mse"] == 0
            else math.nan if value is None else value
            for key, value in values.items()
        }  # fmt: skip
        if found[name]["relative_l2"] != found[name]["relative_l2"]:
            zero = told["accuracy"]["mse"] not in (0, None)
            found[name]["relative_l2"] = math.inf if zero else math.nan
            found[name]["accuracy"] = -math.inf if zero else math.nan
    return found


def _read_csv(path):
    with path.open(newline="") as file:
        return {row["technique"]: row for row in csv.DictReader(file)}
