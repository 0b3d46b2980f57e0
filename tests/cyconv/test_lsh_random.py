"""Reuse against its slow description, for settings and shapes that nobody thought of."""

from __future__ import annotations

import numpy as np
import pytest
from reuse import described

from cyconv import LSH, Geometry, convolve, predict
from cyconv.isa import levels, use
from cyconv.techniques import putting
from cyconv.techniques.families import FAMILIES


def drawn_scene(rng):
    """Draws an image, filters and a geometry that go together; None where they do not."""
    window = tuple(int(side) for side in rng.integers(1, 5, 2))
    stride, padding, dilation = (
        tuple(int(each) for each in rng.integers(*limits, 2))
        for limits in ((1, 4), (0, 3), (1, 3))
    )
    groups = int(rng.choice([1, 1, 2]))
    geometry = Geometry(stride, padding, dilation, groups)
    height, width = int(rng.integers(1, 14)), int(rng.integers(1, 40))
    depth, per_group = int(rng.integers(1, 4)), int(rng.choice([1, 2, 5, 16, 17, 33]))
    try:
        geometry.place((height, width), window)
    except ValueError:
        return None
    kind = rng.choice([np.uint8, np.float32, np.float64])
    image = rng.integers(0, 256, (groups * depth, height, width)).astype(kind)
    if kind != np.uint8 and rng.random() < 0.5:
        image = (image * 0.731 - 33).astype(kind)
    if rng.random() < 0.2:
        image[:] = 7
    if rng.random() < 0.3:
        image = image[:, ::-1] if rng.random() < 0.5 else np.asfortranarray(image)
    bank = rng.normal(size=(groups * per_group, depth, *window)).astype(np.float32)
    return image, bank, geometry


def drawn_technique(rng):
    """Draws settings that go together."""
    family = str(rng.choice(list(FAMILIES)))
    steps, step = FAMILIES[family].steps, None
    if steps == "must" or (steps == "may" and rng.random() < 0.6):
        step = float(rng.choice([1, 30, 200, 1e-3]))
    scope = ("channel", "window", int(rng.integers(1, 12)))[rng.integers(3)]
    representative = ("mean", "first", int(rng.integers(1, 6)))[rng.integers(3)]
    correction = str(rng.choice(["none", "brightness", "projection"]))
    return LSH(
        int(rng.integers(1, 9)), family, step, scope, representative, correction,
        seed=int(rng.integers(0, 5)),
    )


@pytest.mark.parametrize("seed", range(8))
def test_reuse_is_what_its_description_says(seed, monkeypatch):
    rng = np.random.default_rng(seed)
    for _ in range(60):
        scene, technique = drawn_scene(rng), drawn_technique(rng)
        if scene is None:
            continue
        image, bank, geometry = scene
        monkeypatch.setattr(putting, "STREAM_BYTES", int(rng.choice([0, 1 << 30])))
        with use(str(rng.choice(levels()))):
            result = convolve(
                image, bank, technique, geometry, threads=int(rng.integers(1, 3))
            )
        model = predict(technique, image.shape, bank.shape, geometry, result.facts).model
        executed = {part.name: part for part in result.executed.parts}
        assert executed == {part.name: part for part in model.parts}, (technique, geometry)
        wanted, clusters = described(technique, image, bank, geometry)
        assert result.facts.clusters.tolist() == clusters, (technique, geometry)
        size = np.abs(bank).sum(axis=(1, 2, 3)) * np.abs(image.astype(np.float64)).max()
        bound = 20 * size * (bank[0].size + 4) * np.finfo(result.output.dtype).eps
        off = np.abs(result.output - wanted)
        assert (off <= bound[:, None, None]).all(), (technique, geometry)
