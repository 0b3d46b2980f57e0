"""How windows cluster and from how many filters on it pays, against counts made by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from driving import run_by
from numpy.lib.stride_tricks import sliding_window_view

from convgui import style
from convgui.model import clusters
from convgui.model.compute import run
from convgui.model.image import Image
from convgui.model.resolve import resolve
from convgui.model.session import Session
from convgui.panels.cluster_lines import MOST_SPANS, cluster_lines, crossing
from convgui.panels.saved_lines import saved_lines
from convgui.widgets.break_even import BAR, LINE, BreakEven, Crossing
from cyconv import convolve
from cyconv.techniques.lsh import hash_vectors

HASHES = 4
NAMES = ("used", "entropy", "largest", "remaining", "balance")


def picture():
    rng = np.random.default_rng(5)
    slope = np.add.outer(np.arange(24), np.arange(30))[..., None] * (2, 3, 1)
    return Image((slope + rng.integers(0, 60, (24, 30, 3))).astype(np.uint8), "slope")


@pytest.fixture(scope="module")
def comparison():
    session = Session(filter_name="gabor", kernel_size=5, filter_count=8, hashes=HASHES)
    return run(resolve(session, picture(), ("exact", "differential", "lsh", "low-rank")))


@pytest.fixture
def view(qtbot):
    made = BreakEven("#f0923b")
    qtbot.addWidget(made)
    made.resize(300, made.sizeHint().height())
    with qtbot.waitExposed(made):
        made.show()
    return made


def codes_by_hand(comparison):
    """The signs of all windows' projections, channel by channel, N x H."""
    vectors = hash_vectors(comparison["lsh"].technique, 25)
    for plane in comparison.request.image:
        windows = sliding_window_view(plane, (5, 5)).reshape(-1, 25)
        yield windows @ vectors.T > 0


def test_health_is_that_of_the_codes(comparison):
    (block,) = cluster_lines(comparison["lsh"])
    lines = {line.key: line for line in block.parts}
    assert tuple(lines) == NAMES
    kinds, shares, bits = [], [], []
    for codes in codes_by_hand(comparison):
        counts = np.unique(codes, axis=0, return_counts=True)[1]
        kinds.append(counts)
        shares.append(counts / counts.sum())
        bits.append(np.maximum(codes.mean(axis=0), 1 - codes.mean(axis=0)))
    windows = len(codes)
    assert [float(cell.full) for cell in lines["used"].cells[1:]] == [
        sum(map(len, kinds)), 3 * 2**HASHES
    ]
    entropy = np.mean([-(each * np.log2(each)).sum() for each in shares])
    assert float(lines["entropy"].cells[1].full) == pytest.approx(entropy)
    assert float(lines["entropy"].cells[2].full) == HASHES
    assert [float(cell.full) for cell in lines["largest"].cells[1:]] == [
        max(each.max() for each in kinds), windows
    ]
    left = np.mean([len(each) / windows for each in kinds])
    assert float(lines["remaining"].cells[1].full) == pytest.approx(left)
    assert float(lines["balance"].cells[1].full) == pytest.approx(np.mean(bits))
    assert float(lines["balance"].cells[2].full) == pytest.approx(np.max(bits))
    assert clusters.break_even(comparison["lsh"].health) == pytest.approx(HASHES / (1 - left))
    for line in block.parts:
        assert [part.cells[0].text for part in line.parts] == [f"Channel {k}" for k in (1, 2, 3)]
        assert line.cells[0].full


def test_only_what_clusters_has_health(comparison):
    assert [bool(each.health) for each in comparison.outcomes] == [False, False, True, False]


def test_many_pieces_are_not_all_listed():
    session = Session(scope="pieces", piece=1, kernel_size=7)
    (block,) = cluster_lines(run(resolve(session, picture(), ("lsh",)))["lsh"])
    assert {len(line.parts) for line in block.parts} == {MOST_SPANS}
    assert block.parts[0].parts[-1].cells[0].text == f"Piece {MOST_SPANS}"


@pytest.mark.parametrize(
    "changes",
    [{}, {"correction": "brightness"}, {"family": "principal", "correction": "projection"},
     {"family": "quantised", "step": 90.0, "scope": "window"}, {"scope": "pieces", "piece": 20}],
    ids=str,
)  # fmt: skip
def test_from_the_line_on_fewer_multiplications_are_executed(changes):
    """Counted in runs of one filter less, and of as many as the line says."""

    def made(count):
        session = Session(
            filter_name="random", kernel_size=5, filter_count=count, hashes=2, **changes
        )
        return run(resolve(session, picture(), ("exact", "lsh")))

    counted = clusters.break_even_counted(made(4), made(4)["lsh"])
    assert math.isfinite(counted)
    count = math.ceil(counted)
    assert count > 1
    for filters, fewer in ((count - 1, False), (count, True)):
        request = made(filters).request
        lsh, exact = (
            convolve(request.image, request.filters, each, request.geometry).executed
            for each in (request.techniques[1], request.techniques[0])
        )
        assert (lsh.multiplications <= exact.multiplications) == fewer


