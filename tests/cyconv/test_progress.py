"""A run tells how far it is, can be ended, counts what it does and what it holds."""

from __future__ import annotations

import itertools
import threading
import tracemalloc

import numpy as np
import pytest
from clocks import TRIES, between, longest, moment

from cyconv import (
    LSH,
    Cancelled,
    Differential,
    Exact,
    Facts,
    Geometry,
    Operations,
    bands,
    convolve,
    memory,
    predict,
)
from cyconv.isa import levels, use

TECHNIQUES = [
    Exact(),
    Differential(),
    Differential("previous"),
    Differential(as_published=True),
    LSH(),
    LSH(5, scope="window"),
    LSH(24, reuse=False),
    LSH(3, scope="window", reuse=False),
    LSH(2, as_published=True),
]
GEOMETRIES = [
    Geometry(),
    Geometry(stride=(2, 3), padding=1, dilation=(1, 2)),
    Geometry(padding="same", groups=3),
]


@pytest.fixture(params=TECHNIQUES, ids=str)
def technique(request):
    return request.param


@pytest.fixture(scope="module")
def scene():
    """Gives a scene that takes some 0.2 s on one core, so that progress is seen."""
    rng = np.random.default_rng(41)
    image = rng.normal(size=(3, 400, 500)).astype(np.float32)
    return image, rng.normal(size=(24, 3, 7, 7)).astype(np.float32)


