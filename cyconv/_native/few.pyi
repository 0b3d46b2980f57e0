from typing import Any

import numpy as np
from numpy.typing import NDArray

BYTES_WIDTH: int

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
    rows: int,
    width: int,
    height: int,
    down: int,
    across: int,
    groups: int,
    weights: NDArray[Any],
    bias: NDArray[Any] | None,
    following: NDArray[np.intp],
    made: NDArray[np.intp],
    stop: NDArray[np.intc],
) -> None: ...
