"""Where directions come from, how they are cut, and whether codes are all in use."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from reuse import plans

from cyconv import LSH, Facts, Geometry, LowRank, convolve, filters, predict
from cyconv.cost import Sizes
from cyconv.techniques.families import FAMILIES, Family, rounded
from cyconv.techniques.spans import Span, spans_of
from cyconv.techniques.tally import Scatter, Tally, principal

SIGNED = [family for family in FAMILIES if FAMILIES[family].steps != "must"]


def smooth(shape=(3, 60, 70), seed=0):
    """Gives an image whose neighbours resemble each other, as in a photograph."""
    rng = np.random.default_rng(seed)
    noise = rng.normal(size=shape)
    for axis in (1, 2):
        noise = np.cumsum(noise, axis) - 0.97 * np.cumsum(np.roll(noise, 3, axis), axis)
    noise -= noise.min()
    return (255 * noise / noise.max()).astype(np.uint8)


BANK = np.random.default_rng(1).normal(size=(24, 3, 5, 5)).astype(np.float32)


def windows(image):
    view = np.lib.stride_tricks.sliding_window_view(image, (5, 5), axis=(1, 2))
    return view.transpose(1, 2, 0, 3, 4).reshape(-1, 75).astype(np.float64)


class TestDirections:
    def test_principal_ones_are_the_covariances_eigenvectors(self):
        rng = np.random.default_rng(0)
        rows = rng.normal(size=(900, 40)) * np.linspace(9, 0.1, 40) ** 2
        rows = rows @ np.linalg.qr(rng.normal(size=(40, 40)))[0]
        tally = Tally()
        found = principal(Scatter(rows.copy(), rows.mean(axis=0), False, tally).times, 40, 6, tally)
        rows -= rows.mean(axis=0)
        np.testing.assert_allclose(found @ found.T, np.eye(6), atol=1e-12)
        exact = np.linalg.eigh(rows.T @ rows)[1][:, ::-1][:, :6].T
        # The subspace tells as much as the best one does, within a twentieth.
        told = [np.square(rows @ each.T).sum() for each in (found, exact)]
        assert told[0] > 0.95 * told[1]
        assert abs(found[0] @ exact[0]) > 0.98

    def test_those_of_the_outputs_tell_most_of_the_outputs(self):
        image = smooth()
        exact = convolve(image, BANK).output
        off = {}
        for family in ("quantised", "principal", "outputs"):
            output = convolve(image, BANK, LowRank(5, family)).output
            off[family] = np.square(output - exact).mean()
        assert off["outputs"] < off["principal"] < off["quantised"]

    @pytest.mark.parametrize("family", [name for name in FAMILIES if FAMILIES[name].rounded])
    def test_projections_of_8_bit_pixels_are_exact(self, family):
        """In float32, in any order: the largest sum of whole numbers is below 2^24."""
        technique = LSH(6, family, 40 if FAMILIES[family].steps == "must" else None, "window")
        [plan] = plans(technique, smooth(), BANK, Geometry())
        least = np.abs(plan.directions[plan.directions != 0]).min()
        unit = 2.0 ** np.floor(np.log2(least))
        while (plan.directions / unit != np.rint(plan.directions / unit)).any():
            unit /= 2
        assert 255 * np.abs(plan.directions / unit).sum(axis=1).max() < 2**24
        given = np.random.default_rng(2).normal(size=(3, 75))
        assert np.abs(rounded(given) - given).max() < 2e-3 * np.abs(given).max()
        assert not rounded(np.zeros((2, 5))).any()

    def test_given_ones_are_used_in_place_of_drawn_ones(self):
        given = np.random.default_rng(3).integers(-3, 4, (4, 75)) / 8
        technique = LSH(family="centred", scope="window", directions=given)
        assert technique.hashes == 4
        [plan] = plans(technique, smooth(), BANK, Geometry())
        np.testing.assert_array_equal(plan.directions, given)
        assert technique == LSH(4, "centred", scope="window", directions=given.tolist())
        assert len({technique, LSH(4, "centred", scope="window", directions=given)}) == 1

    def test_others_can_be_added(self, monkeypatch):
        ones = Family(lambda draft: np.ones((1, draft.length)), "mean", "never")
        monkeypatch.setitem(FAMILIES, "sum", ones)
        result = convolve(smooth(), BANK, LSH(1, "sum", scope="window"))
        sums = windows(smooth()).sum(axis=1)
        assert result.facts.censuses[0].counts.sum() == len(sums)
        assert result.facts.clusters.tolist() == [2]


class TestCuts:
    def test_centred_hashes_are_cut_at_the_mean_window(self):
        image = smooth()
        [plan] = plans(LSH(5, "centred", scope="window"), image[:, :30, :30], BANK, Geometry())
        mean = windows(image[:, :30, :30]).mean(axis=0)
        np.testing.assert_allclose(plan.cuts.origins, plan.directions @ mean, rtol=1e-6)

    @pytest.mark.parametrize("family", ["quantised", "principal", "outputs"])
    def test_steps_are_as_wide_as_asked_for(self, family):
        [plan] = plans(LSH(5, family, 48.0, "window"), smooth(), BANK, Geometry())
        np.testing.assert_allclose(plan.cuts.inverses, 1 / 48)
        codes = convolve(smooth(), BANK, LSH(5, family, 48.0, "window")).facts.censuses[0]
        places = windows(smooth()) @ plan.directions.T
        wanted = np.floor((places[codes.firsts] - plan.cuts.origins) / 48).astype(int)
        np.testing.assert_array_equal(codes.codes(), wanted.T)

    def test_codes_of_more_bits_than_a_key_has_come_one_after_another(self):
        """Eight codes of up to 31 bits each: windows share a cluster only if they are alike."""
        image = np.tile(smooth((2, 20, 24)), (1, 1, 2)).astype(np.float32)
        bank = BANK[:, :2, :3, :3]
        technique = LSH(8, "quantised", 1e-4, "window")
        result = convolve(image, bank, technique)
        view = np.lib.stride_tricks.sliding_window_view(image, (3, 3), axis=(1, 2))
        distinct = np.unique(view.transpose(1, 2, 0, 3, 4).reshape(-1, 18), axis=0)
        assert result.facts.clusters.tolist() == [len(distinct)]
        [health] = result.facts.health
        assert health.used == len(distinct)
        assert health.hashes == 8

    def test_what_is_no_number_has_a_code(self):
        image = smooth().astype(np.float32)
        image[0, 5, 5], image[1, 20, 20] = np.nan, np.inf
        for technique in (
            LSH(3, "quantised", 50.0, "window"), LSH(3, "principal", correction="projection")
        ):
            output = convolve(image, BANK, technique).output
            assert np.isfinite(output[:, 30:, 30:]).any()

    def test_a_span_may_be_a_piece_that_begins_within_a_channel(self):
        geometry = Geometry(groups=2)
        placement = geometry.place((4, 7), (3, 3))
        shapes = Sizes.of((4, 4, 7), (2, 2, 3, 3), geometry, placement)
        assert spans_of(7, shapes)[:3] == (Span(0, 0, 7), Span(0, 7, 14), Span(0, 14, 18))
        assert Span(0, 7, 14).pieces(9) == ((7, 9), (9, 14))
        assert len(spans_of(7, shapes)) == 6


class TestHealth:
    @pytest.mark.parametrize("family", SIGNED)
    def test_a_few_bits_leave_no_code_unused(self, family):
        """A shift that shifts nothing, in public code, left 9 codes of 256 in use."""
        rng = np.random.default_rng(4)
        image = rng.normal(size=(3, 60, 70)).astype(np.float32)
        [health] = convolve(image, BANK, LSH(6, family, scope="window")).facts.health
        assert health.used == health.possible == 64
        assert health.entropy > 5
        assert max(health.commonest) < 0.75

    def test_a_hash_that_says_nothing_shows(self):
        """Three directions alike are one: 2 codes of 8, and the third bit as the first."""
        alike = np.tile(np.random.default_rng(5).normal(size=75), (3, 1))
        [health] = convolve(
            smooth(), BANK, LSH(family="centred", scope="window", directions=alike)
        ).facts.health
        assert (health.used, health.possible) == (2, 8)
        assert health.entropy <= 1
        dead = alike * [[1], [0], [1]]
        [health] = convolve(
            smooth(), BANK, LSH(family="centred", scope="window", directions=dead)
        ).facts.health
        assert health.commonest[1] == 1

    def test_figures_are_those_of_the_windows(self):
        image, technique = smooth(), LSH(4, "centred", scope="window")
        [plan] = plans(technique, image, BANK, Geometry())
        result = convolve(image, BANK, technique)
        [health] = result.facts.health
        bits = windows(image) @ plan.directions.T > plan.cuts.origins
        _, counts = np.unique(bits, axis=0, return_counts=True)
        shares = counts / counts.sum()
        assert health.used == len(counts)
        assert health.largest == counts.max()
        assert health.entropy == pytest.approx(-(shares * np.log2(shares)).sum())
        ones = bits.mean(axis=0)
        np.testing.assert_allclose(health.commonest, np.maximum(ones, 1 - ones))
        assert health.remaining == len(counts) / len(bits)
        assert health.break_even == 4 / (1 - health.remaining)

    def test_from_the_break_even_on_multiplications_are_saved(self):
        """With neither sums nor products counted twice: H/M + r_c against 1."""
        image, technique = smooth(), LSH(6, "centred", scope="window", representative="first")
        [health] = convolve(image, BANK, technique).facts.health
        for count in (int(health.break_even), int(health.break_even) + 2):
            bank = BANK[:1].repeat(count, axis=0)
            result = convolve(image, bank, technique)
            spent = result.executed["hash"].multiplications
            spent += result.executed["products"].multiplications
            exact = convolve(image, bank).executed.multiplications
            assert (spent < exact) == (count > health.break_even)

    def test_without_clusters_there_is_none(self):
        assert convolve(smooth(), BANK).facts.health == ()


class TestCounts:
    @pytest.mark.parametrize(
        ("scope", "representative", "correction"),
        list(itertools.product(
            ("channel", "window", 4), ("mean", "first", 1, 2), ("none", "projection")
        )),
    )
    def test_counted_window_by_window(self, scope, representative, correction):
        image, bank = smooth((2, 9, 11)), BANK[:5, :2, :3, :2]
        technique = LSH(3, "quantised", 60.0, scope, representative, correction)
        result = convolve(image, bank, technique)
        names = "hash", "codes", "cluster sums", "products", "look-up", "correction"
        counts = dict.fromkeys(names, (0, 0))

        def add(name, multiplications, additions):
            before = counts[name]
            counts[name] = before[0] + multiplications, before[1] + additions

        length = {"channel": 6, "window": 12, 4: 4}[scope]
        spans = [range(first, first + length) for first in range(0, 12, length)]
        outputs = 7 * 10
        for span, census in zip(spans, result.facts.censuses, strict=True):
            for _ in range(outputs * 3):
                add("hash", len(span), len(span) - 1)
                add("codes", 1, 1)
            for members in census.counts:
                taken = {"mean": members, 2: min(members, 2)}.get(representative, 1)
                if representative not in ("first", 1):
                    add("cluster sums", len(span), (int(taken) - 1) * len(span))
                for _ in bank:
                    add("products", len(span), len(span) - 1)
            if correction == "projection":
                add("correction", outputs * 5 * 3, outputs * 5 * 3)
        add("look-up", 0, outputs * 5 * (len(spans) - 1))
        executed = {
            part.name: (part.multiplications, part.additions) for part in result.executed.parts
        }
        executed.pop("set-up")
        assert executed == {k: v for k, v in counts.items() if k in executed}

    def test_without_facts_the_dearest_case_is_foretold(self):
        technique = LSH(3, "quantised", 60.0, "window")
        shapes = (3, 20, 20), (4, 3, 3, 3)
        most = predict(technique, *shapes).model
        assert most["products"].multiplications == 18 * 18 * 4 * 27
        fewer = predict(technique, *shapes, facts=Facts(clusters=[7])).model
        assert fewer["products"].multiplications == 7 * 4 * 27


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"family": "best"}, 'family must be "report", .*, got \'best\''),
        ({"family": "quantised"}, 'step must be a number for family "quantised", got None'),
        ({"family": "centred", "step": 3}, 'step must be None for family "centred", got 3'),
        ({"family": "principal", "step": 0}, "step must be None or a finite number above 0, got 0"),
        ({"scope": 0}, 'scope must be "channel", "window" or an int of 1 or more, got 0'),
        ({"representative": "last"}, 'representative must be "mean", "first" or an int'),
        ({"correction": "all"}, 'correction must be "none", "brightness" or "projection", got'),
        ({"directions": [1, 2]}, r"directions must be H x D real numbers, got shape \(2,\)"),
        ({"directions": [[np.nan]]}, "directions must be finite"),
        ({"directions": np.ones((33, 4))}, "directions must be 32 at the most, got 33"),
        ({"reuse": False, "correction": "brightness"}, 'correction must be "none" without reuse'),
        ({"reuse": False, "scope": 4}, 'scope must be "channel" or "window" without reuse, got 4'),
        ({"as_published": True, "representative": "first"}, "as_published reproduces the report"),
    ],
)  # fmt: skip
def test_bad_settings_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        LSH(**arguments)


def test_directions_must_be_as_long_as_windows():
    with pytest.raises(ValueError, match=r"directions must have 9 values each.*, got 4"):
        convolve(smooth(), filters.make("blur", 3, channels=3), LSH(directions=np.ones((2, 4))))
    with pytest.raises(ValueError, match=r"directions must have 27 values each.*, got 4"):
        predict(LowRank(directions=np.ones((2, 4))), (3, 9, 9), (1, 3, 3, 3))
