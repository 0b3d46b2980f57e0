"""Windows held against the first one: differences, their products, and what the first gives.

All in double precision: differences of float32 values are then as good as exact, and each
output is rounded once.
"""

from libc.string cimport memset

from cyconv._native.deltas cimport (
    CHUNK, PACE, PATCH_ROWS, TILE, Deltas, blocks, delta_patch, differing, lay_differences, put,
    rows_shared,
)
from cyconv._native.fill cimport pixel, real
from cyconv._native.marks cimport ones, word
from cyconv._native.patches cimport RUNS
from cyconv._native.vector cimport apart, vecd
from cyconv._native.work cimport Work, describe, next_doubles

COLUMNS = TILE
"""Windows of a row that are worked on together."""

STEP = PACE
"""Fewer are padded up to a multiple of this."""


cdef struct Task:
    Work work
    Deltas deltas
    Py_ssize_t filters                  # of a group
    const double* weights               # the group's
    const double* base                  # what the first window gives, a value a filter
    const double* bias                  # or NULL
    double* room                        # CHUNK differences of a tile
    double* sums                        # of a tile, a row a filter or an output row
    bint published, fused


def room_for(Py_ssize_t filters):
    """Gives the values of scratch that :func:`convolve` takes for so many filters of a group."""
    return (CHUNK + max(filters, <Py_ssize_t>PATCH_ROWS)) * TILE


cdef apart blocks_of_four(
    const double* room, Py_ssize_t taps, const double* weights, Py_ssize_t depth,
    Py_ssize_t columns, double* sums,
) noexcept nogil:
    """Multiplies with four filters; apart, as those below, for its registers."""
    blocks(room, taps, weights, depth, 4, RUNS, columns, sums)


cdef apart blocks_of_two(
    const double* room, Py_ssize_t taps, const double* weights, Py_ssize_t depth,
    Py_ssize_t columns, double* sums,
) noexcept nogil:
    """Multiplies with two filters."""
    blocks(room, taps, weights, depth, 2, 2 * RUNS, columns, sums)


cdef apart blocks_of_one(
    const double* room, Py_ssize_t taps, const double* weights, Py_ssize_t depth,
    Py_ssize_t columns, double* sums,
) noexcept nogil:
    """Multiplies with one filter."""
    blocks(room, taps, weights, depth, 1, 2 * RUNS, columns, sums)


cdef void multiply(
    const double* room, Py_ssize_t taps, const double* weights, Py_ssize_t depth,
    Py_ssize_t filters, Py_ssize_t columns, double* sums,
) noexcept nogil:
    """Adds the products of some taps with all filters of a group to rows of TILE sums."""
    cdef Py_ssize_t filter = 0
    while filter + 4 <= filters:
        blocks_of_four(room, taps, weights + filter * depth, depth, columns, sums + filter * TILE)
        filter = filter + 4
    if filter + 2 <= filters:
        blocks_of_two(room, taps, weights + filter * depth, depth, columns, sums + filter * TILE)
        filter = filter + 2
    if filter < filters:
        blocks_of_one(room, taps, weights + filter * depth, depth, columns, sums + filter * TILE)


cdef apart patch(
    const Deltas* deltas, const double* band, const double* weights, double* out
) noexcept nogil:
    """Makes one patch."""
    delta_patch(deltas, band, weights, out)


cdef void make_row(
    const Task* task, const double* row, word found, Py_ssize_t columns, Py_ssize_t plane,
    real* out,
) noexcept nogil:
    """Makes one row of a tile, all filters, ``plane`` values apart."""
    cdef Py_ssize_t first = 0, last, filter, padded = (columns + PACE - 1) // PACE * PACE
    cdef Py_ssize_t depth = task.deltas.depth
    if found:
        memset(task.sums, 0, task.filters * TILE * sizeof(double))
        while first < depth:
            last = min(depth, first + CHUNK)
            lay_differences(&task.deltas, row, first, last, padded, task.room)
            multiply(task.room, last - first, task.weights + first, depth, task.filters, padded,
                     task.sums)
            first = last
    for filter in range(task.filters):
        put[real](task.sums + filter * TILE, found, columns, task.base[filter],
                  task.bias[filter] if task.bias != NULL else 0, task.published,
                  out + filter * plane)


