"""Panels of one filter's outputs: a few vectors wide, as high as a band, made from the top down.

The sums of as many output rows as an input row meets stay in registers: each input row is read
once, finishes the topmost row of sums and begins a new one. A panel's rows come from the second
cache, or from further away, and are asked for some rows ahead; the first cache keeps them until
the next panel has had what the two share.

Loads that cross a cache line take two turns. Where registers are as wide as a line, each tap's
values are those of the tap before moved on by one, and only the last vector is read anew: moves
run beside the products, and neither waits for the other. So little is read then that bytes can be
converted on the way, which takes less time than to write them down as floats first.
"""

from cyconv._native.vector cimport (
    at, lane, load, prefetch, prefetch_write, store, vec, vecd, vecf, zero,
)

cdef extern from * nogil:
    """
    /* Rows of sums in a panel, at the most, and its breadth in vectors: what the registers hold
       beside a tap's values and a weight. Filters of more rows take several passes of no more than
       CY_PASS; each takes up the sums that the last one left. */
    #define CY_MOST (CY_WIDE ? 8 : 7)
    #define CY_PASS 6
    #define CY_BREADTH(down) (CY_WIDE ? ((down) < 7 ? 4 : 3) : (down) < 4 ? 4 : 2)
    /* What vectors that lie side by side give when moved on by one value. */
    #if defined(__AVX512F__) && defined(__clang__)
      #define CY_SLIDES 1
      #define cy_slidef(a, b) __builtin_shufflevector( \
          a, b, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16)
      #define cy_slided(a, b) __builtin_shufflevector(a, b, 1, 2, 3, 4, 5, 6, 7, 8)
    #elif defined(__AVX512F__) && defined(__GNUC__)
      #define CY_SLIDES 1
      typedef int cy_placesf __attribute__((vector_size(64)));
      typedef long long cy_placesd __attribute__((vector_size(64)));
      #define cy_slidef(a, b) __builtin_shuffle( \
          a, b, (cy_placesf){1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
      #define cy_slided(a, b) __builtin_shuffle(a, b, (cy_placesd){1, 2, 3, 4, 5, 6, 7, 8})
    #else
      #define CY_SLIDES 0
      #define cy_slidef(a, b) (b)
      #define cy_slided(a, b) (b)
    #endif
    /* One input row's share of the rows of sums `low` to `high`: row r meets it with its weights r
       rows of taps further up. As in patches.pxd, in C for its loops. */
    #if defined(__GNUC__) && !defined(__clang__)
      #define CY_WHOLLY _Pragma("GCC unroll 8")
      #define CY_SINGLY _Pragma("GCC unroll 1")
    #elif defined(__clang__)
      #define CY_WHOLLY _Pragma("clang loop unroll(full)")
      #define CY_SINGLY _Pragma("clang loop unroll(disable)")
    #else
      #define CY_WHOLLY
      #define CY_SINGLY
    #endif
    #if CY_SLIDES
      /* Of __builtin_convertvector some compilers make a conversion value by value. */
      #include <immintrin.h>
      #define cy_get_bytes(to, from) (*(to) = (cy_vecf)_mm512_cvtepi32_ps( \
          _mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)(from)))))
    #else
      #define cy_get_bytes(to, from) ((void)(to), (void)(from))
    #endif
    #define cy_get(to, from) memcpy((to), (from), sizeof(*(to)))
    #define CY_SHARE(name, vector, value, pixel, get, slide) \
        static CYTHON_INLINE void name( \
            const vector *from, Py_ssize_t aside, Py_ssize_t taps, const vector *by, \
            Py_ssize_t low, Py_ssize_t high, Py_ssize_t runs, int slides, vector *sums) { \
            const Py_ssize_t lanes = sizeof(vector) / sizeof(value); \
            const pixel *row = (const pixel *)from; \
            const value *weights = (const value *)by; \
            vector values[4]; \
            CY_WHOLLY \
            for (Py_ssize_t k = 0; k < runs; k++) \
                get(values + k, row + k * lanes); \
            CY_SINGLY \
            for (Py_ssize_t tap = 0; tap < taps; tap++) { \
                CY_WHOLLY \
                for (Py_ssize_t r = low; r <= high; r++) \
                    CY_WHOLLY \
                    for (Py_ssize_t k = 0; k < runs; k++) \
                        sums[r * runs + k] += weights[tap - r * taps] * values[k]; \
                if (tap + 1 == taps) \
                    break; \
                row += aside; \
                CY_WHOLLY \
                for (Py_ssize_t k = 0; k < runs; k++) \
                    if (slides && k + 1 < runs) \
                        values[k] = slide(values[k], values[k + 1]); \
                    else \
                        get(values + k, row + k * lanes); \
            } \
        }
    CY_SHARE(cy_sharef, cy_vecf, float, float, cy_get, cy_slidef)
    CY_SHARE(cy_shared, cy_vecd, double, double, cy_get, cy_slided)
    CY_SHARE(cy_shareb, cy_vecf, float, unsigned char, cy_get_bytes, cy_slidef)
    """
    enum:
        MOST "CY_MOST"
        PASS "CY_PASS"
        SLIDES "CY_SLIDES"
    Py_ssize_t breadth "CY_BREADTH"(Py_ssize_t down)
    void sharef "cy_sharef"(
        const vecf* row, Py_ssize_t aside, Py_ssize_t taps, const vecf* weights, Py_ssize_t low,
        Py_ssize_t high, Py_ssize_t runs, bint slides, vecf* sums)
    void shared "cy_shared"(
        const vecd* row, Py_ssize_t aside, Py_ssize_t taps, const vecd* weights, Py_ssize_t low,
        Py_ssize_t high, Py_ssize_t runs, bint slides, vecd* sums)
    void shareb "cy_shareb"(
        const vecf* row, Py_ssize_t aside, Py_ssize_t taps, const vecf* weights, Py_ssize_t low,
        Py_ssize_t high, Py_ssize_t runs, bint slides, vecf* sums)

