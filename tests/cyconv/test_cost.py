"""Operations add up, part by part."""

from __future__ import annotations

import pytest

from cyconv.cost import Operations, Part, Sizes, dot_products
from cyconv.geometry import Geometry


def test_operations_add_up_their_parts():
    operations = Operations((Part("hash", 10, 8), Part("look-up", 0, 5)))
    assert operations.multiplications == 10
    assert operations.additions == 13
    assert operations.total == 23
    assert operations["look-up"] == Part("look-up", 0, 5)


def test_an_unknown_part_is_a_key_error():
    with pytest.raises(KeyError, match="products"):
        Operations((Part("hash", 1, 1),))["products"]


def test_nothing_costs_nothing():
    assert (Operations().multiplications, Operations().additions, Operations().total) == (0, 0, 0)


def test_parts_of_one_name_are_summed_in_order_of_appearance():
    operations = Operations.summed(
        [Part("hash", 1, 2), Part("products", 3, 4), Part("hash", 10, 20)]
    )
    assert operations.parts == (Part("hash", 11, 22), Part("products", 3, 4))


def test_a_sum_of_n_products_takes_n_multiplications_and_n_minus_1_additions():
    assert dot_products("convolution", 10, 27) == Part("convolution", 270, 260)
    assert dot_products("convolution", 10, 1) == Part("convolution", 10, 0)


def test_sizes_of_a_grouped_convolution():
    geometry = Geometry(stride=2, padding=1, groups=2)
    placement = geometry.place((8, 6), (3, 5))
    sizes = Sizes.of((4, 8, 6), (6, 2, 3, 5), geometry, placement)
    assert (sizes.channels, sizes.filters, sizes.groups, sizes.taps) == (4, 6, 2, 15)
    assert (sizes.windows, sizes.rows) == (8, 4)
    assert sizes.depth == 30