cdef void make_patches(
    const Task* task, const double* band, const word* found, Py_ssize_t width, real* out
) noexcept nogil:
    """Makes PATCH_ROWS rows of a whole tile of a single filter."""
    cdef Py_ssize_t x = 0, row, reach = RUNS * (sizeof(vecd) // sizeof(double))
    cdef word any = found[0] | found[1] | found[2] | found[3]
    cdef word wide = ~<word>0 >> (TILE - reach)
    while x < TILE:
        if any >> x & wide:
            patch(&task.deltas, band + x, task.weights, task.sums + x)
        x = x + reach
    for row in range(PATCH_ROWS):
        put[real](task.sums + row * TILE, found[row], TILE, task.base[0],
                  task.bias[0] if task.bias != NULL else 0, task.published, out + row * width)


cdef Py_ssize_t make_strip(
    const Task* task, const double* band, Py_ssize_t rows, Py_ssize_t before, bint begins,
    real* out,
) noexcept nogil:
    """Makes some output rows; gives the windows that differ, but for the first ``before`` rows.

    ``begins`` tells that the first window is here.
    """
    cdef word found[4]
    cdef Py_ssize_t width = task.work.width, row_step = task.work.row_step, made = 0
    cdef Py_ssize_t x = 0, here, columns = min(<Py_ssize_t>TILE, width), row
    cdef word here_only
    while x < width and not task.work.stop[0]:
        # The last tile is moved back to end with the row; windows are counted once.
        here = min(x, width - columns)
        for row in range(rows):
            found[row] = ~<word>0
            if not task.published:
                found[row] = differing(&task.deltas, band + row * row_step + here, columns)
            found[row] &= ~<word>0 >> (TILE - columns)
            if begins and here == 0 and row == 0:
                found[row] &= ~<word>1
            here_only = found[row] >> (x - here)
            if row >= before:
                made = made + ones(&here_only, 1)
        if task.fused and rows == PATCH_ROWS and columns == TILE:
            make_patches[real](task, band + here, found, width, out + here)
        else:
            for row in range(rows):
                make_row[real](task, band + row * row_step + here, found[row], columns,
                               task.work.rows * width, out + row * width + here)
        x = x + columns
    return made


cdef void run(
    Task* task, Py_ssize_t groups, const double* reference, const double* weights,
    const double* base, const double* bias, real* out, Py_ssize_t* made,
) noexcept nogil:
    """Takes bands until none is left."""
    cdef Py_ssize_t first, rows, row, high, done, group, filter, differ
    cdef const double* band
    while True:
        band = next_doubles(&task.work, &first, &rows)
        if band == NULL:
            return
        for group in range(groups):
            filter = group * task.filters
            task.deltas.reference = reference + group * task.deltas.depth
            task.weights, task.base = weights + filter * task.deltas.depth, base + filter
            task.bias = bias + filter if bias != NULL else NULL
            row = done = differ = 0
            while done < rows and not task.work.stop[0]:
                high = min(<Py_ssize_t>PATCH_ROWS, rows)
                # The last strip is moved back, too.
                row = min(done, rows - high)
                differ = differ + make_strip[real](
                    task, band + group * task.work.group_step + row * task.work.row_step, high,
                    done - row, first + row == 0,
                    out + (filter * task.work.rows + first + row) * task.work.width)
                done = row + high
            if not task.work.stop[0]:
                made[0] = made[0] + differ * task.filters
                made[1] = made[1] + rows * task.work.width - (first == 0)


def multiply_reference(
    const double[:, ::1] weights not None, const double[:, ::1] reference not None,
    double[::1] base not None,
):
    """Multiplies the first window with the filters: M sums of D products.

    Parameters
    ----------
    weights : M x D
    reference : groups x D
    base : M
        Written whole.

    Returns
    -------
    int
        Sums made.
    """
    cdef Py_ssize_t filter, tap, members, filters = weights.shape[0], depth = weights.shape[1]
    cdef double total
    if reference.shape[0] < 1 or filters % reference.shape[0] or reference.shape[1] != depth or (
        base.shape[0] != filters or filters < 1 or depth < 1
    ):
        raise IndexError("each filter must have a window to be multiplied with, and a base")
    members = filters // reference.shape[0]
    with nogil:
        for filter in range(filters):
            total = 0
            for tap in range(depth):
                total = total + weights[filter, tap] * reference[filter // members, tap]
            base[filter] = total
    return filters


def convolve(
    const pixel[:, :, :] image not None, real[:, ::1] out not None, double[::1] room,
    Py_ssize_t above, Py_ssize_t left, Py_ssize_t phases, Py_ssize_t places, Py_ssize_t step,
    Py_ssize_t span, const Py_ssize_t[::1] offsets not None, Py_ssize_t rows, Py_ssize_t width,
    Py_ssize_t height, Py_ssize_t down, Py_ssize_t across, Py_ssize_t groups,
    const double[:, ::1] weights not None, const double[:, ::1] reference not None,
    const double[::1] base not None, const double[::1] bias, double threshold, bint published,
    double[::1] scratch not None, Py_ssize_t[::1] following not None,
    Py_ssize_t[::1] made not None, const int[::1] stop not None,
):
    """Convolves an image by way of differences from its first window: a thread's part of the work.

    Parameters
    ----------
    image, room, above, left, phases, places, step, span, offsets, rows, width, height, down,
    across, groups
        As for :func:`few.convolve`, in doubles; where ``width`` is under :data:`COLUMNS`, and no
        multiple of :data:`STEP`, there must be values to be read up to the next one.
    weights : M x D
    reference : groups x D
        The first window.
    base : M
        Its products with the filters.
    bias : M, or None
    threshold : float
        Differences up to it are left out.
    published : bool
        Write the reference less the window, times the filter, and do not add ``base``.
    scratch : :func:`room_for`
    out : M x (rows * width)
        This thread's bands are written whole unless stopped.
    following, stop
        As for :func:`few.convolve`.
    made : 2
        Counts the outputs that were multiplied, the first window's not included, and the windows
        that were subtracted from.
    """
    cdef Task task
    cdef Py_ssize_t depth = offsets.shape[0], filters = out.shape[0], reach
    cdef const double* bias_start = NULL
    if groups < 1 or filters < 1 or filters % groups or image.shape[0] % groups:
        raise IndexError("groups must divide channels and filters")
    if down < 1 or across < 1 or depth % (down * across):
        raise IndexError("taps must be down * across a channel")
    reach = width if width >= TILE else (width + PACE - 1) // PACE * PACE
    describe[pixel, double](
        &task.work, image, room, above, left, phases, places, step, span, offsets, rows, width,
        height, 1, groups, reach, False, following, made, stop,
    )
    if weights.shape[0] != filters or weights.shape[1] != depth or (
        reference.shape[0] != groups or reference.shape[1] != depth or base.shape[0] != filters
        or (bias is not None and bias.shape[0] != filters)
    ):
        raise IndexError("weights, reference, base and bias must fit filters and taps")
    if out.shape[1] != rows * width or made.shape[0] < 2:
        raise IndexError("out must have rows * width values a filter, and made two")
    if scratch.shape[0] < (CHUNK + max(filters // groups, <Py_ssize_t>PATCH_ROWS)) * TILE:
        raise IndexError("scratch must have room for a tile")
    if bias is not None:
        bias_start = &bias[0]
    task.deltas.offsets, task.deltas.depth = &offsets[0], depth
    task.deltas.down, task.deltas.across = down, across
    task.deltas.row_step, task.deltas.threshold = task.work.row_step, threshold
    task.filters, task.published = filters // groups, published
    task.room, task.sums = &scratch[0], &scratch[CHUNK * TILE]
    task.fused = task.filters == 1 and threshold == 0 and rows_shared(&task.deltas)
    with nogil:
        run[real](&task, groups, &reference[0, 0], &weights[0, 0], &base[0], bias_start,
                  &out[0, 0], &made[0])
