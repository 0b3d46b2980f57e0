"""Weights as people type them and keep them in files; every refusal is one sentence."""

from __future__ import annotations

import io
import os
import struct
import tracemalloc
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cyconv.filters import load, parse

MOST = (1 << 20) - 10
SOBEL = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]


def attempt(function, argument):
    """Gives (weights, None), or (None, the refusal)."""
    try:
        return function(argument), None
    except ValueError as error:
        return None, str(error)


@pytest.mark.parametrize(
    "text",
    [
        "-1 0 1\n-2 0 2\n-1 0 1",
        "-1 0 1; -2 0 2; -1 0 1",
        "-1,0,1;-2,0,2;-1,0,1",
        "-1, 0, 1\r\n-2, 0, 2\r\n-1, 0, 1\r\n",
        "-1, 0, 1,\n-2, 0, 2,\n-1, 0, 1,\n",
        "  -1\t0\t1\n\n\n-2\t0\t2\n-1\t0\t+1  ;",
        "−1 0 1; –2 0 2; −1 0 1",
        "[[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]",
        "[[-1  0  1]\n [-2  0  2]\n [-1  0  1]]",
        "((-1, 0, 1); (-2, 0, 2); (-1, 0, 1))",
        "-1. .0 1e0; -2.0 0 20E-1; -3/3 0/7 1/1",
        "-1 0 1; -4 / 2 0 4/ 2; -1 0 2 /2",
        "-1,0 0,0 1,0; -2,0 0,0 2,0; -1,0 0,0 1,0",
    ],
)
def test_ways_to_type_a_sobel(text):
    weights = parse(text)
    assert weights.dtype == np.float64
    np.testing.assert_array_equal(weights, SOBEL)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("1/9 1/9 1/9", [[1 / 9] * 3]),
        ("-1/2; 3/-4; 0.5/2", [[-0.5], [-0.75], [0.25]]),
        ("7", [[7]]),
        ("1,2", [[1, 2]]),
        ("1,2\n3,4", [[1, 2], [3, 4]]),
        ("0,5 0,25\n1 2", [[0.5, 0.25], [1, 2]]),
        ("0,11 0,11 0,11", [[0.11, 0.11, 0.11]]),
        ("1, 2, 3", [[1, 2, 3]]),
        ("1,2,3 4,5,6", [[1, 2, 3, 4, 5, 6]]),
        ("1.5,2 3,4", [[1.5, 2, 3, 4]]),
        ("1,2 3\n4 5,6", [[1.2, 3], [4, 5.6]]),
        ("1,2\n3 4", [[1, 2], [3, 4]]),
    ],
)
def test_other_texts(text, rows):
    np.testing.assert_array_equal(parse(text), rows)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Weights must be numbers, got none."),
        (" ;\n; ", "Weights must be numbers, got none."),
        ("[]", "Weights must be numbers, got none."),
        ("1 2; 3", "Rows must be of one length, but row 1 has 2 numbers and row 2 has 1."),
        ("1 2; 3 x", "Row 2 can't be read: 'x' is no number."),
        ("1 ,, 2", "Row 1 can't be read: a number is missing beside a comma."),
        (",1", "Row 1 can't be read: a number is missing beside a comma."),
        ("1 nan", "Row 1 can't be read: 'nan' is no number."),
        ("inf", "Row 1 can't be read: 'inf' is no number."),
        ("1_000", "Row 1 can't be read: '1_000' is no number."),
        ("0x10", "Row 1 can't be read: '0x10' is no number."),
        ("1/0", "Row 1 can't be read: '1/0' divides by 0."),
        ("1/2/3", "Row 1 can't be read: '1/2/3' is no number."),
        ("1e999", "Row 1 can't be read: '1e999' is too large."),
        ("1e300/1e-300", "Row 1 can't be read: '1e300/1e-300' is too large."),
        ("- 1", "Row 1 can't be read: '-' is no number."),
        ("1e", "Row 1 can't be read: '1e' is no number."),
        ("1 " * 256, "Weights must be at most 255 x 255, got 1 x 256."),
        ("1;" * 256, "Weights must be at most 255 x 255, got 256 x 1."),
        ("1 " * (1 << 20), "Weights must be at most 1048576 characters long, got 2097152."),
    ],
)
def test_refusals_are_one_sentence(text, message):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 (the whole message is compared)
        parse(text)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "text",
    ["]" + " " * MOST, "] " * (MOST // 2), "1" * MOST + "x", "1" + " " * MOST + "/",
     "1 " * (MOST // 2), "1," * (MOST // 2), "[" * MOST, "1/" * (MOST // 2), "1e" + "9" * MOST],
    ids=range(9),
)  # fmt: skip
def test_the_longest_text_takes_no_pattern_back_and_forth(text):
    # Patterns that can part a text in many ways once went on for hours here.
    weights, refusal = attempt(parse, text)
    assert weights is None
    assert refusal.endswith(".")


@given(st.text(alphabet="0123456789+-−.,;/eE \t\n[]()x½", max_size=40) | st.text(max_size=20))
def test_any_text_gives_weights_or_one_sentence(text):
    weights, refusal = attempt(parse, text)
    if weights is None:
        assert refusal.endswith(".")
        assert "\n" not in refusal
    else:
        assert weights.ndim == 2
        assert weights.size
        assert np.isfinite(weights).all()


@given(st.lists(st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3), min_size=1, max_size=4))
def test_what_python_prints_is_read_back(rows):
    np.testing.assert_array_equal(parse(str(rows)), rows)
    np.testing.assert_array_equal(parse("; ".join(" ".join(map(repr, r)) for r in rows)), rows)


@pytest.mark.parametrize(
    "dtype", ["float64", "float32", "float16", "int8", "uint64", ">f4", "bool"]
)
@pytest.mark.parametrize("shape", [(2, 3), (2, 1, 3, 2)])
def test_npy_files_of_any_real_dtype(tmp_path, dtype, shape):
    array = np.arange(np.prod(shape)).reshape(shape).astype(dtype)
    np.save(tmp_path / "weights.npy", np.asfortranarray(array))
    weights = load(tmp_path / "weights.npy")
    assert weights.dtype == np.float64
    assert weights.flags.c_contiguous
    np.testing.assert_array_equal(weights, array.astype(np.float64))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", b"-1 0 1\n-2 0 2\n-1 0 1\n"),
        ("a.txt", "# Sobel\n−1 0 1; -2 0 2 # middle\n-1 0 1".encode()),
        ("a.TXT", "-1 0 1\n-2 0 2\n-1 0 1".encode("utf-8-sig")),
        ("a.csv", b"-1,0,1\r\n-2,0,2\r\n-1,0,1\r\n"),
        ("a.csv", b"-1\t0\t1\n-2\t0\t2\n-1\t0\t1"),
        ("a.csv", b"-1;0;1\r\n-2;0;2\r\n-1;0;1\r\n"),
        ("a.csv", b"-1,0;0,0;1;\n-2;0;2,00;\n-1;0;1;"),
        ("a.csv", "-1;0;1\n-2;0;2\n-1;0;1".encode("utf-16")),
        ("Gewichte für α.csv", b"-1, 0, 1\n-2, 0, 2\n-1, 0, 1"),
    ],
)
def test_text_files(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    np.testing.assert_array_equal(load(tmp_path / name), SOBEL)
    np.testing.assert_array_equal(load(str(tmp_path / name)), SOBEL)


def test_a_row_of_a_csv_file_may_use_semicolons(tmp_path):
    (tmp_path / "row.csv").write_bytes(b"0,25;0,5;0,25")
    np.testing.assert_array_equal(load(tmp_path / "row.csv"), [[0.25, 0.5, 0.25]])


def npy(array):
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=True)
    return buffer.getvalue()


