"""One filter at a time, or few: exact convolution, band by band."""

from cyconv._native.fill cimport pixel, real
from cyconv._native.panels cimport (
    MOST, SLIDES, Panel, ahead, breadth, fall, most_at_once, panel_vectors, reads_bytes,
    rows_even, to_next,
)
from cyconv._native.patches cimport ROWS, RUNS, patch, shared_patch
from cyconv._native.stream cimport phase
from cyconv._native.vector cimport apart, at, vec, vecd, vecf
from cyconv._native.work cimport Work, describe, next_unit

cdef enum:
    PANEL_ROWS = 128    # Rows of a panel, at the most: the second cache holds what it reads.

BYTES_WIDTH = 4 * (sizeof(vecf) // sizeof(float)) if SLIDES else 0
"""Outputs of a row, at the least, for which an image of bytes is read in place; 0: for none is."""


cdef inline void either(
    const Panel* panel, const vec* row, const vec* weights, Py_ssize_t down, const vec* bias,
    vec* out,
) noexcept nogil:
    """Makes a pass down a panel, moving values on where that can be done."""
    if SLIDES and panel.bytes and vec is vecf:
        fall(panel, row, weights, down, breadth(down), True, True, bias, out)
    elif SLIDES and panel.aside == 1:
        fall(panel, row, weights, down, breadth(down), True, False, bias, out)
    else:
        fall(panel, row, weights, down, breadth(down), False, False, bias, out)


cdef apart one_pass(
    const Panel* panel, const vec* row, const vec* weights, Py_ssize_t down, const vec* bias,
    vec* out,
) noexcept nogil:
    """Makes a pass down a panel, of a number of rows of taps that the compiler knows."""
    if down == 1:
        either(panel, row, weights, 1, bias, out)
    elif down == 2:
        either(panel, row, weights, 2, bias, out)
    elif down == 3:
        either(panel, row, weights, 3, bias, out)
    elif down == 4:
        either(panel, row, weights, 4, bias, out)
    elif down == 5:
        either(panel, row, weights, 5, bias, out)
    elif down == 6:
        either(panel, row, weights, 6, bias, out)
    elif down == 7:
        either(panel, row, weights, 7, bias, out)
    elif MOST > 7:
        either(panel, row, weights, 8, bias, out)


cdef inline void passes(
    Panel* panel, const vec* band, const Py_ssize_t* offsets, Py_ssize_t depth, Py_ssize_t down,
    Py_ssize_t most, Py_ssize_t columns, const vec* weights, const vec* bias, vec* out,
) noexcept nogil:
    """Makes a panel in passes of up to ``most`` rows of taps, channel after channel."""
    cdef Py_ssize_t tap = 0, left, size
    panel.begins = True
    while tap < depth:
        left = down
        while left:
            # As even as can be: a pass of few rows does little for moving all sums.
            size = (left + (left + most - 1) // most - 1) // ((left + most - 1) // most)
            left = left - size
            panel.later = to_next(offsets, depth, tap, tap + size * panel.taps, columns)
            one_pass(
                panel, ahead(band, offsets[tap], panel.bytes), <const vec*>at(weights, tap), size,
                bias if tap + size * panel.taps == depth else NULL, out)
            panel.begins = False
            tap = tap + size * panel.taps


cdef void panels(
    const vec* band, const Py_ssize_t* offsets, Py_ssize_t depth, Py_ssize_t down,
    Py_ssize_t taps, Py_ssize_t row_step, bint bytes, const vec* weights, Py_ssize_t rows,
    const vec* bias, vec* out, Py_ssize_t width, const int* stop,
) noexcept nogil:
    """Makes whole rows of one filter's outputs, panel by panel."""
    cdef Py_ssize_t value = sizeof(float) if vec is vecf else sizeof(double)
    cdef Py_ssize_t lanes = sizeof(vec) // value, most = most_at_once(down)
    cdef Py_ssize_t reach = panel_vectors(down) * lanes, x = 0, back
    cdef Panel panel
    panel.row_step, panel.width, panel.taps, panel.rows = row_step, width, taps, rows
    panel.bytes = bytes
    panel.aside = offsets[1] - offsets[0] if taps > 1 else 1
    while not stop[0]:
        passes(&panel, ahead(band, x, bytes), offsets, depth, down, most, reach, weights, bias,
               <vec*>at(out, x))
        if x + reach >= width:
            return
        x = x + reach
        # Loads begin where a vector would lie whole in a cache line. The last panel is moved back
        # to end with the row. What overlaps is made twice.
        back = 0 if bytes else phase(at(band, x)) % <Py_ssize_t>sizeof(vec) // value
        x = min(x - back, width - reach)


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
    Py_ssize_t taps, Py_ssize_t row_step, const vec* weights, Py_ssize_t runs, const vec* bias,
    vec* out, Py_ssize_t width, Py_ssize_t columns, Py_ssize_t count,
) noexcept nogil:
    """Makes ``count`` patches side by side."""
    cdef Py_ssize_t each
    for each in range(count):
        shared_patch(
            <const vec*>at(band, each * columns), offsets, depth, down, taps, row_step, weights,
            runs, bias, <vec*>at(out, each * columns), width, columns)


cdef apart narrow(
    const vec* band, const Py_ssize_t* offsets, Py_ssize_t depth, Py_ssize_t down,
    Py_ssize_t taps, Py_ssize_t row_step, const vec* weights, const vec* bias, vec* out,
    Py_ssize_t width, Py_ssize_t columns, Py_ssize_t count,
) noexcept nogil:
    """Makes patches of two vectors' width; a function of its own for its registers."""
    several(band, offsets, depth, down, taps, row_step, weights, 2, bias, out, width, columns,
            count)


cdef apart slim(
    const vec* band, const Py_ssize_t* offsets, Py_ssize_t depth, Py_ssize_t down,
    Py_ssize_t taps, Py_ssize_t row_step, const vec* weights, const vec* bias, vec* out,
    Py_ssize_t width, Py_ssize_t columns, Py_ssize_t count,
) noexcept nogil:
    """Makes patches of up to one vector's width."""
    several(band, offsets, depth, down, taps, row_step, weights, 1, bias, out, width, columns,
            count)


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
    """Makes up to ROWS whole rows of one filter's outputs, patch by patch."""
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    cdef Py_ssize_t x = 0, runs, reach, count
    shared = shared and rows == ROWS
    while x < width and not stop[0]:
        # As wide a patch as there are columns for; the last is moved back to end with the row,
        # and what overlaps is made twice.
        runs = 2 if shared else RUNS
        while runs > 1 and (width < runs * lanes or width - x <= (runs - 1) * lanes):
            runs = runs // 2
        reach = runs * lanes
        count = (width - x) // reach if shared else 1
        if width - x < reach:
            count = 1
            if width >= reach:
                x = width - reach
        if not shared:
            loose(<const vec*>at(band, x), offsets, depth, row_step, weights, rows, runs, bias,
                  <vec*>at(out, x), width, min(reach, width))
        elif runs == 2:
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
    cdef Py_ssize_t first, rows, share, filter, row, high, count, width = work.width
    cdef bint even = rows_even(offsets, depth, down, taps, work.row_step)
    cdef bint wide = even and width >= panel_vectors(down) * lanes
    cdef bint bytes = work.room == NULL and work.pixel == 1
    cdef const vec* band
    cdef const vec* here
    cdef const vec* weights_here
    cdef const vec* bias_here = NULL
    cdef vec* out_here
    while True:
        band = next_unit(work, &first, &rows, &share, <const vec*>NULL)
        if band == NULL:
            return 0
        # As even as can be: the rows where two panels meet are read twice.
        count = (rows + PANEL_ROWS - 1) // PANEL_ROWS
        high = (rows + count - 1) // count if wide else min(ROWS, rows)
        row = 0
        while row < rows and not work.stop[0]:
            # The last panels, or patches, are moved back, too.
            row = min(row, rows - high)
            for filter in range(groups * filters):
                here = ahead(band, filter // filters * work.group_step + row * work.row_step, bytes)
                weights_here = <const vec*>at(weights, filter * depth)
                out_here = <vec*>at(out, (filter * work.rows + first + row) * width)
                if bias != NULL:
                    bias_here = <const vec*>at(bias, filter)
                if wide:
                    panels(here, offsets, depth, down, taps, work.row_step, bytes, weights_here,
                           high, bias_here, out_here, width, work.stop)
                else:
                    strip(here, offsets, depth, down, taps, work.row_step, weights_here, high,
                          even and down >= ROWS - 1, bias_here, out_here, width, work.stop)
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
        An image of bytes is read in place by rows of :data:`BYTES_WIDTH` outputs or more.
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
    cdef bint bytes_too
    if groups < 1 or filters < 1 or filters % groups or image.shape[0] % groups:
        raise IndexError("groups must divide channels and filters")
    if down < 1 or across < 1 or depth % (down * across):
        raise IndexError("taps must be down * across a channel")
    lanes = sizeof(vecf) // sizeof(float) if real is float else sizeof(vecd) // sizeof(double)
    bytes_too = real is float and depth > 0 and reads_bytes(
        &offsets[0], depth, down, across, step * image.shape[2], width, lanes)
    describe[pixel, real](
        &work, image, room, above, left, phases, places, step, span, offsets, rows,
        width, height, 1, groups, lanes, bytes_too, following, made, stop,
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
