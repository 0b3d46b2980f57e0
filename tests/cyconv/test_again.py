"""A layer run again by what its last run found out gives what it would give anew."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from cyconv import Differential, Exact, Geometry, PreparedFilters, again, convolve
from cyconv.bands import forced_height
from cyconv.isa import levels, use

GEOMETRIES = {
    "plain": Geometry(),
    "padded": Geometry(padding=1),
    "stride 2": Geometry(2, 1),
    "groups": Geometry(padding=1, groups=2),
}


def layer(channels=4, filters=24, groups=1, dtype=np.float32, side=3, seed=5):
    rng = np.random.default_rng(seed)
    images = (200 * rng.random((3, channels, 17, 21))).astype(dtype)
    return images, rng.standard_normal((filters, channels // groups, side, side))


def room(image, bank, geometry):
    """Gives room for the output, full of what it can't be."""
    output = convolve(image, bank, geometry=geometry).output
    return np.full_like(output, np.nan)


@pytest.fixture
def attempts(monkeypatch):
    """Gives what each attempt to run by the last run came to: whether it did."""
    kept = []
    attempt = again.Again.attempt

    def watched(self, *arguments):
        made = attempt(self, *arguments)
        kept.append(made is not None)
        return made

    monkeypatch.setattr(again.Again, "attempt", watched)
    return kept


@pytest.mark.parametrize("level", levels())
@pytest.mark.parametrize("dtype", [np.uint8, np.float32, np.float64])
@pytest.mark.parametrize("geometry", GEOMETRIES.values(), ids=GEOMETRIES)
@pytest.mark.parametrize("filters", [2, 24])
def test_other_pixels_give_what_they_give_anew(level, dtype, geometry, filters, attempts):
    images, bank = layer(filters=filters, groups=geometry.groups, dtype=dtype)
    with use(level):
        prepared, out = PreparedFilters(bank), room(images[0], bank, geometry)
        for image in images:
            out[:] = np.nan
            given = convolve(image, prepared, geometry=geometry, out=out, threads=1)
            wanted = convolve(image, bank, geometry=geometry, threads=1)
            assert given.output is out
            np.testing.assert_array_equal(out, wanted.output)
            assert given.executed == wanted.executed
            assert given.facts.path == wanted.facts.path
            assert given.held_bytes >= 0
            assert given.seconds > 0
    assert attempts == [True, True]


def changed(case, images, out):
    """Gives the arguments of a call that is not like the one before."""
    like = {"image": images[1], "threads": 1, "out": out}
    return like | {
        "other threads": {"threads": 2},
        "bias": {"bias": np.arange(24.0)},
        "progress": {"progress": lambda *_: None},
        "another type": {"image": images[1].astype(np.uint8)},
        "another order": {"image": np.asfortranarray(images[1])},
        "no array": {"image": memoryview(images[1])},
        "no out": {"out": None},
        "another path": {"technique": Exact("winograd")},
        "another technique": {"technique": Differential()},
        "another padding": {"geometry": Geometry(padding=(1, 1))},
    }[case]


@pytest.mark.parametrize("case", [
    "other threads", "bias", "progress", "another type", "another order", "no array", "no out",
    "another path", "another technique",
])
def test_a_call_that_differs_in_more_is_checked_anew(case, attempts):
    images, bank = layer()
    prepared, geometry = PreparedFilters(bank), Geometry(padding=1)
    out = room(images[0], bank, geometry)
    convolve(images[0], prepared, geometry=geometry, out=out, threads=1)
    arguments = {"geometry": geometry} | changed(case, images, out)
    given = convolve(filters=prepared, **arguments).output
    arguments.pop("out")
    wanted = convolve(filters=bank, **arguments).output
    np.testing.assert_array_equal(given, wanted)
    assert not any(attempts)


@pytest.mark.parametrize("side", [3, 7])
@pytest.mark.parametrize("filters", [1, 32])
def test_threads_share_a_run_again(filters, side, attempts):
    rng = np.random.default_rng(side)
    images = rng.standard_normal((4, 3, 150, 160)).astype(np.float32)
    bank = rng.standard_normal((filters, 3, side, side))
    prepared, geometry = PreparedFilters(bank), Geometry(padding=1)
    out = room(images[0], bank, geometry)
    for image in [*images] * 5:
        given = convolve(image, prepared, geometry=geometry, out=out, threads=2)
        wanted = convolve(image, bank, geometry=geometry, threads=1)
        np.testing.assert_array_equal(out, wanted.output)
        assert given.executed == wanted.executed
    assert attempts == [True] * 19


def test_levels_and_heights_of_bands_are_seen(attempts):
    images, bank = layer()
    prepared, out = PreparedFilters(bank), room(images[0], bank, Geometry())
    convolve(images[0], prepared, out=out, threads=1)
    with forced_height(2):
        convolve(images[0], prepared, out=out, threads=1)
    for level in levels()[:-1]:
        with use(level):
            convolve(images[0], prepared, out=out, threads=1)
    assert not any(attempts)


@pytest.mark.parametrize("wrong", ["shape", "type", "read-only", "no array"])
def test_a_wrong_out_is_still_refused(wrong):
    images, bank = layer()
    prepared, out = PreparedFilters(bank), room(images[0], bank, Geometry())
    convolve(images[0], prepared, out=out, threads=1)
    outs = {"shape": out[:-1], "type": out.astype(np.float64), "no array": out.tolist()}
    out.flags.writeable = False
    with pytest.raises(ValueError, match="out must be"):
        convolve(images[0], prepared, out=outs.get(wrong, out), threads=1)


def test_an_image_of_another_type_needs_another_out():
    images, bank = layer(dtype=np.uint8)
    prepared, out = PreparedFilters(bank), room(images[0], bank, Geometry())
    convolve(images[0], prepared, out=out, threads=1)
    with pytest.raises(ValueError, match=r"out must be .* of float64"):
        convolve(images[0].astype(np.float64), prepared, out=out, threads=1)


def test_an_out_over_the_image_is_written_last(attempts):
    images, bank = layer(4, 4, side=1)
    bank = np.repeat(bank, 4, 0)[:16]
    memory = np.zeros((16, 17, 21), np.float32)
    image, prepared = memory[6:10], PreparedFilters(bank)
    image[:] = images[0]
    convolve(image.copy(), prepared, out=np.empty_like(memory), threads=1)
    wanted = convolve(images[0], bank).output
    given = convolve(image, prepared, out=memory, threads=1)
    np.testing.assert_array_equal(given.output, wanted)
    assert attempts == [False]


def test_threads_that_run_a_layer_at_once_do_not_disturb_each_other():
    images, bank = layer(8, 40)
    prepared, geometry = PreparedFilters(bank), Geometry(padding=1)
    wanted = [convolve(image, bank, geometry=geometry).output for image in images]

    def run(index):
        out = np.empty_like(wanted[0])
        for turn in range(40):
            at = (index + turn) % len(images)
            convolve(images[at], prepared, geometry=geometry, out=out, threads=1)
            np.testing.assert_array_equal(out, wanted[at])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, range(4)))


def test_scratch_memory_that_is_large_is_not_kept(monkeypatch):
    images, bank = layer()
    prepared, out = PreparedFilters(bank), room(images[0], bank, Geometry(padding=1))
    for most, kept in ((0, 0), (again.KEPT_BYTES, 1)):
        monkeypatch.setattr(again, "KEPT_BYTES", most)
        prepared.last = None
        for image in images:
            convolve(image, prepared, geometry=Geometry(padding=1), out=out, threads=1)
        assert prepared.last is not None
        assert len(prepared.last._idle) == kept
