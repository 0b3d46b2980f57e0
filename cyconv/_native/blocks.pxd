"""Filters side by side in vectors: each value of a window is met by many filters at once.

The sums of some neighbouring windows stay in registers; a value is spread over a vector by
the load that reads it, so windows need neither be packed nor aligned. This is how direct
convolution is best done where filters are many (Georganas et al., "Anatomy of
high-performance deep learning convolutions on SIMD architectures", 2018).
"""

from libc.string cimport memcpy

from cyconv._native.fill cimport real
from cyconv._native.vector cimport (
    at, lane, prefetch, prefetch_far, vec, vecd, vecf, zero,
)

cdef extern from * nogil:
    """
    /* Weights are asked for so many taps before they are needed. */
    #define CY_AHEAD 24
    #if defined(__clang__) || (defined(__GNUC__) && __GNUC__ >= 12)
      #define CY_MIX(a, b, ...) __builtin_shufflevector((a), (b), __VA_ARGS__)
      #if CY_BYTES == 64
        #define cy_lowf(a, b) \
            CY_MIX(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
        #define cy_highf(a, b) \
            CY_MIX(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
        #define cy_lowd(a, b) CY_MIX(a, b, 0, 8, 1, 9, 2, 10, 3, 11)
        #define cy_highd(a, b) CY_MIX(a, b, 4, 12, 5, 13, 6, 14, 7, 15)
      #elif CY_BYTES == 32
        #define cy_lowf(a, b) CY_MIX(a, b, 0, 8, 1, 9, 2, 10, 3, 11)
        #define cy_highf(a, b) CY_MIX(a, b, 4, 12, 5, 13, 6, 14, 7, 15)
        #define cy_lowd(a, b) CY_MIX(a, b, 0, 4, 1, 5)
        #define cy_highd(a, b) CY_MIX(a, b, 2, 6, 3, 7)
      #else
        #define cy_lowf(a, b) CY_MIX(a, b, 0, 4, 1, 5)
        #define cy_highf(a, b) CY_MIX(a, b, 2, 6, 3, 7)
        #define cy_lowd(a, b) CY_MIX(a, b, 0, 2)
        #define cy_highd(a, b) CY_MIX(a, b, 1, 3)
      #endif
    #elif defined(__GNUC__)
      /* Older compilers: the same by way of memory. */
      #define CY_WEAVE(name, type, value) \
        static inline type name(type a, type b, int from) { \
            enum { half = sizeof(type) / sizeof(value) / 2 }; \
            type woven; \
            for (int k = 0; k < half; k++) { \
                woven[2 * k] = a[from * half + k]; woven[2 * k + 1] = b[from * half + k]; \
            } \
            return woven; \
        }
      CY_WEAVE(cy_weavef, cy_vecf, float)
      CY_WEAVE(cy_weaved, cy_vecd, double)
      #define cy_lowf(a, b) cy_weavef(a, b, 0)
      #define cy_highf(a, b) cy_weavef(a, b, 1)
      #define cy_lowd(a, b) cy_weaved(a, b, 0)
      #define cy_highd(a, b) cy_weaved(a, b, 1)
    #else
      #define cy_lowf(a, b) (a)
      #define cy_highf(a, b) (b)
      #define cy_lowd(a, b) (a)
      #define cy_highd(a, b) (b)
    #endif
    """
    enum:
        AHEAD "CY_AHEAD"
    # Alternately a value of each: of their first halves, or of their second.
    vecf lowf "cy_lowf"(vecf a, vecf b)
    vecf highf "cy_highf"(vecf a, vecf b)
    vecd lowd "cy_lowd"(vecd a, vecd b)
    vecd highd "cy_highd"(vecd a, vecd b)

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


cdef inline void transpose(
    const vec* rows, Py_ssize_t count, Py_ssize_t step, vec* columns
) noexcept nogil:
    """Transposes a square of values whose first rows are given, ``step`` vectors apart.

    Each round interleaves the rows of one half with those of the other; as many rounds as
    a row has bits of its length exchange rows and columns.
    """
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    cdef Py_ssize_t each, length = 1
    cdef vec given[16]
    cdef vec woven[16]
    for each in range(lanes):
        given[each] = rows[each * step if each < count else 0]
    while length < lanes:
        for each in range(lanes // 2):
            if vec is vecf:
                woven[2 * each] = lowf(given[each], given[each + lanes // 2])
                woven[2 * each + 1] = highf(given[each], given[each + lanes // 2])
            else:
                woven[2 * each] = lowd(given[each], given[each + lanes // 2])
                woven[2 * each + 1] = highd(given[each], given[each + lanes // 2])
        for each in range(lanes):
            given[each] = woven[each]
        length = 2 * length
    for each in range(lanes):
        columns[each] = given[each]


cdef inline void turn(vec* square) noexcept nogil:
    """Transposes a square of values where it is, as :func:`transpose` does, in registers.

    With copies of what is given and of what comes out, compilers keep the square in memory.
    """
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    cdef Py_ssize_t each, length = 1
    cdef vec woven[16]
    while length < lanes:
        for each in range(lanes // 2):
            if vec is vecf:
                woven[2 * each] = lowf(square[each], square[each + lanes // 2])
                woven[2 * each + 1] = highf(square[each], square[each + lanes // 2])
            else:
                woven[2 * each] = lowd(square[each], square[each + lanes // 2])
                woven[2 * each + 1] = highd(square[each], square[each + lanes // 2])
        for each in range(lanes):
            square[each] = woven[each]
        length = 2 * length


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


cdef inline void put(
    const real* tile, Py_ssize_t pitch, Py_ssize_t used, Py_ssize_t pixels, real* out,
    Py_ssize_t out_step,
) noexcept nogil:
    """Writes the first ``pixels`` values of each filter's row where they belong."""
    cdef Py_ssize_t filter
    for filter in range(used):
        memcpy(out + filter * out_step, tile + filter * pitch, pixels * sizeof(real))
