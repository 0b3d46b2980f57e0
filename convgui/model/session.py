"""What the user wants: every parameter of a comparison, in one frozen record."""

from __future__ import annotations

from dataclasses import dataclass

Weights = tuple[tuple[float, ...], ...] | tuple[tuple[tuple[tuple[float, ...], ...], ...], ...]


@dataclass(frozen=True)
class Session:
    """All parameters. A change makes a new record, so undo keeps old ones.

    Attributes
    ----------
    width, height : int or None
        Size the image is brought to before the run, in pixels; None keeps its own.
    gray : bool
        Whether the image is reduced to one channel first.
    filter_name : str
        A name of :data:`cyconv.filters.PRESETS`, or ``"custom"`` for ``weights``.
    kernel_size, filter_count : int
        Side K of a preset's window and number M of filters.
    divisor, sigma : float
        Of the blur (0: K * K, the mean), and of the Gaussian in pixels (0: from the size).
    filter_seed : int
        Of the random bank.
    weights : nested tuple or None
        The user's own weights: K_h x K_w (shared by all channels) or M x C x K_h x K_w.
    stride, padding, dilation : int
        Geometry.
    same_padding : bool
        Whether the padding is chosen so that the output keeps the image's size (over the
        stride), whatever ``padding`` says.
    reference : str
        Of the differential technique: ``"first"``, ``"previous"``, ``"above"`` or ``"best"``.
    threshold : float
        Differences up to it are left out by the differential technique; 0 is lossless.
    residue : str
        What becomes of what was left out: ``"kept"`` or ``"forgotten"``.
    differential_as_published, lsh_as_published : bool
        Whether the report's own (wrong) outputs are reproduced.
    hashes, lsh_seed : int
        Number of hash vectors, 1 to 32, and the seed they are drawn from.
    family : str
        How windows are hashed, one of :data:`cyconv.techniques.families.FAMILIES`.
    step : float
        Width of a code; 0 for a sign. What the family has no use for is passed over.
    scope : str
        ``"channel"``, ``"window"`` or ``"pieces"`` of a window.
    piece : int
        Values of such a piece.
    representative, correction : str
        As :class:`cyconv.LSH` takes them.
    reuse : bool
        Whether centroid x filter is computed once per cluster.
    rank, rank_seed : int
        Of the low-rank bank: the number of directions, and their seed.
    rank_family : str
        Where they come from.
    show_differential, show_lsh, show_low_rank : bool
        Which techniques are run and shown beside the exact one.
    threads : int
        Worker threads of the kernels; 0 uses every core.
    """

    width: int | None = None
    height: int | None = None
    gray: bool = False
    filter_name: str = "blur"
    kernel_size: int = 3
    filter_count: int = 1
    divisor: float = 0.0
    sigma: float = 0.0
    filter_seed: int = 0
    weights: Weights | None = None
    stride: int = 1
    padding: int = 0
    same_padding: bool = False
    dilation: int = 1
    reference: str = "first"
    threshold: float = 0.0
    residue: str = "kept"
    differential_as_published: bool = False
    hashes: int = 2
    family: str = "report"
    step: float = 0.0
    scope: str = "channel"
    piece: int = 8
    representative: str = "mean"
    correction: str = "none"
    lsh_seed: int = 0
    reuse: bool = True
    lsh_as_published: bool = False
    rank: int = 8
    rank_family: str = "principal"
    rank_seed: int = 0
    show_differential: bool = True
    show_lsh: bool = True
    show_low_rank: bool = False
    threads: int = 0
