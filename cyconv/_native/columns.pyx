"""Many filters at once, windows side by side in vectors: exact convolution, band by band.

Tiles of windows are packed tap by tap and met by blocks of filters whose sums stay in
registers (Goto and van de Geijn, "Anatomy of high-performance matrix multiplication", 2008).
Sums lie as the outputs do and are stored as they are, where :mod:`lanes` has to transpose
them.
"""

from libc.stdint cimport uintptr_t
from libc.string cimport memcpy, memset

from cyconv._native.abreast cimport Blocks, blocks_of, filled, first_filter, place_of, sized
from cyconv._native.fill cimport pixel, real
from cyconv._native.packing cimport pack
from cyconv._native.vector cimport apart, at, load, vec, vecd, vecf, zero
from cyconv._native.work cimport Work, describe, next_unit

BYTES = 2 * sizeof(vecf)    # of a tap of a tile


cdef apart any_size(
    const vec* tile, Py_ssize_t depth, const vec* weights, Py_ssize_t size, Py_ssize_t runs,
    const vec* bias, vec* out, Py_ssize_t out_step,
) noexcept nogil:
    """Calls :func:`sized` with a number of vectors that the compiler knows.

    A function of its own: in a loop over tiles the places of all filters would be kept up to
    date one by one, in memory.
    """
    if runs == 2:
        sized(tile, depth, weights, size, 2, bias, out, out_step)
    else:
        sized(tile, depth, weights, size, 1, bias, out, out_step)
    return 0


cdef apart partly(
    const vec* tile, Py_ssize_t depth, const vec* weights, Py_ssize_t size, Py_ssize_t used,
    Py_ssize_t columns, const vec* bias, vec* out, Py_ssize_t out_step,
) noexcept nogil:
    """Makes the outputs of some of a block's filters and some of a tile's windows."""
    cdef vec made[16]
    cdef vec addends[8]       # more than a value a filter
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    cdef Py_ssize_t each, runs = 2 if columns > lanes else 1, value = sizeof(vec) // lanes
    memset(addends, 0, size * value)
    if bias != NULL:
        memcpy(addends, bias, used * value)
    any_size(tile, depth, weights, size, runs, addends, made, runs * lanes)
    for each in range(used):
        memcpy(at(out, each * out_step), made + each * runs, columns * value)
    return 0


