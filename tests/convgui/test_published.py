"""The report's outcome "differential 100 %, LSH 0 %", why it came out, and what is right."""

from dataclasses import replace

import numpy as np
import pytest

import cyconv
from convgui.model import published
from convgui.model.compute import Progress, run
from convgui.model.image import Image
from convgui.model.resolve import resolve
from convgui.model.session import Session
from cyconv import oracle


@pytest.fixture(scope="module")
def image():
    """A scene with soft shades, edges and some noise."""
    y, x = np.mgrid[:240, :200]
    soft = 120 + 80 * np.sin(x / 23) * np.cos(y / 31)
    soft[60:140, 50:120] += 60
    colours = soft[..., None] * [1.0, 0.8, 0.6]
    noise = np.random.default_rng(0).normal(0, 4, colours.shape)
    return Image(np.clip(colours + noise, 1, 255).astype(np.uint8), "scene", None)


@pytest.fixture(scope="module")
def rows(image):
    return {row.technique: row for row in published.measure(image)}


def test_the_settings_are_the_reports(image):
    differential = resolve(published.SETTINGS["differential"], image)
    assert differential.image.shape == (3, 360, 300)
    np.testing.assert_array_equal(differential.filters, np.full((1, 3, 3, 3), 0.11, np.float32))
    lsh = resolve(published.SETTINGS["lsh"], image)
    assert lsh.image.shape == (3, 38, 38)
    assert lsh.filters.shape == (1, 3, 7, 7)
    assert lsh.techniques[2] == cyconv.LSH(hashes=2, scope="channel")
    for request in (differential, lsh):
        assert request.geometry == cyconv.Geometry(1, 0, 1)


def test_the_claims_are_the_reports(rows):
    assert {name: row.claimed for name, row in rows.items()} == {"differential": 100, "lsh": 0}
    assert rows["differential"].setting == "300 x 360, 3 x 3 blur of 0.11"
    assert rows["lsh"].setting == "38 x 38, 7 x 7 blur of 0.11"


def test_differential_as_published_is_no_convolution(rows):
    row = rows["differential"]
    assert row.published.accuracy < 50
    assert row.published.report_accuracy < -1e6
    assert row.published.nan_count == row.published.inf_count == 0


def test_differential_repaired_is_what_the_report_claims(rows):
    repaired = rows["differential"].repaired
    assert repaired.report_accuracy == pytest.approx(100, abs=1e-4)
    assert repaired.accuracy == pytest.approx(100, abs=1e-4)


def test_lsh_as_published_is_zero_percent(rows):
    row = rows["lsh"]
    assert row.published.report_accuracy == 0 == row.claimed
    assert row.published.mse == np.inf
    assert row.published.inf_count > 0


def test_lsh_repaired_is_finite_and_useful(rows):
    repaired = rows["lsh"].repaired
    assert repaired.nan_count == repaired.inf_count == 0
    assert np.isfinite(repaired.mse)
    assert 50 < repaired.accuracy < 100


def test_why_differential_fails(image):
    """The sign is swapped and the base never added: <f, r - w> = <f, r> - <f, w>."""
    request = resolve(published.experiment(Session()), image, ("differential",))
    flawed = run(request)["differential"].result.output[0].ravel()
    right = oracle.convolve(request.image, request.filters, request.geometry)[0].ravel()
    assert flawed[0] == pytest.approx(right[0], rel=1e-5)
    np.testing.assert_allclose(flawed[1:], right[0] - right[1:], atol=0.02)


def test_why_lsh_fails():
    """S := S + (w + S) over n equal windows is w (2 ** n - 1): beyond n = 128, infinite."""
    one = np.ones((1, 3, 1))
    for windows, finite in ((100, True), (200, False)):
        strip = np.full((1, 3, windows + 2), 4.0, np.float32)
        flawed, repaired = (
            cyconv.convolve(strip, one[None].repeat(3, -1), cyconv.LSH(as_published=as_published))
            for as_published in (True, False)
        )
        assert flawed.facts.clusters.sum() == 1
        assert np.isfinite(flawed.output).all() == finite
        if finite:
            expected = 9 * 4.0 * (2.0**windows - 1) / windows
            np.testing.assert_allclose(flawed.output, expected, rtol=1e-5)
        np.testing.assert_allclose(repaired.output, 36.0, rtol=1e-6)


def test_more_clusters_give_more_accuracy(image):
    """The report's conclusion: two clusters are worse than four; measured over seeds."""
    base = replace(published.SETTINGS["lsh"], lsh_as_published=False)

    def accuracy(hashes: int) -> float:
        sessions = [replace(base, hashes=hashes, lsh_seed=seed) for seed in range(8)]
        runs = [run(resolve(each, image, ("lsh",))) for each in sessions]
        return float(np.mean([each["lsh"].accuracy.accuracy for each in runs]))

    measured = [accuracy(hashes) for hashes in (1, 2, 4, 8)]
    assert measured == sorted(measured)


def test_loading_the_experiment_keeps_what_it_does_not_set():
    loaded = published.experiment(Session(threads=3, stride=2, gray=True), "lsh")
    assert (loaded.threads, loaded.stride, loaded.gray) == (3, 1, False)
    assert loaded.lsh_as_published
    assert loaded.differential_as_published


def test_measuring_tells_how_far_it_is_and_can_be_cancelled(image):
    told: list[Progress] = []
    published.measure(image, told.append)
    fractions = [step.fraction for step in told]
    assert fractions == sorted(fractions)
    assert fractions[-1] == pytest.approx(1)

    def stop(step: Progress) -> None:
        raise cyconv.Cancelled

    with pytest.raises(cyconv.Cancelled):
        published.measure(image, stop)
