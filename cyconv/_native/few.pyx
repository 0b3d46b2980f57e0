"""One filter at a time, or few: exact convolution, band by band."""

from cyconv._native.fill cimport pixel, real
from cyconv._native.patches cimport ROWS, RUNS, TALL, patch, shared_patch
from cyconv._native.vector cimport apart, at, vec, vecd, vecf
from cyconv._native.work cimport Work, describe, next_unit

cdef enum:
    LARGEST_FLAT = 12      # Filters that are higher take taller patches.


cdef bint rows_shared(
    const Py_ssize_t* offsets, Py_ssize_t depth, Py_ssize_t down, Py_ssize_t taps,
    Py_ssize_t row_step,
) noexcept nogil:
    """Tells whether two output rows lie as far apart as two rows of taps, and columns evenly."""
    cdef Py_ssize_t each, aside = offsets[1] - offsets[0] if taps > 1 else 0
    if down < ROWS - 1 or depth % (down * taps):
        return False
    for each in range(depth):
        if each // taps % down and offsets[each] != offsets[each - taps] + row_step:
            return False
        if each % taps and offsets[each] != offsets[each - 1] + aside:
            return False
    return True


cdef inline void any_rows(
    const vec* band, const Py_ssize_t* offsets, Py_ssize_t depth, Py_ssize_t row_step,
    const vec* weights, Py_ssize_t rows, Py_ssize_t runs, const vec* bias, vec* out,
    Py_ssize_t width, Py_ssize_t columns,
) noexcept nogil:
    """Makes a patch of up to ROWS rows, tap by tap."""
    if rows == 4:
        patch(band, offsets, depth, row_step, weights, 4, runs, bias, out, width, columns)
    elif rows == 3:
        patch(band, offsets, depth, row_step, weights, 3, runs, bias, out, width, columns)
    elif rows == 2:
        patch(band, offsets, depth, row_step, weights, 2, runs, bias, out, width, columns)
    else:
        patch(band, offsets, depth, row_step, weights, 1, runs, bias, out, width, columns)


cdef inline void several(
    const vec* band, const Py_ssize_t* offsets, Py_ssize_t depth, Py_ssize_t down,
    Py_ssize_t taps, Py_ssize_t row_step, const vec* weights, Py_ssize_t rows, Py_ssize_t runs,
    const vec* bias, vec* out, Py_ssize_t width, Py_ssize_t columns, Py_ssize_t count,
) noexcept nogil:
    """Makes ``count`` patches side by side."""
    cdef Py_ssize_t each
    for each in range(count):
        shared_patch(
            <const vec*>at(band, each * columns), offsets, depth, down, taps, row_step, weights,
            rows, runs, bias, <vec*>at(out, each * columns), width, columns)


cdef apart tall(
    const vec* band, const Py_ssize_t* offsets, Py_ssize_t depth, Py_ssize_t down,
    Py_ssize_t taps, Py_ssize_t row_step, const vec* weights, const vec* bias, vec* out,
    Py_ssize_t width, Py_ssize_t columns, Py_ssize_t count,
) noexcept nogil:
    """Makes patches of a large filter; a function of its own, as those below, for its registers."""
    several(band, offsets, depth, down, taps, row_step, weights, TALL, RUNS, bias, out, width,
            columns, count)


cdef apart wide(
    const vec* band, const Py_ssize_t* offsets, Py_ssize_t depth, Py_ssize_t down,
    Py_ssize_t taps, Py_ssize_t row_step, const vec* weights, const vec* bias, vec* out,
    Py_ssize_t width, Py_ssize_t columns, Py_ssize_t count,
) noexcept nogil:
    """Makes patches as wide as the registers allow."""
    several(band, offsets, depth, down, taps, row_step, weights, ROWS, RUNS, bias, out, width,
            columns, count)


