"""The formula as text, worked out by Python, gives the output; as LaTeX it is whole."""

from __future__ import annotations

import re

import numpy as np
import pytest

from convgui.model import compute, formula
from convgui.model.inspect_window import Place
from convgui.model.inspection import inspect
from convgui.model.resolve import Request
from convgui.model.session import Session
from cyconv import LSH, Differential, Exact, Geometry, LowRank

TECHNIQUES = {
    "exact": (),
    "differential": (Differential("previous"), Differential("first", 3),
                     Differential(as_published=True)),
    "lsh": (LSH(2), LSH(3, "principal", 20.0, "window", correction="projection"),
            LSH(2, "centred", correction="brightness"), LSH(1, "centred", scope=4)),
    "low-rank": (LowRank(2),),
}  # fmt: skip
CASES = [
    (name, technique) for name, each in TECHNIQUES.items() for technique in each or (None,)
]


def explained(technique, channels=3, place=Place(1, 2, 3)):  # noqa: B008 (frozen)
    rng = np.random.default_rng(4)
    image = rng.integers(0, 255, (channels, 9, 11)).astype(np.uint8)
    bank = rng.normal(size=(2, channels, 3, 2)).astype(np.float32)
    request = Request(
        image, "scene", None, bank, "custom", Geometry(padding=1),
        (Exact(), technique) if technique else (Exact(),), 1, Session(),
    )
    return inspect(compute.run(request), place)


def worked_out(side):
    """Python's answer to the sum on one side of an equation."""
    assert re.fullmatch(r"[-+0-9.e·() ]+", side), side
    return eval(side.replace("·", "*"), {"__builtins__": {}})


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize(("name", "technique"), CASES, ids=str)
def test_every_equation_holds(name, technique, channels):
    found = explained(technique, channels)
    heading, *lines = formula.text(found, name).splitlines()
    room = float(np.abs(found.exact.products).sum())
    assert f"x {found.place.column}, y {found.place.row}" in heading
    for line in lines:
        _, *sides = line.partition("  (")[0].split(" = ")
        values = [worked_out(side) for side in sides]
        assert np.ptp(values) <= 1e-7 * room + 2e-6 * max(map(abs, values))
    assert lines[-1].startswith("output = ")
    assert values[-1] == pytest.approx(found.figures[name].recomputed, abs=1e-6 * room)


@pytest.mark.parametrize(("name", "technique"), CASES, ids=str)
def test_latex_says_the_same(name, technique):
    found = explained(technique)
    tex = formula.latex(found, name)
    assert tex.startswith("\\begin{aligned}\n")
    assert tex.endswith("\\end{aligned}\n")
    assert tex.count("{") == tex.count("}")
    for line in tex.splitlines():
        assert line.count(r"\cdot") <= formula.PRODUCTS_A_LINE
    products = sum(len(each) > 1 for row in formula.rows(found, name) for each in row.terms)
    assert tex.count(r"\cdot") == products
    # Read back, the last equation is the output.
    last = tex.splitlines()[-2].rpartition("= ")[2].partition(r" \quad")[0]
    value = float(re.sub(r" \\times 10\^\{(-?\d+)\}", r"e\1", last))
    assert value == pytest.approx(found.figures[name].recomputed, rel=1e-6, abs=1e-6)


def test_what_is_no_number_has_its_sign():
    assert [formula._plain(each) for each in (np.nan, np.inf, -np.inf)] == ["NaN", "∞", "-∞"]
    assert formula._tex(-np.inf) == r"-\infty"
    assert formula._tex(1e-12) == r"1 \times 10^{-12}"
    assert formula._plain(float(np.float32(1 / 9))) == "0.11111111"
    # A sum may be too large for single precision, which is nothing to warn of.
    assert formula._plain(-1.5e300) == "-1.5e+300"


def test_a_technique_that_was_not_run_has_none():
    with pytest.raises(ValueError, match="name must be one of exact, got 'lsh'"):
        formula.rows(explained(None), "lsh")
