"""The reports' figures that concern convolution, and the formulas of the main report."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest

from cyconv import LSH, Differential, Exact, Geometry, convolve, filters, predict

GOLDEN = json.loads((Path(__file__).parents[1] / "data" / "golden.json").read_text("utf-8"))

# Layers of the 256 x 256 ledger: kernel, stride, padding, dilation; pooling has no filters.
LAYERS = {
    "layer1": (7, 1, 3, 1),
    "layer2": (5, 2, 0, 1),
    "layer3": (2, 2, 0, 1),
    "layer4": (3, 1, 0, 2),
    "layer5": (3, 1, 0, 1),
    "layer6": (2, 2, 0, 1),
    "layer7": (3, 1, 0, 1),
    "layer8": (2, 2, 0, 1),
}
LEDGER = {row["layer"]: row for row in GOLDEN["ledger_256"]["rows"]}


def ledger_rows(convolutions_only):
    """Gives (name, input H x W x C, row, geometry, kernel) of each layer."""
    size = GOLDEN["ledger_256"]["input"]
    for name, (kernel, stride, padding, dilation) in LAYERS.items():
        row = LEDGER[name]
        if "multiplications" in row or not convolutions_only:
            geometry = Geometry(stride, padding, dilation)
            yield pytest.param(size, row, geometry, kernel, id=name)
        size = row["output"]


def test_convolution_worked_by_hand():
    figures = GOLDEN["hand_convolution"]
    image, geometry = np.array(figures["input"]), Geometry(figures["stride"], figures["padding"])
    for weights in (figures["filter"], filters.make("laplacian")):
        for technique in (Exact(), Differential(), Differential("previous"), LSH(32)):
            output = convolve(image, np.array(weights), technique, geometry).output
            np.testing.assert_array_equal(output, [figures["output"]])


def test_convolution_and_global_average():
    figures = GOLDEN["conv_gap_backward"]
    output = convolve(np.array(figures["input"]), np.array(figures["filter"])).output
    np.testing.assert_array_equal(output, [figures["conv_output"]])
    assert output.mean() == figures["gap"]


@pytest.mark.parametrize(("size", "row", "geometry", "kernel"), list(ledger_rows(False)))
def test_ledger_output_sizes(size, row, geometry, kernel):
    assert list(geometry.place(size[:2], (kernel, kernel)).output) == row["output"][:2]


@pytest.mark.parametrize(("size", "row", "geometry", "kernel"), list(ledger_rows(True)))
def test_ledger_operations(size, row, geometry, kernel):
    """The report's additions hold a bias a value, which makes them as many as the products."""
    (height, width, channels), count = size, row["output"][2]
    shape = (count, channels, kernel, kernel)
    model = predict(Exact(), (channels, height, width), shape, geometry).model
    assert model.multiplications == row["multiplications"]
    bias = int(np.prod(row["output"]))
    assert model.additions + bias == row["additions_with_bias"]
    assert np.prod(shape) + count == row["trainable_parameters"]


def test_ledger_misprints_are_counts_over_the_input():
    """Layer 4 over its 63 x 63 input, and so on: what the report's own figures come from."""
    misprints = GOLDEN["ledger_256"]["report_misprints"]
    for name, side, count, channels in [("layer4", 63, 128, 64), ("layer5", 59, 128, 128),
                                        ("layer7", 28, 256, 128)]:  # fmt: skip
        shape = (count, channels, 3, 3)
        kept = predict(Exact(), (channels, side, side), shape, Geometry(padding=1)).model
        assert kept.multiplications == misprints[f"{name}.multiplications"]
        assert kept.multiplications != LEDGER[name]["multiplications"]


def test_ledger_receptive_fields_by_looking():
    """Runs the layers, one row high, over every single point of light."""
    for last, name in enumerate(LAYERS, 1):
        row = LEDGER[name]
        field = row["receptive_field"]
        # The first layer's padding would cut fields off at the border: leave it out.
        width = field + row["cumulative_stride"]
        seen = [np.flatnonzero(run_layers(x, width, last)) for x in range(width)]
        starts = [[x for x in range(width) if out in seen[x]] for out in (0, 1)]
        assert starts[0][-1] - starts[0][0] + 1 == field
        assert starts[1][0] - starts[0][0] == row["cumulative_stride"]


