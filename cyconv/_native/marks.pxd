"""Rows of marks, a bit a column: pixels compared 64 at once, rows joined and smeared.

Column x of a row is bit ``x % WIDE`` of word ``x // WIDE``.
"""

from cyconv._native.fill cimport pixel

cdef extern from * nogil:
    """
    #include <string.h>
    #if defined(__SSE2__)
      #include <immintrin.h>
    #endif
    typedef unsigned long long cy_word;
    #define CY_DIFFER(value) \
        value one, two; cy_word bits = 0; \
        for (int k = 0; k < 64; k++) { \
            memcpy(&one, a + k * sizeof(value), sizeof(value)); \
            memcpy(&two, b + k * sizeof(value), sizeof(value)); \
            bits |= (cy_word)(one != two) << k; \
        } \
        return bits;
    /* Which of 64 pixels differ; NaN from all. */
    static CYTHON_INLINE cy_word cy_differ_bytes(const char *a, const char *b) {
    #if defined(__AVX512BW__)
        return _mm512_cmpneq_epi8_mask(_mm512_loadu_si512(a), _mm512_loadu_si512(b));
    #elif defined(__AVX2__)
        cy_word bits = 0;
        for (int k = 0; k < 2; k++) {
            __m256i equal = _mm256_cmpeq_epi8(
                _mm256_loadu_si256((const __m256i *)a + k),
                _mm256_loadu_si256((const __m256i *)b + k));
            bits |= (cy_word)~(unsigned)_mm256_movemask_epi8(equal) << 32 * k;
        }
        return bits;
    #elif defined(__SSE2__)
        cy_word bits = 0;
        for (int k = 0; k < 4; k++) {
            __m128i equal = _mm_cmpeq_epi8(
                _mm_loadu_si128((const __m128i *)a + k), _mm_loadu_si128((const __m128i *)b + k));
            bits |= (cy_word)(~_mm_movemask_epi8(equal) & 0xffff) << 16 * k;
        }
        return bits;
    #else
        CY_DIFFER(unsigned char)
    #endif
    }
    static CYTHON_INLINE cy_word cy_differ_floats(const char *a, const char *b) {
    #if defined(__AVX512F__)
        cy_word bits = 0;
        for (int k = 0; k < 4; k++)
            bits |= (cy_word)_mm512_cmp_ps_mask(
                _mm512_loadu_ps(a + 64 * k), _mm512_loadu_ps(b + 64 * k), _CMP_NEQ_UQ) << 16 * k;
        return bits;
    #elif defined(__SSE2__)
        cy_word bits = 0;
        for (int k = 0; k < 16; k++)
            bits |= (cy_word)_mm_movemask_ps(_mm_cmpneq_ps(
                _mm_loadu_ps((const float *)a + 4 * k),
                _mm_loadu_ps((const float *)b + 4 * k))) << 4 * k;
        return bits;
    #else
        CY_DIFFER(float)
    #endif
    }
    static CYTHON_INLINE cy_word cy_differ_doubles(const char *a, const char *b) {
    #if defined(__AVX512F__)
        cy_word bits = 0;
        for (int k = 0; k < 8; k++)
            bits |= (cy_word)_mm512_cmp_pd_mask(
                _mm512_loadu_pd(a + 64 * k), _mm512_loadu_pd(b + 64 * k), _CMP_NEQ_UQ) << 8 * k;
        return bits;
    #elif defined(__SSE2__)
        cy_word bits = 0;
        for (int k = 0; k < 32; k++)
            bits |= (cy_word)_mm_movemask_pd(_mm_cmpneq_pd(
                _mm_loadu_pd((const double *)a + 2 * k),
                _mm_loadu_pd((const double *)b + 2 * k))) << 2 * k;
        return bits;
    #else
        CY_DIFFER(double)
    #endif
    }
    /* Sets each bit that any of some rows has. */
    static CYTHON_INLINE void cy_join(
        const cy_word *marks, const Py_ssize_t *rows, Py_ssize_t number, cy_word *to,
        Py_ssize_t words) {
        for (Py_ssize_t w = 0; w < words; w++) {
            cy_word any = 0;
            for (Py_ssize_t k = 0; k < number; k++)
                any |= marks[rows[k] + w];
            to[w] = any;
        }
    }
    /* 64 bits of a row of so many words, from bit `place` on; those behind it are 0. */
    static CYTHON_INLINE cy_word cy_from(
        const cy_word *bits, Py_ssize_t words, Py_ssize_t place) {
        Py_ssize_t word = place / 64, by = place % 64;
        cy_word low = word < words ? bits[word] >> by : 0;
        return by && word + 1 < words ? low | bits[word + 1] << (64 - by) : low;
    }
    /* Sets each bit that is set there or so many further on. */
    static CYTHON_INLINE void cy_smear(cy_word *bits, Py_ssize_t words, Py_ssize_t by) {
        for (Py_ssize_t w = 0; w < words; w++)
            bits[w] |= cy_from(bits, words, 64 * w + by);
    }
    static CYTHON_INLINE Py_ssize_t cy_ones(const cy_word *bits, Py_ssize_t words) {
        Py_ssize_t total = 0;
        for (Py_ssize_t w = 0; w < words; w++) {
    #if defined(__GNUC__) || defined(__clang__)
            total += __builtin_popcountll(bits[w]);
    #else
            for (cy_word left = bits[w]; left; left &= left - 1)
                total++;
    #endif
        }
        return total;
    }
    #if defined(__GNUC__) || defined(__clang__)
      #define cy_lowest(bits) __builtin_ctzll(bits)
    #else
      static CYTHON_INLINE int cy_lowest(cy_word bits) {
          int place = 0;
          for (; !(bits & 1); bits >>= 1)
              place++;
          return place;
      }
    #endif
    """
    ctypedef unsigned long long word "cy_word"
    enum:
        WIDE "64"
    word differ_bytes "cy_differ_bytes"(const char* a, const char* b)
    word differ_floats "cy_differ_floats"(const char* a, const char* b)
    word differ_doubles "cy_differ_doubles"(const char* a, const char* b)
    void join "cy_join"(
        const word* marks, const Py_ssize_t* rows, Py_ssize_t number, word* to, Py_ssize_t words)
    word bits_from "cy_from"(const word* bits, Py_ssize_t words, Py_ssize_t place)
    void smear "cy_smear"(word* bits, Py_ssize_t words, Py_ssize_t by)
    Py_ssize_t ones "cy_ones"(const word* bits, Py_ssize_t words)
    int lowest "cy_lowest"(word bits)


