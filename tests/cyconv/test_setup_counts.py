"""What setting up counts is what arrays that count themselves come to."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from counting import Counted, Counter

from cyconv import LSH, Geometry, LowRank, convolve
from cyconv.layout import Layout
from cyconv.problem import check
from cyconv.techniques import plan as planned
from cyconv.techniques import planning, tally
from cyconv.techniques.families import FAMILIES, rounded

GEOMETRIES = (
    Geometry(), Geometry(stride=(2, 1), padding=1, groups=2), Geometry(dilation=(1, 2))
)
STEPS = {"quantised": 60.0, "principal": 25.0, "outputs": 40.0}
RNG = np.random.default_rng(31)
IMAGE = RNG.integers(0, 256, (2, 11, 12)).astype(np.float64)


@pytest.fixture
def counter(monkeypatch):
    """Makes what plans are made from count itself: filters, windows, directions, offsets."""
    counter = Counter()
    make, uniform = planned.make, planned.uniform

    def counted(settings, problem, span, seen, extent, drawn, tally):
        draw = settings.family.draw
        family = replace(settings.family, draw=lambda draft: draw(draft).view(Counted))
        settings = replace(settings, family=family)
        problem = replace(problem, filters=problem.filters.view(Counted))
        seen = None if seen is None else seen.view(Counted)
        return make(settings, problem, span, seen, extent, drawn, tally)

    def product(a, b):
        return np.asarray(a).view(Counted) @ b

    def products(scatter, exact):
        """Makes the upper triangle in the same blocks, some windows at a time."""
        windows = scatter._windows.astype(np.float64)
        made = np.zeros(2 * windows.shape[1:])
        for block in tally.blocks(windows.shape[1]):
            some = [
                windows[first : first + tally.TOGETHER]
                for first in range(0, len(windows), tally.TOGETHER)
            ]
            part = sum_of([each[:, block].T @ each[:, block.start :] for each in some])
            made[block, block.start :] = part
            made[block.start :, block] = np.asarray(part).T
        scatter._tally.count(*tally.products_cost(*windows.shape))
        return made.view(Counted)

    def free(directions):
        """Looks for the digits that sums of 8-bit pixels have room for: not counted."""
        return rounded(np.asarray(directions)).view(Counted)

    monkeypatch.setattr(Counted, "counter", counter)
    monkeypatch.setattr(planning, "make", counted)
    monkeypatch.setattr(planned, "uniform", lambda *given: uniform(*given).view(Counted))
    monkeypatch.setattr(planned, "rounded", free)
    for module in (planned, tally):
        monkeypatch.setattr(module, "product", product)
    monkeypatch.setattr(tally.Scatter, "_products", products)
    return counter


def sum_of(parts):
    made = parts[0]
    for each in parts[1:]:
        made = made + each
    return made


def counts(technique, geometry, bank):
    problem = check(IMAGE, bank, geometry, None, None, 1, None)
    scope = getattr(technique, "scope", "window")
    with Layout(problem).whole(problem.runner) as rows:
        planning.plans_of(technique.settings, scope, problem, rows)
    parts = problem.runner.executed.parts
    return sum(each.multiplications for each in parts), sum(each.additions for each in parts)


@pytest.mark.parametrize("geometry", GEOMETRIES, ids=str)
@pytest.mark.parametrize(
    ("family", "scope", "correction"),
    list(itertools.product(
        FAMILIES, ("channel", "window", 7), ("none", "brightness", "projection")
    )),
)
def test_directions_steps_and_corrections(counter, family, scope, correction, geometry):
    bank = RNG.normal(size=(6, 2 // geometry.groups, 3, 3))
    technique = LSH(3, family, STEPS.get(family), scope, correction=correction)
    made = counts(technique, geometry, bank)
    assert made == counter.made().get("", (0, 0))
    # And a run counts the same, with nothing that counts itself.
    executed = convolve(IMAGE, bank, technique, geometry).executed
    parts = {part.name: (part.multiplications, part.additions) for part in executed.parts}
    assert parts.get("set-up", (0, 0)) == made


@pytest.mark.parametrize("family", FAMILIES)
def test_projections_alone(counter, family):
    bank = RNG.normal(size=(6, 2, 3, 3))
    technique = LowRank(3, family)
    made = counts(technique, Geometry(), bank)
    assert made == counter.made()[""]
    # What is left of the filters meets the mean window once more.
    executed = convolve(IMAGE, bank, technique).executed["set-up"]
    assert executed.multiplications == made[0] + 6 * 18
    assert executed.additions == made[1] + 6 * 17
