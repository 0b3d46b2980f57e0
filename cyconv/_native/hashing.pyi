from typing import Any

import numpy as np
from numpy.typing import NDArray

def project(
    band: NDArray[Any],
    offsets: NDArray[np.intp],
    row_step: int,
    width: int,
    first: int,
    last: int,
    directions: NDArray[Any],
    out: NDArray[Any],
    stop: NDArray[np.intc],
    origins: NDArray[np.float64] | None = None,
    inverses: NDArray[np.float64] | None = None,
    bits: NDArray[np.int32] | None = None,
    keys: NDArray[np.uint64] | None = None,
) -> int: ...
