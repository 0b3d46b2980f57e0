"""Numbers as JSON, CSV and text: complete, full, and honest about what is not finite."""

import csv
import io
import json
import math

import numpy as np
import pytest

import cyconv
from convgui.export.tables import to_csv, to_json, to_text
from convgui.model import published
from convgui.model.compute import run
from convgui.model.image import Image
from convgui.model.resolve import TECHNIQUES, resolve
from convgui.model.session import Session
from convgui.model.shown import shown

COUNTS = {"multiplications": int, "additions": int}
NUMBER = (float, type(None))
TECHNIQUE = {
    "seconds": float,
    "operations": {"report": COUNTS, "model": COUNTS, "executed": COUNTS},
    "stored_values": {"report": int},
    "held_bytes": int,
    "accuracy": {
        "mse": NUMBER, "psnr": NUMBER, "ssim": NUMBER, "max_abs_error": NUMBER,
        "relative_l2": NUMBER, "accuracy": NUMBER, "report_accuracy": NUMBER,
    },
    "path": str,
    "clusters": (list, type(None)),
    "health": (list, type(None)),
    "saved": {"operations": NUMBER, "time": NUMBER},
    "settings": {},
}  # fmt: skip
OPTIONS = {
    "exact": {},
    "differential": {
        "reference": str, "threshold": (int, float), "residue": str, "as_published": None,
    },
    "lsh": {
        "hashes": int, "family": str, "step": NUMBER, "scope": (str, int), "representative": str,
        "correction": str, "seed": int, "reuse": None, "as_published": None,
    },
    "low-rank": {"hashes": int, "family": str, "seed": int},
}  # fmt: skip
SCHEMA = {
    "region": (list, type(None)),
    "image": {"path": (str, type(None)), "width": int, "height": int, "channels": int},
    "filters": {"name": str, "count": int, "size": list},
    "geometry": {"stride": int, "padding": (int, str), "dilation": int, "output": list},
    "techniques": {name: TECHNIQUE | {"settings": OPTIONS[name]} for name in shown(Session())},
}


def check(value, schema, where="JSON"):
    """Compares keys and types, all the way down."""
    if isinstance(schema, dict):
        assert isinstance(value, dict), where
        assert list(value) == list(schema), where
        for key, part in schema.items():
            check(value[key], part, f"{where}.{key}")
    elif schema is None:
        assert isinstance(value, bool), where
    else:
        assert isinstance(value, schema), where
        assert not isinstance(value, bool), where


def no_constants(text):
    raise AssertionError(f"{text} is no JSON number")


@pytest.fixture(scope="module")
def image():
    values = np.random.default_rng(0).integers(0, 256, (30, 40, 3))
    return Image(values.astype(np.uint8), "noise,1.png", None)


@pytest.fixture(scope="module")
def comparison(image):
    return run(resolve(Session(filter_name="random", filter_count=2, stride=2), image))


@pytest.fixture(scope="module")
def flawed(image):
    return run(resolve(published.experiment(Session(), "lsh"), image))


def test_json_has_exactly_the_keys_and_types_it_should(comparison, flawed):
    for each in (comparison, flawed):
        text = json.dumps(to_json(each), allow_nan=False)
        check(json.loads(text, parse_constant=no_constants), SCHEMA)


def test_json_says_what_was_convolved(comparison):
    told = to_json(comparison)
    assert told["image"] == {"path": None, "width": 40, "height": 30, "channels": 3}
    assert told["filters"] == {"name": "random", "count": 2, "size": [3, 3]}
    assert told["geometry"] == {"stride": 2, "padding": 0, "dilation": 1, "output": [14, 19]}
    same = Session(same_padding=True)
    padded = run(resolve(same, Image(np.zeros((12, 12), np.uint8), "flat", None), ("exact",)))
    assert to_json(padded)["geometry"]["padding"] == "same"