def header(text, version=1):
    """Gives a .npy file with a header of the tester's own and no data."""
    length = struct.pack("<H" if version == 1 else "<I", len(text))
    return b"\x93NUMPY" + bytes([version, 0]) + length + text.encode()


DAMAGED = "the file is damaged or cut short."
INFINITE = "all weights must be finite, but some are not a number or infinite."
REAL = "it must hold real numbers, but holds "
DIMENSIONS = "it must have 2 dimensions (K_h x K_w) or 4 (M x C x K_h x K_w), but has "
SHAPE = "it must hold 1 to 16777216 values in windows of at most 255 x 255, but its shape is "
RAGGED = "rows must be of one length, but row 1 has 2 numbers and row 2 has 1."
HUGE = "{'descr': '<f8', 'fortran_order': False, 'shape': (%s), }\n"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.png", b"", "weights come in .npy, .csv or .txt files."),
        ("a.npy", b"", DAMAGED),
        ("a.npy", b"PK\x03\x04 a zip", DAMAGED),
        ("a.npy", npy(np.ones((3, 3)))[:-1], DAMAGED),
        ("a.npy", npy(np.ones((3, 3)))[:40], DAMAGED),
        ("a.npy", npy(np.array([[None]])), REAL + "object."),
        ("a.npy", npy(np.ones((3, 3), "c8")), REAL + "complex64."),
        ("a.npy", npy(np.array([["1"]])), REAL + "<U1."),
        ("a.npy", npy(np.ones((2, 2), "M8[s]")), REAL + "datetime64[s]."),
        ("a.npy", npy(np.ones((2, 2, 2))), DIMENSIONS + "3."),
        ("a.npy", npy(np.float64(1)), DIMENSIONS + "0."),
        ("a.npy", npy(np.ones((0, 3))), SHAPE + "0 x 3."),
        ("a.npy", header(HUGE % "9999999, 9999999, 9, 9"), SHAPE + "9999999 x 9999999 x 9 x 9."),
        ("a.npy", header(HUGE % "-3, -3"), SHAPE + "-3 x -3."),
        ("a.npy", header(HUGE % "256, 3"), SHAPE + "256 x 3."),
        ("a.npy", header(HUGE % "16777216, 1, 1, 1"), DAMAGED),
        ("a.npy", header("(" * 9000), DAMAGED),
        ("a.npy", header(" " * 20000), DAMAGED),
        ("a.npy", header("{}", version=3), DAMAGED),
        ("a.npy", npy(np.array([[1, np.nan]])), INFINITE),
        ("a.npy", npy(np.array([[1, np.inf]])), INFINITE),
        ("a.npy", npy(np.array([["1e4000"]]).astype(np.longdouble)), INFINITE),
        ("a.txt", b"", "weights must be numbers, got none."),
        ("a.txt", b"1 2\n3", RAGGED),
        ("a.txt", b"\xff\x00\x81", "it holds something other than text."),
        ("a.csv", bytes(range(128, 200)), "it holds something other than text."),
        ("a.txt", b"1 2\x00\x00\n3 4", "it holds something other than text."),
        ("a.csv", b"a,b\n1,2", "row 1 can't be read: 'a' is no number."),
        ("a.csv", b"1 " * (1 << 20), "it is larger than 1048576 bytes."),
    ],
)  # fmt: skip
def test_bad_files_are_refused_in_one_sentence(tmp_path, name, data, reason):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ValueError) as caught:  # noqa: PT011 (the whole message is compared)
        load(tmp_path / name)
    assert str(caught.value) == f"{name} can't be read: {reason}"


