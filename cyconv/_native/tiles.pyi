from typing import Any

import numpy as np
from numpy.typing import NDArray

COLUMNS: dict[str, int]
CHUNK: int

def padded(filters: int) -> int: ...
def lay_out(filters: NDArray[Any], packed: NDArray[Any]) -> None: ...
def multiply(
    band: NDArray[Any],
    offsets: NDArray[np.intp],
    row_step: int,
    width: int,
    first: int,
    last: int,
    weights: NDArray[Any],
    bias: NDArray[Any] | None,
    packed: NDArray[Any],
    sums: NDArray[Any] | None,
    out: NDArray[Any],
    stop: NDArray[np.intc],
) -> int: ...
