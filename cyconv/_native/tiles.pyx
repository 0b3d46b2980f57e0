"""Many filters at once: tiles of windows, packed, times blocks of filters kept in registers.

The values of ``COLUMNS`` windows are packed tap by tap, so that the innermost loop reads
one aligned run and multiplies it with the weights of a block of filters, whose sums stay in
registers. Filters with many taps are taken in chunks of them, so that what is packed stays
in the first cache (Goto and van de Geijn, "Anatomy of high-performance matrix
multiplication", 2008).
"""

from libc.stdint cimport uintptr_t
from libc.string cimport memcpy

from cyconv._native.packing cimport pack, real
from cyconv._native.vector cimport at, lane, store, vec, vecd, vecf, zero
from cyconv._native.windows cimport furthest_tap

cdef extern from * nogil:
    """
    #define CY_LARGE (CY_WIDE ? 12 : 6)
    #define CY_MIDDLE (CY_WIDE ? 8 : 4)
    #define CY_SMALL (CY_WIDE ? 4 : 2)
    /* Taps that are packed at once: half of a first-level cache. */
    #define CY_DEPTH (24576 / (2 * (int)sizeof(cy_vecf)))
    """
    enum:
        DEPTH "CY_DEPTH"
        LARGE "CY_LARGE"
        MIDDLE "CY_MIDDLE"
        SMALL "CY_SMALL"

COLUMNS = {
    "float32": 2 * sizeof(vecf) // sizeof(float),
    "float64": 2 * sizeof(vecd) // sizeof(double),
}
CHUNK = DEPTH


cdef inline void block(
    const vec* packed, const vec* weights, Py_ssize_t taps, Py_ssize_t size, Py_ssize_t used,
    const vec* begin, vec* keep, Py_ssize_t columns, const vec* bias, vec* out,
    Py_ssize_t out_step,
) noexcept nogil:
    """Multiplies a packed tile with a block of filters: sums from ``begin`` on (0 if NULL).

    They go to ``keep``, or where that is NULL they are whole and go to ``out``.
    """
    cdef vec sums[24]
    cdef vec tail[2]
    cdef vec low, high
    cdef Py_ssize_t tap, each
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    if begin == NULL:
        low = zero(packed)
        for each in range(2 * size):
            sums[each] = low
    else:
        for each in range(2 * size):
            sums[each] = begin[each]
    for tap in range(taps):
        low = packed[2 * tap]
        high = packed[2 * tap + 1]
        for each in range(size):
            sums[2 * each] = sums[2 * each] + lane(weights, tap * size + each) * low
            sums[2 * each + 1] = sums[2 * each + 1] + lane(weights, tap * size + each) * high
    if keep != NULL:
        for each in range(2 * size):
            keep[each] = sums[each]
        return
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


