from typing import Any

import numpy as np
from numpy.typing import NDArray

def means(
    band: NDArray[Any],
    offsets: NDArray[np.intp],
    run: int,
    row_step: int,
    width: int,
    order: NDArray[np.int32],
    starts: NDArray[np.int32],
    first: int,
    last: int,
    most: int,
    sums: NDArray[np.float64],
    out: NDArray[Any],
    stop: NDArray[np.intc],
) -> tuple[int, int]: ...
def products(
    columns: NDArray[Any],
    offsets: NDArray[np.intp],
    count: int,
    weights: NDArray[Any],
    table: NDArray[Any],
    stop: NDArray[np.intc],
) -> None: ...
