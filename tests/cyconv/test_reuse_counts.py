"""What kernels count of reuse is what numbers that count themselves come to."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from counting import Counter, Number, dot, total
from reuse import plans

from cyconv import LSH, Geometry, LowRank, convolve, convolve_batch
from cyconv.oracle_scene import Scene
from cyconv.techniques.families import FAMILIES

GEOMETRIES = (
    Geometry(),
    Geometry(stride=(2, 1), padding=1, groups=2),
    Geometry(padding="same", dilation=(1, 2)),
)
STEPS = {"quantised": 60.0, "principal": 25.0, "outputs": 40.0}
SETTINGS = list(itertools.product(
    FAMILIES, ("channel", "window", 3), ("mean", "first", 2), ("none", "brightness", "projection")
))
RNG = np.random.default_rng(12)
FRAMES = RNG.integers(0, 256, (2, 2, 5, 6)).astype(np.float64)


def bank_for(geometry):
    return np.random.default_rng(2).normal(size=(4, 2 // geometry.groups, 2, 2))


class Slow:
    """Reuse with numbers that count, window by window and value by value."""

    def __init__(self, technique, frames, bank, geometry, bias):
        self.technique, self.bias, self.counter = technique, bias, Counter()
        self.scenes = [Scene(each, bank, geometry) for each in frames]
        self.groups, self.filters = geometry.groups, len(bank)
        self.taps = bank[0, 0].size
        image = frames if len(frames) > 1 else frames[0]
        self.plans = plans(technique, image, bank, geometry)

    def run(self):
        """Gives the outputs, one a filter and window of any image."""
        outputs = []
        each = len(self.plans) // self.groups
        for group in range(self.groups):
            outputs += self.group(self.plans[group * each : (group + 1) * each], group)
        return np.array([[number.value for number in row] for row in outputs])

    def group(self, made, group):
        """Gives the outputs of a group's filters."""
        filters = range(self.filters // self.groups)
        first = group * len(filters)
        values = np.concatenate([scene.values(first) for scene in self.scenes])
        windows = [[Number(each, self.counter) for each in row] for row in values]
        looked_up, told = [], []
        for plan in made:
            seen = [row[plan.span.start : plan.span.stop] for row in windows]
            projected = self.hashed(plan, seen)
            table, ids = self.table(plan, seen, projected)
            looked_up.append([table[each] for each in ids])
            told.append(self.told(plan, seen, projected))
        rows = []
        for m in filters:
            row = []
            for n in range(len(windows)):
                output = self.looked_up([each[n] for each in looked_up], made, m)
                self.counter.step = "correction"
                for plan, each in zip(made, told, strict=True):
                    weighed = () if plan.coefficients is None else plan.coefficients
                    for value, weights in zip(each[n], weighed, strict=True):
                        output = output + value * weights[m]
                self.counter.step = "bias"
                row.append(output if self.bias is None else output + self.bias[first + m])
            rows.append(row)
        return rows

    def looked_up(self, rows, made, m):
        """Gives the sum of all spans' products, or the product of all their representatives."""
        self.counter.step = "look-up" if self.technique.reuse else "products"
        if self.technique.reuse:
            return total(row[m] for row in rows)
        weights = np.concatenate([plan.weights[m] for plan in made])
        return dot([value for row in rows for value in row], weights)

    def hashed(self, plan, seen):
        self.counter.step = "hash"
        return [[dot(row, direction) for direction in plan.directions] for row in seen]

    def table(self, plan, seen, projected):
        """Gives each cluster's products, and each window's cluster."""
        self.counter.step = "codes"
        keys = []
        for row in projected:
            key = []
            for value, origin, inverse in zip(
                row, plan.cuts.origins, plan.cuts.inverses, strict=True
            ):
                key.append(np.floor(((value - origin) * inverse).value) if inverse else
                           value.value > origin)
            keys.append(tuple(key))
        numbers = {key: index for index, key in enumerate(dict.fromkeys(keys))}
        ids = [numbers[key] for key in keys]
        table = []
        for index in range(len(numbers)):
            members = [row for row, each in zip(seen, ids, strict=True) if each == index]
            mean = self.mean(members)
            self.counter.step = "products"
            table.append(
                [dot(mean, weights) for weights in plan.weights] if self.technique.reuse else mean
            )
        return table, ids

    def mean(self, members):
        self.counter.step = "cluster sums"
        if self.technique.as_published:
            return [self.doubled(values) for values in zip(*members, strict=True)]
        most = self.technique.representative
        if most == "first":
            return members[0]
        count = len(members) if most == "mean" else min(most, len(members))
        taken = [(2 * each + 1) * len(members) // (2 * count) for each in range(count)]
        taken = range(count) if count in (1, len(members)) else taken
        return [
            total(members[each][value] for each in taken) / float(count)
            for value in range(len(members[0]))
        ]

    def doubled(self, values):
        """Gives the sum as the report has it, S := S + (w + S), over the count."""
        made = values[0]
        for each in values[1:]:
            made = made + (each + made)
        return made / float(len(values))

    def told(self, plan, seen, projected):
        """Gives what corrections multiply, window by window."""
        self.counter.step = "correction"
        if self.technique.correction == "none":
            return [()] * len(seen)
        if self.technique.correction == "projection":
            # Signs of directions that are not rounded keep no projections.
            kept = FAMILIES[self.technique.family].rounded
            return projected if kept else self.again(plan, seen)
        pieces = [
            (start - plan.span.start, stop - plan.span.start)
            for start, stop in plan.span.pieces(self.taps)
        ]
        return [[dot(row[a:b], [1.0] * (b - a)) for a, b in pieces] for row in seen]

    def again(self, plan, seen):
        return [[dot(row, direction) for direction in plan.directions] for row in seen]


def executed(operations):
    """Gives (multiplications, additions) of every step with some, but the set-up."""
    counts = {part.name: (part.multiplications, part.additions) for part in operations.parts}
    return {step: each for step, each in counts.items() if any(each) and step != "set-up"}


@pytest.mark.parametrize(("family", "scope", "representative", "correction"), SETTINGS)
def test_every_setting(family, scope, representative, correction):
    index = SETTINGS.index((family, scope, representative, correction))
    geometry = GEOMETRIES[(index + index // 3 + index // 9) % 3]
    technique = LSH(2, family, STEPS.get(family), scope, representative, correction)
    bank = bank_for(geometry)
    bias = RNG.normal(size=4) if index % 2 else None
    result = convolve(FRAMES[0], bank, technique, geometry, bias=bias)
    slow = Slow(technique, FRAMES[:1], bank, geometry, bias)
    outputs = slow.run()
    np.testing.assert_allclose(result.output.reshape(4, -1), outputs, rtol=1e-9, atol=1e-7)
    assert executed(result.executed) == slow.counter.made()


@pytest.mark.parametrize("correction", ["none", "brightness", "projection"])
@pytest.mark.parametrize("scope", ["channel", "window", 3])
@pytest.mark.parametrize("geometry", GEOMETRIES, ids=str)
def test_images_together(geometry, scope, correction):
    technique = LSH(3, "quantised", 90.0, scope, "mean", correction, scope_images="all")
    bank, bias = bank_for(geometry), RNG.normal(size=4)
    batch = convolve_batch(FRAMES, bank, technique, geometry, bias=bias)
    slow = Slow(technique, FRAMES, bank, geometry, bias)
    outputs = slow.run().reshape(4, 2, -1).swapaxes(0, 1)
    np.testing.assert_allclose(batch.output.reshape(2, 4, -1), outputs, rtol=1e-9, atol=1e-7)
    assert executed(batch.executed) == slow.counter.made()


@pytest.mark.parametrize("published", [False, True])
@pytest.mark.parametrize("scope", ["channel", "window"])
@pytest.mark.parametrize("geometry", GEOMETRIES, ids=str)
def test_without_reuse(geometry, scope, published):
    """Every window's representative is multiplied again; sums double as published."""
    technique = LSH(2, scope=scope, reuse=False, as_published=published)
    bank, bias = bank_for(geometry), RNG.normal(size=4)
    result = convolve(FRAMES[0], bank, technique, geometry, bias=bias)
    slow = Slow(technique, FRAMES[:1], bank, geometry, bias)
    outputs = slow.run()
    np.testing.assert_allclose(result.output.reshape(4, -1), outputs, rtol=1e-9, atol=1e-7)
    assert executed(result.executed) == slow.counter.made()


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("geometry", GEOMETRIES, ids=str)
def test_projections_alone(family, geometry):
    """Projections, and outputs made of them from what the mean window gives."""
    bank, bias, counter = bank_for(geometry), RNG.normal(size=4), Counter()
    technique = LowRank(2, family)
    result = convolve(FRAMES[0], bank, technique, geometry, bias=bias)
    scene = Scene(FRAMES[0], bank, geometry)
    each = len(bank) // geometry.groups
    outputs = []
    for group, plan in enumerate(plans(technique, FRAMES[0], bank, geometry)):
        counter.step = "hash"
        windows = [
            [Number(value, counter) for value in row] for row in scene.values(group * each)
        ]
        projected = [[dot(row, direction) for direction in plan.directions] for row in windows]
        for m in range(each):
            counter.step = "bias"
            constant = Number(float(plan.weights[m] @ plan.mean), counter) + bias[group * each + m]
            counter.step = "correction"
            for row in projected:
                output = constant
                for value, weights in zip(row, plan.coefficients, strict=True):
                    output = value * weights[m] + output
                outputs.append(output.value)
    np.testing.assert_allclose(result.output.reshape(-1), outputs, rtol=1e-9, atol=1e-7)
    assert executed(result.executed) == counter.made()