cdef inline word differ_wide(const char* a, const char* b, const pixel* kind) noexcept nogil:
    """Tells which of WIDE pixels, side by side, differ."""
    if pixel is float:
        return differ_floats(a, b)
    elif pixel is double:
        return differ_doubles(a, b)
    else:
        return differ_bytes(a, b)


cdef inline void smear_taps(
    word* bits, Py_ssize_t words, Py_ssize_t taps, Py_ssize_t spread
) noexcept nogil:
    """Sets each bit at which a row of taps, ``spread`` apart, begins that meets a set one."""
    cdef Py_ssize_t met = 1, more
    while met < taps:
        # What meets so many taps, moved by as many, meets twice as many.
        more = min(met, taps - met)
        smear(bits, words, more * spread)
        met = met + more


cdef inline void pick(
    const word* bits, Py_ssize_t words, Py_ssize_t first, Py_ssize_t stride, word* to,
    Py_ssize_t count,
) noexcept nogil:
    """Gives ``count`` bits, ``stride`` apart, from bit ``first`` on; sets those behind to 0."""
    cdef Py_ssize_t each, place, number = (count + WIDE - 1) // WIDE
    for each in range(number):
        if stride == 1:
            to[each] = bits_from(bits, words, first + each * WIDE)
            continue
        to[each] = 0
        for place in range(min(<Py_ssize_t>WIDE, count - each * WIDE)):
            to[each] |= (bits_from(bits, words, first + (each * WIDE + place) * stride) & 1) << place
    if count % WIDE:
        to[number - 1] &= (<word>1 << count % WIDE) - 1