cdef enum:
    AHEAD = 4           # Rows ahead of which a panel's input is asked for,
    WRITTEN_AHEAD = 2   # and the place of its output.
    LINE = 64           # Bytes of a cache line.


cdef struct Panel:
    # What the passes of a panel have in common; rows of input and output lie `row_step` and
    # `width` values apart, taps side by side `aside`.
    Py_ssize_t row_step, aside, taps, width, rows
    Py_ssize_t later                # values from this pass's first row to the next's
    bint begins                     # whether sums begin at zero, or go on from the output
    bint bytes                      # whether the input is of bytes


cdef inline const vec* ahead(const vec* row, Py_ssize_t values, bint bytes) noexcept nogil:
    """Gives the address so many input values further on."""
    if bytes:
        return <const vec*>(<const char*>row + values)
    return <const vec*>at(row, values)


cdef inline Py_ssize_t to_next(
    const Py_ssize_t* offsets, Py_ssize_t depth, Py_ssize_t tap, Py_ssize_t following,
    Py_ssize_t columns,
) noexcept nogil:
    """Gives the values from a pass to the next: the next taps, or the panel ``columns`` further."""
    if following < depth:
        return offsets[following] - offsets[tap]
    return offsets[0] - offsets[tap] + columns


cdef inline void ask(const vec* row, Py_ssize_t runs, bint bytes) noexcept nogil:
    """Asks for a panel's row of input."""
    cdef Py_ssize_t value = sizeof(float) if vec is vecf else sizeof(double)
    cdef Py_ssize_t lanes = sizeof(vec) // value, each
    cdef Py_ssize_t lines = (runs * lanes - 1) // LINE + 2 if bytes else (
        runs * <Py_ssize_t>sizeof(vec) // LINE + 1)
    for each in range(lines):
        prefetch(ahead(row, each * (LINE if bytes else LINE // value), bytes))


cdef inline bint rows_even(
    const Py_ssize_t* offsets, Py_ssize_t depth, Py_ssize_t down, Py_ssize_t taps,
    Py_ssize_t row_step,
) noexcept nogil:
    """Tells whether two output rows lie as far apart as two rows of taps, and columns evenly."""
    cdef Py_ssize_t each, aside = offsets[1] - offsets[0] if taps > 1 else 0
    if depth % (down * taps):
        return False
    for each in range(depth):
        if each // taps % down and offsets[each] != offsets[each - taps] + row_step:
            return False
        if each % taps and offsets[each] != offsets[each - 1] + aside:
            return False
    return True


cdef inline Py_ssize_t most_at_once(Py_ssize_t down) noexcept nogil:
    """Gives the rows of taps of a pass, at the most."""
    return MOST if down <= MOST else PASS


cdef inline Py_ssize_t panel_vectors(Py_ssize_t down) noexcept nogil:
    """Gives the vectors that panels are wide."""
    return breadth(min(down, most_at_once(down)))


cdef inline bint reads_bytes(
    const Py_ssize_t* offsets, Py_ssize_t depth, Py_ssize_t down, Py_ssize_t taps,
    Py_ssize_t row_step, Py_ssize_t width, Py_ssize_t lanes,
) noexcept nogil:
    """Tells whether bytes can be read in place: taps and windows must lie side by side."""
    return SLIDES and width >= panel_vectors(down) * lanes and (
        taps == 1 or offsets[1] == offsets[0] + 1
    ) and rows_even(offsets, depth, down, taps, row_step)


cdef inline void share(
    const vec* row, Py_ssize_t aside, Py_ssize_t taps, const vec* weights, Py_ssize_t low,
    Py_ssize_t high, Py_ssize_t runs, bint slides, bint bytes, vec* sums,
) noexcept nogil:
    """Adds one input row's share to the rows of sums ``low`` to ``high``."""
    if vec is vecf and bytes:
        shareb(row, aside, taps, weights, low, high, runs, slides, sums)
    elif vec is vecf:
        sharef(row, aside, taps, weights, low, high, runs, slides, sums)
    else:
        shared(row, aside, taps, weights, low, high, runs, slides, sums)


cdef inline void begin(const vec* out, bint there, Py_ssize_t runs, vec* sums) noexcept nogil:
    """Begins a row of sums, at zero unless an output row is ``there`` to go on from."""
    cdef Py_ssize_t each
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    for each in range(runs):
        sums[each] = zero(out)
    if there:
        for each in range(runs):
            load(sums[each], at(out, each * lanes))


cdef inline void step_down(Py_ssize_t down, Py_ssize_t runs, vec* sums) noexcept nogil:
    """Moves the rows of sums up by one."""
    cdef Py_ssize_t row, each
    for row in range(down - 1):
        for each in range(runs):
            sums[row * runs + each] = sums[(row + 1) * runs + each]


cdef inline void fall(
    const Panel* panel, const vec* row, const vec* weights, Py_ssize_t down, Py_ssize_t runs,
    bint slides, bint bytes, const vec* bias, vec* out,
) noexcept nogil:
    """Makes a panel, or adds to it, what ``down`` rows of taps give; at the end comes the bias."""
    cdef vec sums[24]
    cdef vec added, done
    cdef Py_ssize_t y, each, last = (down - 1) * runs, width = panel.width, rows = panel.rows
    cdef Py_ssize_t row_step = panel.row_step, aside = panel.aside, taps = panel.taps
    # Rows of sums that go on from the output: all or none.
    cdef Py_ssize_t going = 0 if panel.begins else rows
    cdef Py_ssize_t value = sizeof(float) if vec is vecf else sizeof(double)
    cdef Py_ssize_t lanes = sizeof(vec) // value, lines = runs * sizeof(vec) // LINE + 1
    cdef Py_ssize_t asked = AHEAD * row_step
    # The first rows of sums meet the last row of taps when they are about to be finished.
    weights = <const vec*>at(weights, (down - 1) * taps)
    added = zero(out)
    if bias != NULL:
        added = added + lane(bias, 0)
    for each in range(last):
        sums[each] = zero(out)
    # Input rows above the first that finishes a row of sums meet some of them only.
    for y in range(down - 1):
        begin(<const vec*>at(out, y * width), y < going, runs, sums + last)
        # Told apart so that the compiler knows which sums, and can keep them in registers.
        if y == 0:
            share(row, aside, taps, weights, down - 1, down - 1, runs, slides, bytes,
                  sums)
        elif y == 1 and down > 2:
            share(row, aside, taps, weights, down - 2, down - 1, runs, slides, bytes,
                  sums)
        elif y == 2 and down > 3:
            share(row, aside, taps, weights, down - 3, down - 1, runs, slides, bytes,
                  sums)
        elif y == 3 and down > 4:
            share(row, aside, taps, weights, down - 4, down - 1, runs, slides, bytes,
                  sums)
        elif y == 4 and down > 5:
            share(row, aside, taps, weights, down - 5, down - 1, runs, slides, bytes,
                  sums)
        elif y == 5 and down > 6:
            share(row, aside, taps, weights, down - 6, down - 1, runs, slides, bytes,
                  sums)
        elif y == 6 and down > 7:
            share(row, aside, taps, weights, down - 7, down - 1, runs, slides, bytes,
                  sums)
        step_down(down, runs, sums)
        row = ahead(row, row_step, bytes)
    for y in range(rows):
        if y == max(0, rows - AHEAD):
            # Below the panel nothing is wanted; instead the next pass's first rows are.
            asked = panel.later - (y + down - 1) * row_step
        ask(ahead(row, asked, bytes), runs, bytes)
        if going == 0:
            for each in range(lines):
                prefetch_write(at(out, WRITTEN_AHEAD * width + each * (LINE // value)))
        begin(<const vec*>at(out, (down - 1) * width), y + down <= going, runs, sums + last)
        share(row, aside, taps, weights, 0, down - 1, runs, slides, bytes, sums)
        for each in range(runs):
            done = sums[each] + added
            store(at(out, each * lanes), done)
        step_down(down, runs, sums)
        row = ahead(row, row_step, bytes)
        out = <vec*>at(out, width)
