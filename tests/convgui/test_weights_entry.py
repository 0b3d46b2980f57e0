"""Weights that are typed, pasted and loaded."""

from __future__ import annotations

import numpy as np
from driving import WAIT_MS, run_by


def test_weights_are_typed_as_fractions(compared, qtbot):
    grid = compared.parameters.weights.grid
    index = grid.model().index(1, 1)
    comparison = run_by(compared, qtbot, grid.model().setData, index, "5/4")
    assert comparison.request.filters[0, 0, 1, 1] == 1.25
    assert comparison.request.filters[0, 0, 0, 0] == np.float32(1 / 9)
    assert comparison.request.filter_name == "custom"

    grid.model().setData(index, "a lot")
    assert compared.messages.isVisible()
    assert compared.controller.session.weights[1][1] == 1.25


def test_weights_are_pasted_as_text(compared, qtbot):
    weights = compared.parameters.weights
    weights.as_text.click()
    weights.text.setPlainText("0 1/2\n-1 3")
    comparison = run_by(compared, qtbot, weights.use.click)
    assert comparison.request.filters[0, 0].tolist() == [[0, 0.5], [-1, 3]]


def test_weights_are_loaded_from_a_file(compared, qtbot, tmp_path):
    path = tmp_path / "weights.csv"
    path.write_text("1,2\n3,4\n")
    comparison = run_by(compared, qtbot, compared.controller.load_weights, str(path))
    assert comparison.request.filters[0, 0].tolist() == [[1, 2], [3, 4]]

    with qtbot.waitSignal(compared.controller.failed, timeout=WAIT_MS):
        compared.controller.load_weights(str(tmp_path / "none.csv"))
    assert "none.csv" in compared.messages.text.text()
