from typing import Any

import numpy as np
from numpy.typing import NDArray

def settle(
    out: NDArray[Any],
    rows: int,
    width: int,
    groups: int,
    counts: NDArray[np.intp],
    columns: NDArray[np.intp],
    kinds: NDArray[np.uint8],
    first: int,
    last: int,
) -> None: ...
