"""Many filters at once: tiles of windows, packed, times blocks of filters kept in registers.

The values of ``COLUMNS`` windows are packed tap by tap, so that the innermost loop reads
one aligned run and multiplies it with the weights of a block of filters. The sums of the
whole tile stay in registers until the last tap.
"""

from libc.stdint cimport int64_t, uintptr_t
from libc.string cimport memcpy, memset

from cyconv._native.vector cimport at, lane, store, vec, vecd, vecf, zero

ctypedef fused real:
    float
    double

cdef extern from * nogil:
    """
    #define CY_LARGE (CY_WIDE ? 12 : 6)
    #define CY_MIDDLE (CY_WIDE ? 8 : 4)
    #define CY_SMALL (CY_WIDE ? 4 : 2)
    """
    enum:
        LARGE "CY_LARGE"
        MIDDLE "CY_MIDDLE"
        SMALL "CY_SMALL"

BLOCKS = (LARGE, MIDDLE, SMALL)
COLUMNS = {"float32": 2 * sizeof(vecf) // sizeof(float), "float64": 2 * sizeof(vecd) // sizeof(double)}


cdef inline void block(
    const vec* packed, const vec* weights, Py_ssize_t depth, Py_ssize_t size, Py_ssize_t used,
    Py_ssize_t columns, const vec* bias, vec* out, Py_ssize_t out_step,
) noexcept nogil:
    """Multiplies one packed tile with one block of filters and stores the sums."""
    cdef vec sums[24]
    cdef vec tail[2]
    cdef vec low, high, weight
    cdef Py_ssize_t tap, each
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    for each in range(2 * size):
        sums[each] = zero(packed)
    for tap in range(depth):
        low = packed[2 * tap]
        high = packed[2 * tap + 1]
        for each in range(size):
            sums[2 * each] = sums[2 * each] + lane(weights, tap * size + each) * low
            sums[2 * each + 1] = sums[2 * each + 1] + lane(weights, tap * size + each) * high
    for each in range(size):
        if each < used:
            low = sums[2 * each]
            high = sums[2 * each + 1]
            if bias != NULL:
                low = low + lane(bias, each)
                high = high + lane(bias, each)
            if columns == 2 * lanes:
                store(at(out, each * out_step), low)
                store(at(out, each * out_step + lanes), high)
            else:
                tail[0] = low
                tail[1] = high
                memcpy(at(out, each * out_step), tail, columns * sizeof(vec) // lanes)


cdef inline void pack(
    const real* band, const Py_ssize_t* offsets, Py_ssize_t depth, Py_ssize_t row_step,
    Py_ssize_t width, Py_ssize_t first, Py_ssize_t columns, real* packed, Py_ssize_t room,
) noexcept nogil:
    """Lays the windows ``first`` to ``first + columns`` side by side, tap by tap."""
    cdef Py_ssize_t tap, x, done, run, each
    cdef const real* source
    cdef const real* start = band + (first // width) * row_step + first % width
    if columns < room:
        memset(packed, 0, depth * room * sizeof(real))
    if first % width + columns <= width:
        for tap in range(depth):
            source = start + offsets[tap]
            if columns == room:
                memcpy(packed, source, room * sizeof(real))
            else:
                memcpy(packed, source, columns * sizeof(real))
            packed = packed + room
        return
    for tap in range(depth):
        source = start + offsets[tap]
        x = first % width
        done = 0
        while done < columns:
            run = min(width - x, columns - done)
            for each in range(run):
                packed[done + each] = source[each]
            done = done + run
            source = source + row_step - x
            x = 0
        packed = packed + room


cdef Py_ssize_t run(
    const vec* band, const Py_ssize_t* offsets, Py_ssize_t depth, Py_ssize_t row_step,
    Py_ssize_t width, Py_ssize_t first, Py_ssize_t last, const vec* weights, Py_ssize_t filters,
    const vec* bias, vec* packed, vec* out, Py_ssize_t out_step, const int* stop,
) noexcept nogil:
    """Works through the windows tile by tile and gives the number of outputs made."""
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    cdef Py_ssize_t start = first, columns, filter, left, size, made = 0
    cdef const vec* bias_here = NULL
    while start < last and not stop[0]:
        columns = min(2 * lanes, last - start)
        if vec is vecf:
            pack[float](<const float*>band, offsets, depth, row_step, width, start, columns,
                        <float*>packed, 2 * lanes)
        else:
            pack[double](<const double*>band, offsets, depth, row_step, width, start, columns,
                         <double*>packed, 2 * lanes)
        filter = 0
        while filter < filters and not stop[0]:
            left = filters - filter
            if bias != NULL:
                bias_here = <const vec*>at(bias, filter)
            if left > MIDDLE:
                size = LARGE
                block(packed, <const vec*>at(weights, filter * depth), depth, LARGE, min(left, LARGE),
                      columns, bias_here, <vec*>at(out, filter * out_step + start - first), out_step)
            elif left > SMALL:
                size = MIDDLE
                block(packed, <const vec*>at(weights, filter * depth), depth, MIDDLE, min(left, MIDDLE),
                      columns, bias_here, <vec*>at(out, filter * out_step + start - first), out_step)
            else:
                size = SMALL
                block(packed, <const vec*>at(weights, filter * depth), depth, SMALL, min(left, SMALL),
                      columns, bias_here, <vec*>at(out, filter * out_step + start - first), out_step)
            made = made + columns * min(left, size)
            filter = filter + size
        start = start + columns
    return made


def multiply(
    const real[::1] band not None, const Py_ssize_t[::1] offsets not None, Py_ssize_t row_step,
    Py_ssize_t width, Py_ssize_t first, Py_ssize_t last, const real[::1] weights not None,
    const real[::1] bias, real[::1] packed not None, real[:, :] out not None,
    const int[::1] stop not None,
):
    """Multiplies the windows of a band with many filters.

    Window n starts at ``(n // width) * row_step + n % width``; its values lie ``offsets``
    further on.

    Parameters
    ----------
    band : 1-D
        Padded rows, as :mod:`rows` writes them.
    offsets : D
        Place of each tap, counted from the window's start.
    row_step, width : int
        Distance of two output rows' windows in the band, and windows in a row.
    first, last : int
        Windows to work on: first <= n < last.
    weights : 1-D
        Filters packed in blocks by :func:`cyconv.products.pack_blocks`.
    bias : M, or None
    packed : at least D * COLUMNS values, aligned to a cache line
        Room for one tile.
    out : M x (last - first), rows contiguous
        Written whole unless stopped.
    stop : 1
        Polled; work ends soon after it is set.

    Returns
    -------
    int
        Outputs made; each took D multiplications and D - 1 additions, and one more for bias.
    """
    cdef Py_ssize_t depth = offsets.shape[0], filters = out.shape[0], columns, made = 0
    cdef Py_ssize_t furthest = 0, nearest = 0, each, left = filters
    cdef const real* bias_start = NULL
    columns = 2 * (sizeof(vecf) // sizeof(float) if real is float else sizeof(vecd) // sizeof(double))
    for each in range(depth):
        furthest = max(furthest, offsets[each])
        nearest = min(nearest, offsets[each])
    if first < 0 or width < 1 or depth < 1 or nearest < 0 or row_step < 0:
        raise IndexError("windows and taps must lie inside the band")
    if last <= first or filters == 0:
        return 0
    if ((last - 1) // width) * row_step + min(last - 1, width - 1) + furthest >= band.shape[0]:
        raise IndexError("windows and taps must lie inside the band")
    # The last block is read whole, with the zeros that fill it up.
    while left > 0:
        left = left - (LARGE if left > MIDDLE else MIDDLE if left > SMALL else SMALL)
    if weights.shape[0] < (filters - left) * depth or packed.shape[0] < depth * columns:
        raise IndexError("weights or packing room are too small")
    if (<uintptr_t>&packed[0]) % sizeof(vecf):
        raise ValueError("packing room must be aligned")
    if out.shape[1] != last - first or (out.shape[1] > 1 and out.strides[1] != sizeof(real)):
        raise IndexError("out must have a contiguous row of last - first values a filter")
    if bias is not None:
        if bias.shape[0] != filters:
            raise IndexError("bias must have one value a filter")
        bias_start = &bias[0]
    with nogil:
        if real is float:
            made = run[vecf](
                <const vecf*>&band[0], &offsets[0], depth, row_step, width, first, last,
                <const vecf*>&weights[0], filters, <const vecf*>bias_start, <vecf*>&packed[0],
                <vecf*>&out[0, 0], out.strides[0] // <Py_ssize_t>sizeof(real), &stop[0],
            )
        else:
            made = run[vecd](
                <const vecd*>&band[0], &offsets[0], depth, row_step, width, first, last,
                <const vecd*>&weights[0], filters, <const vecd*>bias_start, <vecd*>&packed[0],
                <vecd*>&out[0, 0], out.strides[0] // <Py_ssize_t>sizeof(real), &stop[0],
            )
    return made
