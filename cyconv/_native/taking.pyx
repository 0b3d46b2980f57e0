"""Outputs between tiles, taken over from the row above once all tiles are made."""

from cyconv._native.fill cimport real
from cyconv._native.patchwork cimport ABOVE, TILE_ROWS, Tiles, describe_tiles, take_row


def settle(
    real[:, ::1] out not None, Py_ssize_t rows, Py_ssize_t width, Py_ssize_t groups,
    const Py_ssize_t[::1] counts not None, const Py_ssize_t[:, ::1] columns not None,
    const unsigned char[::1] kinds not None, Py_ssize_t first, Py_ssize_t last,
):
    """Takes over what no tile covers, in strips of kind ABOVE.

    Parameters
    ----------
    out : M x (rows * width)
        Tiles are made, and strips of other kinds whole.
    rows, width, groups, counts, columns, kinds
        As for :func:`skipping.convolve`.
    first, last : int
        The filters to work on.
    """
    cdef Tiles tiles
    cdef Py_ssize_t filter, row, strip
    cdef real* line
    describe_tiles(&tiles, counts, columns, kinds, groups, rows, width)
    if not 0 <= first <= last <= out.shape[0] or out.shape[0] % groups or (
        out.shape[1] != rows * width
    ):
        raise IndexError("out must have rows * width values a filter")
    if first == last:
        return
    with nogil:
        for filter in range(first, last):
            for row in range(rows):
                strip = filter // (out.shape[0] // groups) * tiles.strips + row // TILE_ROWS
                if tiles.kinds[strip] == ABOVE:
                    line = &out[filter, row * width]
                    take_row(&tiles, strip, row, line, line, width)
