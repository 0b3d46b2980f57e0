"""The planes that panels show, worked out beforehand."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace

import numpy as np
import pytest

from convgui.model import maps, planes
from convgui.model.compute import run
from convgui.model.image import Image
from convgui.model.resolve import resolve
from convgui.model.session import Session


@pytest.fixture(scope="module")
def comparison():
    pixels = np.random.default_rng(0).integers(0, 255, (30, 40, 3)).astype(np.uint8)
    session = Session(filter_name="random", filter_count=3, lsh_as_published=True)
    return run(resolve(session, Image(pixels, "noise.png")))


@pytest.mark.parametrize("mode", maps.ERROR_MODES)
@pytest.mark.parametrize("index", [0, 2])
def test_planes_and_errors_are_those_of_the_filter(comparison, index, mode):
    ready = planes.prepare(comparison, index, mode)
    assert (ready.index, ready.mode) == (index, mode)
    exact = comparison.exact.result.output[index]
    np.testing.assert_array_equal(ready.outputs["exact"], exact)
    assert set(ready.errors) == {"differential", "lsh"}
    for name, error in ready.errors.items():
        np.testing.assert_array_equal(error, comparison.error(name, index, mode))
        assert ready.unfit_errors[name] == maps.unfit(error)
        assert ready.unfit[name] == maps.unfit(comparison[name].result.output[index])
    assert ready.levels == maps.output_levels(exact)
    assert ready.error_levels == maps.error_levels(ready.errors.values(), mode, exact)
    assert ready.image_levels == (0, 255)
    assert ready.image_unfit == (0, 0)


def test_what_was_worked_out_is_found_again(comparison):
    first = planes.prepare(comparison, 1, maps.ABSOLUTE)
    assert planes.prepare(comparison, 0) is not first
    assert planes.prepare(comparison, 1, maps.ABSOLUTE) is first
    assert planes.prepare(replace(comparison), 1, maps.ABSOLUTE) is not first


def test_warming_prepares_what_was_asked_for_last(comparison):
    planes.prepare(comparison, 2, maps.ABSOLUTE)
    fewer = run(resolve(Session(), Image(np.zeros((9, 9), np.uint8), "black")))
    planes.warm(fewer)
    ready = planes.prepare(fewer, 0, maps.ABSOLUTE)
    assert ready is planes.prepare(fewer, 0, maps.ABSOLUTE)
    assert ready.unfit["lsh"] == (0, 0)


def test_a_comparison_that_is_gone_is_let_go(comparison):
    other = replace(comparison)
    planes.prepare(other)
    reference = weakref.ref(other)
    del other
    gc.collect()
    assert reference() is None


def test_values_of_the_image_that_are_not_finite_are_counted():
    pixels = np.ones((12, 12), np.float32)
    pixels[0, 0], pixels[1, 1] = np.nan, np.inf
    ready = planes.prepare(run(resolve(Session(), Image(pixels, "odd"))))
    assert ready.image_unfit == (1, 1)
    assert sum(ready.unfit["exact"]) == sum(maps.unfit(ready.outputs["exact"])) > 0


def test_a_technique_that_overflows_does_not_flatten_the_other_errors():
    session = Session(differential_as_published=True, lsh_as_published=True)
    pixels = np.arange(1600, dtype=np.uint8).reshape(40, 40)
    ready = planes.prepare(run(resolve(session, Image(pixels, "ramp"))))
    peak = float(np.abs(ready.outputs["exact"]).max())
    assert np.abs(ready.errors["lsh"]).max() > 1e6 * peak
    assert ready.error_levels.high <= 2 * peak
