"""Accuracies of the region that is framed: in the results and in what is exported."""

from __future__ import annotations

import csv
import io
import json

import numpy as np
import pytest
from driving import WAIT_MS, noise, run_by, settle

import cyconv
from convgui.export import tables
from convgui.model import region
from convgui.model.compute import run
from convgui.model.image import Image
from convgui.model.region import Region
from convgui.model.resolve import resolve
from convgui.model.session import Session


def texts(window):
    return {line.key: [cell.full or cell.text for cell in line.cells[1:]]
            for line in window.results.accuracy.lines}  # fmt: skip


@pytest.mark.parametrize("geometry", [{}, {"stride": 2, "padding": 1}, {"dilation": 2}])
def test_the_pixels_are_those_whose_windows_have_their_middle_in_it(geometry):
    draw = np.random.default_rng(3)
    image = Image(draw.integers(0, 256, (30, 40, 3)).astype(np.uint8), "noise")
    session = Session(filter_name="random", filter_count=2, **geometry)
    whole = run(resolve(session, image))
    part = Region(7, 5, 23, 19)
    found = region.restricted(whole, part)
    step, pad = geometry.get("stride", 1), geometry.get("padding", 0)
    reach = geometry.get("dilation", 1)
    rows, columns = (
        [at for at in range(count) if low <= at * step - pad + reach + 0.5 < high]
        for count, low, high in ((whole.request.output_size[0], 5, 19),
                                 (whole.request.output_size[1], 7, 23))
    )  # fmt: skip
    exact = whole.exact.result.output
    for outcome in found.outcomes:
        pair = (each[:, rows][:, :, columns] for each in (outcome.result.output, exact))
        wanted = cyconv.compare(*pair, data_range=float(exact.max() - exact.min()))
        for key in ("mse", "psnr", "ssim", "max_abs_error"):
            right = pytest.approx(getattr(wanted, key), nan_ok=True)
            assert getattr(outcome.accuracy, key) == right
    assert found.region == part
    assert region.restricted(whole, Region(39, 29, 40, 30)) is None or geometry


def test_what_is_exported_says_so():
    image = Image(np.random.default_rng(0).integers(0, 256, (20, 20)).astype(np.uint8), "noise")
    found = region.restricted(run(resolve(Session(), image)), Region(2, 3, 12, 17))
    assert tables.to_json(found)["region"] == [2, 3, 12, 17]
    assert all(row["region"] == "2 3 12 17" for row in csv.DictReader(io.StringIO(
        tables.to_csv(found))))  # fmt: skip


def test_the_switch_restricts_the_table_and_the_export(compared, qtbot, tmp_path):
    run_by(compared, qtbot, compared.controller.set_image, noise(48, 64))
    psnr = repr(compared.controller.comparison["lsh"].accuracy.psnr)
    qtbot.waitUntil(lambda: psnr in texts(compared)["psnr"], timeout=WAIT_MS)
    whole = texts(compared)
    box = compared.results.region_only
    box.click()
    assert compared.results.where.isVisible()
    assert texts(compared) == whole
    compared.compare.places._frame((10, 10), (40, 40))
    settle(compared, qtbot)
    qtbot.waitUntil(lambda: "10–39" in compared.results.where.text(), timeout=WAIT_MS)
    assert texts(compared) != whole
    first = texts(compared)

    path = tmp_path / "part.json"
    with qtbot.waitSignal(compared.exporter.written, timeout=WAIT_MS):
        compared.exporter.export_numbers(str(path))
    told = json.loads(path.read_text())
    assert told["region"] == [10, 10, 40, 40]

    # The next run is measured in the same region.
    run_by(compared, qtbot, compared.controller.change, "hashes", 7)
    qtbot.waitUntil(lambda: texts(compared) != first, timeout=WAIT_MS)
    settle(compared, qtbot)
    assert "10–39" in compared.results.where.text()

    compared.menus.entries["region-only"].trigger()
    assert not box.isChecked()
    assert not compared.results.where.isVisible()
    again = compared.controller.comparison["lsh"].accuracy.psnr
    qtbot.waitUntil(lambda: repr(again) in texts(compared)["psnr"], timeout=WAIT_MS)
