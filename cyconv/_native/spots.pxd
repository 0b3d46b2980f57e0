"""Vectors of one filter's outputs, made side by side wherever they lie.

Like the patches of :mod:`patches`, and summed up in the same order; but each vector has a place
of its own, given by where it is read from and where it is written to.
"""

from cyconv._native.vector cimport at, lane, load, store, vec, vecd, vecf, zero

cdef extern from * nogil:
    """
    #define CY_SPOTS (CY_WIDE ? 4 : 2)
    #if defined(__GNUC__) && !defined(__clang__)
      #define CY_UNROLLED _Pragma("GCC unroll 4")
    #elif defined(__clang__)
      #define CY_UNROLLED _Pragma("clang loop unroll_count(4)")
    #else
      #define CY_UNROLLED
    #endif
    /* One input row's share of the sums, as in patches.pxd. */
    #define CY_SPOT_SPAN(name, vector, value) \
        static CYTHON_INLINE void name( \
            const vector *from, const Py_ssize_t *places, Py_ssize_t aside, Py_ssize_t taps, \
            const vector *by, Py_ssize_t low, Py_ssize_t high, Py_ssize_t spots, vector *sums) { \
            const value *weights = (const value *)by; \
            const value *rows[4]; \
            for (Py_ssize_t k = 0; k < spots; k++) \
                rows[k] = (const value *)from + places[k]; \
            CY_UNROLLED \
            for (Py_ssize_t tap = 0; tap < taps; tap++) { \
                vector values[4]; \
                for (Py_ssize_t k = 0; k < spots; k++) \
                    memcpy(values + k, rows[k] + tap * aside, sizeof(vector)); \
                for (Py_ssize_t out = low; out <= high; out++) \
                    for (Py_ssize_t k = 0; k < spots; k++) \
                        sums[out * spots + k] += weights[tap - out * taps] * values[k]; \
            } \
        }
    /* Zeros that the compiler does not recognise: it would clear the sums in memory, too. */
    #if defined(__GNUC__) && defined(__AVX512F__)
      #define cy_fresh(v) __asm__("" : "+v"(v))
    #elif defined(__GNUC__) && defined(__SSE2__)
      #define cy_fresh(v) __asm__("" : "+x"(v))
    #else
      #define cy_fresh(v) ((void)(v))
    #endif
    CY_SPOT_SPAN(cy_spot_spanf, cy_vecf, float)
    CY_SPOT_SPAN(cy_spot_spand, cy_vecd, double)
    """
    enum:
        SPOTS "CY_SPOTS"
    void fresh "cy_fresh"(double value)
    void spot_spanf "cy_spot_spanf"(
        const vecf* row, const Py_ssize_t* places, Py_ssize_t aside, Py_ssize_t taps,
        const vecf* weights, Py_ssize_t low, Py_ssize_t high, Py_ssize_t spots, vecf* sums)
    void spot_spand "cy_spot_spand"(
        const vecd* row, const Py_ssize_t* places, Py_ssize_t aside, Py_ssize_t taps,
        const vecd* weights, Py_ssize_t low, Py_ssize_t high, Py_ssize_t spots, vecd* sums)


cdef struct Taps:
    # What all vectors of a group of filters have in common.
    const Py_ssize_t* offsets
    Py_ssize_t depth, down, across, row_step, width


cdef inline void write_spots(
    vec* sums, Py_ssize_t rows, Py_ssize_t spots, const vec* bias, vec* out,
    const Py_ssize_t* places, Py_ssize_t width,
) noexcept nogil:
    """Writes the sums where each vector belongs."""
    cdef vec value, added
    cdef Py_ssize_t row, each
    added = zero(sums)
    if bias != NULL:
        added = added + lane(bias, 0)
    for row in range(rows):
        for each in range(spots):
            value = sums[row * spots + each] + added
            store(at(out, places[each] + row * width), value)


cdef inline void span(
    const vec* row, const Py_ssize_t* places, Py_ssize_t aside, Py_ssize_t taps,
    const vec* weights, Py_ssize_t low, Py_ssize_t high, Py_ssize_t spots, vec* sums,
) noexcept nogil:
    """Adds one input row's share to the output rows ``low`` to ``high``."""
    if vec is vecf:
        spot_spanf(row, places, aside, taps, weights, low, high, spots, sums)
    else:
        spot_spand(row, places, aside, taps, weights, low, high, spots, sums)


cdef inline void shared_spots(
    const vec* band, const Taps* taps, const vec* weights, Py_ssize_t spots, const vec* bias,
    vec* out, const Py_ssize_t* read, const Py_ssize_t* written,
) noexcept nogil:
    """Makes four rows of ``spots`` vectors, each input row read once for all four.

    Needs three rows of taps or more, one ``row_step`` apart, and taps side by side equally far
    apart.
    """
    cdef vec sums[16]
    cdef vec values
    cdef const vec* row
    cdef const vec* here
    cdef Py_ssize_t channel, step, each, across = taps.across, row_step = taps.row_step
    cdef Py_ssize_t aside = taps.offsets[1] - taps.offsets[0] if across > 1 else 0
    values = zero(band)
    fresh(values)
    for each in range(4 * spots):
        sums[each] = values
    for channel in range(taps.depth // (taps.down * across)):
        row = <const vec*>at(band, taps.offsets[channel * taps.down * across])
        here = <const vec*>at(weights, channel * taps.down * across)
        for step in range(3):
            # The first input rows meet the first output rows only, ...
            if step == 0:
                span(row, read, aside, across, here, 0, 0, spots, sums)
            elif step == 1:
                span(row, read, aside, across, here, 0, 1, spots, sums)
            else:
                span(row, read, aside, across, here, 0, 2, spots, sums)
            row = <const vec*>at(row, row_step)
            here = <const vec*>at(here, across)
        # ... those in the middle all, ...
        for step in range(3, taps.down):
            span(row, read, aside, across, here, 0, 3, spots, sums)
            row = <const vec*>at(row, row_step)
            here = <const vec*>at(here, across)
        # ... and the last ones the last.
        span(row, read, aside, across, here, 1, 3, spots, sums)
        span(<const vec*>at(row, row_step), read, aside, across,
             <const vec*>at(here, across), 2, 3, spots, sums)
        span(<const vec*>at(row, 2 * row_step), read, aside, across,
             <const vec*>at(here, 2 * across), 3, 3, spots, sums)
    write_spots(sums, 4, spots, bias, out, written, taps.width)


cdef inline void spots_by_tap(
    const vec* band, const Taps* taps, const vec* weights, Py_ssize_t rows, Py_ssize_t spots,
    const vec* bias, vec* out, const Py_ssize_t* read, const Py_ssize_t* written,
) noexcept nogil:
    """Makes ``rows`` rows of ``spots`` vectors, tap by tap."""
    cdef vec sums[16]
    cdef vec values
    cdef const vec* start
    cdef Py_ssize_t tap, row, each
    values = zero(band)
    fresh(values)
    for each in range(rows * spots):
        sums[each] = values
    for tap in range(taps.depth):
        start = <const vec*>at(band, taps.offsets[tap])
        for row in range(rows):
            for each in range(spots):
                load(values, at(start, read[each] + row * taps.row_step))
                sums[row * spots + each] = (
                    sums[row * spots + each] + lane(weights, tap) * values)
    write_spots(sums, rows, spots, bias, out, written, taps.width)