def run_layers(x, width, last):
    values = np.zeros((1, width), np.float32)
    values[0, x] = 1
    for kernel, stride, _, dilation in list(LAYERS.values())[:last]:
        geometry = Geometry((1, stride), 0, (1, dilation))
        values = convolve(values, np.ones((1, kernel)), geometry=geometry).output[0]
    return values[0]


def table_rows():
    """Gives the convolutions of the parameter tables."""
    for table in ("parameter_table_28", "parameter_table_cifar", "parameter_table_stride2"):
        size = GOLDEN[table]["input"]
        for text, output, parameters in GOLDEN[table]["rows"]:
            match = re.fullmatch(
                r"Conv2D (\d+) (\d+)x\2( same)?(?: stride (\d))?(?: padding (\d))?", text
            )
            if match:
                count, kernel, same, stride, padding = match.groups()
                geometry = Geometry(int(stride or 1), "same" if same else int(padding or 0))
                shape = (int(count), size[2], int(kernel), int(kernel))
                yield pytest.param(size, shape, geometry, output, parameters, id=f"{table} {text}")
            size = output


@pytest.mark.parametrize(("size", "shape", "geometry", "output", "parameters"), list(table_rows()))
def test_parameter_tables(size, shape, geometry, output, parameters):
    image = np.zeros((size[2], size[0], size[1]), np.float32)
    given = convolve(image, np.ones(shape), geometry=geometry).output
    assert list(given.shape) == [output[2], output[0], output[1]]
    assert np.prod(shape) + shape[0] == parameters


def test_all_convolutions_of_the_tables_were_found():
    assert len(list(table_rows())) == 2 + 4 + 1


REPORT = [  # height, width, K, channels: the report's defaults, and some more
    (360, 300, 3, 3),
    (38, 38, 7, 3),
    (20, 31, 5, 1),
    (9, 9, 2, 4),
]


@pytest.mark.parametrize(("height", "width", "kernel", "channels"), REPORT)
@pytest.mark.parametrize(("stride", "padding"), [(1, 0), (2, 1)])
class TestReportCounts:
    """Multiplications and additions as the main report counts them, one filter."""

    @pytest.fixture
    def counted(self, height, width, kernel, channels, stride, padding):
        def count(technique, facts=None):
            shape, bank = (channels, height, width), (1, channels, kernel, kernel)
            return predict(technique, shape, bank, Geometry(stride, padding), facts)

        self.taps = kernel * kernel
        self.products = self.windows(height, width, kernel, stride, padding) * channels * self.taps
        self.n = self.products // channels // self.taps
        self.channels = channels
        return count

    @staticmethod
    def windows(height, width, kernel, stride, padding):
        rows = (height - kernel + 2 * padding) // stride + 1
        return rows * ((width - kernel + 2 * padding) // stride + 1)

    def test_exact(self, counted):
        report = counted(Exact()).report
        assert report.multiplications == self.products
        assert report.additions == self.products

    def test_differential(self, counted):
        prediction = counted(Differential())
        assert prediction.report.multiplications == self.products
        assert [part.additions for part in prediction.report.parts if part.additions] == [
            self.products,
            self.n * self.taps - self.taps,
        ]
        assert prediction.stored_values == self.taps

    def test_lsh(self, counted):
        hashed = 2 * self.n * self.taps
        prediction = counted(LSH())
        parts = prediction.report.parts
        assert [part.multiplications for part in parts if part.multiplications] == [
            hashed,
            hashed,
            self.products,
        ]
        assert [part.additions for part in parts if part.additions] == [
            self.n,
            self.n * self.taps,
            hashed,
            self.products,
        ]
        assert prediction.stored_values == self.channels * 4 * self.taps

    def test_every_part_is_named_once(self, counted):
        for technique in (Exact(), Differential(), LSH()):
            names = [part.name for part in counted(technique).report.parts]
            assert all(names)
            assert len(set(names)) == len(names)