cdef Py_ssize_t run(
    const vec* band, Py_ssize_t values, const Py_ssize_t* offsets, Py_ssize_t furthest,
    Py_ssize_t depth, Py_ssize_t row_step, Py_ssize_t width, Py_ssize_t first, Py_ssize_t last,
    const vec* weights, Py_ssize_t filters, Py_ssize_t rows, const vec* bias, vec* packed,
    vec* sums, Py_ssize_t together, vec* out, Py_ssize_t out_step, const int* stop,
) noexcept nogil:
    """Works through the windows, ``together`` tiles at a time, and gives the outputs made.

    Where all taps of a tile fit the packing room, several tiles are packed and each block of
    filters writes a longer run; where they do not, the sums are kept from chunk to chunk.
    """
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    cdef Py_ssize_t chunks = (depth + DEPTH - 1) // DEPTH
    cdef Py_ssize_t step = (depth + chunks - 1) // chunks
    cdef Py_ssize_t panel = max(1, DEPTH // step)
    cdef Py_ssize_t begin = first, end, start, tile, tiles, columns, filter, left, size, tap, taps
    cdef Py_ssize_t made = 0
    cdef const vec* bias_here = NULL
    cdef const vec* before
    cdef const vec* weights_here
    cdef const vec* packed_here
    cdef vec* after
    cdef vec* target
    while begin < last and not stop[0]:
        end = min(last, begin + together * panel * 2 * lanes)
        tap = 0
        while tap < depth:
            taps = min(step, depth - tap)
            start = begin
            while start < end and not stop[0]:
                tiles = min(panel, (end - start + 2 * lanes - 1) // (2 * lanes))
                for tile in range(tiles):
                    columns = min(2 * lanes, end - start - tile * 2 * lanes)
                    packed_here = packed + tile * taps * 2
                    if vec is vecf:
                        pack[float](
                            <const float*>band, values, offsets + tap, furthest, taps, row_step,
                            width, start + tile * 2 * lanes, columns, <float*>packed_here, lanes)
                    else:
                        pack[double](
                            <const double*>band, values, offsets + tap, furthest, taps, row_step,
                            width, start + tile * 2 * lanes, columns, <double*>packed_here, lanes)
                filter = 0
                while filter < filters and not stop[0]:
                    left = filters - filter
                    size = block_size(left)
                    if bias != NULL:
                        bias_here = <const vec*>at(bias, filter)
                    weights_here = <const vec*>at(weights, tap * rows + filter * taps)
                    for tile in range(tiles):
                        columns = min(2 * lanes, end - start - tile * 2 * lanes)
                        packed_here = packed + tile * taps * 2
                        before = NULL
                        after = NULL
                        if sums != NULL:
                            after = sums + 2 * ((start - begin) // (2 * lanes) * rows + filter)
                            if tap > 0:
                                before = after
                            if tap + taps == depth:
                                after = NULL
                        target = <vec*>at(
                            out, filter * out_step + start - first + tile * 2 * lanes)
                        if size == LARGE:
                            block(packed_here, weights_here, taps, LARGE, left, before, after,
                                  columns, bias_here, target, out_step)
                        elif size == MIDDLE:
                            block(packed_here, weights_here, taps, MIDDLE, left, before, after,
                                  columns, bias_here, target, out_step)
                        else:
                            block(packed_here, weights_here, taps, SMALL, left, before, after,
                                  columns, bias_here, target, out_step)
                    filter = filter + size
                start = start + tiles * 2 * lanes
            tap = tap + taps
        if not stop[0]:
            made = made + (end - begin) * filters
        begin = end
    return made


cdef Py_ssize_t block_size(Py_ssize_t left) noexcept nogil:
    """Gives the size of the next block where so many filters are left."""
    return LARGE if left > MIDDLE else MIDDLE if left > SMALL else SMALL


def padded(Py_ssize_t filters):
    """Gives the number of filters with those of zeros that fill the last block up."""
    cdef Py_ssize_t rows = 0
    while rows < filters:
        rows = rows + block_size(filters - rows)
    return rows


def lay_out(const real[:, ::1] filters not None, real[::1] packed not None):
    """Writes filters as :func:`multiply` reads them: by chunk of taps, block of filters, tap.

    Parameters
    ----------
    filters : M x D
    packed : padded(M) * D
        Written whole.
    """
    cdef Py_ssize_t depth = filters.shape[1], count = filters.shape[0], place = 0
    cdef Py_ssize_t tap, start, first, each, size, step, used, last
    if depth < 1 or packed.shape[0] != padded(count) * depth:
        raise IndexError("packed must have room for whole blocks of filters")
    step = (depth + DEPTH - 1) // DEPTH
    step = (depth + step - 1) // step
    with nogil:
        start = 0
        while start < depth:
            last = min(depth, start + step)
            first = 0
            while first < count:
                size = block_size(count - first)
                used = min(size, count - first)
                for tap in range(start, last):
                    for each in range(used):
                        packed[place + each] = filters[first + each, tap]
                    for each in range(used, size):
                        packed[place + each] = 0
                    place = place + size
                first = first + size
            start = last


def multiply(
    const real[::1] band not None, const Py_ssize_t[::1] offsets not None, Py_ssize_t row_step,
    Py_ssize_t width, Py_ssize_t first, Py_ssize_t last, const real[::1] weights not None,
    const real[::1] bias, real[::1] packed not None, real[::1] sums, real[:, :] out not None,
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
    packed : at least CHUNK * COLUMNS values and COLUMNS / 2 more, aligned to a cache line
        Room for the windows that are worked on together.
    sums : a multiple of COLUMNS * M values (M in whole blocks), aligned; or None
        Room for the sums of some tiles; needed where D is more than CHUNK.
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
    cdef Py_ssize_t furthest, rows, together = 1
    cdef const real* bias_start = NULL
    cdef real* sums_start = NULL
    columns = 2 * (sizeof(vecf) // sizeof(float) if real is float else sizeof(vecd) // sizeof(double))
    furthest = furthest_tap(offsets, band.shape[0], row_step, width, first, last)
    if last <= first or filters == 0:
        return 0
    rows = padded(filters)
    if weights.shape[0] < rows * depth:
        raise IndexError("weights must have D values a filter, in whole blocks")
    if packed.shape[0] < DEPTH * columns + columns // 2:
        raise IndexError("packing room is too small")
    if (<uintptr_t>&packed[0]) % sizeof(vecf):
        raise ValueError("packing room must be aligned")
    if depth > DEPTH:
        if sums is None or sums.shape[0] < columns * rows:
            raise IndexError("sums are too small")
        if (<uintptr_t>&sums[0]) % sizeof(vecf):
            raise ValueError("sums must be aligned")
        together = sums.shape[0] // (columns * rows)
        sums_start = &sums[0]
    if out.shape[1] != last - first or (out.shape[1] > 1 and out.strides[1] != sizeof(real)):
        raise IndexError("out must have a contiguous row of last - first values a filter")
    if bias is not None:
        if bias.shape[0] != filters:
            raise IndexError("bias must have one value a filter")
        bias_start = &bias[0]
    with nogil:
        if real is float:
            made = run[vecf](
                <const vecf*>&band[0], band.shape[0], &offsets[0], furthest, depth, row_step,
                width, first, last, <const vecf*>&weights[0], filters, rows,
                <const vecf*>bias_start, <vecf*>&packed[0], <vecf*>sums_start, together,
                <vecf*>&out[0, 0], out.strides[0] // <Py_ssize_t>sizeof(real), &stop[0],
            )
        else:
            made = run[vecd](
                <const vecd*>&band[0], band.shape[0], &offsets[0], furthest, depth, row_step,
                width, first, last, <const vecd*>&weights[0], filters, rows,
                <const vecd*>bias_start, <vecd*>&packed[0], <vecd*>sums_start, together,
                <vecd*>&out[0, 0], out.strides[0] // <Py_ssize_t>sizeof(real), &stop[0],
            )
    return made
