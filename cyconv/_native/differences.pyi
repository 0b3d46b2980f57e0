from typing import Any

import numpy as np
from numpy.typing import NDArray

COLUMNS: int
STEP: int

def room_for(filters: int) -> int: ...
def multiply_reference(
    weights: NDArray[np.float64], reference: NDArray[np.float64], base: NDArray[np.float64]
) -> int: ...
def convolve(
    image: NDArray[Any],
    out: NDArray[Any],
    room: NDArray[np.float64] | None,
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
    weights: NDArray[np.float64],
    reference: NDArray[np.float64],
    base: NDArray[np.float64],
    bias: NDArray[np.float64] | None,
    threshold: float,
    published: bool,
    scratch: NDArray[np.float64],
    following: NDArray[np.intp],
    made: NDArray[np.intp],
    stop: NDArray[np.intc],
) -> None: ...
