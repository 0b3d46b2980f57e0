"""The results: right figures, the best of them marked, live ones rising, all of it copied."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from convgui import style
from convgui.model import numbers, published
from convgui.model.compute import Progress, run
from convgui.model.image import Image
from convgui.model.resolve import resolve
from convgui.model.session import Session
from convgui.panels import result_lines
from convgui.panels.live_operations import LiveOperations
from convgui.panels.results import ResultsPanel
from convgui.widgets.sheet import Sheet
from convgui.widgets.sheet_delegate import Fonts
from convgui.widgets.sheet_lines import Cell, Line
from cyconv import Operations
from cyconv.cost import Part
from cyconv.paths import PATHS

SESSIONS = {
    "blur": Session(),
    "bank": Session(filter_name="gabor", filter_count=6, kernel_size=7, hashes=6),
    "published": Session(lsh_as_published=True, differential_as_published=True),
}


def make_image():
    noise = np.random.default_rng(0).integers(0, 40, (60, 80, 3))
    slope = np.add.outer(np.arange(60), np.arange(80))[..., None] % 200
    return Image((slope + noise).astype(np.uint8), "scene.png")


@pytest.fixture(scope="module")
def comparisons():
    return {name: run(resolve(each, make_image())) for name, each in SESSIONS.items()}


@pytest.fixture(params=SESSIONS)
def comparison(request, comparisons):
    return comparisons[request.param]


@pytest.fixture
def panel(qtbot):
    panel = ResultsPanel()
    qtbot.addWidget(panel)
    panel.apply_theme(style.LIGHT)
    panel.resize(340, 900)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


def by_key(lines, *keys):
    """The line at the end of a path of keys."""
    found = next(line for line in lines if line.key == keys[0])
    return by_key(found.parts, *keys[1:]) if keys[1:] else found


def texts(line):
    return [cell.text for cell in line.cells]


class TestLines:
    def test_accuracy_is_that_of_the_outcomes(self, comparison):
        lines = result_lines.accuracy_lines(comparison)
        assert texts(lines[0])[1:] == ["Exact", "Differential", "LSH"]
        for column, outcome in enumerate(comparison.outcomes, 1):
            for metric in result_lines.metrics():
                cell = by_key(lines, metric.key).cells[column]
                value = getattr(outcome.accuracy, metric.key)
                assert cell.text == result_lines.short(value, metric.show)
                if np.isfinite(value):
                    assert float(cell.full) == value

    def test_the_exact_output_is_never_the_best(self, comparison):
        for line in result_lines.accuracy_lines(comparison)[1:]:
            assert not line.cells[1].best

    def test_the_better_technique_is_marked(self, comparisons):
        lines = result_lines.accuracy_lines(comparisons["blur"])
        for key in ("psnr", "max_abs_error", "relative_l2", "accuracy"):
            assert [cell.best for cell in by_key(lines, key).cells] == [False, False, True, False]

    def test_values_that_are_not_finite_are_counted(self, comparisons):
        labels = [line.key for line in result_lines.accuracy_lines(comparisons["published"])]
        assert {"NaN values", "Infinite values"} <= set(labels)
        plain = [line.key for line in result_lines.accuracy_lines(comparisons["blur"])]
        assert "NaN values" not in plain

    def test_operations_are_those_of_the_outcomes(self, comparison):
        lines = result_lines.operation_lines(comparison)
        most = result_lines.reach(comparison)
        for outcome in comparison.outcomes:
            for key, counted in (
                ("report", outcome.prediction.report),
                ("model", outcome.prediction.model),
                ("executed", outcome.result.executed),
            ):
                line = by_key(lines, outcome.name, key)
                assert [cell.full for cell in line.cells[1:]] == [
                    numbers.full(counted.multiplications),
                    numbers.full(counted.additions),
                ]
                assert sum(line.bar) == pytest.approx(counted.total / most)
                assert sum(line.bar) <= 1 + 1e-12
                assert [part.key for part in line.parts] == [part.name for part in counted.parts]

    def test_the_path_is_said_where_there_are_several(self, comparison):
        cells = by_key(result_lines.cost_lines(comparison), "path").cells
        assert [cell.text for cell in cells] == ["Path", "direct", "–", "–"]
        assert PATHS["direct"].reason in cells[1].full

    def test_the_shortest_time_has_the_shortest_bar(self, comparison):
        cells = by_key(result_lines.cost_lines(comparison), "time").cells[1:]
        seconds = [each.result.seconds for each in comparison.outcomes]
        assert [cell.share for cell in cells] == pytest.approx(
            [each / max(seconds) for each in seconds]
        )
        assert [cell.best for cell in cells] == [each == min(seconds) for each in seconds]

    @pytest.mark.parametrize(
        ("value", "text"),
        [(97.25, "97.25 %"), (-3059.2, "-3059 %"), (-13_600_000, "-13.6 M %"), (0.0, "0 %")],
    )
    def test_percentages_stay_short(self, value, text):
        assert result_lines.percentage(value) == text


class TestPanel:
    def test_it_says_what_will_stand_here(self, panel):
        assert panel.empty.isVisible()
        assert not panel.operations.isVisible()

    def test_it_shows_a_comparison(self, panel, comparison):
        panel.show_comparison(comparison)
        assert not panel.empty.isVisible()
        assert panel.accuracy.isVisible()
        assert panel.operations.isVisible()
        assert list(panel.accuracy.lines) == result_lines.accuracy_lines(comparison)

    def test_nothing_is_cut_at_340_points(self, panel, comparison, qtbot):
        panel.show_published(published.measure(make_image()))
        panel.show_comparison(comparison)
        for sheet in panel.sheets:
            sheet.expandAll()
        qtbot.waitUntil(lambda: panel.verticalScrollBar().maximum() > 0)
        assert panel.horizontalScrollBar().maximum() == 0
        for sheet in panel.sheets:
            index = sheet.model().index(0, 0)
            while index.isValid():
                line = index.data(Qt.ItemDataRole.UserRole + 1)
                for column, cell in enumerate(line.cells):
                    if sheet.isFirstColumnSpanned(index.row(), index.parent()) and column:
                        continue
                    room = sheet.visualRect(index.siblingAtColumn(column)).width()
                    assert Fonts().width(line, cell, number=column > 0) <= room, cell.text
                index = sheet.indexBelow(index)

    def test_what_is_unfolded_stays_so(self, panel, comparisons):
        panel.show_comparison(comparisons["blur"])
        sheet = panel.operations
        lsh = sheet.model().index(3, 0)
        executed = sheet.model().index(2, 0, lsh)
        height = sheet.height()
        sheet.expand(executed)
        assert sheet.height() > height
        panel.show_comparison(comparisons["bank"])
        assert sheet.isExpanded(sheet.model().index(2, 0, sheet.model().index(3, 0)))

    def test_a_technique_can_not_be_folded_away(self, panel, comparisons):
        panel.show_comparison(comparisons["blur"])
        sheet = panel.operations
        sheet.collapse(sheet.model().index(1, 0))
        assert sheet.isExpanded(sheet.model().index(1, 0))

    def test_counts_rise_while_a_run_goes_on(self, panel, comparisons):
        comparison = comparisons["blur"]
        panel.show_comparison(comparison)
        panel.show_dimmed(True)
        exact = comparison.exact.result.executed
        some = Operations((Part("convolution", 10, 9),))
        panel.show_progress(Progress("exact", "Exact, convolution", 0.1, some, 1000))
        line = by_key(panel.operations.lines, "exact", "executed")
        assert texts(line)[1:] == ["10", "9"]
        assert line.live
        panel.show_progress(Progress("exact", "Exact, accuracy", 0.4, exact, 2000))
        both = Operations((*exact.parts, Part("hash", 7, 6)))
        panel.show_progress(Progress("lsh", "LSH, hash", 0.6, both, 3000))
        assert texts(by_key(panel.operations.lines, "lsh", "executed"))[1:] == ["7", "6"]
        assert "LSH, hash" in panel.total.text()
        assert "3.0 kB" in panel.total.text()
        # A run that was given up leaves the last whole result, dimmed.
        panel.show_dimmed(True)
        assert list(panel.operations.lines) == result_lines.operation_lines(comparison)

    def test_the_first_run_tells_too(self, panel):
        some = Operations((Part("convolution", 10, 9),))
        panel.show_progress(Progress("exact", "Exact, convolution", 0.1, some, 1000))
        assert "19 operations" in panel.empty.text()

    def test_a_new_run_begins_at_nought(self):
        live = LiveOperations()
        some = Operations((Part("convolution", 10, 9),))
        step = Progress("exact", "", 0.5, some, 1000)
        live.take(step)
        live.take(replace(step, technique="lsh", fraction=0.9))
        assert live.take(replace(step, fraction=0.1)) == {"exact": (10, 9)}

    def test_the_report_s_claims_stand_beside_what_is_measured(self, panel):
        rows = published.measure(make_image())
        panel.show_published(rows)
        assert panel.published.isVisible()
        lsh = by_key(panel.published.lines, "lsh", "report")
        assert texts(lsh)[1] == "0 %"
        assert "overflows" in panel.why.text()
        headings = [cell.text for cell in panel.published.lines[0].cells]
        assert headings == ["accuracy", "claimed", "as published", "repaired"]
        panel.show_published(None)
        assert not panel.published.isVisible()

    def test_the_report_s_claims_are_seen_without_scrolling(self, panel, comparison, qtbot):
        panel.resize(340, 300)
        panel.show_comparison(comparison)
        qtbot.waitUntil(lambda: panel.verticalScrollBar().maximum() > 0)
        panel.verticalScrollBar().setValue(panel.verticalScrollBar().maximum())
        panel.show_published(published.measure(make_image()))
        assert panel.verticalScrollBar().value() == 0
        table = panel.published.viewport()
        qtbot.waitUntil(lambda: table.visibleRegion().boundingRect() == table.rect())

    def test_it_paints_in_both_themes_and_any_width(self, panel, comparison):
        panel.show_comparison(comparison)
        for theme in (style.LIGHT, style.DARK):
            panel.apply_theme(theme)
            for width in (336, 700):
                panel.resize(width, 900)
                assert not panel.grab().isNull()


class TestSheet:
    @pytest.fixture
    def sheet(self, qtbot):
        sheet = Sheet("Things")
        qtbot.addWidget(sheet)
        sheet.show_lines(
            [
                Line("a", (Cell("name"), Cell("1.2 k", "1,234")), (Line("b", (Cell("part"),)),)),
                Line("c", (Cell("other"), Cell("5"))),
            ]
        )
        with qtbot.waitExposed(sheet):
            sheet.show()
        return sheet

    def test_it_copies_all_lines_with_numbers_in_full(self, sheet, qtbot):
        sheet.setFocus()
        qtbot.keyClick(sheet, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert QApplication.clipboard().text() == "name\t1,234\npart\nother\t5\n"

    def test_the_whole_number_is_in_the_tooltip_and_read_aloud(self, sheet):
        index = sheet.model().index(0, 1)
        assert index.data(Qt.ItemDataRole.ToolTipRole) == "1,234"
        assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "name: 1,234"
        assert sheet.accessibleName() == "Things"

    def test_it_is_as_high_as_its_lines(self, sheet):
        folded = sheet.height()
        sheet.expandAll()
        assert sheet.height() == folded * 3 // 2

    def test_the_keyboard_shows_where_it_is(self, sheet):
        sheet.setFocus(Qt.FocusReason.TabFocusReason)
        assert sheet.currentIndex().isValid()

    def test_fewer_columns_are_no_trouble(self, sheet):
        sheet.show_lines([Line("only", (Cell("x"), Cell("1"), Cell("2")))])
        sheet.show_lines([])
        assert sheet.height() == 0
        assert sheet.tsv() == ""