def test_json_numbers_are_those_of_cyconv(comparison):
    asked = comparison.request
    for outcome in comparison.outcomes:
        told = to_json(comparison)["techniques"][outcome.name]
        prediction = cyconv.predict(
            outcome.technique, asked.image.shape, asked.filters.shape, asked.geometry,
            cyconv.Facts(clusters=told["clusters"]),
        )  # fmt: skip
        for source, operations in (
            ("report", prediction.report),
            ("model", prediction.model),
            ("executed", outcome.result.executed),
        ):
            assert told["operations"][source] == {
                "multiplications": operations.multiplications,
                "additions": operations.additions,
            }
        assert told["stored_values"]["report"] == prediction.stored_values
        assert told["held_bytes"] == outcome.result.held_bytes
        for key, value in told["accuracy"].items():
            wanted = getattr(outcome.accuracy, key)
            assert value == wanted if math.isfinite(wanted) else value is None


def test_json_clusters_are_numbers_of_occupied_ones(comparison):
    techniques = to_json(comparison)["techniques"]
    assert techniques["exact"]["clusters"] is None
    assert techniques["differential"]["clusters"] is None
    assert len(techniques["lsh"]["clusters"]) == 3
    assert all(1 <= each <= 4 for each in techniques["lsh"]["clusters"])


def test_what_is_not_finite_is_null(flawed):
    accuracy = to_json(flawed)["techniques"]["lsh"]["accuracy"]
    assert accuracy["mse"] is None
    assert accuracy["max_abs_error"] is None
    assert accuracy["report_accuracy"] == 0
    assert to_json(flawed)["techniques"]["exact"]["accuracy"]["psnr"] is None


def test_csv_has_a_full_line_for_every_technique(comparison, flawed):
    rows = list(csv.DictReader(io.StringIO(to_csv(comparison))))
    assert [row["technique"] for row in rows] == [*shown(Session())]
    for row, outcome in zip(rows, comparison.outcomes, strict=True):
        assert row["image"] == "noise,1.png"
        assert (row["output_height"], row["output_width"]) == ("14", "19")
        executed = outcome.result.executed
        assert int(row["multiplications_executed"]) == executed.multiplications
        assert float(row["accuracy"]) == outcome.accuracy.accuracy
        assert float(row["seconds"]) == outcome.result.seconds
    lsh = list(csv.DictReader(io.StringIO(to_csv(flawed))))[2]
    assert float(lsh["mse"]) == math.inf
    assert float(lsh["psnr"]) == -math.inf


def test_text_is_aligned(comparison):
    lines = to_text(comparison).splitlines()
    heading = next(line for line in lines if "Differential" in line)
    ends = [heading.index(label) + len(label) for label in ("Exact", "Differential", "LSH")]
    assert ends[-1] == len(heading)
    table = lines[lines.index(heading) + 1 :]
    for line in table:
        if line.startswith("  "):
            assert len(line) == len(heading)
            assert all(line[end - 1] != " " for end in ends)
            assert all(line[end : end + 3].strip() == "" for end in ends[:-1])
    assert max(map(len, lines)) <= 100


def test_text_tells_settings_numbers_and_what_is_infinite(comparison, flawed):
    text = to_text(comparison)
    for words in ("noise,1.png, 40 × 30, 3 channels", "random 3 × 3, 2 filters", "stride 2",
                  "PSNR", "SSIM", "Multiplications", "Additions", "executed", "stored values",
                  "held", "speed-up", "Clusters"):  # fmt: skip
        assert words in text
    assert "infinite of" not in text
    count = flawed["lsh"].accuracy.inf_count
    assert f"LSH: {count:,} infinite of 1,024 values." in to_text(flawed)
    assert "as published" in to_text(flawed)


@pytest.mark.parametrize("name", TECHNIQUES)
def test_a_technique_alone_is_told_alone(image, name):
    alone = run(resolve(Session(), image, (name,)))
    assert list(to_json(alone)["techniques"]) == [name]
    check(to_json(alone)["techniques"][name], TECHNIQUE | {"settings": OPTIONS[name]})
    assert len(to_csv(alone).splitlines()) == 2
    assert ("Clusters" in to_text(alone)) == (name == "lsh")
