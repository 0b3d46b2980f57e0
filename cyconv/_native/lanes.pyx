"""Many filters at once, side by side in vectors: exact convolution, band by band."""

from libc.stdint cimport uintptr_t

from cyconv._native.blocks cimport (
    SIZE_0, SIZE_1, SIZE_2, SIZE_3, SIZE_4, SIZE_5, SIZE_6, SUMS, Taps, block_pixels,
    block_width, dots, spread,
)
from cyconv._native.fill cimport pixel, real
from cyconv._native.vector cimport apart, at, prefetch_write, vec, vecd, vecf
from cyconv._native.work cimport Work, describe, next_unit

BYTES = sizeof(vecf)
HOPS = 2    # values from window to window, at the most


cdef apart spread_all(
    const vec* sums, Py_ssize_t pixels, Py_ssize_t wide, Py_ssize_t used, vec* out,
    Py_ssize_t out_step,
) noexcept nogil:
    """Writes the sums of ``pixels`` windows and ``wide`` vectors of filters where they belong.

    A function of its own: what it keeps in registers would be missing in the loop over taps.
    """
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    cdef Py_ssize_t run, square, pixel
    for run in range(wide):
        for square in range((pixels + lanes - 1) // lanes):
            pixel = square * lanes
            spread(sums + pixel * wide + run, wide, pixels - pixel, used - run * lanes,
                   <vec*>at(out, run * lanes * out_step + pixel), out_step)
    return 0


cdef inline void block(
    const Taps* taps, const vec* band, const vec* weights, const vec* later, const vec* bias,
    Py_ssize_t hop, Py_ssize_t pixels, bint folded, Py_ssize_t wide, Py_ssize_t used, vec* out,
    Py_ssize_t out_step,
) noexcept nogil:
    """Makes the outputs of ``pixels`` neighbouring windows and ``wide`` vectors of filters."""
    cdef vec sums[48]
    cdef Py_ssize_t filter
    # What is written to comes from far away; it can come while the sums are made.
    for filter in range(used):
        prefetch_write(at(out, filter * out_step + pixels - 1))
    dots(taps, band, weights, later, bias, hop, pixels, folded, wide, sums)
    spread_all(sums, pixels, wide, used, out, out_step)


cdef inline void sized(
    const Taps* taps, const vec* band, const vec* weights, const vec* later, const vec* bias,
    Py_ssize_t hop, Py_ssize_t pixels, bint folded, Py_ssize_t wide, Py_ssize_t used, vec* out,
    Py_ssize_t out_step,
) noexcept nogil:
    """Calls :func:`block` with a number of windows that the compiler knows."""
    if folded and SIZE_0 * wide <= SUMS:
        block(taps, band, weights, later, bias, hop, SIZE_0, True, wide, used, out, out_step)
    elif pixels == SIZE_0 and SIZE_0 * wide <= SUMS:
        block(taps, band, weights, later, bias, hop, SIZE_0, False, wide, used, out, out_step)
    elif pixels == SIZE_1 and SIZE_1 * wide <= SUMS:
        block(taps, band, weights, later, bias, hop, SIZE_1, False, wide, used, out, out_step)
    elif pixels == SIZE_2 and SIZE_2 * wide <= SUMS:
        block(taps, band, weights, later, bias, hop, SIZE_2, False, wide, used, out, out_step)
    elif pixels == SIZE_3 and SIZE_3 * wide <= SUMS:
        block(taps, band, weights, later, bias, hop, SIZE_3, False, wide, used, out, out_step)
    elif pixels == SIZE_4 and SIZE_4 * wide <= SUMS:
        block(taps, band, weights, later, bias, hop, SIZE_4, False, wide, used, out, out_step)
    elif pixels == SIZE_5 and SIZE_5 * wide <= SUMS:
        block(taps, band, weights, later, bias, hop, SIZE_5, False, wide, used, out, out_step)
    elif pixels == SIZE_6 and SIZE_6 * wide <= SUMS:
        block(taps, band, weights, later, bias, hop, SIZE_6, False, wide, used, out, out_step)
    else:
        block(taps, band, weights, later, bias, hop, 1, False, wide, used, out, out_step)


cdef inline void any_width(
    const Taps* taps, const vec* band, const vec* weights, const vec* later, const vec* bias,
    Py_ssize_t hop, Py_ssize_t pixels, bint folded, Py_ssize_t wide, Py_ssize_t used, vec* out,
    Py_ssize_t out_step,
) noexcept nogil:
    """Calls :func:`sized` with a number of vectors that the compiler knows."""
    if wide == 2:
        sized(taps, band, weights, later, bias, hop, pixels, folded, 2, used, out, out_step)
    elif wide == 3:
        sized(taps, band, weights, later, bias, hop, pixels, False, 3, used, out, out_step)
    else:
        sized(taps, band, weights, later, bias, hop, pixels, folded, 1, used, out, out_step)


cdef inline void pass_over(
    Work* work, const Taps* taps, const vec* band, Py_ssize_t hop, Py_ssize_t first,
    Py_ssize_t rows, const vec* weights, bint more, const vec* bias, Py_ssize_t wide,
    Py_ssize_t used, vec* out,
) noexcept nogil:
    """Makes the outputs of a block of filters in the rows of a band."""
    cdef Py_ssize_t width = work.width, out_step = work.rows * width, row = 0, passes = 0, x
    cdef Py_ssize_t pixels = block_pixels(width, wide)
    # Two rows of an image this narrow lie side by side where they are written to.
    cdef bint folded = width == SIZE_4 and pixels == SIZE_4 and SIZE_0 * wide <= SUMS
    cdef const vec* later
    cdef const vec* place
    cdef vec* target
    while row < rows:
        folded = folded and row + 2 <= rows
        x = 0
        while x < width and not work.stop[0]:
            # The last block is moved back to end with the row.
            x = min(x, width - pixels)
            place = <const vec*>at(band, row * work.row_step + x * hop)
            target = <vec*>at(out, (first + row) * width + x)
            # The next filters' weights come while these are used, a part in each pass.
            later = weights
            if more and 0 < passes <= wide:
                later = weights + (wide + passes - 1) * taps.depth
            passes = passes + 1
            if hop == 2:
                any_width(taps, place, weights, later, bias, 2, pixels, folded, wide, used,
                          target, out_step)
            else:
                any_width(taps, place, weights, later, bias, 1, pixels, folded, wide, used,
                          target, out_step)
            x = x + pixels
        row = row + 1 + folded


cdef Py_ssize_t run(
    Work* work, const Py_ssize_t* offsets, Py_ssize_t depth, Py_ssize_t hop, Py_ssize_t groups,
    Py_ssize_t filters, const vec* weights, const vec* bias, vec* out, Py_ssize_t* made,
) noexcept nogil:
    """Takes units until none is left; ``filters`` are those of a group."""
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    cdef Py_ssize_t vectors = (filters + lanes - 1) // lanes
    cdef Py_ssize_t shares = work.shares // groups
    cdef Py_ssize_t first, rows, share, group, vector, last, wide, used
    cdef Taps taps = Taps(offsets, depth, work.row_step)
    cdef const vec* band
    cdef const vec* bias_here = NULL
    cdef vec* target
    while True:
        band = next_unit(work, &first, &rows, &share, <const vec*>NULL)
        if band == NULL:
            return 0
        group = share // shares
        share = share - group * shares
        band = <const vec*>at(band, group * work.group_step)
        # Shares are of whole blocks: two vectors, and three at the end of an odd number.
        vector = vectors // 2 * share // shares * 2
        last = vectors if share == shares - 1 else vectors // 2 * (share + 1) // shares * 2
        while vector < last and not work.stop[0]:
            wide = block_width(last - vector)
            used = min(wide * lanes, filters - vector * lanes)
            if bias != NULL:
                bias_here = bias + group * vectors + vector
            target = <vec*>at(out, (group * filters + vector * lanes) * work.rows * work.width)
            pass_over(
                work, &taps, band, hop, first, rows,
                weights + (group * vectors + vector) * depth, vector + wide < last, bias_here,
                wide, used, target,
            )
            if not work.stop[0]:
                made[0] = made[0] + rows * work.width * used
            vector = vector + wide


def padded(Py_ssize_t filters, Py_ssize_t groups, Py_ssize_t lanes):
    """Gives the number of filters with those of zeros that fill each group's vectors up."""
    return groups * ((filters // groups + lanes - 1) // lanes * lanes)


def lay_out(const real[:, ::1] filters not None, Py_ssize_t groups, real[::1] packed not None):
    """Writes filters as :func:`convolve` reads them: by group, block of vectors, tap.

    Parameters
    ----------
    filters : M x D
    groups : int
    packed : padded(M) * D
        Written whole.
    """
    cdef Py_ssize_t lanes = (sizeof(vecf) // sizeof(float) if real is float
                             else sizeof(vecd) // sizeof(double))
    cdef Py_ssize_t depth = filters.shape[1], members, vectors, vector, group, wide, tap, each
    cdef Py_ssize_t used, place = 0
    if groups < 1 or depth < 1 or filters.shape[0] % groups or (
        packed.shape[0] != padded(filters.shape[0], groups, lanes) * depth
    ):
        raise IndexError("packed must have room for whole vectors of filters")
    members = filters.shape[0] // groups
    vectors = (members + lanes - 1) // lanes
    with nogil:
        for group in range(groups):
            vector = 0
            while vector < vectors:
                wide = block_width(vectors - vector)
                used = min(wide * lanes, members - vector * lanes)
                for tap in range(depth):
                    for each in range(used):
                        packed[place + each] = filters[group * members + vector * lanes + each, tap]
                    for each in range(used, wide * lanes):
                        packed[place + each] = 0
                    place = place + wide * lanes
                vector = vector + wide


def convolve(
    const pixel[:, :, :] image not None, real[:, ::1] out not None, real[::1] room,
    Py_ssize_t above, Py_ssize_t left, Py_ssize_t phases, Py_ssize_t places, Py_ssize_t step,
    Py_ssize_t span, const Py_ssize_t[::1] offsets not None, Py_ssize_t rows, Py_ssize_t width,
    Py_ssize_t height, Py_ssize_t hop, Py_ssize_t shares, Py_ssize_t groups,
    const real[::1] weights not None, const real[::1] bias, Py_ssize_t[::1] following not None,
    Py_ssize_t[::1] made not None, const int[::1] stop not None,
):
    """Convolves an image with many filters: a thread's part of the work.

    Parameters
    ----------
    image : C x H x W
        Any strides; where ``room`` is None contiguous, of the type computed in, and unpadded.
    room : 1-D or None
        Room for a band's padded rows, each with all channels one after another.
    above, left : int
        Rows and columns of padding.
    phases, places : int
        How columns lie in the room, as :mod:`rows` says.
    step, span : int
        Padded rows between two output rows' windows, and under one window.
    offsets : D
        Place of each tap, counted from the window's start.
    rows, width : int
        O_h and O_w.
    height : int
        Rows of a band.
    hop : {1, 2}
        Values from a window to its neighbour on the right.
    shares : int
        Units that a band's filters are shared out to: a multiple of the groups.
    groups : int
    weights : 1-D
        As :func:`lay_out` writes them.
    bias : padded(M), or None
    out : M x (rows * width)
        This thread's units are written whole unless stopped.
    following : 1, or 4
        Counters of units taken, from zero; shared by all threads. Of 4, threads take units from
        both ends by turns.
    made : 1
        Counts this thread's outputs; each took D multiplications and D - 1 additions, and one
        more for bias.
    stop : 1
        Polled; work ends soon after it is set.
    """
    cdef Work work
    cdef Py_ssize_t depth = offsets.shape[0], filters = out.shape[0], lanes
    cdef const real* bias_start = NULL
    lanes = sizeof(vecf) // sizeof(float) if real is float else sizeof(vecd) // sizeof(double)
    if groups < 1 or filters < 1 or filters % groups or image.shape[0] % groups or (
        shares % groups
    ):
        raise IndexError("groups must divide channels, filters and shares")
    if width < 1 or not 1 <= hop <= HOPS:
        raise IndexError("windows must lie one value apart, or two")
    describe[pixel, real](
        &work, image, room, above, left, phases, places, step, span, offsets, rows,
        width, height, shares, groups, (width - 1) * hop + 1, False, following, made, stop,
    )
    if weights.shape[0] < padded(filters, groups, lanes) * depth:
        raise IndexError("weights must have D values a filter, in whole vectors")
    if out.shape[1] != rows * width:
        raise IndexError("out must have rows * width values a filter")
    if bias is not None:
        if bias.shape[0] < padded(filters, groups, lanes):
            raise IndexError("bias must have a value a filter, in whole vectors")
        bias_start = &bias[0]
    if (<uintptr_t>&weights[0]) % sizeof(vecf) or (<uintptr_t>bias_start) % sizeof(vecf):
        raise ValueError("weights and bias must be aligned")
    with nogil:
        if real is float:
            run[vecf](
                &work, &offsets[0], depth, hop, groups, filters // groups, <const vecf*>&weights[0],
                <const vecf*>bias_start, <vecf*>&out[0, 0], &made[0],
            )
        else:
            run[vecd](
                &work, &offsets[0], depth, hop, groups, filters // groups, <const vecd*>&weights[0],
                <const vecd*>bias_start, <vecd*>&out[0, 0], &made[0],
            )
