"""How the windows of a convolution lie on the image: stride, padding, dilation, groups."""

from __future__ import annotations

import operator
from dataclasses import dataclass

from .wording import told

Pair = tuple[int, int]

MOST = 2**31 - 1
"""The largest step or padding: sums and products of two such numbers still fit 64 bits."""


def _pair(name: str, value: object, least: int) -> Pair:
    """Gives (vertical, horizontal) for an int or a pair of ints."""
    both = tuple(value) if isinstance(value, (tuple, list)) else (value, value)
    try:
        if len(both) != 2 or any(isinstance(each, bool) for each in both):
            raise TypeError
        pair = operator.index(both[0]), operator.index(both[1])
    except TypeError:
        raise ValueError(
            f"{name} must be an int or a pair (vertical, horizontal) of ints, got {told(value)}"
        ) from None
    if min(pair) < least:
        raise ValueError(f"{name} must be at least {least}, got {told(value)}")
    if max(pair) > MOST:
        raise ValueError(f"{name} must be at most {MOST}, got {told(value)}")
    return pair


@dataclass(frozen=True)
class Placement:
    """Where the windows of one image lie, all numbers settled.

    Attributes
    ----------
    output : (int, int)
        Height and width of the output.
    padded : (int, int)
        Height and width of the image with its padding.
    before : (int, int)
        Rows of padding above and columns of padding to the left.
    """

    output: Pair
    padded: Pair
    before: Pair

    @property
    def windows(self) -> int:
        """The number of windows N = O_h * O_w."""
        return self.output[0] * self.output[1]


@dataclass(frozen=True)
class Geometry:
    """Stride, padding, dilation and groups of a convolution.

    Parameters
    ----------
    stride, dilation : int or (int, int), default 1
        Vertical and horizontal step between windows, and between the taps of a window.
    padding : int, (int, int) or "same", default 0
        Zeros added above and below, left and right. ``"same"`` adds as many as make the
        output ``ceil(size / stride)``, an odd one out going below or to the right (the
        rule that ONNX calls ``SAME_UPPER``).
    groups : int, default 1
        The channels are split into so many groups, each seen by its share of the filters.

    Raises
    ------
    ValueError
        If a value is no int, no pair of ints, too small, or above :data:`MOST`.
    """

    stride: int | Pair = 1
    padding: int | Pair | str = 0
    dilation: int | Pair = 1
    groups: int = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "stride", _pair("stride", self.stride, 1))
        object.__setattr__(self, "dilation", _pair("dilation", self.dilation, 1))
        if isinstance(self.padding, str):
            if self.padding != "same":
                raise ValueError(
                    f'padding must be an int, a pair of ints or "same", got {told(self.padding)}'
                )
        else:
            object.__setattr__(self, "padding", _pair("padding", self.padding, 0))
        if isinstance(self.groups, bool):
            raise ValueError(f"groups must be an int of at least 1, got {told(self.groups)}")
        try:
            groups = operator.index(self.groups)
        except TypeError:
            groups = 0
        if groups < 1:
            raise ValueError(f"groups must be an int of at least 1, got {told(self.groups)}")
        object.__setattr__(self, "groups", groups)

    @property
    def strides(self) -> Pair:
        """The vertical and the horizontal stride."""
        assert isinstance(self.stride, tuple)
        return self.stride

    @property
    def dilations(self) -> Pair:
        """The vertical and the horizontal dilation."""
        assert isinstance(self.dilation, tuple)
        return self.dilation

    @property
    def _padding(self) -> Pair:
        assert isinstance(self.padding, tuple)
        return self.padding

    def place(self, image_size: Pair, window: Pair) -> Placement:
        """Gives output size and padding for an image and a filter size.

        Parameters
        ----------
        image_size : (int, int)
            Height and width of the image, without padding.
        window : (int, int)
            Height and width of the filter.

        Returns
        -------
        Placement
            The output size is ``floor((size + 2 padding - dilation (K - 1) - 1) / stride) + 1``
            (main report, sections 1 and 3).

        Raises
        ------
        ValueError
            If the (dilated) filter is larger than the padded image.
        """
        output, padded, before = [], [], []
        for axis in (0, 1):
            size, stride = image_size[axis], self.strides[axis]
            span = self.dilations[axis] * (window[axis] - 1) + 1
            if isinstance(self.padding, str):
                total = max(0, (-(-size // stride) - 1) * stride + span - size)
                before.append(total // 2)
            else:
                total = 2 * self._padding[axis]
                before.append(self._padding[axis])
            padded.append(size + total)
            if span > padded[axis]:
                raise ValueError(
                    f"filters must fit the padded image: a window of {window[0]} x {window[1]} "
                    f"spans {span} {('rows', 'columns')[axis]}, the padded image has only "
                    f"{padded[axis]}"
                )
            output.append((padded[axis] - span) // stride + 1)
        return Placement(
            (output[0], output[1]), (padded[0], padded[1]), (before[0], before[1])
        )
