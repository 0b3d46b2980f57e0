"""Who is timed: cyconv, and what others offer for the same convolution.

Each entry of :data:`RIVALS` makes a function to run, or None where the library is not
installed or has nothing for the case. All get the image in memory and the filters prepared as
they like, and make float32 outputs; what makes the border's outputs as well (OpenCV, SciPy)
does a little more.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from cases import Case
from numpy.typing import NDArray

import cyconv
from convgui.opencv import cv2

Run = Callable[[], object]
Arrays = tuple[NDArray[np.generic], NDArray[np.float32]]
Maker = Callable[[Case, Arrays, int], Run | None]


def ours(case: Case, data: Arrays, threads: int) -> Run:
    """cyconv, with filters prepared and the same output each time."""
    image, filters = data[0], cyconv.PreparedFilters(data[1])
    out = cyconv.convolve(image, filters, geometry=case.geometry, threads=threads).output
    return lambda: cyconv.convolve(
        image, filters, geometry=case.geometry, threads=threads, out=out
    )


def winograd(case: Case, data: Arrays, threads: int) -> Run | None:
    """cyconv by Winograd's tiles, which keep an error bound of their own."""
    if case.group != "bank" or (case.side, case.stride, case.dilation) != (3, 1, 1):
        return None
    image, filters = data[0], cyconv.PreparedFilters(data[1])
    technique = cyconv.Exact("winograd")
    out = cyconv.convolve(image, filters, technique, case.geometry, threads=threads).output
    return lambda: cyconv.convolve(
        image, filters, technique, case.geometry, threads=threads, out=out
    )


def opencv(case: Case, data: Arrays, threads: int) -> Run | None:
    """cv2.filter2D, which has no banks; of RGB it filters each channel and they are added."""
    image, filters = data
    if case.group != "one":
        return None
    cv2.setNumThreads(threads)
    target, plane = np.empty((2, case.height, case.width), np.float32)

    def run() -> object:
        cv2.filter2D(image[0], cv2.CV_32F, filters[0, 0], target)
        for channel in range(1, case.channels):
            cv2.filter2D(image[channel], cv2.CV_32F, filters[0, channel], plane)
            cv2.add(target, plane, target)
        return target

    return run


def scipy(case: Case, data: Arrays, threads: int) -> Run | None:
    """scipy.ndimage.correlate, on one thread whatever is asked for."""
    try:
        from scipy import ndimage
    except ImportError:
        return None
    image, filters = data
    if case.group != "one" or case.channels > 1:
        return None
    target = np.empty((case.height, case.width), np.float32)
    return lambda: ndimage.correlate(image[0], filters[0, 0], target)


def skimage(case: Case, data: Arrays, threads: int) -> Run | None:
    """skimage.filters.gaussian, for the Gaussian."""
    try:
        from skimage import filters as filtering
    except ImportError:
        return None
    if not case.separable or case.pixel != "float32":
        return None
    radius = case.side // 2
    return lambda: filtering.gaussian(data[0][0], sigma=radius / 3, truncate=3.0)


def torch(case: Case, data: Arrays, threads: int) -> Run | None:
    """torch.nn.functional.conv2d, where PyTorch is installed; float32 alone."""
    try:
        import torch
    except ImportError:
        return None
    if case.pixel != "float32":
        return None
    torch.set_num_threads(threads)
    image, filters = torch.from_numpy(data[0])[None], torch.from_numpy(data[1])

    def run() -> object:
        with torch.inference_mode():
            return torch.conv2d(
                image, filters, None, case.stride, case.padding, case.dilation, case.groups
            )

    return run


def onnxruntime(case: Case, data: Arrays, threads: int) -> Run | None:
    """onnxruntime's Conv; float32 alone."""
    try:
        import onnxruntime
        from onnx import TensorProto, helper, numpy_helper
    except ImportError:
        return None
    if case.pixel != "float32":
        return None
    image, filters = data
    node = helper.make_node(
        "Conv", ["x", "w"], ["y"],
        strides=[case.stride] * 2, pads=[case.padding] * 4,
        dilations=[case.dilation] * 2, group=case.groups,
    )
    value = helper.make_tensor_value_info
    graph = helper.make_graph(
        [node], "conv",
        [value("x", TensorProto.FLOAT, (1, *image.shape))],
        [value("y", TensorProto.FLOAT, None)],
        [numpy_helper.from_array(filters, "w")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    return lambda: session.run(None, {"x": image[None]})


OURS = "cyconv"
RIVALS: dict[str, Maker] = {
    OURS: ours,
    "Winograd": winograd,
    "OpenCV": opencv,
    "SciPy": scipy,
    "scikit-image": skimage,
    "PyTorch": torch,
    "onnxruntime": onnxruntime,
}
