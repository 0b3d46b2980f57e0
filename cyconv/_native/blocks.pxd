"""Filters side by side in vectors: each value of a window is met by many filters at once.

The sums of some neighbouring windows stay in registers; a value is spread over a vector by
the load that reads it, so windows need neither be packed nor aligned. This is how direct
convolution is best done where filters are many (Georganas et al., "Anatomy of
high-performance deep learning convolutions on SIMD architectures", 2018).
"""

from cyconv._native.squares cimport turn
from cyconv._native.vector cimport (
    at, lane, prefetch, prefetch_far, store, store_some, vec, vecd, vecf, zero,
)

cdef extern from * nogil:
    """
    /* Weights are asked for so many taps before they are needed. */
    #define CY_AHEAD 24
    """
    enum:
        AHEAD "CY_AHEAD"

cdef extern from * nogil:
    """
    /* How many neighbouring windows are taken at once: sizes, and the sums that fit registers. */
    #define CY_SUMS (CY_WIDE ? 28 : 12)
    #define CY_SIZE(wide, narrow) (CY_WIDE ? (wide) : (narrow))
    """
    enum:
        SUMS "CY_SUMS"
        SIZE_0 "CY_SIZE(14, 6)"
        SIZE_1 "CY_SIZE(12, 5)"
        SIZE_2 "CY_SIZE(10, 5)"
        SIZE_3 "CY_SIZE(8, 4)"
        SIZE_4 "CY_SIZE(7, 3)"
        SIZE_5 "CY_SIZE(4, 2)"
        SIZE_6 "CY_SIZE(2, 2)"


cdef inline Py_ssize_t block_width(Py_ssize_t left) noexcept nogil:
    """Gives the vectors of filters that are worked on together where so many are left."""
    return left if left <= 3 else 2


cdef inline Py_ssize_t block_pixels(Py_ssize_t width, Py_ssize_t wide) noexcept nogil:
    """Gives how many neighbouring windows to take at once, so that a row costs least.

    A tap costs the products, or the loads, or the delay of a sum, whichever is most, and what
    every tap of every block costs.
    """
    cdef Py_ssize_t[8] sizes = [SIZE_0, SIZE_1, SIZE_2, SIZE_3, SIZE_4, SIZE_5, SIZE_6, 1]
    cdef Py_ssize_t size, cost, least = 0, best = 1
    for size in sizes:
        if size <= width and size * wide <= SUMS:
            cost = (width + size - 1) // size * (2 + max(size * wide, size + wide + 4, 8))
            if least == 0 or cost < least:
                least = cost
                best = size
    return best


cdef struct Taps:
    # Where a window's values lie, and how far below it lies the next row's window.
    const Py_ssize_t* offsets
    Py_ssize_t depth, below


cdef inline void dots(
    const Taps* taps, const vec* band, const vec* weights, const vec* later, const vec* bias,
    Py_ssize_t hop, Py_ssize_t pixels, bint folded, Py_ssize_t wide, vec* sums,
) noexcept nogil:
    """Multiplies ``pixels`` windows, ``hop`` values apart, with ``wide`` vectors of filters.

    Of ``folded`` ones, half lie in the next row. What lies ``later`` is fetched from memory on
    the side.
    """
    cdef vec kept[48]
    cdef vec values[3]
    cdef const vec* place
    cdef const vec* second
    cdef const Py_ssize_t* offsets = taps.offsets
    cdef Py_ssize_t tap, pixel, run, depth = taps.depth, half = pixels // 2
    cdef Py_ssize_t second_row = taps.below - half * hop
    values[0] = zero(band)
    for run in range(pixels * wide):
        kept[run] = values[0]
    for tap in range(depth):
        place = <const vec*>at(band, offsets[tap])
        second = <const vec*>at(place, second_row)
        prefetch_far(later + tap)
        for run in range(wide):
            values[run] = weights[tap * wide + run]
            prefetch(weights + (tap + AHEAD) * wide + run)
        for pixel in range(pixels):
            for run in range(wide):
                kept[pixel * wide + run] = kept[pixel * wide + run] + values[run] * lane(
                    second if folded and pixel >= half else place, pixel * hop
                )
    for run in range(wide):
        if bias != NULL:
            values[run] = bias[run]
        else:
            values[run] = zero(band)
    for pixel in range(pixels):
        for run in range(wide):
            sums[pixel * wide + run] = kept[pixel * wide + run] + values[run]


cdef inline void spread(
    const vec* sums, Py_ssize_t step, Py_ssize_t pixels, Py_ssize_t used, vec* out,
    Py_ssize_t out_step,
) noexcept nogil:
    """Writes sums, a vector of filters every ``step``, as rows: ``used`` filters, a row each."""
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    cdef vec square[16]
    cdef Py_ssize_t each
    for each in range(lanes):
        square[each] = sums[each * step if each < pixels else 0]
    turn(square)
    for each in range(lanes):
        if each < used and pixels >= lanes:
            store(at(out, each * out_step), square[each])
        elif each < used:
            store_some(at(out, each * out_step), square[each], pixels)
