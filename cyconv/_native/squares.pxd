"""Values of two vectors mixed, and squares of values transposed where they are, in registers.

Within runs of 16 bytes first, then runs as a whole: what stays within its run takes a processor
half as long as what leaves it, or less.
"""

from cyconv._native.vector cimport vec, vecd, vecf

cdef extern from * nogil:
    """
    #if defined(__GNUC__) || defined(__clang__)
      #if defined(__clang__) || __GNUC__ >= 12
        #define CY_MIXF(a, b, ...) __builtin_shufflevector((a), (b), __VA_ARGS__)
        #define CY_MIXD(a, b, ...) __builtin_shufflevector((a), (b), __VA_ARGS__)
      #else
        typedef int cy_placesf __attribute__((vector_size(CY_BYTES)));
        typedef long long cy_placesd __attribute__((vector_size(CY_BYTES)));
        #define CY_MIXF(a, b, ...) __builtin_shuffle((a), (b), (cy_placesf){__VA_ARGS__})
        #define CY_MIXD(a, b, ...) __builtin_shuffle((a), (b), (cy_placesd){__VA_ARGS__})
      #endif
      #define CY_PAIRS(a, b, ...) \
        ((__typeof__(a))CY_MIXD((cy_vecd)(a), (cy_vecd)(b), __VA_ARGS__))
      #if CY_BYTES == 64
        #define cy_lowf(a, b) \
            CY_MIXF(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
        #define cy_highf(a, b) \
            CY_MIXF(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
        #define cy_lowd(a, b) CY_MIXD(a, b, 0, 8, 1, 9, 2, 10, 3, 11)
        #define cy_highd(a, b) CY_MIXD(a, b, 4, 12, 5, 13, 6, 14, 7, 15)
        #define cy_near_low(a, b) \
            CY_MIXF(a, b, 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29)
        #define cy_near_high(a, b) \
            CY_MIXF(a, b, 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31)
        #define cy_pairs_low(a, b) CY_PAIRS(a, b, 0, 8, 2, 10, 4, 12, 6, 14)
        #define cy_pairs_high(a, b) CY_PAIRS(a, b, 1, 9, 3, 11, 5, 13, 7, 15)
        #define cy_even(a, b) CY_PAIRS(a, b, 0, 1, 4, 5, 8, 9, 12, 13)
        #define cy_odd(a, b) CY_PAIRS(a, b, 2, 3, 6, 7, 10, 11, 14, 15)
      #elif CY_BYTES == 32
        #define cy_lowf(a, b) CY_MIXF(a, b, 0, 8, 1, 9, 2, 10, 3, 11)
        #define cy_highf(a, b) CY_MIXF(a, b, 4, 12, 5, 13, 6, 14, 7, 15)
        #define cy_lowd(a, b) CY_MIXD(a, b, 0, 4, 1, 5)
        #define cy_highd(a, b) CY_MIXD(a, b, 2, 6, 3, 7)
        #define cy_near_low(a, b) CY_MIXF(a, b, 0, 8, 1, 9, 4, 12, 5, 13)
        #define cy_near_high(a, b) CY_MIXF(a, b, 2, 10, 3, 11, 6, 14, 7, 15)
        #define cy_pairs_low(a, b) CY_PAIRS(a, b, 0, 4, 2, 6)
        #define cy_pairs_high(a, b) CY_PAIRS(a, b, 1, 5, 3, 7)
        #define cy_even(a, b) CY_PAIRS(a, b, 0, 1, 4, 5)
        #define cy_odd(a, b) CY_PAIRS(a, b, 2, 3, 6, 7)
      #else
        #define cy_lowf(a, b) CY_MIXF(a, b, 0, 4, 1, 5)
        #define cy_highf(a, b) CY_MIXF(a, b, 2, 6, 3, 7)
        #define cy_lowd(a, b) CY_MIXD(a, b, 0, 2)
        #define cy_highd(a, b) CY_MIXD(a, b, 1, 3)
        #define cy_near_low(a, b) cy_lowf(a, b)
        #define cy_near_high(a, b) cy_highf(a, b)
        #define cy_pairs_low(a, b) CY_PAIRS(a, b, 0, 2)
        #define cy_pairs_high(a, b) CY_PAIRS(a, b, 1, 3)
        #define cy_even(a, b) (a)
        #define cy_odd(a, b) (b)
      #endif
    #else
      #define cy_lowf(a, b) (a)
      #define cy_highf(a, b) (b)
      #define cy_lowd(a, b) (a)
      #define cy_highd(a, b) (b)
      #define cy_near_low(a, b) (a)
      #define cy_near_high(a, b) (b)
      #define cy_pairs_low(a, b) (a)
      #define cy_pairs_high(a, b) (b)
      #define cy_even(a, b) (a)
      #define cy_odd(a, b) (b)
    #endif
    """
    # Alternately a value of each: of their first halves, or of their second.
    vecf lowf "cy_lowf"(vecf a, vecf b)
    vecf highf "cy_highf"(vecf a, vecf b)
    vecd lowd "cy_lowd"(vecd a, vecd b)
    vecd highd "cy_highd"(vecd a, vecd b)
    # The same within each 16 bytes: of single floats, and, whatever the type, of 8 bytes.
    vecf near_low "cy_near_low"(vecf a, vecf b)
    vecf near_high "cy_near_high"(vecf a, vecf b)
    double pairs_low "cy_pairs_low"(double a, double b)
    double pairs_high "cy_pairs_high"(double a, double b)
    # Every other 16 bytes of one, then of the other.
    double even "cy_even"(double a, double b)
    double odd "cy_odd"(double a, double b)


cdef inline void exchange(vec* one, vec* other) noexcept nogil:
    """Gives one the even 16 bytes of both, and the other the odd ones."""
    cdef vec kept = even(one[0], other[0])
    other[0] = odd(one[0], other[0])
    one[0] = kept


cdef inline void turn(vec* square) noexcept nogil:
    """Transposes a square of values where it is.

    With copies of what is given and of what comes out, compilers keep the square in memory.
    """
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    cdef Py_ssize_t run = 4 if vec is vecf else 2       # values of 16 bytes
    cdef Py_ssize_t group, each
    cdef vec woven[4]
    # Of every ``run`` rows, the values of each 16 bytes are transposed.
    for group in range(lanes // run):
        each = group * run
        if vec is vecf:
            woven[0] = near_low(square[each], square[each + 1])
            woven[1] = near_high(square[each], square[each + 1])
            woven[2] = near_low(square[each + 2], square[each + 3])
            woven[3] = near_high(square[each + 2], square[each + 3])
            square[each] = pairs_low(woven[0], woven[2])
            square[each + 1] = pairs_high(woven[0], woven[2])
            square[each + 2] = pairs_low(woven[1], woven[3])
            square[each + 3] = pairs_high(woven[1], woven[3])
        else:
            woven[0] = pairs_low(square[each], square[each + 1])
            square[each + 1] = pairs_high(square[each], square[each + 1])
            square[each] = woven[0]
    # Then the 16 bytes of such groups of rows: two of them, or four.
    for each in range(run):
        if lanes == 2 * run:
            exchange(square + each, square + run + each)
        elif lanes == 4 * run:
            exchange(square + each, square + run + each)
            exchange(square + 2 * run + each, square + 3 * run + each)
            exchange(square + each, square + 2 * run + each)
            exchange(square + run + each, square + 3 * run + each)