cdef apart narrow(
    const vec* band, const Py_ssize_t* offsets, Py_ssize_t depth, Py_ssize_t down,
    Py_ssize_t taps, Py_ssize_t row_step, const vec* weights, const vec* bias, vec* out,
    Py_ssize_t width, Py_ssize_t columns, Py_ssize_t count,
) noexcept nogil:
    """Makes patches of two vectors' width."""
    several(band, offsets, depth, down, taps, row_step, weights, ROWS, 2, bias, out, width,
            columns, count)


cdef apart slim(
    const vec* band, const Py_ssize_t* offsets, Py_ssize_t depth, Py_ssize_t down,
    Py_ssize_t taps, Py_ssize_t row_step, const vec* weights, const vec* bias, vec* out,
    Py_ssize_t width, Py_ssize_t columns, Py_ssize_t count,
) noexcept nogil:
    """Makes patches of up to one vector's width."""
    several(band, offsets, depth, down, taps, row_step, weights, ROWS, 1, bias, out, width,
            columns, count)


cdef apart loose(
    const vec* band, const Py_ssize_t* offsets, Py_ssize_t depth, Py_ssize_t row_step,
    const vec* weights, Py_ssize_t rows, Py_ssize_t runs, const vec* bias, vec* out,
    Py_ssize_t width, Py_ssize_t columns,
) noexcept nogil:
    """Makes a patch of any rows and runs, tap by tap."""
    if RUNS > 2 and runs > 2:
        any_rows(band, offsets, depth, row_step, weights, rows, RUNS, bias, out, width, columns)
    elif runs == 2:
        any_rows(band, offsets, depth, row_step, weights, rows, 2, bias, out, width, columns)
    else:
        any_rows(band, offsets, depth, row_step, weights, rows, 1, bias, out, width, columns)


cdef void strip(
    const vec* band, const Py_ssize_t* offsets, Py_ssize_t depth, Py_ssize_t down,
    Py_ssize_t taps, Py_ssize_t row_step, const vec* weights, Py_ssize_t rows, bint shared,
    const vec* bias, vec* out, Py_ssize_t width, const int* stop,
) noexcept nogil:
    """Makes up to TALL whole rows of one filter's outputs, patch by patch."""
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    cdef Py_ssize_t x = 0, runs, reach, count
    while x < width and not stop[0]:
        # As wide a patch as there are columns for; the last is moved back to end with the row,
        # and what overlaps is made twice.
        runs = RUNS
        while runs > 1 and rows != TALL and (
            width < runs * lanes or width - x <= (runs - 1) * lanes
        ):
            runs = runs // 2
        reach = runs * lanes
        count = (width - x) // reach
        if count == 0:
            count = 1
            if width >= reach:
                x = width - reach
        if not shared or rows < ROWS:
            count = 1
            loose(<const vec*>at(band, x), offsets, depth, row_step, weights, rows, runs, bias,
                  <vec*>at(out, x), width, min(reach, width))
        elif rows == TALL:
            tall(<const vec*>at(band, x), offsets, depth, down, taps, row_step, weights, bias,
                 <vec*>at(out, x), width, reach, count)
        elif runs == RUNS:
            wide(<const vec*>at(band, x), offsets, depth, down, taps, row_step, weights, bias,
                 <vec*>at(out, x), width, reach, count)
        elif runs == 2 and RUNS > 2:
            narrow(<const vec*>at(band, x), offsets, depth, down, taps, row_step, weights, bias,
                   <vec*>at(out, x), width, reach, count)
        else:
            slim(<const vec*>at(band, x), offsets, depth, down, taps, row_step, weights, bias,
                 <vec*>at(out, x), width, min(reach, width), count)
        x = x + count * reach


