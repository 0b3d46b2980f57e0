from typing import Any

from numpy.typing import NDArray

LANES: int
LEAST: int
MOST: int
GROUP: int

def pitch_for(down: int) -> int: ...
def roots_for(count: int) -> int: ...
def fill(
    image: NDArray[Any], top: int, left: int, part: int, down: int, planes: NDArray[Any]
) -> tuple[float, float, int]: ...
def fewest(
    planes: NDArray[Any],
    part: int,
    channels: int,
    down: int,
    height: int,
    width: int,
    rows: int,
    columns: int,
    counts: NDArray[Any],
) -> int: ...
def convolve(
    planes: NDArray[Any],
    down: int,
    roots_down: NDArray[Any],
    roots_across: NDArray[Any],
    spectra: NDArray[Any],
    room: NDArray[Any],
    tiny: NDArray[Any],
    bias: NDArray[Any] | None,
    places: NDArray[Any],
    columns: int,
    width: int,
    out: NDArray[Any],
) -> None: ...
def spectrum(
    planes: NDArray[Any],
    down: int,
    roots_down: NDArray[Any],
    roots_across: NDArray[Any],
    spectra: NDArray[Any],
) -> None: ...
