"""Where the panels of a comparison go."""

from __future__ import annotations

import numpy as np
import pytest

from convgui.widgets.arrangement import (
    BANK,
    CHROME,
    ERROR,
    EXACT,
    FILTER,
    INPUT,
    NARROWEST,
    STRIP,
    arrange,
)

TECHNIQUES = ("differential", "lsh")
PICTURES = {INPUT, EXACT, *TECHNIQUES, *(name + ERROR for name in TECHNIQUES)}


@pytest.mark.parametrize("bank", [False, True])
@pytest.mark.parametrize("size", [(1000, 500), (900, 850), (400, 600), (240, 320), (10, 10)])
@pytest.mark.parametrize("shape", [(600, 400), (1, 5000), (16_000, 9), (1, 1)])
def test_panels_fill_the_room_and_do_not_overlap(size, shape, bank):
    places = arrange(size, shape, TECHNIQUES, bank)
    assert PICTURES <= set(places) <= PICTURES | {FILTER, BANK}
    assert (BANK in places) == bank
    assert len({(places[name].width, places[name].height) for name in PICTURES}) == 1
    cells = np.zeros((size[1] + 1000, size[0] + 1000), int)
    for place in places.values():
        cells[place.y : place.y + place.height, place.x : place.x + place.width] += 1
        if min(size) > 100:
            assert place.x + place.width <= size[0]
            assert place.y + place.height <= size[1]
            assert min(place.width, place.height) > 20
    assert cells.max() <= 1


def test_errors_stand_below_their_techniques_where_it_is_wide():
    places = arrange((1600, 600), (400, 400), TECHNIQUES, False)
    for name in TECHNIQUES:
        assert places[name].x == places[name + ERROR].x
        assert places[name].y < places[name + ERROR].y
    assert places[INPUT].y == places[EXACT].y == places["lsh"].y


def test_errors_stand_beside_their_techniques_where_it_is_narrow():
    places = arrange((400, 700), (400, 300), TECHNIQUES, False)
    for name in TECHNIQUES:
        assert places[name].y == places[name + ERROR].y


def test_one_technique_more_is_one_place_more():
    places = arrange((1600, 600), (400, 400), (*TECHNIQUES, "low rank"), True)
    assert {"low rank", "low rank" + ERROR} <= set(places)


@pytest.mark.parametrize("bank", [False, True])
def test_where_it_is_narrow_the_filter_takes_no_room_from_the_pictures(bank):
    places = arrange((364, 530), (512, 341), TECHNIQUES, bank)
    assert FILTER not in places
    assert places[EXACT].width > 170
    if bank:
        assert places[BANK].width > 350
        assert places[BANK].height == STRIP
        assert places[BANK].y > places["lsh"].y


def test_three_techniques_find_room_in_the_smallest_window():
    three = (*TECHNIQUES, "low-rank")
    places = arrange((364, 530), (512, 341), three, False)
    for name in (INPUT, EXACT, *three, *(name + ERROR for name in three)):
        assert places[name].width > 170
        # A title, a colour bar, and a picture that can be told.
        assert places[name].height > CHROME + 64


@pytest.mark.parametrize("height", range(500, 900, 20))
def test_a_filter_that_is_seen_can_be_read(height):
    """A message above the panels takes height, and must not make the filter come and go."""
    place = arrange((735, height), (512, 341), TECHNIQUES, False)[FILTER]
    assert min(place.width, place.height) >= NARROWEST