@pytest.mark.parametrize("geometry", GEOMETRIES, ids=str)
@pytest.mark.parametrize("with_bias", [False, True])
def test_executed_operations_are_those_of_the_model(technique, geometry, with_bias):
    rng = np.random.default_rng(42)
    image = rng.normal(size=(6, 23, 31)).astype(np.float32)
    bank = rng.normal(size=(9, 6 // geometry.groups, 4, 3))
    bias = np.ones(9) if with_bias else None
    for level, threads, height in itertools.product(levels(), (1, 3), (None, 2)):
        with use(level), bands.forced_height(height):
            result = convolve(image, bank, technique, geometry, bias=bias, threads=threads)
        model = predict(
            technique, image.shape, bank.shape, geometry, result.facts, bias=with_bias
        ).model
        executed = {part.name: part for part in result.executed.parts}
        wanted = {part.name: part for part in model.parts}
        assert executed == wanted
        assert result.executed.total == model.total


@pytest.mark.parametrize(
    ("technique", "parts"),
    [
        # M = 2, N = 6 x 5, C = 3, 3 x 3: D = 27 products a value.
        (Exact(), {"convolution": (60 * 27, 60 * 26), "bias": (0, 60)}),
        (
            Differential(),
            {
                "differences": (0, 29 * 27),
                "convolution": (60 * 27, 60 * 26),
                "add back": (0, 2 * 29),
                "bias": (0, 60),
            },
        ),
        (
            Differential("previous"),
            {
                "differences": (0, 24 * 27),
                "convolution": (60 * 27, 60 * 26),
                "add back": (0, 2 * 24),
                "bias": (0, 60),
            },
        ),
        (
            LSH(2),
            {
                "hash": (3 * 30 * 2 * 9, 3 * 30 * 2 * 8),
                "cluster sums": (10 * 9, (90 - 10) * 9),
                "products": (2 * 10 * 9, 2 * 10 * 8),
                "look-up": (0, 60 * 2),
                "bias": (0, 60),
            },
        ),
        (
            LSH(2, scope="window"),
            {
                "hash": (30 * 2 * 27, 30 * 2 * 26),
                "cluster sums": (4 * 27, (30 - 4) * 27),
                "products": (2 * 4 * 27, 2 * 4 * 26),
                "look-up": (0, 0),
                "bias": (0, 60),
            },
        ),
    ],
    ids=str,
)
def test_the_model_by_hand(technique, parts):
    clusters = {"Exact": None, "Differential": None}.get(type(technique).__name__, [3, 4, 3])
    if parts.get("hash") == (30 * 2 * 27, 30 * 2 * 26):
        clusters = [4]
    facts = Facts(clusters=clusters)
    model = predict(technique, (3, 8, 7), (2, 3, 3, 3), Geometry(), facts, bias=True).model
    given = {part.name: (part.multiplications, part.additions) for part in model.parts}
    assert given == parts


def test_progress_rises_to_1_on_the_calling_thread(technique, scene, monkeypatch):
    monkeypatch.setattr(bands, "TICK", 0.0005)
    image, bank = scene
    # A full machine may not wake the calling thread in time. That does not come back at each try,
    # and less so in a longer run.
    for one in range(TRIES):
        told, threads_seen = [], set()

        def progress(fraction, operations, told=told, threads_seen=threads_seen):
            told.append((fraction, operations))
            threads_seen.add(threading.get_ident())

        with bands.forced_height(4):
            result = convolve(image, bank, technique, threads=2, progress=progress)
        fractions = [fraction for fraction, _ in told]
        if len(told) > 4 and fractions[-2] > 0.7:
            break
        if one % 4 == 3:
            image = np.concatenate([image, image], axis=1)
    assert fractions == sorted(fractions)
    assert all(0 <= fraction <= 1 for fraction in fractions)
    assert fractions[-1] == 1
    assert fractions.count(1) == 1
    assert fractions[-2] > 0.7, "no leap at the end"
    assert len({fraction for fraction in fractions if 0 < fraction < 1}) >= 3
    totals = [operations.total for _, operations in told]
    assert totals == sorted(totals)
    assert told[-1][1] == result.executed
    assert all(isinstance(operations, Operations) for _, operations in told)
    assert threads_seen == {threading.get_ident()}


def test_a_small_run_tells_its_end(technique):
    told = []
    image, bank = np.ones((1, 5, 5), np.float32), np.ones((1, 1, 3, 3))
    result = convolve(image, bank, technique, progress=lambda *each: told.append(each))
    assert told[-1] == (1.0, result.executed)


def test_what_progress_raises_comes_out(technique, scene):
    def stop(fraction, operations):
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        convolve(*scene, technique, progress=stop)


@pytest.mark.parametrize("share", [0.0, 0.5])
@pytest.mark.parametrize("threads", [1, 2])
def test_cancelled_ends_the_run_and_leaves_nothing_behind(technique, scene, threads, share):
    """Not a job runs on: the output stays as it is, and the next run is right."""
    image, bank = scene

    def stop(fraction, operations):
        if fraction >= share:
            raise Cancelled

    out = np.zeros((24, 394, 494), np.float32)
    with pytest.raises(Cancelled):
        convolve(image, bank, technique, out=out, threads=threads, progress=stop)
    left = out.copy()
    small = image[:, :40, :50]
    given = convolve(small, bank, technique, threads=threads).output
    np.testing.assert_array_equal(given, convolve(small.copy(), bank, technique).output)
    np.testing.assert_array_equal(out, left)


@pytest.fixture(scope="module")
def scene_4k():
    """Gives 8 megapixels of three channels and one filter."""
    rng = np.random.default_rng(43)
    image = rng.integers(0, 256, (3, 2160, 3840), dtype=np.uint8)
    return image, rng.normal(size=(1, 3, 3, 3)).astype(np.float32)


@pytest.mark.parametrize(
    "technique", [*TECHNIQUES[:3], LSH(), LSH(5, scope="window"), LSH(24)], ids=str
)
def test_a_4k_image_is_let_go_within_a_tenth_of_a_second(technique, scene_4k):
    """However far the run is: calls of progress are near to each other, and one that raises
    ends the run. Other programs may be in the way, so the best of some tries counts."""
    assert any(longest_gap(scene_4k, technique) < 0.1 for _ in range(TRIES))
    assert any(time_to_end(scene_4k, technique) < 0.1 for _ in range(TRIES))


def longest_gap(scene, technique):
    """Gives the longest time in which a run did not ask whether to go on."""
    moments = [moment()]
    convolve(*scene, technique, progress=lambda *_: moments.append(moment()))
    return longest(moments)


def time_to_end(scene, technique):
    """Gives the time from the moment that a run is told to end to its end."""
    told = []

    def stop(fraction, operations):
        if fraction > 0.4:
            told.append(moment())
            raise Cancelled

    with pytest.raises(Cancelled):
        convolve(*scene, technique, progress=stop)
    return between(told[0], moment())


@pytest.fixture
def nothing_spare(monkeypatch):
    """Makes every run take its memory anew, so that it can be measured."""
    monkeypatch.setattr(memory, "SPARE_BYTES", 0)
    memory.SPARE.clear()


@pytest.mark.usefixtures("nothing_spare")
def test_held_bytes_are_the_memory_that_a_run_takes(technique, scene):
    image, bank = scene
    image = image[:, :200, :300].astype(np.uint8)
    convolve(image, bank, technique, threads=2)
    tracemalloc.start()
    result = convolve(image, bank, technique, threads=2)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    taken = peak - result.output.nbytes
    assert abs(taken - result.held_bytes) < 0.05 * taken + 100_000


@pytest.mark.parametrize(
    ("image_shape", "bank_shape", "dtype"),
    [
        ((128, 14, 14), (128, 128, 3, 3), np.float64),
        ((128, 14, 14), (128, 128, 3, 3), np.float32),
        ((2, 150, 150), (2, 2, 120, 120), np.float32),
    ],
    ids=["filters of another type", "many filters", "large filters"],
)
@pytest.mark.usefixtures("nothing_spare")
def test_filters_that_outweigh_the_image_are_counted(technique, image_shape, bank_shape, dtype):
    image = np.ones(image_shape, np.float32)
    bank = np.random.default_rng(44).normal(size=bank_shape).astype(dtype)
    convolve(image, bank, technique, threads=1)
    tracemalloc.start()
    result = convolve(image, bank, technique, threads=1)
    taken = tracemalloc.get_traced_memory()[1] - result.output.nbytes
    tracemalloc.stop()
    assert abs(taken - result.held_bytes) < 0.1 * taken + 200_000


def test_an_image_that_fits_is_not_copied():
    """One exact run over a float32 image holds less than half of it."""
    image = np.zeros((3, 500, 500), np.float32)
    result = convolve(image, np.ones((8, 3, 5, 5)), threads=1)
    assert result.held_bytes < image.nbytes / 2
