from typing import Any

from numpy.typing import NDArray

SLACK: int

def room_for(tile_rows: int, across: int) -> int: ...
def tiles_in(
    image: NDArray[Any],
    room: NDArray[Any],
    above: int,
    left: int,
    top: int,
    tile_rows: int,
    across: int,
    points: NDArray[Any],
) -> None: ...
def tiles_out(
    points: NDArray[Any],
    tile_rows: int,
    across: int,
    first: int,
    width: int,
    bias: NDArray[Any] | None,
    out: NDArray[Any],
) -> None: ...
