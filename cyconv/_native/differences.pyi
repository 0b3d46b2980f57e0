from typing import Any

import numpy as np
from numpy.typing import NDArray

def subtract_reference(
    band: NDArray[Any],
    offsets: NDArray[np.intp],
    row_step: int,
    width: int,
    first: int,
    last: int,
    reference: NDArray[np.float64],
    reverse: bool,
    matrix: NDArray[np.float64],
) -> int: ...
def add_reference(
    products: NDArray[np.float64],
    count: int,
    base: NDArray[np.float64] | None,
    bias: NDArray[np.float64] | None,
    out: NDArray[Any],
) -> int: ...
