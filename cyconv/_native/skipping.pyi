from typing import Any

import numpy as np
from numpy.typing import NDArray

PLACES: int

def convolve(
    image: NDArray[Any],
    out: NDArray[Any],
    room: NDArray[Any] | None,
    above: int,
    left: int,
    phases: int,
    places: int,
    step: int,
    span: int,
    offsets: NDArray[np.intp],
    down: int,
    across: int,
    rows: int,
    width: int,
    height: int,
    groups: int,
    weights: NDArray[Any],
    bias: NDArray[Any] | None,
    counts: NDArray[np.intp],
    columns: NDArray[np.intp],
    kinds: NDArray[np.uint8],
    before: NDArray[Any] | None,
    ready: NDArray[np.intp] | None,
    alone: bool,
    following: NDArray[np.intp],
    made: NDArray[np.intp],
    stop: NDArray[np.intc],
) -> None: ...
