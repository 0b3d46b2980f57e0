"""Colours of clusters: the same every time, apart where it matters, for every kind of eye."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sight import BLINDNESS, linear, oklab

from convgui.model import maps
from convgui.model.cluster_colours import COLOURINGS, FLOOR, colours, paint, swatches
from convgui.model.cluster_view import Clusters, clustering, find, ranked
from convgui.model.compute import run
from convgui.model.image import Image
from convgui.model.resolve import resolve
from convgui.model.session import Session
from cyconv import Cancelled


@pytest.fixture(scope="module")
def comparison():
    random = np.random.default_rng(1)
    pixels = random.integers(0, 256, (24, 31, 3)).astype(np.uint8)
    return run(resolve(Session(hashes=5, scope="window"), Image(pixels, "n")))


@pytest.fixture(scope="module")
def clusters(comparison):
    return find(comparison, clustering(comparison), 0, 0)


def many(count):
    random = np.random.default_rng(7)
    counts = random.integers(1, 1000, count)
    return Clusters(0, np.zeros((1, 1), np.int32), counts, 0, np.zeros(count))


def test_a_cluster_has_the_same_colour_every_time():
    assert (colours(many(500)) == colours(many(500))).all()
    # More clusters leave the colours of the others alone, but for the largest.
    few, more = many(500), replace(many(700), counts=np.r_[many(500).counts, np.ones(200, int)])
    assert (colours(few) == colours(more)[:500]).all()


@pytest.mark.parametrize("blindness", BLINDNESS)
def test_the_largest_are_told_apart_by_every_eye(blindness):
    clusters = many(60)
    largest = ranked(clusters, "members", 8)
    shown = colours(clusters)[largest]
    seen = oklab(linear(shown) @ np.array(BLINDNESS[blindness]).T)
    apart = np.linalg.norm(seen[:, None] - seen[None], axis=-1)
    # Nearly ten times what is just seen.
    assert apart[~np.eye(len(seen), dtype=bool)].min() > 0.19


def test_hashes_use_all_of_the_colours_evenly():
    used = np.unique(colours(many(20_000)), axis=0, return_counts=True)[1]
    assert len(used) >= 84
    # The eight largest have colours of their own.
    assert np.sort(used)[8:].min() > 0.75 * used.mean()


def test_neighbours_in_number_do_not_look_alike():
    seen = oklab(linear(colours(many(2000))))
    steps = np.linalg.norm(np.diff(seen, axis=0), axis=1)
    assert (steps < 0.02).mean() < 0.03


def test_windows_have_the_colour_of_their_cluster(comparison, clusters):
    painted = paint(clusters, "cluster", comparison.request)
    for cluster, colour in zip(range(3), swatches(clusters, [0, 1, 2]), strict=True):
        shown = painted.pixels[clusters.ids == cluster]
        wanted = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
        assert (shown == wanted).all()


def test_sizes_and_shares_are_logarithms(comparison, clusters):
    sizes = paint(clusters, "size", comparison.request)
    np.testing.assert_allclose(10 ** sizes.pixels, clusters.counts[clusters.ids], rtol=1e-5)
    assert sizes.ends == (str(clusters.counts.min()), str(clusters.counts.max()))
    assert 10 ** sizes.levels.high == pytest.approx(clusters.counts.max())
    shares = paint(clusters, "error", comparison.request)
    wanted = np.maximum(clusters.shares, clusters.shares.max() * FLOOR)
    np.testing.assert_allclose(10 ** shares.pixels, wanted[clusters.ids], rtol=1e-5)
    assert shares.levels.low == pytest.approx(shares.levels.high - 4)


@pytest.mark.parametrize("squared", [0.0, np.nan, np.inf])
def test_there_are_levels_whatever_the_errors_are(comparison, clusters, squared):
    odd = replace(clusters, squared=np.full(len(clusters.counts), squared))
    for colouring in COLOURINGS:
        painted = paint(odd, colouring, comparison.request)
        assert maps.sensible(painted.levels)
        assert painted.pixels.shape[:2] == clusters.ids.shape
    single = replace(clusters, counts=np.ones(len(clusters.counts), int))
    assert maps.sensible(paint(single, "size", comparison.request).levels)


@pytest.mark.parametrize("gray", [False, True])
@pytest.mark.parametrize("values", [{}, {"stride": 3, "padding": 2}, {"dilation": 2}])
def test_the_image_is_seen_through_the_middles_of_the_windows(gray, values):
    pixels = np.random.default_rng(0).integers(0, 256, (20, 23, 3)).astype(np.uint8)
    session = Session(gray=gray, kernel_size=3, **values)
    comparison = run(resolve(session, Image(pixels, "n")))
    found = find(comparison, clustering(comparison), 0, 0)
    painted = paint(found, "image", comparison.request)
    image = comparison.request.image
    step, pad, far = session.stride, session.padding, session.dilation
    for row, column in ((0, 0), (2, 3), (found.ids.shape[0] - 1, found.ids.shape[1] - 1)):
        y, x = (min(max(at * step + far - pad, 0), size - 1)
                for at, size in ((row, 20), (column, 23)))  # fmt: skip
        wanted = image[0, y, x] if gray else image[:, y, x]
        assert (painted.pixels[row, column] == wanted).all()


def test_an_unknown_colouring_is_refused_and_painting_given_up(comparison, clusters):
    with pytest.raises(ValueError, match="cluster, size, error, image"):
        paint(clusters, "hue", comparison.request)

    def stop(report):
        raise Cancelled

    with pytest.raises(Cancelled):
        paint(clusters, "cluster", comparison.request, stop)