def test_without_reuse_it_never_pays():
    comparison = run(resolve(Session(reuse=False), picture()))
    found = crossing(comparison, comparison["lsh"])
    assert found == Crossing(1, math.inf, math.inf)
    assert not found.pays


def test_both_savings_stand_for_every_technique(comparison):
    lines = saved_lines(comparison)
    assert [line.key for line in lines] == ["heading", "operations", "time"]
    exact = comparison.exact.result
    for column, outcome in enumerate(comparison.outcomes, 1):
        if outcome.name == "exact":
            assert [line.cells[column].text for line in lines[1:]] == ["–", "–"]
            continue
        wanted = (
            1 - outcome.result.executed.total / exact.executed.total,
            1 - outcome.result.seconds / exact.seconds,
        )
        for line, value in zip(lines[1:], wanted, strict=True):
            full = line.cells[column].full
            assert float(full.removesuffix(" %")) == pytest.approx(100 * value, rel=1e-3)
    assert sum(cell.best for cell in lines[1].cells) == 1


def test_the_picture_says_whether_it_pays(view):
    view.show_crossing(Crossing(1, 4.2, 6.5))
    assert view.words == "Pays from M = 5 filters on; M = 1"
    assert view.words_counted.endswith("from M = 7 on")
    assert view.words in view.accessibleDescription()
    assert not view.crossing.pays
    assert 0 == view.place(1) < view.place(4.2) < view.place(6.5) < 1
    view.show_crossing(Crossing(64, 4.2, math.inf))
    assert not view.crossing.pays
    assert view.words_counted.endswith("never")
    assert view.place(4.2) < view.place(64) < 1
    view.show_crossing(Crossing(3, math.inf, math.inf))
    assert "Never" in view.words


@pytest.mark.parametrize("theme", [style.LIGHT, style.DARK], ids=lambda theme: theme.name)
def test_the_bar_reaches_the_line_where_it_pays(view, theme):
    view.apply_theme(theme)

    def coloured(crossing):
        view.show_crossing(crossing)
        image = view.grab().toImage()
        scale = image.width() / view.width()
        row = round((2 * LINE + 1.5 * BAR) * scale)
        hues = [image.pixelColor(column, row) for column in range(image.width())]
        return sum(1 for hue in hues if hue.red() - hue.blue() > 50) / len(hues)

    few, many = coloured(Crossing(2, 8.0, 8.0)), coloured(Crossing(32, 8.0, 8.0))
    assert 0 < few < view.place(8.0) < many
    assert many == pytest.approx(view.place(32), abs=0.05)


def test_more_filters_in_the_window_make_it_pay(compared, qtbot):
    results = compared.results
    assert results.break_even.isVisibleTo(results)
    assert not results.break_even.crossing.pays
    run_by(compared, qtbot, compared.parameters.rows["filter_count"].editor.spin.setValue, 24)
    qtbot.waitUntil(lambda: results.break_even.crossing.filters == 24)
    assert results.break_even.crossing.pays
    run_by(compared, qtbot, compared.parameters.rows["show_lsh"].editor.click)
    qtbot.waitUntil(lambda: not results.break_even.isVisibleTo(results))


def test_low_rank_is_switched_on_by_hand_and_shown_everywhere(compared, qtbot):
    panels = compared.compare.pictures
    assert panels["low-rank"].isHidden()
    comparison = run_by(compared, qtbot, compared.parameters.rows["show_low_rank"].editor.click)
    assert "low-rank" in comparison
    for name in ("low-rank", "low-rank.error"):
        assert panels[name].isVisible()
        assert panels[name].view.layer is not None
    qtbot.waitUntil(lambda: len(compared.results.saved.lines[0].cells) == 5)
    assert compared.results.saved.lines[0].cells[4].text == "Low rank"
    run_by(compared, qtbot, compared.controller.undo)
    assert panels["low-rank"].isHidden()


def test_what_is_shown_is_remembered(make_window, qtbot):
    first = make_window()
    first.parameters.rows["show_low_rank"].editor.click()
    first.parameters.rows["show_differential"].editor.click()
    first.close()
    second = make_window()
    comparison = run_by(second, qtbot, second.opener.open_sample, "hand")
    assert [each.name for each in comparison.outcomes] == ["exact", "lsh", "low-rank"]
    assert second.compare.pictures["differential"].isHidden()
