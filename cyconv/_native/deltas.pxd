"""Differences of windows from one window, times filters: sums of ``w * (x - r)``, in doubles.

Whatever has a value a tap has it at the same place: weights, and the window ``r``.
"""

from libc.math cimport fabs

from cyconv._native.fill cimport real
from cyconv._native.marks cimport word
from cyconv._native.patches cimport RUNS
from cyconv._native.vector cimport load, store, vecd, zero

cdef extern from * nogil:
    """
    #include <math.h>
    #if defined(__GNUC__) && !defined(__clang__)
      #define CY_UNROLLED _Pragma("GCC unroll 4")
    #elif defined(__clang__)
      #define CY_UNROLLED _Pragma("clang loop unroll_count(4)")
    #else
      #define CY_UNROLLED
    #endif
    /* One input row's share of a patch's sums, as in patches.pxd. */
    static CYTHON_INLINE void cy_delta_span(
        const double *row, Py_ssize_t aside, Py_ssize_t taps, const double *weights,
        const double *away, Py_ssize_t low, Py_ssize_t high, Py_ssize_t runs, cy_vecd *sums) {
        CY_UNROLLED
        for (Py_ssize_t tap = 0; tap < taps; tap++) {
            cy_vecd values[4];
            for (Py_ssize_t k = 0; k < runs; k++)
                memcpy(values + k, row + tap * aside + k * (sizeof(cy_vecd) / sizeof(double)),
                       sizeof(cy_vecd));
            for (Py_ssize_t out = low; out <= high; out++)
                for (Py_ssize_t k = 0; k < runs; k++)
                    sums[out * runs + k] += weights[tap - out * taps]
                                            * (values[k] - away[tap - out * taps]);
        }
    }
    /* Which of 8 values are further than so much from another; NaN from all. */
    static CYTHON_INLINE unsigned cy_further(const double *values, double from, double limit) {
    #if defined(__AVX512F__)
        __m512d away = _mm512_sub_pd(_mm512_loadu_pd(values), _mm512_set1_pd(from));
        return _mm512_cmp_pd_mask(_mm512_abs_pd(away), _mm512_set1_pd(limit), _CMP_NLE_UQ);
    #elif defined(__SSE2__)
        unsigned bits = 0;
        for (int k = 0; k < 4; k++) {
            __m128d away = _mm_sub_pd(_mm_loadu_pd(values + 2 * k), _mm_set1_pd(from));
            away = _mm_andnot_pd(_mm_set1_pd(-0.0), away);
            bits |= (unsigned)_mm_movemask_pd(_mm_cmpnle_pd(away, _mm_set1_pd(limit))) << 2 * k;
        }
        return bits;
    #else
        unsigned bits = 0;
        for (int k = 0; k < 8; k++)
            bits |= (unsigned)!(fabs(values[k] - from) <= limit) << k;
        return bits;
    #endif
    }
    """
    void delta_span "cy_delta_span"(
        const double* row, Py_ssize_t aside, Py_ssize_t taps, const double* weights,
        const double* away, Py_ssize_t low, Py_ssize_t high, Py_ssize_t runs, vecd* sums)
    unsigned int further "cy_further"(const double* values, double other, double limit)

cdef enum:
    TILE = 64       # columns that are worked on together: a bit each
    PACE = 8        # of these many are looked at at once, at every level
    CHUNK = 48      # taps whose differences a first-level cache holds, for a tile
    PATCH_ROWS = 4


cdef struct Deltas:
    # What all windows of a group have in common.
    const Py_ssize_t* offsets
    Py_ssize_t depth, down, across
    Py_ssize_t row_step                 # from an output row's windows to the next's
    const double* reference             # the window that all are held against, D
    double threshold                    # differences up to it are left out


cdef inline word differing(
    const Deltas* deltas, const double* row, Py_ssize_t columns
) noexcept nogil:
    """Tells which of so many windows side by side differ, by more than the threshold."""
    cdef Py_ssize_t x = 0, tap
    cdef unsigned int bits
    cdef word found = 0
    while x < columns:
        bits, tap = 0, 0
        while tap < deltas.depth and bits != 0xff:
            bits |= further(row + x + deltas.offsets[tap], deltas.reference[tap],
                            deltas.threshold)
            tap = tap + 1
        found |= <word>bits << x
        x = x + PACE
    return found


cdef inline void lay_differences(
    const Deltas* deltas, const double* row, Py_ssize_t first, Py_ssize_t last,
    Py_ssize_t columns, double* room,
) noexcept nogil:
    """Writes the differences of the taps ``first`` to ``last``, a row of TILE values a tap."""
    cdef Py_ssize_t tap, x
    cdef double value, away, most = deltas.threshold
    cdef const double* source
    for tap in range(first, last):
        source = row + deltas.offsets[tap]
        value = deltas.reference[tap]
        if most > 0:
            for x in range(columns):
                away = source[x] - value
                room[x] = 0 if fabs(away) <= most else away
        else:
            for x in range(columns):
                room[x] = source[x] - value
        room = room + TILE