cdef inline void gather(
    const vec* band, Py_ssize_t values, const Py_ssize_t* offsets, Py_ssize_t furthest,
    Py_ssize_t depth, Py_ssize_t row_step, Py_ssize_t width, Py_ssize_t first,
    Py_ssize_t columns, vec* packed,
) noexcept nogil:
    """Packs a tile of windows tap by tap."""
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    cdef Py_ssize_t tap
    cdef vec low, high
    cdef const vec* place
    low = zero(band)
    high = low
    if columns == 2 * lanes and first % width + columns <= width:
        band = <const vec*>at(band, first // width * row_step + first % width)
        for tap in range(depth):
            place = <const vec*>at(band, offsets[tap])
            load(low, place)
            load(high, place + 1)
            packed[2 * tap] = low
            packed[2 * tap + 1] = high
    elif vec is vecf:
        pack[float](<const float*>band, values, offsets, furthest, depth, row_step, width, first,
                    columns, <float*>packed, lanes)
    else:
        pack[double](<const double*>band, values, offsets, furthest, depth, row_step, width, first,
                     columns, <double*>packed, lanes)


cdef Py_ssize_t run(
    Work* work, const Py_ssize_t* offsets, Py_ssize_t depth, Py_ssize_t furthest,
    Py_ssize_t groups, Py_ssize_t filters, const vec* weights, const vec* bias, vec* packed,
    Py_ssize_t panel, vec* out, Py_ssize_t* made,
) noexcept nogil:
    """Takes units until none is left; ``filters`` are those of a group, ``panel`` tiles packed."""
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    cdef Py_ssize_t shares = work.shares // groups, tile_windows = 2 * lanes
    cdef Py_ssize_t first, rows, share, group, begin, end, last, high, width = work.width
    cdef Py_ssize_t out_step = work.rows * width, values, place, size, used, start
    cdef Py_ssize_t each, tile, tiles, columns, windows
    cdef Blocks blocks = blocks_of(filters)
    cdef const vec* band
    cdef const vec* bias_here = NULL
    cdef const vec* weights_here
    cdef const vec* tile_here
    cdef vec* target
    # Rows that follow each other are one.
    if work.row_step == width:
        width = out_step
    while True:
        band = next_unit(work, &first, &rows, &share, <const vec*>NULL)
        if band == NULL:
            return 0
        windows = rows * work.width
        group = share // shares
        share = share - group * shares
        band = <const vec*>at(band, group * work.group_step)
        if work.room == NULL:
            values = work.source.channels * work.pitch - first * work.row_step
        else:
            high = (min(work.height, work.rows) - 1) * work.step + work.span
            values = high * work.source.channels * work.pitch
        values = values - group * work.group_step
        begin = blocks.count * share // shares
        last = blocks.count * (share + 1) // shares
        start = 0
        while start < windows and not work.stop[0]:
            end = min(windows, start + panel * tile_windows)
            tiles = (end - start + tile_windows - 1) // tile_windows
            for tile in range(tiles):
                columns = min(tile_windows, end - start - tile * tile_windows)
                gather(band, values, offsets, furthest, depth, work.row_step, width,
                       start + tile * tile_windows, columns, packed + tile * depth * 2)
            each = begin
            while each < last and not work.stop[0]:
                place = group * filters + first_filter(&blocks, each)
                used = blocks.least + (each < blocks.more)
                size = filled(used)
                weights_here = <const vec*>at(
                    weights,
                    (group * place_of(&blocks, blocks.count) + place_of(&blocks, each)) * depth)
                if bias != NULL:
                    bias_here = <const vec*>at(bias, place)
                target = <vec*>at(out, place * out_step + first * work.width + start)
                for tile in range(tiles):
                    columns = min(tile_windows, end - start - tile * tile_windows)
                    tile_here = packed + tile * depth * 2
                    if used == size and columns == tile_windows:
                        any_size(tile_here, depth, weights_here, size, 2, bias_here,
                                 <vec*>at(target, tile * tile_windows), out_step)
                    else:
                        partly(tile_here, depth, weights_here, size, used, columns, bias_here,
                               <vec*>at(target, tile * tile_windows), out_step)
                if not work.stop[0]:
                    made[0] = made[0] + (end - start) * used
                each = each + 1
            start = end


def padded(Py_ssize_t filters, Py_ssize_t groups, Py_ssize_t lanes=0):
    """Gives the number of filters with those of zeros that fill blocks up, for any lanes."""
    cdef Blocks blocks = blocks_of(filters // groups)
    return groups * place_of(&blocks, blocks.count)


def lay_out(const real[:, ::1] filters not None, Py_ssize_t groups, real[::1] packed not None):
    """Writes filters as :func:`convolve` reads them: by group, block of filters, tap.

    Parameters
    ----------
    filters : M x D
    groups : int
    packed : padded(M) * D
        Written whole.
    """
    cdef Py_ssize_t depth = filters.shape[1], members, group, block, used, size, tap, each
    cdef Py_ssize_t first, place = 0
    cdef Blocks blocks
    if groups < 1 or filters.shape[0] < groups or filters.shape[0] % groups or depth < 1:
        raise IndexError("groups must divide filters, which must have taps")
    if packed.shape[0] != padded(filters.shape[0], groups) * depth:
        raise IndexError("packed must have room for whole blocks of filters")
    members = filters.shape[0] // groups
    blocks = blocks_of(members)
    with nogil:
        for group in range(groups):
            for block in range(blocks.count):
                first = group * members + first_filter(&blocks, block)
                used = blocks.least + (block < blocks.more)
                size = filled(used)
                for tap in range(depth):
                    for each in range(used):
                        packed[place + each] = filters[first + each, tap]
                    for each in range(used, size):
                        packed[place + each] = 0
                    place = place + size


def convolve(
    const pixel[:, :, :] image not None, real[:, ::1] out not None, real[::1] room,
    Py_ssize_t above, Py_ssize_t left, Py_ssize_t phases, Py_ssize_t places, Py_ssize_t step,
    Py_ssize_t span, const Py_ssize_t[::1] offsets not None, Py_ssize_t rows, Py_ssize_t width,
    Py_ssize_t height, Py_ssize_t shares, Py_ssize_t groups, const real[::1] weights not None,
    const real[::1] bias, Py_ssize_t[::1] following not None, Py_ssize_t[::1] made not None,
    const int[::1] stop not None, real[::1] packed not None,
):
    """Convolves an image with many filters: a thread's part of the work.

    Parameters
    ----------
    image, room, above, left, phases, places, step, span, offsets, rows, width, height
        As for :func:`lanes.convolve`.
    shares, groups : int
        As for :func:`lanes.convolve`.
    weights : 1-D
        As :func:`lay_out` writes them.
    bias : M, or None
    out, following, made, stop
        As for :func:`lanes.convolve`.
    packed : some times D * BYTES, and BYTES / 2 more, aligned to a cache line
        Room for the tiles of windows that are worked on together.
    """
    cdef Work work
    cdef Py_ssize_t depth = offsets.shape[0], filters = out.shape[0], furthest = 0, each, panel
    cdef Py_ssize_t tile = sizeof(vecf) // sizeof(real)
    cdef const real* bias_start = NULL
    if groups < 1 or filters < 1 or filters % groups or image.shape[0] % groups or (
        shares % groups
    ):
        raise IndexError("groups must divide channels, filters and shares")
    describe[pixel, real](
        &work, image, room, above, left, phases, places, step, span, offsets, rows,
        width, height, shares, groups, width, False, following, made, stop,
    )
    if weights.shape[0] < padded(filters, groups) * depth:
        raise IndexError("weights must have D values a filter, in whole blocks")
    if out.shape[1] != rows * width:
        raise IndexError("out must have rows * width values a filter")
    panel = (packed.shape[0] - tile) // (2 * tile * depth)
    if packed.shape[0] < tile or panel < 1:
        raise IndexError("there must be room for a tile of windows")
    if (<uintptr_t>&packed[0]) % sizeof(vecf):
        raise ValueError("room for windows must be aligned")
    if bias is not None:
        if bias.shape[0] != filters:
            raise IndexError("bias must have one value a filter")
        bias_start = &bias[0]
    for each in range(depth):
        furthest = max(furthest, offsets[each])
    with nogil:
        if real is float:
            run[vecf](
                &work, &offsets[0], depth, furthest, groups, filters // groups,
                <const vecf*>&weights[0], <const vecf*>bias_start, <vecf*>&packed[0], panel,
                <vecf*>&out[0, 0], &made[0],
            )
        else:
            run[vecd](
                &work, &offsets[0], depth, furthest, groups, filters // groups,
                <const vecd*>&weights[0], <const vecd*>bias_start, <vecd*>&packed[0], panel,
                <vecd*>&out[0, 0], &made[0],
            )
