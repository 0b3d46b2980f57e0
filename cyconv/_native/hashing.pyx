"""Signatures of windows: the signs of their products with random vectors.

A sign near zero turns on the last bit of a sum, and a cluster on a sign. So the sums are
made in one order and without fused multiply-add on every level (this file is compiled with
contraction off): the same windows get the same signatures on every machine.
"""

from libc.stdint cimport int32_t, uint32_t, uint64_t, uintptr_t

from cyconv._native.strips cimport project_windows, real
from cyconv._native.vector cimport store, vecd, zero
from cyconv._native.windows cimport furthest_tap

COLUMNS = 2 * sizeof(vecd) // sizeof(double)


cdef inline void bits(
    const vecd* packed, const double* vectors, Py_ssize_t depth, Py_ssize_t size,
    uint32_t* signatures, Py_ssize_t columns,
) noexcept nogil:
    """Appends one bit a vector to each signature of a tile."""
    cdef vecd sums[8]
    cdef vecd low, high
    cdef double values[16]
    cdef Py_ssize_t tap, each, column
    cdef Py_ssize_t lanes = sizeof(vecd) // sizeof(double)
    for each in range(2 * size):
        sums[each] = zero(packed)
    for tap in range(depth):
        low = packed[2 * tap]
        high = packed[2 * tap + 1]
        for each in range(size):
            sums[2 * each] = sums[2 * each] + vectors[each * depth + tap] * low
            sums[2 * each + 1] = sums[2 * each + 1] + vectors[each * depth + tap] * high
    for each in range(size):
        store(&values[0], sums[2 * each])
        store(&values[lanes], sums[2 * each + 1])
        for column in range(columns):
            signatures[column] = (signatures[column] << 1) | (values[column] > 0)


def signatures(
    const real[::1] band not None, const Py_ssize_t[::1] offsets not None, Py_ssize_t row_step,
    Py_ssize_t width, Py_ssize_t first, Py_ssize_t last, const double[:, ::1] vectors not None,
    double[::1] packed not None, uint32_t[::1] out not None, const int[::1] stop not None,
):
    """Hashes the windows ``first`` to ``last`` of a band.

    Parameters
    ----------
    vectors : H x D
        A product above 0 gives a 1; the first vector gives the highest bit.
    packed : at least D * COLUMNS values, aligned to a cache line
        Room for one tile.
    out : last - first
        Written whole unless stopped.

    Returns
    -------
    int
        Dot products made, each D multiplications and D - 1 additions.
    """
    cdef Py_ssize_t depth = offsets.shape[0], hashes = vectors.shape[0], made = 0
    cdef Py_ssize_t room = 2 * sizeof(vecd) // sizeof(double)
    cdef Py_ssize_t each, tap, window, columns, place, row, x
    cdef const vecd* tile
    cdef const real* source
    furthest_tap(offsets, band.shape[0], row_step, width, first, last)
    if vectors.shape[1] != depth or packed.shape[0] < depth * room or out.shape[0] != last - first:
        raise IndexError("vectors, packing room or out do not fit the windows")
    if (<uintptr_t>&packed[0]) % sizeof(vecd):
        raise ValueError("packing room must be aligned")
    if last <= first:
        return 0
    tile = <const vecd*>&packed[0]
    with nogil:
        window = first
        while window < last and not stop[0]:
            columns = min(room, last - window)
            row = window // width
            x = window - row * width
            if columns == room and x + room <= width:
                source = &band[row * row_step + x]
                for tap in range(depth):
                    for each in range(room):
                        packed[tap * room + each] = source[offsets[tap] + each]
            else:
                for each in range(room):
                    # Columns past the end repeat the last window; nobody reads them.
                    place = min(window + each, last - 1)
                    row = place // width
                    place = row * row_step + place - row * width
                    for tap in range(depth):
                        packed[tap * room + each] = band[place + offsets[tap]]
            for each in range(columns):
                out[window - first + each] = 0
            each = 0
            while each < hashes:
                if hashes - each >= 4:
                    bits(tile, &vectors[each, 0], depth, 4, &out[window - first], columns)
                    each = each + 4
                elif hashes - each >= 2:
                    bits(tile, &vectors[each, 0], depth, 2, &out[window - first], columns)
                    each = each + 2
                else:
                    bits(tile, &vectors[each, 0], depth, 1, &out[window - first], columns)
                    each = each + 1
            made = made + columns * hashes
            window = window + columns
    return made


def project(
    const real[::1] band not None, const Py_ssize_t[::1] offsets not None, Py_ssize_t row_step,
    Py_ssize_t width, Py_ssize_t first, Py_ssize_t last, const real[:, ::1] directions not None,
    real[:, :] out not None, const int[::1] stop not None, const double[::1] origins=None,
    const double[::1] inverses=None, const int32_t[::1] bits=None, uint64_t[::1] keys=None,
):
    """Multiplies windows with directions as ``projections.project`` does, without fusing.

    Sums that are rounded come out alike on every level.
    """
    return project_windows[real](
        band, offsets, row_step, width, first, last, directions, out, stop, origins, inverses,
        bits, keys)
