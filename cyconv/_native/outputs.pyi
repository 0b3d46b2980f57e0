from typing import Any

import numpy as np
from numpy.typing import NDArray

PAD: int

def put_together(
    out: NDArray[Any],
    table: NDArray[Any] | None,
    ids: NDArray[np.int32] | None,
    planes: NDArray[Any] | None,
    coefficients: NDArray[Any] | None,
    bias: NDArray[Any] | None,
    waiting: NDArray[Any] | None,
    stop: NDArray[np.intc],
) -> int: ...