def test_what_is_no_file_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"^none\.npy can't be read: No such file or directory\.$"):
        load(tmp_path / "none.npy")
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(ValueError, match=r"^folder\.txt can't be read: "):
        load(tmp_path / "folder.txt")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are a POSIX thing")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(ValueError, match=r"^pipe\.txt can't be read: it is no ordinary file\.$"):
        load(tmp_path / "pipe.txt")


def test_a_name_that_is_no_utf8(tmp_path):
    path = tmp_path / os.fsdecode(b"\xff.png")
    with pytest.raises(ValueError, match=r"^\ufffd\.png can't be read") as caught:
        load(path)
    str(caught.value).encode()


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 255), st.integers(0, 200))
def test_a_damaged_npy_file_gives_weights_or_one_sentence(tmp_path_factory, position, byte, cut):
    data = bytearray(npy(np.ones((3, 3), np.float32)))
    data[position % len(data)] = byte
    path = tmp_path_factory.getbasetemp() / "damaged.npy"
    path.write_bytes(data[: len(data) - (cut if cut < 100 else 0)])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        weights, refusal = attempt(load, path)
    if weights is None:
        assert refusal.startswith("damaged.npy can't be read: ")
        assert "\n" not in refusal
    else:
        assert np.isfinite(weights).all()


def test_a_header_that_says_it_is_endless_takes_no_room(tmp_path):
    file = tmp_path / "endless.npy"
    file.write_bytes(b"\x93NUMPY\2\0\xff\xff\xff\xff{}")
    tracemalloc.start()
    _, refusal = attempt(load, file)
    assert tracemalloc.get_traced_memory()[1] < 1 << 20
    tracemalloc.stop()
    assert refusal == "endless.npy can't be read: the file is damaged or cut short."


def test_a_shape_of_truth_values_is_no_shape(tmp_path):
    file = tmp_path / "truth.npy"
    header = b"{'descr': '<f8', 'fortran_order': False, 'shape': (True, True), }\n"
    file.write_bytes(b"\x93NUMPY\1\0" + struct.pack("<H", len(header)) + header + bytes(8))
    assert attempt(load, file)[1] == "truth.npy can't be read: the file is damaged or cut short."
