"""What the tests of cyconv share: another convolution to compare with, and skipping at will."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper
from remembered import remembered

from cyconv import oracle
from cyconv.geometry import Geometry
from cyconv.isa import levels, use
from cyconv.techniques import skipping


@functools.cache
def _session(geometry: Geometry, kernel: tuple[int, int], pads: tuple[int, ...] | None):
    """Gives an onnxruntime session of one Conv; without pads it works "same" out for itself."""
    attributes = {
        "strides": geometry.strides,
        "dilations": geometry.dilations,
        "group": geometry.groups,
        "kernel_shape": kernel,
    }
    attributes |= {"auto_pad": "SAME_UPPER"} if pads is None else {"pads": pads}
    node = helper.make_node("Conv", ["x", "w", "b"], ["y"], **attributes)
    ranks = {"x": 4, "w": 4, "b": 1, "y": 4}
    x, w, b, y = (
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [None] * rank)
        for name, rank in ranks.items()
    )
    graph = helper.make_graph([node], "conv", [x, w, b], [y])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )


def _convolve(image, filters, geometry, bias=None):
    """Gives onnxruntime's convolution in float32."""
    kernel = filters.shape[2:]
    if geometry.padding != "same":
        pads = geometry.padding * 2
    elif geometry.dilations == (1, 1):
        pads = None
    else:  # onnxruntime refuses SAME_UPPER with a dilation.
        placement = geometry.place(image.shape[1:], kernel)
        after = [
            placement.padded[axis] - image.shape[1 + axis] - placement.before[axis]
            for axis in (0, 1)
        ]
        pads = (*placement.before, *after)
    bias = np.zeros(len(filters)) if bias is None else bias
    inputs = {"x": image[None], "w": filters, "b": bias}
    inputs = {name: np.ascontiguousarray(each, np.float32) for name, each in inputs.items()}
    (output,) = _session(geometry, kernel, pads).run(None, inputs)
    return output[0]


@pytest.fixture(scope="session")
def onnx_convolve() -> Callable[..., np.ndarray]:
    """Gives the function (image, filters, geometry, bias=None) -> M x O_h x O_w, float32."""
    return _convolve


@pytest.fixture(scope="module", autouse=True)
def _oracle_remembers() -> Iterator[None]:
    """Has the oracle, which is slow, say only once what many tests of a file compare with."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("convolve", "differential"):
            patch.setattr(oracle, name, remembered(getattr(oracle, name)))
        yield


@pytest.fixture(params=levels())
def each_level(request: pytest.FixtureRequest) -> Iterator[None]:
    """Has a test run at each level that this machine has."""
    with use(request.param):
        yield


@pytest.fixture
def always(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has the differential technique skip, whether that pays or not: small images do for a test."""
    monkeypatch.setattr(skipping, "WORTH", np.inf)
    monkeypatch.setattr(skipping, "SIDE_BY_SIDE", np.inf)
