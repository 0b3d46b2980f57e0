"""Effectual terms agree with digits written out one by one."""

from __future__ import annotations

import numpy as np
import pytest

from cyconv import bits


def two_complement(value):
    """Writes a number with nine binary digits."""
    return [(value >> place) & 1 for place in range(9)]


def fewest_digits(value):
    """Writes a number with digits -1, 0, 1 and no two non-zero neighbours, from the lowest."""
    digits = []
    while value:
        digit = 0 if value % 2 == 0 else 2 - value % 4
        digits.append(digit)
        value = (value - digit) // 2
    return digits


@pytest.mark.parametrize("value", range(-255, 256))
def test_each_value_has_the_terms_that_its_digits_show(value):
    assert bits.ones(value) == sum(two_complement(value))
    digits = fewest_digits(value)
    assert sum(digit << place for place, digit in enumerate(digits)) == value
    assert bits.signed_digits(value) == sum(digit != 0 for digit in digits)
    assert bits.signed_digits(value) <= bits.ones(abs(value))


@pytest.mark.parametrize("form", bits.FORMS)
def test_an_images_means_are_those_of_its_values_one_by_one(form):
    image = np.random.default_rng(4).integers(0, 256, (2, 5, 7)).astype(np.uint8)
    image[:, :, 3:] = image[:, :, 3:4]
    count = {"binary": lambda v: sum(two_complement(v)),
             "signed": lambda v: sum(map(abs, fewest_digits(v)))}[form]
    raw = differences = 0
    for c, y, x in np.ndindex(image.shape):
        value = int(image[c, y, x])
        raw += count(value)
        differences += count(value - int(image[c, y, x - 1]) if x else value)
    terms = bits.terms(image, form)
    assert terms.raw == pytest.approx(raw / image.size)
    assert terms.differences == pytest.approx(differences / image.size)
    assert terms.speedup == pytest.approx(raw / differences)


def test_a_plain_image_has_terms_in_its_first_column_only():
    terms = bits.terms(np.full((4, 10), 7, np.uint8), "binary")
    assert (terms.raw, terms.differences, terms.speedup) == (3, pytest.approx(0.3), 10)
    assert bits.terms(np.zeros((4, 10), np.uint8)).speedup == 1


def test_what_is_no_8_bit_image_is_refused():
    with pytest.raises(ValueError, match="image must be uint8, got float32"):
        bits.terms(np.ones((3, 3), np.float32))
    with pytest.raises(ValueError, match='form must be "binary" or "signed", got \'booth\''):
        bits.terms(np.ones((3, 3), np.uint8), "booth")
    with pytest.raises(ValueError, match="values must be integers from -255 to 255"):
        bits.ones([3, 256])
    with pytest.raises(ValueError, match="values must be integers from -255 to 255"):
        bits.signed_digits([0.5])
