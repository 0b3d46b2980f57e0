"""Outputs between tiles, taken over from the row above or from another image."""

from cyconv._native.fill cimport real
from cyconv._native.patchwork cimport ABOVE, BEFORE, TILE_ROWS, Tiles, describe_tiles, take_over


def settle(
    real[:, ::1] out not None, const real[:, ::1] before, Py_ssize_t rows, Py_ssize_t width,
    Py_ssize_t groups, const Py_ssize_t[::1] counts not None, const Py_ssize_t[:, ::1] columns not None,
    const unsigned char[::1] kinds not None, Py_ssize_t first, Py_ssize_t last,
):
    """Takes over what no tile covers, in strips of kind ABOVE and BEFORE.

    Parameters
    ----------
    out : M x (rows * width)
        Tiles are made, and strips of kind LEFT whole.
    before : M x (rows * width), or None
        The outputs that strips of kind BEFORE take theirs from.
    rows, width, groups, counts, columns, kinds
        As for :func:`skipping.convolve`.
    first, last : int
        The filters to work on.
    """
    cdef Tiles tiles
    cdef Py_ssize_t filter, row, strip
    cdef real* line
    cdef const real* source
    describe_tiles(&tiles, counts, columns, kinds, groups, rows, width)
    if not 0 <= first <= last <= out.shape[0] or out.shape[0] % groups or (
        out.shape[1] != rows * width
    ):
        raise IndexError("out must have rows * width values a filter")
    if before is None:
        for strip in range(kinds.shape[0]):
            if kinds[strip] == BEFORE:
                raise IndexError("outputs from before must be given")
    elif before.shape[0] != out.shape[0] or before.shape[1] != out.shape[1]:
        raise IndexError("out and before must have the same shape")
    if first == last:
        return
    with nogil:
        for filter in range(first, last):
            for row in range(rows):
                strip = filter // (out.shape[0] // groups) * tiles.strips + row // TILE_ROWS
                line = &out[filter, row * width]
                if tiles.kinds[strip] == ABOVE and row:
                    source = line - width
                elif tiles.kinds[strip] == BEFORE:
                    source = &before[filter, row * width]
                else:
                    continue
                take_over(
                    tiles.columns + strip * tiles.most, tiles.counts[strip], source, line, width)
