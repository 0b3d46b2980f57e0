from typing import Any

import numpy as np
from numpy.typing import NDArray

LONGEST: int

def means(
    pixels: NDArray[np.uint8],
    rows: NDArray[np.intp],
    run: int,
    taps: NDArray[np.intp],
    row_step: int,
    column_step: int,
    width: int,
    order: NDArray[np.int32],
    starts: NDArray[np.int32],
    first: int,
    last: int,
    most: int,
    few: NDArray[np.uint16],
    many: NDArray[np.uint64],
    values: NDArray[Any],
    out: NDArray[Any],
    stop: NDArray[np.intc],
) -> tuple[int, int]: ...
