from typing import Any

import numpy as np
from numpy.typing import NDArray

COLUMNS: dict[str, int]

def multiply(
    band: NDArray[Any],
    offsets: NDArray[np.intp],
    down: int,
    across: int,
    row_step: int,
    width: int,
    rows: int,
    groups: int,
    group_step: int,
    weights: NDArray[Any],
    bias: NDArray[Any] | None,
    out: NDArray[Any],
    stop: NDArray[np.intc],
) -> int: ...
