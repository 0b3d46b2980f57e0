"""Times cyconv's exact kernels against libraries that people use, in one process, by turns.

usage: bench.py [--rounds N] [--threads N] [--json FILE]

Every rival gets the same input and makes the same output, in alternating order, so that a
noisy machine is noisy for all. The table gives medians, and how many times slower each rival
is: above 1, cyconv is faster.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import cyconv
from convgui.opencv import cv2

Array = NDArray[np.float32]
Runs = dict[str, Callable[[], object]]


@dataclass(frozen=True)
class Case:
    """A convolution to time: channels x height x width, filters, window side."""

    name: str
    channels: int
    height: int
    width: int
    filters: int
    side: int

    def data(self) -> tuple[Array, Array]:
        """Gives an image and filters, the same every time."""
        draw = np.random.default_rng(0)
        image = draw.random((self.channels, self.height, self.width), np.float32)
        shape = (self.filters, self.channels, self.side, self.side)
        return image, draw.standard_normal(shape, np.float32)

    @property
    def operations(self) -> int:
        """Multiplications and additions, 2 M N D."""
        rows, columns = self.height - self.side + 1, self.width - self.side + 1
        return 2 * self.filters * rows * columns * self.channels * self.side**2


CASES = (
    Case("one 3 x 3 filter, 1080p", 1, 1080, 1920, 1, 3),
    Case("one 7 x 7 filter, 1080p", 1, 1080, 1920, 1, 7),
    Case("one 11 x 11 filter, 1080p", 1, 1080, 1920, 1, 11),
    Case("48 filters 3 x 7 x 7, 512", 3, 512, 512, 48, 7),
    Case("64 filters 64 x 3 x 3, 56", 64, 58, 58, 64, 3),
)


def ours(image: Array, filters: Array, threads: int) -> Runs:
    """cyconv itself."""
    plan = cyconv.convolve(image, filters, threads=threads).output
    return {"cyconv": lambda: cyconv.convolve(image, filters, threads=threads, out=plan)}


def opencv(image: Array, filters: Array, threads: int) -> Runs:
    """cv2.filter2D, for one filter over one channel; it makes the border's outputs as well."""
    if filters.shape[:2] != (1, 1):
        return {}
    cv2.setNumThreads(threads)
    target = np.empty_like(image[0])
    return {"OpenCV": lambda: cv2.filter2D(image[0], -1, filters[0, 0], target)}


def torch(image: Array, filters: Array, threads: int) -> Runs:
    """torch.conv2d, where PyTorch is installed."""
    try:
        import torch
    except ImportError:
        return {}
    torch.set_num_threads(threads)
    source, weights = torch.from_numpy(image)[None], torch.from_numpy(filters)

    def run() -> object:
        with torch.inference_mode():
            return torch.conv2d(source, weights)

    return {"PyTorch": run}


def onnx(image: Array, filters: Array, threads: int) -> Runs:
    """onnxruntime's Conv, where it is installed."""
    try:
        import onnxruntime
        from onnx import TensorProto, helper, numpy_helper
    except ImportError:
        return {}
    value = helper.make_tensor_value_info
    graph = helper.make_graph(
        [helper.make_node("Conv", ["x", "w"], ["y"])],
        "conv",
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
    return {"onnxruntime": lambda: session.run(None, {"x": image[None]})}


def medians(runs: Runs, rounds: int) -> dict[str, float]:
    """Gives seconds for each rival; every round runs each of them once."""
    for run in runs.values():
        run()
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            start = time.perf_counter()
            run()
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(taken) for name, taken in times.items()}


def processor() -> str:
    """Gives the processor's name, as far as the system tells it."""
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def main() -> int:
    """Prints the table; writes JSON where asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=25, help="times that each one runs")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--json", metavar="FILE", type=Path)
    arguments = parser.parse_args()
    rivals = ("OpenCV", "PyTorch", "onnxruntime")
    print(f"{processor()}, level {cyconv.isa()}, {arguments.threads} thread(s), float32, "
          f"medians of {arguments.rounds}; times slower than cyconv")
    print(f"{'case':28}{'ms':>8}{'GFLOP/s':>9}" + "".join(f"{name:>13}" for name in rivals))
    rows = []
    for case in CASES:
        image, filters = case.data()
        runs: Runs = {}
        for make in (ours, opencv, torch, onnx):
            runs.update(make(image, filters, arguments.threads))
        taken = medians(runs, arguments.rounds)
        mine = taken["cyconv"]
        cells = "".join(
            f"{taken[name] / mine:12.2f}x" if name in taken else f"{'–':>13}" for name in rivals
        )
        print(f"{case.name:28}{mine * 1e3:8.2f}{case.operations / mine / 1e9:9.1f}{cells}")
        rows.append({"case": case.name, "operations": case.operations, "seconds": taken})
    if "PyTorch" not in rows[0]["seconds"]:
        print("PyTorch is not installed, so it is not among the rivals.")
    if arguments.json:
        arguments.json.write_text(json.dumps(
            {"processor": processor(), "level": cyconv.isa(), "threads": arguments.threads,
             "rows": rows}, indent=1,
        ))
    return 0


if __name__ == "__main__":
    sys.exit(main())
