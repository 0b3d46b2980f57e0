"""Exact convolution of those tiles of outputs that differ from their reference, band by band.

What :mod:`changes` found to be the same is taken over, not made.
"""

from cyconv._native.fill cimport pixel, real
from cyconv._native.patchwork cimport (
    ABOVE, TILE_COLUMNS, TILE_ROWS, Tiles, check_before, describe_tiles, take_row,
)
from cyconv._native.spans cimport SPAN, lay_out
from cyconv._native.spots cimport SPOTS, Taps, shared_spots, spots_by_tap
from cyconv._native.vector cimport apart, at, vec, vecd, vecf
from cyconv._native.work cimport Work, describe, take

cdef enum:
    QUEUED = 64     # a multiple of SPOTS

PLACES = SPAN


cdef struct Queue:
    # Vectors that wait for others to be made with.
    Py_ssize_t read[QUEUED]
    Py_ssize_t written[QUEUED]
    Py_ssize_t count


cdef bint rows_shared(const Taps* taps) noexcept nogil:
    """Tells whether two output rows lie as far apart as two rows of taps, and columns evenly."""
    cdef Py_ssize_t each, across = taps.across, aside = 0
    cdef const Py_ssize_t* offsets = taps.offsets
    if across > 1:
        aside = offsets[1] - offsets[0]
    if taps.down < TILE_ROWS - 1:
        return False
    for each in range(taps.depth):
        if each // across % taps.down and offsets[each] != offsets[each - across] + taps.row_step:
            return False
        if each % across and offsets[each] != offsets[each - 1] + aside:
            return False
    return True


cdef apart many(
    const vec* band, const Taps* taps, const vec* weights, const vec* bias, vec* out,
    const Queue* queue, Py_ssize_t count,
) noexcept nogil:
    """Makes the first of a queue, SPOTS at a time; apart, as those below, for its registers."""
    cdef Py_ssize_t each
    for each in range(count):
        shared_spots(band, taps, weights, SPOTS, bias, out, &queue.read[each * SPOTS],
                     &queue.written[each * SPOTS])


cdef apart single(
    const vec* band, const Taps* taps, const vec* weights, const vec* bias, vec* out,
    const Py_ssize_t* read, const Py_ssize_t* written,
) noexcept nogil:
    """Makes one vector of four rows."""
    shared_spots(band, taps, weights, 1, bias, out, read, written)


cdef apart many_by_tap(
    const vec* band, const Taps* taps, const vec* weights, const vec* bias, vec* out,
    const Queue* queue, Py_ssize_t count,
) noexcept nogil:
    """Makes the first of a queue, tap by tap."""
    cdef Py_ssize_t each
    for each in range(count):
        spots_by_tap(band, taps, weights, TILE_ROWS, SPOTS, bias, out,
                     &queue.read[each * SPOTS], &queue.written[each * SPOTS])


cdef apart row_by_tap(
    const vec* band, const Taps* taps, const vec* weights, const vec* bias, vec* out,
    const Py_ssize_t* read, const Py_ssize_t* written,
) noexcept nogil:
    """Makes one vector of one row, tap by tap."""
    spots_by_tap(band, taps, weights, 1, 1, bias, out, read, written)


