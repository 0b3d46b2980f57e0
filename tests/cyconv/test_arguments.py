"""What convolve, predict and the techniques refuse, and that they say why."""

from __future__ import annotations

from abc import ABCMeta

import numpy as np
import pytest

from cyconv import LSH, Differential, Exact, Facts, Geometry, convolve, memory, predict

TECHNIQUES = [Exact(), Differential(), Differential("previous"), LSH(), LSH(scope="window")]
FROZEN = np.zeros((2, 3, 3), "f4")
FROZEN.flags.writeable = False


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"image": np.ones((3, 5, 5), complex)}, r"image must be uint8, .* got complex128"),
        ({"image": np.ones((3, 5, 5), object)}, r"image must be uint8, .* got object"),
        ({"image": np.ones((3, 5, 5), np.int16)}, r"image must be uint8, .* got int16"),
        ({"image": np.ones((3, 5, 5), np.float16)}, "image must be uint8, .*, got float16"),
        ({"image": "image"}, r"image must be uint8, .* got <U5"),
        ({"image": np.ones(5)}, r"image must be C x H x W or H x W .*, got shape \(5,\)"),
        ({"image": np.ones((1, 3, 5, 5))}, r"image must be .*, got shape \(1, 3, 5, 5\)"),
        ({"image": np.ones((3, 0, 5))}, r"image must be .* no empty side, got shape \(3, 0, 5\)"),
        ({"filters": np.ones((2, 3, 3, 3), complex)}, r"filters must be real .* complex128"),
        ({"filters": np.ones((2, 3, 3, 3), object)}, "filters must be real .* object"),
        ({"filters": "sobel"}, r"filters must be real .* <U5"),
        ({"filters": np.ones((3, 3, 3))}, r"filters must be .*, got shape \(3, 3, 3\)"),
        ({"filters": np.ones((0, 3, 3, 3))}, r"filters must be .*, got shape \(0, 3, 3, 3\)"),
        ({"filters": np.ones((2, 2, 3, 3))}, r"filters must have 3 channels each .*, got 2"),
        ({"filters": np.ones((3, 3))}, r"filters must have 3 channels each .*, got 1"),
        ({"filters": np.ones((1, 3, 6, 3))}, "filters must fit .* 6 rows.* only 5"),
        ({"filters": np.ones((1, 3, 3, 6))}, "filters must fit .* 6 columns.* only 5"),
        ({"geometry": Geometry(groups=2)}, "groups must divide .* got 2 groups for 3 channels"),
        ({"geometry": Geometry(groups=3)}, "groups must divide .* got 3 groups"),
        ({"geometry": 1}, "geometry must be a Geometry, got int"),
        ({"technique": "exact"}, "technique must be .* Exact.*, got str"),
        ({"technique": Exact}, "technique must be .*, got Exact"),
        ({"image": [[1], [2, 3]]}, "image must be an array of numbers, got a list"),
        ({"filters": [[1], [2, 3]]}, "filters must be an array of numbers, got a list"),
        ({"bias": [[1], [2, 3]]}, "bias must be an array of numbers, got a list"),
        ({"bias": [1]}, r"bias must have shape \(2,\), one a filter, got \(1,\)"),
        ({"bias": ["1", "2"]}, "bias must be real numbers, got dtype <U1"),
        ({"bias": [1j, 2]}, "bias must be real numbers, got dtype complex128"),
        ({"out": np.zeros((2, 3, 4), "f4")}, r"out must be .*\(2, 3, 3\) of .* got \(2, 3, 4\)"),
        ({"out": np.zeros((2, 3, 3), "f8")}, r"out must be .* float32, got .* of float64"),
        ({"out": [[0]]}, "out must be an array of shape .*, got list"),
        ({"out": FROZEN}, "out must be writeable, got a read-only"),
        ({"threads": 0}, "threads must be None or an int of at least 1, got 0"),
        ({"threads": 1.5}, r"threads must be None or an int of at least 1, got 1\.5"),
        ({"threads": True}, "threads must be None or an int of at least 1, got True"),
        ({"progress": 3}, "progress must be callable or None, got int"),
    ],
)  # fmt: skip
def test_bad_arguments_are_named_with_what_was_wanted_and_what_came(arguments, message):
    good = {"image": np.ones((3, 5, 5), np.float32), "filters": np.ones((2, 3, 3, 3))}
    with pytest.raises(ValueError, match=message):
        convolve(**(good | arguments))


class _NameOfItsOwn:
    """A technique as others may write it: its name is known once it is made."""

    def __init__(self) -> None:
        self.name = "mine"

    def run(self, problem):
        return Exact().run(problem)

    def predict(self, sizes, clusters=None):
        return Exact().predict(sizes, clusters)


class _OfItsOwnKind(Exact, metaclass=ABCMeta):
    pass


def test_a_technique_of_ones_own_may_get_its_name_when_it_is_made():
    image = np.arange(20, dtype=np.float32).reshape(1, 4, 5)
    filters = np.ones((1, 1, 3, 3))
    mine = convolve(image, filters, _NameOfItsOwn())
    np.testing.assert_array_equal(mine.output, convolve(image, filters).output)


def test_a_class_in_place_of_a_technique_is_refused_whatever_its_kind():
    with pytest.raises(ValueError, match=r"technique must be .*, got _OfItsOwnKind"):
        convolve(np.ones((1, 4, 4)), np.ones((1, 1, 3, 3)), _OfItsOwnKind)

