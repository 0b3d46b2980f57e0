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
    /* One input row's share of a patch's sums: output row r meets it with its weights r rows of
       taps further up, taps lie `aside` values from each other. In C, for Cython can't ask for
       a loop to be unrolled: without it a patch takes up to 1.4 times as long. */
    #if defined(__GNUC__) && !defined(__clang__)
      #define CY_UNROLLED _Pragma("GCC unroll 4")
    #elif defined(__clang__)
      #define CY_UNROLLED _Pragma("clang loop unroll_count(4)")
    #else
      #define CY_UNROLLED
    #endif
    #define CY_SPAN(name, vector, value) \
        static CYTHON_INLINE void name( \
            const vector *from, Py_ssize_t aside, Py_ssize_t taps, const vector *by, \
            Py_ssize_t low, Py_ssize_t high, Py_ssize_t runs, vector *sums) { \
            const value *row = (const value *)from, *weights = (const value *)by; \
            CY_UNROLLED \
            for (Py_ssize_t tap = 0; tap < taps; tap++) { \
                vector values[4]; \
                for (Py_ssize_t k = 0; k < runs; k++) \
                    memcpy(values + k, row + tap * aside + k * (sizeof(vector) / sizeof(value)), \
                           sizeof(vector)); \
                for (Py_ssize_t out = low; out <= high; out++) \
                    for (Py_ssize_t k = 0; k < runs; k++) \
                        sums[out * runs + k] += weights[tap - out * taps] * values[k]; \
            } \
        }
    CY_SPAN(cy_spanf, cy_vecf, float)
    CY_SPAN(cy_spand, cy_vecd, double)
    """
    enum:
        ROWS "CY_ROWS"
        RUNS "CY_RUNS"
    void spanf "cy_spanf"(
        const vecf* row, Py_ssize_t aside, Py_ssize_t taps, const vecf* weights, Py_ssize_t low,
        Py_ssize_t high, Py_ssize_t runs, vecf* sums)
    void spand "cy_spand"(
        const vecd* row, Py_ssize_t aside, Py_ssize_t taps, const vecd* weights, Py_ssize_t low,
        Py_ssize_t high, Py_ssize_t runs, vecd* sums)


cdef inline void write(
    vec* sums, Py_ssize_t rows, Py_ssize_t runs, const vec* bias, vec* out, Py_ssize_t width,
    Py_ssize_t columns,
) noexcept nogil:
    """Writes the first ``columns`` of a patch's sums."""
    cdef vec tail[4]
    cdef vec added
    cdef Py_ssize_t row, each
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    added = zero(sums)
    if bias != NULL:
        added = added + lane(bias, 0)
    if columns == runs * lanes:
        for row in range(rows):
            for each in range(runs):
                tail[0] = sums[row * runs + each] + added
                store(at(out, row * width + each * lanes), tail[0])
        return
    for row in range(rows):
        for each in range(runs):
            tail[each] = sums[row * runs + each] + added
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


cdef inline void span(
    const vec* row, Py_ssize_t aside, Py_ssize_t taps, const vec* weights, Py_ssize_t low,
    Py_ssize_t high, Py_ssize_t runs, vec* sums,
) noexcept nogil:
    """Adds one input row's share to the output rows ``low`` to ``high`` of a patch."""
    if vec is vecf:
        spanf(row, aside, taps, weights, low, high, runs, sums)
    else:
        spand(row, aside, taps, weights, low, high, runs, sums)


cdef inline void shared_patch(
    const vec* band, const Py_ssize_t* offsets, Py_ssize_t depth, Py_ssize_t down,
    Py_ssize_t taps, Py_ssize_t row_step, const vec* weights, Py_ssize_t runs, const vec* bias,
    vec* out, Py_ssize_t width, Py_ssize_t columns,
) noexcept nogil:
    """Makes four rows of ``runs`` vectors of outputs, each input row read once for all.

    Needs three rows of taps or more, one ``row_step`` apart; taps side by side lie equally far
    apart.
    """
    cdef vec sums[16]
    cdef vec values
    cdef const vec* row
    cdef const vec* here
    cdef Py_ssize_t channel, step, each
    cdef Py_ssize_t aside = offsets[1] - offsets[0] if taps > 1 else 0
    values = zero(band)
    for each in range(4 * runs):
        sums[each] = values
    for channel in range(depth // (down * taps)):
        row = <const vec*>at(band, offsets[0])
        here = <const vec*>at(weights, channel * down * taps)
        # The first input rows meet the first output rows only, ...
        span(row, aside, taps, here, 0, 0, runs, sums)
        span(<const vec*>at(row, row_step), aside, taps,
             <const vec*>at(here, taps), 0, 1, runs, sums)
        span(<const vec*>at(row, 2 * row_step), aside, taps,
             <const vec*>at(here, 2 * taps), 0, 2, runs, sums)
        row = <const vec*>at(row, 3 * row_step)
        here = <const vec*>at(here, 3 * taps)
        # ... those in the middle all, ...
        for step in range(3, down):
            span(row, aside, taps, here, 0, 3, runs, sums)
            row = <const vec*>at(row, row_step)
            here = <const vec*>at(here, taps)
        # ... and the last ones the last.
        span(row, aside, taps, here, 1, 3, runs, sums)
        span(<const vec*>at(row, row_step), aside, taps,
             <const vec*>at(here, taps), 2, 3, runs, sums)
        span(<const vec*>at(row, 2 * row_step), aside, taps,
             <const vec*>at(here, 2 * taps), 3, 3, runs, sums)
        offsets = offsets + down * taps
    write(sums, 4, runs, bias, out, width, columns)
