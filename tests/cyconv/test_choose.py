"""A setting is chosen for a budget or an accuracy, and the run bears it out."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from cyconv import LSH, Exact, Geometry, LowRank, bands, choose, convolve
from cyconv.problem import check
from cyconv.techniques import strips
from cyconv.techniques.auto import DECIBELS, SHARE
from cyconv.techniques.expecting import Expecting
from cyconv.techniques.searching import HINTS
from cyconv.techniques.together import together

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


def expected(technique, image=IMAGE, bank=BANK, geometry=None, windows=4096, seed=1):
    """Gives the estimate for one setting."""
    problem = check(image, bank, geometry or Geometry(), None, None, 1, None)
    with together((problem,)) as images:
        return Expecting(images, windows, seed).of(technique)


def mse(technique, image=IMAGE, bank=BANK, geometry=None):
    exact, given = (
        convolve(image, bank, *each, geometry=geometry or Geometry()) for each in ((), (technique,))
    )
    return np.square(given.output - exact.output, dtype=np.float64).mean()


GRID = [
    LSH(hashes, family, step, scope, correction="projection")
    for hashes, family, step, scope in itertools.product(
        (2, 3, 4, 6, 8), ("principal", "outputs"), (20, 40, 80, 160), ("window", "channel")
    )
] + [LowRank(hashes, family) for hashes in range(1, 17) for family in ("principal", "outputs")]


@pytest.fixture(scope="module")
def runs():
    """What every setting of a coarse grid gives: PSNR and multiplications."""
    return [got(each) for each in GRID]


class TestEstimates:
    """Of what a setting gives, before it is run."""

    @pytest.mark.parametrize("technique", [
        LowRank(4), LowRank(3, "outputs"), LSH(4, "principal", 60.0, "window"),
        LSH(4, "outputs", 90.0, "window", correction="projection"),
        LSH(2, "quantised", 90.0, "channel", correction="brightness"), LSH(2),
        LSH(2, "principal", 40.0, 31, correction="projection"),
        LSH(5, "centred", None, "window", "first", "projection"),
    ], ids=str)
    def test_they_are_unbiased(self, technique):
        """Many small samples of the windows, each with other pairs: their mean is what a run
        gives, within what chance allows of that mean."""
        seeds = range(1, 400, 10)
        estimates = [expected(technique, windows=200, seed=seed).mse for seed in seeds]
        chance = np.std(estimates) / np.sqrt(len(estimates))
        assert chance < 0.05 * np.mean(estimates)
        assert abs(np.mean(estimates) - mse(technique)) < 4 * chance

    def test_means_of_some_members_are_known_within_a_tenth(self):
        """They are evenly spaced ones, and so a little better than drawn ones."""
        technique = LSH(3, "principal", 200.0, "window", 3)
        assert expected(technique, windows=1 << 20).mse == pytest.approx(mse(technique), rel=0.1)

    def test_members_of_a_sample_alone_would_look_too_good(self):
        """A mean of sampled members lies nearer to them than the mean of all does."""
        technique = LSH(4, "principal", 60.0, "window")
        off = mse(technique)
        few = IMAGE[:, :30, :30]
        assert mse(technique, few) < 0.9 * off
        assert expected(technique, windows=4096).mse == pytest.approx(off, rel=0.1)

    def test_their_error_is_as_large_as_told(self):
        technique = LSH(4, "outputs", 90.0, "window", correction="projection")
        made = [expected(technique, windows=200, seed=seed) for seed in range(1, 400, 10)]
        told = np.mean([each.error for each in made])
        assert 0.6 < told / np.std([each.mse for each in made]) < 1.6

    def test_groups_have_clusters_of_their_own(self):
        geometry = Geometry(stride=(1, 2), padding=1, groups=2)
        image, bank = IMAGE[[0, 1, 2, 0]], BANK[:8, :2]
        for scope in ("window", "channel"):
            technique = LSH(3, "principal", 40.0, scope, correction="projection")
            made = expected(technique, image, bank, geometry, windows=1 << 20)
            assert made.mse == pytest.approx(mse(technique, image, bank, geometry), rel=0.1)

    def test_where_windows_are_alone_nothing_is_off(self):
        technique = LSH(6, "principal", 1e-3, "window")
        assert expected(technique).mse < 1e-6


class TestChoice:
    """What is chosen, next to a grid of runs."""

    @pytest.mark.parametrize("budget", [0.25, 0.4, 0.6])
    def test_a_budget_is_kept_and_the_best_of_a_grid_met(self, runs, budget):
        choice = choose(IMAGE, BANK, budget=budget)
        psnr, fraction = got(choice.technique)
        assert fraction <= budget
        assert fraction == pytest.approx(choice.fraction, rel=1e-6)
        assert abs(psnr - choice.psnr) < 0.5
        assert psnr > max(each[0] for each in runs if each[1] <= budget) - 1

    @pytest.mark.parametrize("wanted", [30, 35, 40])
    def test_an_accuracy_is_reached_at_the_least_cost_of_a_grid(self, runs, wanted):
        choice = choose(IMAGE, BANK, psnr=wanted)
        psnr, fraction = got(choice.technique)
        assert abs(psnr - choice.psnr) < 0.5
        assert psnr > wanted - 0.5
        assert fraction < 1.1 * min(each[1] for each in runs if each[0] >= wanted)

    @pytest.mark.parametrize("aim", [{"budget": 0.3}, {"psnr": 38}], ids=str)
    def test_a_large_images_search_begins_on_strips_of_it(self, monkeypatch, aim):
        """And ends in the whole, as good as one that looks at all of it from the beginning."""
        image, geometry = picture(300, 200), Geometry(stride=(2, 1), padding=1, dilation=(1, 2))
        slow = choose(image, BANK, geometry, **aim)
        monkeypatch.setattr(strips, "WINDOWS", 6000)
        quick = choose(image, BANK, geometry, **aim)
        tried = [
            {
                (each.technique.family, each.technique.scope)
                for each in choice.trials if isinstance(each.technique, LSH)
            }
            for choice in (slow, quick)
        ]
        assert len(tried[1]) == HINTS < len(tried[0])
        psnr, fraction = got(quick.technique, image, geometry=geometry)
        assert abs(psnr - quick.psnr) < 0.5
        assert fraction == pytest.approx(quick.fraction, rel=1e-6)
        assert psnr > slow.psnr - 0.5
        assert fraction < 1.1 * slow.fraction

    def test_strips_are_parts_of_the_image_all_with_windows(self, monkeypatch):
        image, geometry = picture(300, 200), Geometry(stride=(2, 1), padding=1, dilation=(1, 2))
        problem = check(image, BANK, geometry, None, None, 1, None)
        assert strips.strips(problem) == ()
        monkeypatch.setattr(strips, "WINDOWS", 6000)
        parts = strips.strips(problem)
        assert len(parts) == strips.STRIPS
        assert all(np.shares_memory(each.image, image) for each in parts)
        assert 0.5 < sum(each.sizes.windows for each in parts) / 6000 <= 1
        np.testing.assert_array_equal(parts[0].image[:, 0], image[:, 0])
        np.testing.assert_array_equal(parts[-1].image[:, -1], image[:, -1])

    def test_it_says_what_was_picked_and_why(self):
        choice = choose(IMAGE, BANK, psnr=35)
        assert "35.0 dB" in choice.reason
        assert f"{choice.fraction:.1%}" in choice.reason
        assert choice.technique in [trial.technique for trial in choice.trials]


class TestVerdict:
    """Whether a run bears the choice out."""

    def test_a_run_on_the_same_image_confirms(self):
        choice = choose(IMAGE, BANK, budget=0.4)
        result = convolve(IMAGE, BANK, choice.technique)
        verdict = choice.verdict(result, convolve(IMAGE, BANK).output)
        assert verdict.confirmed
        assert abs(verdict.psnr - choice.psnr) <= DECIBELS
        assert abs(verdict.fraction / choice.fraction - 1) <= SHARE
        assert verdict.text.startswith("confirmed: the run gave")
        assert f"{verdict.psnr:.1f} dB" in verdict.text

    def test_a_run_on_noise_refutes(self):
        choice = choose(IMAGE, BANK, budget=0.4)
        noise = np.random.default_rng(1).integers(0, 256, IMAGE.shape).astype(np.uint8)
        result = convolve(noise, BANK, choice.technique)
        verdict = choice.verdict(result, convolve(noise, BANK).output)
        assert not verdict.confirmed
        assert verdict.text.startswith("refuted: the run gave")

    def test_without_exact_outputs_the_cost_alone_is_held_against_it(self):
        choice = choose(IMAGE, BANK, budget=0.4)
        verdict = choice.verdict(convolve(IMAGE, BANK, choice.technique))
        assert verdict.confirmed
        assert verdict.psnr is None
        assert "dB" not in verdict.text
        # As many multiplications for a fifth of the image: directions and codes weigh more.
        small = choice.verdict(convolve(IMAGE[:, :20], BANK, choice.technique))
        assert not small.confirmed

    def test_a_run_of_another_technique_is_refused(self):
        choice = choose(IMAGE, BANK, budget=0.4)
        with pytest.raises(ValueError, match="result must be a run of"):
            choice.verdict(convolve(IMAGE, BANK))


def test_groups_and_few_filters_are_no_obstacle():
    geometry = Geometry(stride=(1, 2), groups=2)
    image, bank = IMAGE[:2], BANK[:, :1]
    choice = choose(image, bank, geometry, budget=0.9)
    assert choice.technique != Exact()
    fraction = got(choice.technique, image, bank, geometry)[1]
    assert fraction == pytest.approx(choice.fraction, rel=0.1)


def test_what_nothing_keeps_is_said():
    assert "which nothing keeps" in choose(IMAGE, BANK[:1], budget=0.01).reason


def test_exact_is_chosen_where_nothing_else_is_good_enough_for_less():
    for image, bank, aim in (
        (IMAGE[:, :20, :20], BANK, {"psnr": 500}), (IMAGE, BANK[:1], {"psnr": 40}),
        (IMAGE, BANK, {"budget": 1.5}),
    ):  # fmt: skip
        choice = choose(image, bank, **aim)
        assert choice.technique == Exact()
        assert "exact convolution" in choice.reason
        exact = convolve(image, bank)
        assert choice.verdict(exact, exact.output).confirmed


def test_a_flat_image_and_one_that_holds_no_numbers_are_no_obstacle():
    assert choose(np.full((3, 30, 30), 7, np.uint8), BANK, psnr=30).fraction <= 1
    holed = IMAGE.astype(np.float32)
    holed[0, 3, 3] = np.nan
    assert choose(holed, BANK, budget=0.4).trials


@pytest.mark.parametrize(
    "arguments",
    [{}, {"budget": 0.1, "psnr": 40}, {"budget": 0}, {"psnr": np.nan}, {"budget": "much"},
     {"psnr": [40, 50]}, {"budget": True}],
    ids=str,
)  # fmt: skip
def test_bad_arguments_are_named(arguments):
    with pytest.raises(ValueError, match=r"budget|psnr"):
        choose(IMAGE, BANK, **arguments)


def test_settings_begun_are_told_and_what_is_raised_ends_it(monkeypatch):
    """Those on strips of a large image as well as those in the whole of it."""
    monkeypatch.setattr(strips, "WINDOWS", 2000)
    told = []
    choice = choose(IMAGE, BANK, budget=0.4, progress=told.append)
    assert told == sorted(told)
    # Exact convolution needs no trial; the chosen setting is tried once more on other windows.
    assert told[-1] >= len(choice.trials)

    class Enough(Exception):
        pass

    def stop(begun):
        if begun == 3:
            raise Enough

    with pytest.raises(Enough):
        choose(IMAGE, BANK, budget=0.4, progress=stop)


def test_a_long_trial_is_told_of_meanwhile(monkeypatch):
    monkeypatch.setattr(bands, "TICK", 0.0)
    told = []
    choose(IMAGE, BANK, budget=0.4, progress=told.append)
    assert len(told) > 2 * len(set(told))
    assert told[0] == 0, "the range of the exact outputs comes before any setting"


def test_progress_that_can_not_be_called_is_named():
    with pytest.raises(ValueError, match="progress must be callable or None, got int"):
        choose(IMAGE, BANK, budget=0.4, progress=3)