cdef inline void flush(
    Queue* queue, const vec* band, const Taps* taps, bint shared, const vec* weights,
    const vec* bias, vec* out,
) noexcept nogil:
    """Makes what waits."""
    cdef Py_ssize_t each, row
    cdef Py_ssize_t read, written
    if shared:
        many(band, taps, weights, bias, out, queue, queue.count // SPOTS)
    else:
        many_by_tap(band, taps, weights, bias, out, queue, queue.count // SPOTS)
    for each in range(queue.count // SPOTS * SPOTS, queue.count):
        if shared:
            single(band, taps, weights, bias, out, &queue.read[each], &queue.written[each])
            continue
        for row in range(TILE_ROWS):
            read = queue.read[each] + row * taps.row_step
            written = queue.written[each] + row * taps.width
            row_by_tap(band, taps, weights, bias, out, &read, &written)
    queue.count = 0


cdef void make(
    const Tiles* tiles, Py_ssize_t group, Py_ssize_t first, Py_ssize_t rows, const vec* band,
    const Taps* taps, bint shared, const vec* weights, const vec* bias, vec* out,
    const int* stop,
) noexcept nogil:
    """Makes one filter's tiles of the output rows ``first`` to ``first + rows``."""
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    cdef Py_ssize_t row = 0, tile, each, high, strip, x, read, written, line
    cdef const Py_ssize_t* columns
    cdef Queue queue
    queue.count = 0
    while row < rows and not stop[0]:
        strip = group * tiles.strips + (first + row) // TILE_ROWS
        columns = tiles.columns + strip * tiles.most
        high = min(TILE_ROWS, rows - row)
        for tile in range(tiles.counts[strip]):
            for each in range(TILE_COLUMNS // lanes):
                x = columns[tile] + each * lanes
                if high == TILE_ROWS:
                    queue.read[queue.count] = row * taps.row_step + x
                    queue.written[queue.count] = (first + row) * taps.width + x
                    queue.count = queue.count + 1
                    if queue.count == QUEUED:
                        flush(&queue, band, taps, shared, weights, bias, out)
                    continue
                for line in range(row, row + high):
                    read = line * taps.row_step + x
                    written = (first + line) * taps.width + x
                    row_by_tap(band, taps, weights, bias, out, &read, &written)
        row = row + TILE_ROWS
    flush(&queue, band, taps, shared, weights, bias, out)


cdef Py_ssize_t take_rows(
    const Tiles* tiles, Py_ssize_t group, Py_ssize_t filters, Py_ssize_t first, Py_ssize_t rows,
    bint alone, const real* before, real* out, Py_ssize_t plane, Py_ssize_t width,
) noexcept nogil:
    """Takes over what no tile of a band covers; gives the outputs that the tiles hold."""
    cdef Py_ssize_t filter, row, strip, place, made = 0
    for filter in range(group * filters, (group + 1) * filters):
        for row in range(first, first + rows):
            strip = group * tiles.strips + row // TILE_ROWS
            made = made + tiles.counts[strip] * TILE_COLUMNS
            # The row above may be another thread's.
            if alone or tiles.kinds[strip] != ABOVE:
                place = filter * plane + row * width
                take_row(tiles, strip, row, before + place, out + place, width)
    return made


cdef void run(
    Work* work, const Tiles* tiles, Taps* taps, Py_ssize_t groups, Py_ssize_t filters,
    Py_ssize_t* ready, bint alone, const vec* weights, const vec* bias, vec* out,
    const real* before, real* plain, Py_ssize_t* made,
) noexcept nogil:
    """Takes units until none is left; ``filters`` are those of a group."""
    cdef Py_ssize_t first, rows, group, filter, done, plane = work.rows * work.width
    cdef bint shared = rows_shared(taps)
    cdef const vec* band
    cdef const vec* bias_here = NULL
    while not work.stop[0]:
        first = take(work.following) * work.height
        if first >= work.rows:
            return
        rows = min(work.height, work.rows - first)
        if work.room == NULL:
            band = <const vec*>at(<const vec*>work.source.pixels, first * work.row_step)
        else:
            lay_out(work, tiles, taps, groups, first, rows, ready, weights)
            band = <const vec*>work.room
        done = 0
        for group in range(groups):
            for filter in range(group * filters, (group + 1) * filters):
                if bias != NULL:
                    bias_here = <const vec*>at(bias, filter)
                make(
                    tiles, group, first, rows,
                    <const vec*>at(band, group * work.group_step), taps, shared,
                    <const vec*>at(weights, filter * taps.depth), bias_here,
                    <vec*>at(out, filter * plane), work.stop,
                )
            if not work.stop[0]:
                done = done + take_rows(
                    tiles, group, filters, first, rows, alone, before, plain, plane, work.width)
        if not work.stop[0]:
            made[0] = made[0] + done


def convolve(
    const pixel[:, :, :] image not None, real[:, ::1] out not None, real[::1] room,
    Py_ssize_t above, Py_ssize_t left, Py_ssize_t phases, Py_ssize_t places, Py_ssize_t step,
    Py_ssize_t span, const Py_ssize_t[::1] offsets not None, Py_ssize_t down, Py_ssize_t across,
    Py_ssize_t rows, Py_ssize_t width, Py_ssize_t height, Py_ssize_t groups,
    const real[::1] weights not None, const real[::1] bias,
    const Py_ssize_t[::1] counts not None, const Py_ssize_t[:, ::1] columns not None,
    const unsigned char[::1] kinds not None, const real[:, ::1] before, Py_ssize_t[::1] ready,
    bint alone, Py_ssize_t[::1] following not None, Py_ssize_t[::1] made not None,
    const int[::1] stop not None,
):
    """Makes tiles of outputs, and of strips of kind LEFT the rest: a thread's part of the work.

    Parameters
    ----------
    image, out, room, above, left, phases, places, step, span, offsets, down, across, rows, width
        As for :func:`few.convolve`.
    height : int
        Rows of a band, a multiple of the tiles' rows.
    groups, weights, bias
        As for :func:`few.convolve`.
    counts : groups * strips
        Tiles of each strip of output rows.
    columns : (groups * strips or more) x most
        The first column of each, rising.
    kinds : groups * strips, uint8
        Where the outputs that no tile covers are taken from: LEFT, the one to the left, ABOVE,
        the one above, BEFORE, that of another image.
    before : M x (rows * width), or None
        The outputs that strips of kind BEFORE take theirs from.
    ready : number of SPAN places in a row, or None where the image is read in place
        Scratch.
    alone : bool
        Whether no other thread works on this; else strips of kind ABOVE are left for
        :func:`taking.settle`.
    following, made, stop
        As for :func:`few.convolve`.
    """
    cdef Work work
    cdef Tiles tiles
    cdef Taps taps
    cdef Py_ssize_t depth = offsets.shape[0], filters = out.shape[0]
    cdef const real* bias_start = NULL
    cdef const real* source = &out[0, 0]
    cdef Py_ssize_t* spans = NULL
    if groups < 1 or filters < 1 or filters % groups or image.shape[0] % groups:
        raise IndexError("groups must divide channels and filters")
    if down < 1 or across < 1 or depth % (down * across):
        raise IndexError("taps must be down * across a channel")
    if height < 1 or height % TILE_ROWS:
        raise IndexError("bands must be whole strips of tiles")
    describe[pixel, real](
        &work, image, room, above, left, phases, places, step, span, offsets, rows,
        width, height, 1, groups, 0, False, following, made, stop,
    )
    describe_tiles(&tiles, counts, columns, kinds, groups, rows, width)
    if weights.shape[0] < filters * depth:
        raise IndexError("weights must have D values a filter")
    if out.shape[1] != rows * width:
        raise IndexError("out must have rows * width values a filter")
    if bias is not None:
        if bias.shape[0] != filters:
            raise IndexError("bias must have one value a filter")
        bias_start = &bias[0]
    check_before(&tiles, groups, before, out.shape[0], out.shape[1])
    if room is not None and (
        ready is None or ready.shape[0] < (work.source.places + SPAN - 1) // SPAN
    ):
        raise IndexError("ready must have a value for each span of places")
    taps.offsets, taps.depth, taps.down, taps.across = &offsets[0], depth, down, across
    taps.row_step, taps.width = work.row_step, width
    if before is not None:
        source = &before[0, 0]
    if room is not None:
        spans = &ready[0]
    with nogil:
        if real is float:
            run[vecf, real](
                &work, &tiles, &taps, groups, filters // groups, spans, alone,
                <const vecf*>&weights[0], <const vecf*>bias_start, <vecf*>&out[0, 0], source,
                &out[0, 0], &made[0],
            )
        else:
            run[vecd, real](
                &work, &tiles, &taps, groups, filters // groups, spans, alone,
                <const vecd*>&weights[0], <const vecd*>bias_start, <vecd*>&out[0, 0], source,
                &out[0, 0], &made[0],
            )
