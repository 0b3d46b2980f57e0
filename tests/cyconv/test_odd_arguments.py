"""Arguments that nobody would choose, each once taken wrongly or refused in a wrong way."""

from __future__ import annotations

import numpy as np
import pytest

from cyconv import (
    LSH,
    Differential,
    Frame,
    Geometry,
    bits,
    convolve,
    drift,
    filters,
    predict,
)  # fmt: skip
from cyconv.wording import told

IMAGE = np.arange(84, dtype=np.float32).reshape(2, 6, 7)
BANK = np.ones((2, 2, 3, 3))
HUGE = 10**5000


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("x" * 10_000, "..."), (np.zeros((50, 50)), r"shape \(50, 50\) of float64"),
        (HUGE, "a number of 16610 bits"), (-HUGE, "-a number"), ("two\nlines", r"two\\nlines"),
        (list(range(1000)), r"\.\.\."),
    ],
    ids=["text", "array", "huge", "minus huge", "lines", "list"],
)  # fmt: skip
def test_messages_are_one_short_line_whatever_came(value, text):
    with pytest.raises(ValueError, match=text) as caught:
        Geometry(stride=value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


def test_an_object_that_has_no_name_is_told_by_its_type():
    class Nameless:
        def __repr__(self):
            raise RuntimeError

    assert told(Nameless()).count("\n") == 0
    assert "Nameless" in told(Nameless())


def test_masked_values_are_no_values():
    masked = np.ma.masked_array(IMAGE, IMAGE > 80)
    with pytest.raises(ValueError, match="image must have no masked values, got 3"):
        convolve(masked, BANK)
    whole = convolve(np.ma.masked_array(IMAGE), BANK).output
    np.testing.assert_array_equal(whole, convolve(IMAGE, BANK).output)


@pytest.mark.parametrize("strides", [(0, 20, 4), (80, 0, 4), (16, 8, 4), (80, 20, 0), (80, 4, 4)])
def test_an_out_whose_values_share_memory_is_refused(strides):
    out = np.lib.stride_tricks.as_strided(np.zeros(40, np.float32), (2, 4, 5), strides)
    with pytest.raises(ValueError, match="out must have a place for each value"):
        convolve(IMAGE, BANK, out=out)


@pytest.mark.parametrize("seen", [
    lambda out: out, lambda out: out.transpose(2, 0, 1)[::-1], lambda out: out[:, ::-1, ::-1],
])  # fmt: skip
def test_an_out_seen_otherwise_is_written(seen):
    shape = (2, 4, 5) if seen(np.zeros((2, 4, 5))).shape == (2, 4, 5) else (4, 5, 2)
    out = seen(np.zeros(shape, np.float32))
    assert convolve(IMAGE, BANK, out=out).output is out
    np.testing.assert_array_equal(out, convolve(IMAGE, BANK).output)


def test_a_number_beyond_all_floats_is_no_threshold():
    with pytest.raises(ValueError, match="threshold must be a number of at least 0"):
        Differential(threshold=HUGE)


@pytest.mark.parametrize("technique", [Differential, LSH])
@pytest.mark.parametrize("value", [None, 1, "yes", np.zeros(2)])
def test_a_flag_is_true_or_false(technique, value):
    with pytest.raises(ValueError, match="as_published must be True or False, got"):
        technique(as_published=value)
    with pytest.raises(ValueError, match="reuse must be True or False, got"):
        LSH(reuse=value)


def test_more_members_than_there_are_windows_stand_for_a_cluster_as_all_do():
    many, all_of_them = LSH(3, representative=HUGE), LSH(3)
    one, other = convolve(IMAGE, BANK, many), convolve(IMAGE, BANK, all_of_them)
    np.testing.assert_array_equal(one.output, other.output)
    model = predict(many, IMAGE.shape, BANK.shape, facts=one.facts).model
    assert model == one.executed


def test_drift_takes_what_convolve_takes_and_says_what_is_wrong_with_the_rest():
    with pytest.raises(ValueError, match="image must be uint8"):
        drift(IMAGE * 1j, BANK, 1)
    image = IMAGE.copy()
    image[0, 0, 0] = np.inf
    assert not np.isfinite(drift(image, BANK, 1).kept[0])


def test_a_sigma_that_is_none_is_refused_whatever_it_is():
    with pytest.raises(ValueError, match="sigma must be a number, got NotImplemented"):
        filters.make("gaussian", sigma=NotImplemented)


def test_every_preset_can_be_made_in_every_size_it_names():
    for preset in filters.PRESETS.values():
        for size in [each for each in preset.sizes if each < 20]:
            assert np.isfinite(filters.make(preset.name, size, 5)).all()


def test_weights_are_read_from_text_and_a_file_s_name_is_told_in_one_line(tmp_path):
    with pytest.raises(ValueError, match="Weights must be text to be read, got a list"):
        filters.parse([1, 2])
    with pytest.raises(ValueError, match="can't be read") as caught:
        filters.load(tmp_path / ("a\nb" + "c" * 1000))
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400


def test_a_frame_in_the_other_byte_order_is_a_frame():
    image = IMAGE.astype(IMAGE.dtype.newbyteorder())
    known = convolve(image, BANK)
    given = convolve(image, BANK, Differential(Frame.after(image, known)))
    np.testing.assert_array_equal(given.output, known.output)


def test_no_part_is_executed_that_nothing_was_done_in():
    """Rows too far apart for a window above: no pair of pixels is compared."""
    image = np.repeat(np.arange(2.0)[None, :, None], 40, 2)
    technique, geometry = Differential("above"), Geometry((5, 1))
    result = convolve(image, np.ones((1, 1, 1, 5)), technique, geometry)
    model = predict(technique, (1, 2, 40), (1, 1, 1, 5), geometry, result.facts).model
    assert result.executed == model


def test_bits_tell_an_array_in_one_line():
    with pytest.raises(ValueError, match="values must be integers from -255 to 255") as caught:
        bits.ones(np.full((40, 40), 999))
    assert "\n" not in str(caught.value)
