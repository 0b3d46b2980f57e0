"""How much memory a run takes: told beforehand, near what it then holds."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

import cyconv
from convgui.model.image import Image
from convgui.model.memory_estimate import BAND, estimate, scene_of, working
from convgui.model.resolve import TECHNIQUES, resolve
from convgui.model.session import Session

WAYS = {
    "as at first": {},
    "large windows": {"scope": "window", "hashes": 12, "reuse": False,
                      "threshold": 4.0, "reference": "best"},
    "pieces": {"scope": "pieces", "hashes": 16, "correction": "projection", "family": "outputs"},
    "steps": {"family": "quantised", "step": 20.0, "hashes": 16, "scope": "window"},
    "brightness": {"family": "principal", "hashes": 8, "correction": "brightness",
                   "representative": "first", "reference": "previous"},
}  # fmt: skip


def noise(height, width, dtype=np.uint8):
    rng = np.random.default_rng(5)
    return Image((rng.random((height, width, 3)) * 255).astype(dtype), "noise")


@pytest.mark.parametrize("dtype", [np.uint8, np.float32])
@pytest.mark.parametrize("filters", [1, 16])
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_technique_holds_no_more_than_its_bound_and_not_far_less(way, filters, dtype):
    """Within a factor of 2 above a small allowance for what no image makes larger."""
    image = noise(360, 480, dtype)
    session = Session(filter_name="random", filter_count=filters, threads=2, padding=1, **way)
    request, scene = resolve(session, image, TECHNIQUES), scene_of(session, image)
    for technique in request.techniques:
        held = cyconv.convolve(
            request.image, request.filters, technique, request.geometry, threads=2
        ).held_bytes
        bound = working(technique, scene)
        assert held <= bound, technique.name
        if technique.name == "lsh":
            # A float image is read where it lies when nothing pads it; else all is laid out.
            laid = 4 * scene.padded
            assert bound <= 2 * held + laid + 2 * BAND


MEASURE = """
import sys
import numpy as np
from convgui import tasks
from convgui.model.image import Image
from convgui.model.memory_estimate import estimate
from convgui.model.session import Session
side, filters = map(int, sys.argv[1:])
rng = np.random.default_rng(5)
image = Image(rng.integers(0, 256, (side, side, 3), np.uint8), "noise")
def most():
    # Not resource's ru_maxrss, which begins with that of the parent.
    with open("/proc/self/status") as lines:
        return next(int(each.split()[1]) for each in lines if each.startswith("VmHWM"))
tell = lambda report: None
tasks.run(Session(), Image(image.pixels[:64, :64].copy(), "small"), tell)
session = Session(filter_name="random", filter_count=filters)
before = most()
kept = tasks.run(session, image, tell)
print(1024 * (most() - before), estimate(session, image).total)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux tells the most")
@pytest.mark.parametrize(("side", "filters"), [(1200, 1), (1000, 24)])
def test_what_a_run_takes_in_all_is_told_within_a_factor_of_two(side, filters):
    told = subprocess.run(
        [sys.executable, "-c", MEASURE, str(side), str(filters)],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    taken, expected = map(int, told.split())
    assert taken / 2 < expected < 2 * taken, (taken, expected)


def test_more_of_anything_takes_more():
    image = noise(60, 80)
    first = estimate(Session(), image).total
    for more in ({"filter_count": 64}, {"width": 800, "height": 600}, {"show_low_rank": True,
                 "filter_count": 4}, {"scope": "pieces", "piece": 2}):  # fmt: skip
        assert estimate(Session(filter_name="random", **more), image).total > first, more


def test_own_weights_are_counted_as_filters():
    image = noise(60, 80)
    bank = tuple(((((1.0,) * 5,) * 5),) for _ in range(32))
    own = estimate(Session(filter_name="custom", weights=bank), image)
    assert own == estimate(Session(filter_name="random", kernel_size=5, filter_count=32), image)


def test_what_can_not_run_has_no_estimate():
    assert estimate(Session(filter_name="random", kernel_size=99), noise(20, 20)) is None
