from typing import Any

import numpy as np
from numpy.typing import NDArray

def encode(
    planes: NDArray[Any],
    origins: NDArray[np.float64],
    inverses: NDArray[np.float64],
    bits: NDArray[np.int32],
    keys: NDArray[np.uint64],
    stop: NDArray[np.intc],
) -> None: ...
def number(
    keys: NDArray[np.uint64],
    slots: NDArray[np.uint64],
    ids: NDArray[np.int32],
    firsts: NDArray[np.int32],
    counts: NDArray[np.int32],
    start: int,
    found: int,
    stop: NDArray[np.intc],
) -> tuple[int, int]: ...
def number_few(
    keys: NDArray[np.uint64],
    numbers: NDArray[np.int32],
    ids: NDArray[np.int32],
    firsts: NDArray[np.int32],
    counts: NDArray[np.int32],
    stop: NDArray[np.intc],
) -> int: ...
