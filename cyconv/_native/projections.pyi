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
) -> int: ...