@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"hashes": 0}, "hashes must be .* 1 to 32.*, got 0"),
        ({"hashes": 33}, "hashes must be .* 1 to 32.*, got 33"),
        ({"hashes": 2.0}, r"hashes must be .*, got 2\.0"),
        ({"scope": "image"}, 'scope must be "channel", "window" or an int of 1 or more, got'),
        ({"seed": -1}, "seed must be .*, got -1"),
        ({"seed": 0.5}, r"seed must be .*, got 0\.5"),
    ],
)
def test_bad_settings_of_lsh_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        LSH(**arguments)


def test_bad_settings_of_the_differential_technique_are_named():
    with pytest.raises(ValueError, match=r'reference .* or a Frame, got .left.'):
        Differential("left")
    with pytest.raises(ValueError, match=r"as_published .* \"first\", got 'previous'"):
        Differential("previous", as_published=True)


def test_predict_refuses_what_convolve_refuses():
    with pytest.raises(ValueError, match="filters must have 3 channels each"):
        predict(Exact(), (3, 5, 5), (1, 2, 3, 3))
    with pytest.raises(ValueError, match="filters must fit the padded image"):
        predict(Exact(), (3, 5, 5), (1, 3, 6, 6))


@pytest.mark.parametrize("technique", TECHNIQUES, ids=str)
def test_an_output_that_does_not_fit_is_refused_before_anything_is_allocated(technique):
    """Padding makes a huge output out of a small image, so the tester needs no memory either."""
    with pytest.raises(MemoryError, match=r"an output of .* would take .* MiB"):
        convolve(np.ones((1, 4, 4), np.float32), np.ones((1, 1, 3, 3)), technique,
                 Geometry(padding=10_000_000))  # fmt: skip


@pytest.mark.parametrize("technique", TECHNIQUES, ids=str)
def test_copies_that_do_not_fit_are_refused_before_they_are_made(technique):
    """One value repeated shows the shape of a huge array and takes no memory itself."""
    image, value = np.ones((3, 255, 255), np.float32), np.float32(1)
    with pytest.raises(MemoryError, match=r"filters of .* in float32 would take .* MiB"):
        convolve(image, np.broadcast_to(value, (10**6, 3, 255, 255)), technique)
    value = np.array(1, value.dtype.newbyteorder())
    with pytest.raises(MemoryError, match=r"image of .* in float32 would take .* MiB"):
        convolve(np.broadcast_to(value, (1, 10**6, 10**6)), np.ones((3, 3)), technique,
                 Geometry(stride=10**5))  # fmt: skip


@pytest.mark.parametrize("technique", TECHNIQUES, ids=str)
def test_steps_that_are_never_taken_take_no_memory(technique):
    """With one window a stride is of no account, with one tap a dilation."""
    rng = np.random.default_rng(5)
    image = rng.normal(size=(3, 6, 7)).astype(np.float32)
    for bank, far in [
        (rng.normal(size=(2, 3, 3, 4)), Geometry(stride=10**9)),
        (rng.normal(size=(2, 3, 3, 4)), Geometry(stride=10**9, padding="same")),
        (rng.normal(size=(2, 3, 1, 1)), Geometry(dilation=2**31 - 1)),
        (rng.normal(size=(2, 3, 6, 1)), Geometry(stride=(2**31 - 1, 2), dilation=(1, 10**9))),
    ]:
        near = Geometry(tuple(min(each, 100) for each in far.strides), far.padding,
                        tuple(min(each, 1) for each in far.dilations))  # fmt: skip
        given = convolve(image, bank, technique, far)
        wanted = convolve(image, bank, technique, near)
        np.testing.assert_array_equal(given.output, wanted.output)
        assert given.held_bytes == wanted.held_bytes


def test_values_too_large_for_the_type_warn_of_nothing():
    """They become infinite; pytest makes an error of any warning."""
    image = np.ones((1, 4, 4), np.float32)
    output = convolve(image, np.full((2, 1, 2, 2), [[[[1e300]]], [[[1]]]]), bias=[0, -1e300]).output
    assert (output[0] == np.inf).all()
    assert (output[1] == -np.inf).all()


def test_facts_are_facts():
    with pytest.raises(ValueError, match="facts must be a Facts or None, got list"):
        predict(LSH(2), (3, 8, 9), (2, 3, 3, 3), facts=[1, 2, 3])


@pytest.mark.parametrize(
    ("clusters", "message"),
    [
        ([1, 2], r"clusters must be 3 ints, one a channel, got shape \(2,\)"),
        ([1.0, 2, 3], "clusters must be 3 ints, .* float64"),
        ([[1], [2, 3]], "clusters must be an array of numbers, got a list"),
        ([0, 1, 1], r"clusters must be 1 to 4, one a channel, got \[0, 1, 1\]"),
        ([5, 1, 1], r"clusters must be 1 to 4, one a channel, got \[5, 1, 1\]"),
    ],
)
def test_clusters_that_can_not_be_are_refused(clusters, message):
    with pytest.raises(ValueError, match=message):
        predict(LSH(2), (3, 8, 9), (2, 3, 3, 3), facts=Facts(clusters=clusters))
    with pytest.raises(ValueError, match="clusters must be 1 to 2"):
        predict(LSH(2), (1, 3, 4), (1, 1, 3, 3), facts=Facts(clusters=[3]))


def test_memory_that_is_not_there_is_asked_for_first(monkeypatch):
    """The limit is made up; outputs up to 16 MiB are not asked for."""
    monkeypatch.setattr(memory, "available", lambda: 1 << 20)
    image = np.ones((1, 600, 600), np.float32)
    with pytest.raises(MemoryError, match="would take 22 MiB, only 1 MiB are free"):
        convolve(image, np.ones((1, 1, 3, 3)), geometry=Geometry(padding=900))
    convolve(image, np.ones((1, 1, 3, 3)))