cdef inline void block(
    const double* room, Py_ssize_t taps, const double* weights, Py_ssize_t depth,
    Py_ssize_t filters, Py_ssize_t runs, double* sums,
) noexcept nogil:
    """Adds the products of some taps to ``filters`` rows of sums, ``runs`` vectors of each."""
    cdef vecd made[16]
    cdef vecd values
    cdef Py_ssize_t tap, filter, each, lanes = sizeof(vecd) // sizeof(double)
    values = zero(made)
    for filter in range(filters):
        for each in range(runs):
            load(made[filter * runs + each], sums + filter * TILE + each * lanes)
    for tap in range(taps):
        for each in range(runs):
            load(values, room + tap * TILE + each * lanes)
            for filter in range(filters):
                made[filter * runs + each] = (
                    made[filter * runs + each] + weights[filter * depth + tap] * values)
    for filter in range(filters):
        for each in range(runs):
            store(sums + filter * TILE + each * lanes, made[filter * runs + each])


cdef inline void blocks(
    const double* room, Py_ssize_t taps, const double* weights, Py_ssize_t depth,
    Py_ssize_t filters, Py_ssize_t runs, Py_ssize_t columns, double* sums,
) noexcept nogil:
    """Adds the products of some taps to ``filters`` rows of sums."""
    cdef Py_ssize_t x = 0, lanes = sizeof(vecd) // sizeof(double)
    while x + runs * lanes <= columns:
        block(room + x, taps, weights, depth, filters, runs, sums + x)
        x = x + runs * lanes
    while x < columns:
        block(room + x, taps, weights, depth, filters, 1, sums + x)
        x = x + lanes


cdef inline void delta_patch(
    const Deltas* deltas, const double* band, const double* weights, double* out
) noexcept nogil:
    """Makes PATCH_ROWS rows of RUNS vectors of sums, each input row read once for all.

    As :func:`patches.shared_patch` does, and on the same conditions; nothing is left out. Rows
    are written TILE values apart.
    """
    cdef vecd sums[16]
    cdef Py_ssize_t channel, step, each, taps = deltas.across, row_step = deltas.row_step
    cdef Py_ssize_t aside = deltas.offsets[1] - deltas.offsets[0] if taps > 1 else 0
    cdef Py_ssize_t lanes = sizeof(vecd) // sizeof(double), area = deltas.down * taps
    cdef const double* row
    cdef const double* here
    cdef const double* away
    for each in range(PATCH_ROWS * RUNS):
        sums[each] = zero(sums)
    for channel in range(deltas.depth // area):
        row = band + deltas.offsets[channel * area]
        here, away = weights + channel * area, deltas.reference + channel * area
        delta_span(row, aside, taps, here, away, 0, 0, RUNS, sums)
        row, here, away = row + row_step, here + taps, away + taps
        delta_span(row, aside, taps, here, away, 0, 1, RUNS, sums)
        row, here, away = row + row_step, here + taps, away + taps
        delta_span(row, aside, taps, here, away, 0, 2, RUNS, sums)
        for step in range(3, deltas.down):
            row, here, away = row + row_step, here + taps, away + taps
            delta_span(row, aside, taps, here, away, 0, 3, RUNS, sums)
        row, here, away = row + row_step, here + taps, away + taps
        delta_span(row, aside, taps, here, away, 1, 3, RUNS, sums)
        row, here, away = row + row_step, here + taps, away + taps
        delta_span(row, aside, taps, here, away, 2, 3, RUNS, sums)
        row, here, away = row + row_step, here + taps, away + taps
        delta_span(row, aside, taps, here, away, 3, 3, RUNS, sums)
    for step in range(PATCH_ROWS):
        for each in range(RUNS):
            store(out + step * TILE + each * lanes, sums[step * RUNS + each])


cdef inline bint rows_shared(const Deltas* deltas) noexcept nogil:
    """Tells whether two output rows lie as far apart as two rows of taps, and columns evenly."""
    cdef Py_ssize_t each, across = deltas.across, aside = 0
    cdef const Py_ssize_t* offsets = deltas.offsets
    if across > 1:
        aside = offsets[1] - offsets[0]
    if deltas.down < PATCH_ROWS - 1:
        return False
    for each in range(deltas.depth):
        if each // across % deltas.down and (
            offsets[each] != offsets[each - across] + deltas.row_step
        ):
            return False
        if each % across and offsets[each] != offsets[each - 1] + aside:
            return False
    return True


cdef inline void put(
    const double* sums, word found, Py_ssize_t columns, double base, double bias,
    bint published, real* out,
) noexcept nogil:
    """Writes outputs: of windows that differ by their sums, of others what the first gives."""
    cdef Py_ssize_t x
    cdef real same = <real>(base + bias)
    cdef word all = ~<word>0 >> (TILE - columns)
    if found == 0:
        for x in range(columns):
            out[x] = same
    elif published:
        for x in range(columns):
            out[x] = <real>(bias - sums[x]) if found >> x & 1 else same
    elif found == all:
        for x in range(columns):
            out[x] = <real>(sums[x] + base + bias)
    else:
        for x in range(columns):
            out[x] = <real>(sums[x] + base + bias) if found >> x & 1 else same
