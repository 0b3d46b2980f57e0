"""Numbers are shown with few digits, the right unit, and words where they are not finite."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convgui.model import numbers

EVERY = (
    numbers.si, numbers.bytes_, numbers.full, numbers.number,
    numbers.decibels, numbers.percent, numbers.seconds, numbers.times,
)  # fmt: skip


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0"), (7, "7"), (999, "999"), (999.94, "999.9"), (1000, "1.0 k"),
        (128_400_000, "128.4 M"), (999_949, "999.9 k"), (999_950, "1.0 M"), (999_999_999, "1.0 G"),
        (-1500, "-1.5 k"), (2.25, "2.2"), (3e12, "3.0 T"), (1e30, "1000000.0 Y"),
    ],
)  # fmt: skip
def test_si_keeps_below_a_thousand_after_rounding(value: float, shown: str) -> None:
    assert numbers.si(value) == shown


def test_si_takes_a_unit() -> None:
    assert numbers.si(12_300, "op/s") == "12.3 kop/s"
    assert numbers.si(12, "op") == "12 op"


@pytest.mark.parametrize(
    ("count", "shown"), [(0, "0 B"), (512, "512 B"), (1_500_000, "1.5 MB"), (3.2e9, "3.2 GB")]
)
def test_bytes(count: float, shown: str) -> None:
    assert numbers.bytes_(count) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (128_400_000, "128,400,000"), (7, "7"), (1234.5, "1,234.5"),
        (2**60 + 1, "1,152,921,504,606,846,977"),
    ],
)  # fmt: skip
def test_full_keeps_every_digit(value: float, shown: str) -> None:
    assert numbers.full(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0"), (118.24, "118.2"), (0.000123456, "0.0001235"), (1.5e-9, "1.5e-09")],
)
def test_number_keeps_significant_digits(value: float, shown: str) -> None:
    assert numbers.number(value) == shown


def test_decibels() -> None:
    assert numbers.decibels(26.64) == "26.6 dB"
    assert numbers.decibels(math.inf) == "∞"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (100, "100 %"), (100.0, "100 %"), (0, "0 %"), (99.97, "99.97 %"), (13.4, "13.40 %"),
        (99.9999, "> 99.99 %"), (0.001, "< 0.01 %"), (-0.001, "> -0.01 %"),
        (-250_000, "-250000 %"), (-31_415_926, "-3.14e+07 %"),
    ],
)  # fmt: skip
def test_percent_is_100_or_0_only_when_it_is(value: float, shown: str) -> None:
    assert numbers.percent(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0 s"), (2.5e-7, "0.25 µs"), (850e-6, "850 µs"), (999.9e-6, "1.00 ms"),
        (12.34e-3, "12.3 ms"), (0.9999, "1.00 s"), (1.237, "1.24 s"), (59.99, "60.0 s"),
        (59.999, "1 min 00 s"), (125, "2 min 05 s"),
        (3599.4, "59 min 59 s"), (3599.6, "1 h 00 min"), (12_000, "3 h 20 min"),
    ],
)  # fmt: skip
def test_seconds(value: float, shown: str) -> None:
    assert numbers.seconds(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1.8, "1.8 x"), (0.45, "0.45 x"), (0.999, "1.0 x"), (212.4, "212 x"), (0.00123, "0.0012 x"),
     (0.0221, "0.022 x"), (0.0994, "0.099 x"), (0.0996, "0.10 x")],
)
def test_times(value: float, shown: str) -> None:
    assert numbers.times(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1.0, "1"), (0.99986, "> 0.999"), (0.9995, "> 0.999"), (0.9994, "0.999"), (0.98765, "0.988"),
     (-0.25, "-0.25"), (float("nan"), "not a number")],
)
def test_a_similarity_is_1_only_where_nothing_differs(value: float, shown: str) -> None:
    assert numbers.similarity(value) == shown


@pytest.mark.parametrize("show", EVERY)
def test_what_is_not_finite_is_said(show: object) -> None:
    assert callable(show)
    assert show(math.nan) == "not a number"
    assert show(math.inf) == "∞"
    assert show(-math.inf) == "-∞"


@given(st.floats(), st.sampled_from(EVERY))
def test_every_number_is_shown_in_one_short_line(value: float, show: object) -> None:
    assert callable(show)
    shown = show(value)
    assert shown
    assert "\n" not in shown
    assert shown.split()[0] not in ("-0", "-0.0", "-0.00")
    if show is not numbers.full and abs(value) < 1e12:
        assert len(shown) < 24


@given(st.floats(0.0, 1e20))
def test_si_says_what_it_was_given(value: float) -> None:
    text, _, prefix = numbers.si(value).partition(" ")
    power = ("", "k", "M", "G", "T", "P", "E").index(prefix)
    assert float(text) * 1000.0**power == pytest.approx(value, rel=0.06, abs=0.051)
