"""A setting is chosen for a budget or an accuracy, and the run bears it out."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from cyconv import LSH, Geometry, choose, convolve

RNG = np.random.default_rng(8)
BANK = RNG.normal(size=(32, 3, 5, 5)).astype(np.float32)


def picture(height=90, width=100):
    """Gives blobs, edges and a little noise."""
    y, x = np.mgrid[:height, :width]
    edges = 50 * ((x + y) // 31 % 2)
    planes = [90 + 60 * np.sin(x / 9 + c) * np.cos(y / 7) + edges for c in range(3)]
    noise = RNG.normal(scale=4, size=(3, height, width))
    return np.clip(np.array(planes) + noise, 0, 255).astype(np.uint8)


IMAGE = picture()


def got(technique, image=IMAGE, bank=BANK, geometry=None):
    geometry = geometry or Geometry()
    exact, given = (convolve(image, bank, *each, geometry=geometry) for each in ((), (technique,)))
    mse = np.square(given.output - exact.output, dtype=np.float64).mean()
    psnr = 10 * np.log10(np.ptp(exact.output).astype(np.float64) ** 2 / mse)
    return psnr, given.executed.multiplications / exact.executed.multiplications


@pytest.mark.parametrize("budget", [0.4, 0.6])
def test_a_budget_is_kept_and_the_best_of_a_grid_met(budget):
    choice = choose(IMAGE, BANK, budget=budget)
    psnr, fraction = got(choice.technique)
    assert fraction <= 1.1 * budget
    assert abs(fraction - choice.fraction) < 0.1 * budget
    assert abs(psnr - choice.psnr) < 3
    grid = [
        got(LSH(hashes, family, step, "window", correction="projection"))
        for hashes, family, step in itertools.product(
            (2, 4, 6, 8), ("principal", "outputs"), (20, 40, 80, 160)
        )
    ]
    assert psnr > max(each[0] for each in grid if each[1] <= budget) - 1


def test_an_accuracy_is_reached_at_little_cost():
    choice = choose(IMAGE, BANK, psnr=35)
    psnr, fraction = got(choice.technique)
    assert psnr > 34
    assert fraction < 1
    assert "35.0 dB" in choice.reason
    assert f"{choice.fraction:.1%}" in choice.reason
    assert choice.technique in [trial.technique for trial in choice.trials]


def test_groups_and_few_filters_are_no_obstacle():
    geometry = Geometry(stride=2, groups=2)
    image, bank = IMAGE[:2], BANK[:4, :1]
    choice = choose(image, bank, geometry, budget=0.9)
    fraction = got(choice.technique, image, bank, geometry)[1]
    assert fraction == pytest.approx(choice.fraction, rel=0.1)


def test_what_nothing_keeps_is_said():
    assert "which nothing keeps" in choose(IMAGE, BANK[:1], budget=0.01).reason
    assert "which nothing reaches" in choose(IMAGE[:, :20, :20], BANK, psnr=500).reason


@pytest.mark.parametrize(
    "arguments", [{}, {"budget": 0.1, "psnr": 40}, {"budget": 0}, {"psnr": np.nan}], ids=str
)
def test_bad_arguments_are_named(arguments):
    with pytest.raises(ValueError, match=r"budget|psnr"):
        choose(IMAGE, BANK, **arguments)