cdef Py_ssize_t run(
    Work* work, const Py_ssize_t* offsets, Py_ssize_t depth, Py_ssize_t down, Py_ssize_t taps,
    Py_ssize_t groups, Py_ssize_t filters, const vec* weights, const vec* bias, vec* out,
    Py_ssize_t* made,
) noexcept nogil:
    """Takes units until none is left; ``filters`` are those of a group."""
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    cdef Py_ssize_t first, rows, share, group, filter, row, high, width = work.width
    cdef Py_ssize_t out_step = work.rows * width
    cdef bint shared = rows_shared(offsets, depth, down, taps, work.row_step)
    cdef bint tall = shared and down >= LARGEST_FLAT and width >= RUNS * lanes
    cdef const vec* band
    cdef const vec* bias_here = NULL
    while True:
        band = next_unit(work, &first, &rows, &share, <const vec*>NULL)
        if band == NULL:
            return 0
        for group in range(groups):
            row = 0
            while row < rows and not work.stop[0]:
                high = TALL if tall and row + TALL <= rows else min(ROWS, rows)
                # The last strip is moved back, too.
                row = min(row, rows - high)
                for filter in range(group * filters, (group + 1) * filters):
                    if bias != NULL:
                        bias_here = <const vec*>at(bias, filter)
                    strip(
                        <const vec*>at(band, group * work.group_step + row * work.row_step),
                        offsets, depth, down, taps, work.row_step,
                        <const vec*>at(weights, filter * depth), high, shared, bias_here,
                        <vec*>at(out, filter * out_step + (first + row) * width), width,
                        work.stop,
                    )
                row = row + high
        if not work.stop[0]:
            made[0] = made[0] + rows * width * filters * groups


def convolve(
    const pixel[:, :, :] image not None, real[:, ::1] out not None, real[::1] room,
    Py_ssize_t above, Py_ssize_t left, Py_ssize_t phases, Py_ssize_t places, Py_ssize_t step,
    Py_ssize_t span, const Py_ssize_t[::1] offsets not None, Py_ssize_t rows, Py_ssize_t width,
    Py_ssize_t height, Py_ssize_t down, Py_ssize_t across, Py_ssize_t groups, const real[::1] weights not None,
    const real[::1] bias, Py_ssize_t[::1] following not None, Py_ssize_t[::1] made not None,
    const int[::1] stop not None,
):
    """Convolves an image with each filter in turn: a thread's part of the work.

    Parameters
    ----------
    image, room, above, left, phases, places, step, span, offsets, rows, width, height
        As for :func:`lanes.convolve`; where ``width`` is under :data:`lanes.BYTES`' worth, as
        many values more than the last window needs must be there to be read (they are not used).
    down, across : int
        Taps below each other and side by side; D is a multiple of their product.
    groups : int
        Groups of filters, M and C multiples of them.
    weights : M * D values
    bias : M, or None
    out, following, made, stop
        As for :func:`lanes.convolve`.
    """
    cdef Work work
    cdef Py_ssize_t depth = offsets.shape[0], filters = out.shape[0], lanes
    cdef const real* bias_start = NULL
    if groups < 1 or filters < 1 or filters % groups or image.shape[0] % groups:
        raise IndexError("groups must divide channels and filters")
    if down < 1 or across < 1 or depth % (down * across):
        raise IndexError("taps must be down * across a channel")
    lanes = sizeof(vecf) // sizeof(float) if real is float else sizeof(vecd) // sizeof(double)
    describe[pixel, real](
        &work, image, room, above, left, phases, places, step, span, offsets, rows,
        width, height, 1, groups, lanes, following, made, stop,
    )
    if weights.shape[0] < filters * depth:
        raise IndexError("weights must have D values a filter")
    if out.shape[1] != rows * width:
        raise IndexError("out must have rows * width values a filter")
    if bias is not None:
        if bias.shape[0] != filters:
            raise IndexError("bias must have one value a filter")
        bias_start = &bias[0]
    with nogil:
        if real is float:
            run[vecf](
                &work, &offsets[0], depth, down, across, groups, filters // groups,
                <const vecf*>&weights[0], <const vecf*>bias_start, <vecf*>&out[0, 0], &made[0],
            )
        else:
            run[vecd](
                &work, &offsets[0], depth, down, across, groups, filters // groups,
                <const vecd*>&weights[0], <const vecd*>bias_start, <vecd*>&out[0, 0], &made[0],
            )
