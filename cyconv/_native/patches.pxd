"""Patches of one filter's outputs: several rows and columns stay in registers.

With one filter there is nothing to share between filters: the image's rows are read where
they lie, each tap one shifted run of values, and each run meets several output rows.
"""

from libc.string cimport memcpy

from cyconv._native.vector cimport at, lane, load, store, vec, vecd, vecf, zero

cdef extern from * nogil:
    """
    #define CY_ROWS 4
    #define CY_RUNS (CY_WIDE ? 4 : 2)
    /* Rows of a patch of large filters, whose border matters less. */
    #define CY_TALL 6
    #define CY_SUMS_ONE (CY_TALL * CY_RUNS)
    """
    enum:
        ROWS "CY_ROWS"
        RUNS "CY_RUNS"
        TALL "CY_TALL"


cdef inline void write(
    vec* sums, Py_ssize_t rows, Py_ssize_t runs, const vec* bias, vec* out, Py_ssize_t width,
    Py_ssize_t columns,
) noexcept nogil:
    """Writes the first ``columns`` of a patch's sums."""
    cdef vec tail[4]
    cdef vec values
    cdef Py_ssize_t row, each
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    for row in range(rows):
        for each in range(runs):
            values = sums[row * runs + each]
            if bias != NULL:
                values = values + lane(bias, 0)
            if columns == runs * lanes:
                store(at(out, row * width + each * lanes), values)
            else:
                tail[each] = values
        if columns != runs * lanes:
            memcpy(at(out, row * width), tail, columns * sizeof(vec) // lanes)


cdef inline void patch(
    const vec* band, const Py_ssize_t* offsets, Py_ssize_t depth, Py_ssize_t row_step,
    const vec* weights, Py_ssize_t rows, Py_ssize_t runs, const vec* bias, vec* out,
    Py_ssize_t width, Py_ssize_t columns,
) noexcept nogil:
    """Makes ``rows`` rows of ``runs`` vectors of outputs, tap by tap."""
    cdef vec sums[16]
    cdef vec values
    cdef const vec* start
    cdef Py_ssize_t tap, row, each
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    values = zero(band)
    for each in range(rows * runs):
        sums[each] = values
    for tap in range(depth):
        start = <const vec*>at(band, offsets[tap])
        for row in range(rows):
            for each in range(runs):
                load(values, at(start, row * row_step + each * lanes))
                sums[row * runs + each] = sums[row * runs + each] + lane(weights, tap) * values
    write(sums, rows, runs, bias, out, width, columns)


cdef inline void meet(
    const vec* row, const vec* weights, Py_ssize_t taps, Py_ssize_t low, Py_ssize_t high,
    Py_ssize_t rows, Py_ssize_t runs, vec* sums,
) noexcept nogil:
    """Adds one tap's share of an input row to the output rows ``low`` to ``high``.

    Output row r meets the input row with its weights r rows of taps further up.
    """
    cdef vec values[4]
    cdef Py_ssize_t out, each
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    for each in range(runs):
        values[each] = zero(row)
        load(values[each], at(row, each * lanes))
    for out in range(rows):
        if low <= out <= high:
            for each in range(runs):
                sums[out * runs + each] = (
                    sums[out * runs + each] + lane(weights, -out * taps) * values[each]
                )


cdef inline void span(
    const vec* row, const Py_ssize_t* across, Py_ssize_t taps, const vec* weights,
    Py_ssize_t low, Py_ssize_t high, Py_ssize_t rows, Py_ssize_t runs, vec* sums,
) noexcept nogil:
    """Adds one input row's share to the output rows ``low`` to ``high`` of a patch."""
    cdef Py_ssize_t tap = 0
    # Two taps a round: a round of one costs a quarter more.
    while tap + 2 <= taps:
        meet(<const vec*>at(row, across[tap]), <const vec*>at(weights, tap), taps,
             low, high, rows, runs, sums)
        meet(<const vec*>at(row, across[tap + 1]), <const vec*>at(weights, tap + 1), taps,
             low, high, rows, runs, sums)
        tap = tap + 2
    if tap < taps:
        meet(<const vec*>at(row, across[tap]), <const vec*>at(weights, tap), taps,
             low, high, rows, runs, sums)


cdef inline void shared_patch(
    const vec* band, const Py_ssize_t* offsets, Py_ssize_t depth, Py_ssize_t down,
    Py_ssize_t taps, Py_ssize_t row_step, const vec* weights, Py_ssize_t rows, Py_ssize_t runs,
    const vec* bias, vec* out, Py_ssize_t width, Py_ssize_t columns,
) noexcept nogil:
    """Makes ``rows`` rows of ``runs`` vectors of outputs, each input row read once for all.

    Needs ``down`` >= rows - 1 taps below each other, one ``row_step`` apart, so that an input
    row's share begins at the first output row or ends at the last.
    """
    cdef vec sums[24]
    cdef vec values
    cdef const vec* row
    cdef const vec* weights_here
    cdef Py_ssize_t channel, step, each
    values = zero(band)
    for each in range(rows * runs):
        sums[each] = values
    for channel in range(depth // (down * taps)):
        for step in range(down + rows - 1):
            row = <const vec*>at(band, step * row_step)
            weights_here = <const vec*>at(weights, (channel * down + step) * taps)
            if rows - 1 <= step < down:
                span(row, offsets, taps, weights_here, 0, rows - 1, rows, runs, sums)
            elif step == 0:
                span(row, offsets, taps, weights_here, 0, 0, rows, runs, sums)
            elif step == 1:
                span(row, offsets, taps, weights_here, 0, 1, rows, runs, sums)
            elif step == 2 and rows > 3:
                span(row, offsets, taps, weights_here, 0, 2, rows, runs, sums)
            elif step == 3 and rows > 4:
                span(row, offsets, taps, weights_here, 0, 3, rows, runs, sums)
            elif step == 4 and rows > 5:
                span(row, offsets, taps, weights_here, 0, 4, rows, runs, sums)
            elif step == down:
                span(row, offsets, taps, weights_here, 1, rows - 1, rows, runs, sums)
            elif step == down + 1:
                span(row, offsets, taps, weights_here, 2, rows - 1, rows, runs, sums)
            elif step == down + 2:
                span(row, offsets, taps, weights_here, 3, rows - 1, rows, runs, sums)
            elif step == down + 3:
                span(row, offsets, taps, weights_here, 4, rows - 1, rows, runs, sums)
            else:
                span(row, offsets, taps, weights_here, 5, rows - 1, rows, runs, sums)
        offsets = offsets + down * taps
    write(sums, rows, runs, bias, out, width, columns)
