"""Finding by a few letters."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convgui.model import fuzzy

WORDS = st.text("abc -", min_size=0, max_size=10)


def slow(word, text):
    """Scores every way to place the letters, and takes the best."""
    ways = []
    for places in combinations(range(len(text)), len(word)):
        if all(text[at] == letter for at, letter in zip(places, word, strict=True)):
            total = 0.0
            for number, at in enumerate(places):
                begins = at == 0 or not text[at - 1].isalnum()
                follows = number > 0 and places[number - 1] == at - 1
                total += 1 + fuzzy.START * begins + fuzzy.NEXT * follows
            ways.append(total)
    bonus = fuzzy.WHOLE if word in text else 0
    return max(ways) + bonus - 0.01 * len(text) if ways else None


@given(st.text("abc", min_size=1, max_size=4), WORDS)
def test_the_best_way_to_place_the_letters_is_found(word, text):
    wanted = slow(word, text)
    got = fuzzy.score(word, text)
    assert got == (None if wanted is None else pytest.approx(wanted))


@given(WORDS)
def test_nothing_typed_fits_everything(text):
    assert fuzzy.score("  ", text) == 0


def test_case_and_order_of_words_do_not_matter():
    assert fuzzy.score("DARK theme", "Dark", "View › Theme") is not None
    assert fuzzy.score("theme dark", "Dark", "View › Theme") is not None
    assert fuzzy.score("theme dusk", "Dark", "View › Theme") is None


def test_a_word_as_it_is_beats_letters_strewn_about():
    texts = "Open", "Copy rows per lens", "Zoom to fit"
    scores = [fuzzy.score("open", text) for text in texts]
    assert scores[0] > scores[1]
    assert scores[2] is None


def test_an_earlier_text_counts_more():
    assert fuzzy.score("view", "View", "x") > fuzzy.score("view", "x", "View")
