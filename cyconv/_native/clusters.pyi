from typing import Any

import numpy as np
from numpy.typing import NDArray

def sort(
    ids: NDArray[np.int32],
    starts: NDArray[np.int32],
    order: NDArray[np.int32],
    stop: NDArray[np.intc],
    counts: NDArray[np.int32] | None = None,
) -> None: ...
def centroids(
    band: NDArray[Any],
    offsets: NDArray[np.intp],
    run: int,
    row_step: int,
    width: int,
    order: NDArray[np.int32],
    starts: NDArray[np.int32],
    first: int,
    last: int,
    doubling: bool,
    sums: NDArray[np.float64],
    out: NDArray[Any],
    stop: NDArray[np.intc],
) -> tuple[int, int]: ...
def spread(means: NDArray[Any], ids: NDArray[np.int32], matrix: NDArray[Any]) -> None: ...
