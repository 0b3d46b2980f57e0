"""What is explained of one output is what the slow descriptions and the kernels make of it."""

from __future__ import annotations

import numpy as np
import pytest
from reuse import described

from convgui.model import compute
from convgui.model.inspect_window import Place, read, running_sum, taps_of
from convgui.model.inspection import inspect
from convgui.model.resolve import Request
from convgui.model.session import Session
from cyconv import LSH, Differential, Exact, Frame, Geometry, LowRank, convolve, oracle
from cyconv.oracle_scene import Scene
from cyconv.techniques.lsh import hash_vectors

GEOMETRIES = (
    Geometry(),
    Geometry(stride=(2, 3), padding=(1, 2)),
    Geometry(padding="same", dilation=(2, 1)),
    Geometry(stride=2, padding=3, dilation=2, groups=2),
)
WINDOWS = ((3, 3), (1, 1), (2, 5))
REUSES = (
    LSH(3),
    LSH(3, "centred", scope="window", representative="first"),
    LSH(2, "quantised", 60.0, correction="brightness"),
    LSH(3, "principal", 25.0, "window", correction="projection", representative=3),
    LSH(2, "outputs", None, 5, correction="projection"),
    LSH(1, "centred", scope=4, correction="brightness"),
)


def scene(geometry, window, dtype=np.uint8):
    rng = np.random.default_rng(7)
    image = rng.integers(0, 40, (4, 13, 21)) + 60 * np.add.outer(np.arange(13), np.arange(21)) // 9
    # Some of it is flat, so that differences vanish.
    image[:, 4:, 12:] = 90
    bank = rng.normal(size=(4, 4 // geometry.groups, *window)).astype(np.float32)
    return image.astype(dtype), bank


def run(image, bank, geometry, *techniques):
    request = Request(
        image, "scene", None, bank, "custom", geometry, (Exact(), *techniques), 1, Session()
    )
    return compute.run(request)


def places(comparison):
    height, width = comparison.request.output_size
    corners = {(row, column) for row in (0, height - 1) for column in (0, width - 1)}
    for row, column in corners | {(height // 2, each) for each in (width // 2, width // 3)}:
        for index in (0, comparison.filter_count - 1):
            yield Place(index, row, column)


def assert_alike(found, wanted, kernel, room):
    """Checks float64 against float64 closely, and against a float32 kernel within its rounding."""
    np.testing.assert_allclose(found, wanted, rtol=1e-6, atol=1e-6 * room)
    np.testing.assert_allclose(found, kernel, rtol=1e-4, atol=1e-5 * room)


def room_of(image, bank):
    return float(np.abs(image).max() * np.abs(bank).reshape(len(bank), -1).sum(axis=1).max())


@pytest.mark.parametrize("window", WINDOWS, ids=str)
@pytest.mark.parametrize("geometry", GEOMETRIES, ids=str)
def test_a_window_is_what_the_oracle_sees(geometry, window):
    image, bank = scene(geometry, window)
    described_scene = Scene(image, bank, geometry)
    comparison = run(image, bank, geometry)
    wanted = oracle.convolve(image, bank, geometry)
    bound = 100 * oracle.error_bound(image, bank, geometry)
    for place in places(comparison):
        taps = taps_of(image.shape, bank.shape, geometry, place)
        values = [
            described_scene.window(c, place.row, place.column)
            for c in described_scene.channels_of(place.index)
        ]
        np.testing.assert_array_equal(read(image, taps), values)
        found = inspect(comparison, place)
        at = place.index, place.row, place.column
        figures = found.figures["exact"]
        assert figures.recomputed == pytest.approx(wanted[at], rel=1e-12, abs=1e-9)
        assert abs(figures.kernel - figures.recomputed) <= bound[at] + 1e-3
        assert figures.kernel == comparison.exact.result.output[at]
        assert found.exact.running[-1] == found.exact.total
        np.testing.assert_allclose(
            found.exact.sums, [running_sum(each)[-1] for each in found.exact.products]
        )
        assert len(found.channels) == bank.shape[1]


def test_a_tap_in_the_padding_reads_zero():
    taps = taps_of((1, 4, 5), (1, 1, 3, 3), Geometry(padding=1, dilation=2), Place(0, 0, 0))
    assert taps.rows.tolist() == [-1, 1, 3]
    assert taps.inside.tolist() == [[False] * 3, [False, True, True], [False, True, True]]
    image = np.full((1, 4, 5), np.nan, np.float32)
    assert np.isnan(read(image, taps)[0]).tolist() == taps.inside.tolist()


@pytest.mark.parametrize("threshold", [0, 6])
@pytest.mark.parametrize("residue", ["kept", "forgotten"])
@pytest.mark.parametrize("reference", ["first", "previous", "above", "best"])
@pytest.mark.parametrize("geometry", GEOMETRIES, ids=str)
def test_a_difference_and_what_is_added_back_make_the_output(
    geometry, reference, residue, threshold
):
    image, bank = scene(geometry, (3, 3))
    technique = Differential(reference, threshold, residue)
    comparison = run(image, bank, geometry, technique)
    wanted = oracle.differential(
        image, bank, geometry, reference=reference, threshold=threshold, residue=residue
    )
    for place in places(comparison):
        found = inspect(comparison, place)
        story, figures = found.differential, found.figures["differential"]
        at = place.index, place.row, place.column
        assert_alike(figures.recomputed, wanted[at], figures.kernel, room_of(image, bank))
        away = np.where(story.left_out & (reference == "first"), 0, story.window - story.reference)
        np.testing.assert_array_equal(story.difference, away)
        assert story.kind == "none" or story.place != place
        assert bool(story.left_out.any()) <= bool(threshold)
        expected = figures.kernel - comparison.exact.result.output[at]
        assert figures.error == pytest.approx(expected)


def test_the_reference_is_the_one_that_the_strip_took():
    """Rows alike above each other, on a plain ground: windows above leave fewer tiles."""
    row = np.random.default_rng(0).integers(0, 255, 300)
    image = np.tile(row, (1, 300, 1)).astype(np.uint8)
    bank = np.random.default_rng(1).normal(size=(1, 1, 15, 15)).astype(np.float32)
    comparison = run(image, bank, Geometry(), Differential("best"))
    facts = comparison["differential"].result.facts
    assert facts.path == "skipping"
    assert facts.above.any()
    story = inspect(comparison, Place(0, 9, 7)).differential
    assert (story.kind, story.place) == ("above", Place(0, 8, 7))
    assert story.taken_over
    assert story.zeros == story.difference.size


def test_what_is_left_out_is_marked():
    image = np.array([[[10, 10, 12, 30, 30, 31, 31, 9]] * 3], np.uint8)
    bank = np.ones((1, 1, 1, 3), np.float32)
    comparison = run(image, bank, Geometry(), Differential("first", 3))
    story = inspect(comparison, Place(0, 0, 1)).differential
    assert story.left_out.tolist() == [[[False, True, False]]]
    assert story.difference.tolist() == [[[0, 0, 18]]]
    comparison = run(image, bank, Geometry(), Differential("previous", 3))
    story = inspect(comparison, Place(0, 1, 1)).differential
    assert story.window.tolist() == [[[10, 10, 30]]]
    assert story.left_out.tolist() == [[[False, True, False]]]


def test_another_frame_is_a_reference_too():
    image, bank = scene(Geometry(), (3, 3))
    other = np.roll(image, 1, axis=2)
    frame = Frame.after(other, convolve(other, bank))
    comparison = run(image, bank, Geometry(), Differential(frame, 2))
    for place in places(comparison):
        found = inspect(comparison, place)
        assert found.differential.kind == "frame"
        figures = found.figures["differential"]
        assert figures.recomputed == pytest.approx(figures.kernel, abs=1e-4 * room_of(image, bank))


@pytest.mark.parametrize("geometry", GEOMETRIES, ids=str)
def test_as_published_differences_are_the_other_way_round(geometry):
    image, bank = scene(geometry, (3, 3))
    comparison = run(image, bank, geometry, Differential(as_published=True))
    wanted = oracle.differential(image, bank, geometry, as_published=True)
    for place in places(comparison):
        found = inspect(comparison, place)
        at = place.index, place.row, place.column
        figures = found.figures["differential"]
        assert_alike(figures.recomputed, wanted[at], figures.kernel, room_of(image, bank))
        assert found.differential.published == bool(place.row or place.column)


@pytest.mark.parametrize("dtype", [np.uint8, np.float32])
@pytest.mark.parametrize("technique", REUSES, ids=str)
@pytest.mark.parametrize("geometry", GEOMETRIES, ids=str)
def test_a_cluster_and_its_correction_make_the_output(geometry, technique, dtype):
    image, bank = scene(geometry, (3, 3), dtype)
    comparison = run(image, bank, geometry, technique)
    wanted, clusters = described(technique, image, bank, geometry)
    total = np.square(
        comparison["lsh"].result.output.astype(np.float64) - comparison.exact.result.output
    ).sum()
    before = None
    for place in places(comparison):
        before = found = inspect(comparison, place, before)
        figures, at = found.figures["lsh"], (place.index, place.row, place.column)
        np.testing.assert_allclose(
            figures.recomputed, wanted[at], rtol=1e-4, atol=1e-4 * room_of(image, bank)
        )
        assert figures.recomputed == pytest.approx(
            figures.kernel, rel=1e-4, abs=2e-5 * room_of(image, bank)
        )
        assert figures.share == pytest.approx(figures.error**2 / total, rel=1e-3, abs=1e-9)
        story = found.reuse["lsh"]
        assert sum(span.exact for span in story.spans) == pytest.approx(found.exact.total)
        for span in story.spans:
            assert span.mask[place.row, place.column]
            assert span.mask.sum() == span.members
            assert span.clusters in clusters
            assert 0 <= span.cluster < span.clusters
            assert len(span.coefficients) == len(span.told) == len(span.standing_told)


@pytest.mark.parametrize("family", ["principal", "outputs", "centred"])
@pytest.mark.parametrize("geometry", GEOMETRIES, ids=str)
def test_projections_alone_make_the_low_rank_output(geometry, family):
    image, bank = scene(geometry, (3, 3))
    comparison = run(image, bank, geometry, LowRank(2, family))
    for place in places(comparison):
        found = inspect(comparison, place)
        figures = found.figures["low-rank"]
        assert figures.recomputed == pytest.approx(
            figures.kernel, rel=1e-4, abs=2e-5 * room_of(image, bank)
        )
        [span] = found.reuse["low-rank"].spans
        assert span.codes is None
        assert span.mask is None


@pytest.mark.parametrize("size", [(9, 8), (60, 60)])
def test_as_published_sums_double_until_they_overflow(size):
    rng = np.random.default_rng(2)
    image = rng.integers(1, 255, (1, *size), np.uint8)
    bank = rng.random((1, 1, 3, 3)).astype(np.float32)
    technique = LSH(2, as_published=True)
    comparison = run(image, bank, Geometry(), technique)
    wanted, _ = oracle.lsh(
        image, bank, hash_vectors(technique, 9), as_published=True, dtype=np.float64
    )
    [census] = comparison["lsh"].result.facts.censuses
    row, column = divmod(int(census.firsts[census.counts.argmax()]), size[1] - 2)
    story = inspect(comparison, Place(0, row, column))
    found = wanted[0, row, column]
    assert story.figures["lsh"].recomputed == pytest.approx(found, rel=1e-6)
    assert story.reuse["lsh"].standing == "doubled"
    assert np.isinf(found) == (size == (60, 60))


def test_what_was_found_serves_again():
    image, bank = scene(Geometry(), (3, 3))
    comparison = run(image, bank, Geometry(), LSH(2))
    first = inspect(comparison, Place())
    again = inspect(comparison, Place(0, 0, 1), first)
    assert again.hashes is first.hashes
    other = run(image, bank, Geometry(), LSH(2))
    assert inspect(other, Place(), first).hashes is not first.hashes


def test_a_place_beyond_the_output_is_brought_into_it():
    image, bank = scene(Geometry(), (3, 3))
    comparison = run(image, bank, Geometry())
    assert inspect(comparison, Place(9, 99, -5)).place == Place(3, 10, 0)


def test_a_value_that_is_no_number_is_explained_as_such():
    image, bank = scene(Geometry(), (3, 3), np.float32)
    image[0, 5, 5] = np.nan
    comparison = run(
        image, bank, Geometry(), Differential("previous"), LSH(2, "centred"), LowRank(3)
    )
    found = inspect(comparison, Place(0, 5, 5))
    assert np.isnan(found.figures["exact"].recomputed)
    assert np.isnan(found.figures["exact"].kernel)
