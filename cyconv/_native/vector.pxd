"""Vectors as wide as the level's registers, as C types that the compiler knows.

To Cython a vector is a float; the C compiler sees gcc's and clang's vector types and turns
each sum and product into one instruction. Other compilers get vectors of one value.
"""

cdef extern from * nogil:
    """
    #include <string.h>
    /* Sizes that callers know must reach the innermost loops: what is inline is inlined. */
    #if defined(__GNUC__) || defined(__clang__)
      #undef CYTHON_INLINE
      #define CYTHON_INLINE inline __attribute__((always_inline))
      #if defined(__AVX512F__)
        #define CY_BYTES 64
      #elif defined(__AVX__)
        #define CY_BYTES 32
      #else
        #define CY_BYTES 16
      #endif
      typedef float cy_vecf __attribute__((vector_size(CY_BYTES), may_alias));
      typedef double cy_vecd __attribute__((vector_size(CY_BYTES), may_alias));
      #define cy_lane(p, k) (((const __typeof__((p)[0][0]) *)(p))[k])
      #define cy_zero(p) ((__typeof__(*(p))){0})
      #define cy_at(p, k) ((void *)(((__typeof__((p)[0][0]) *)(p)) + (k)))
    #else
      typedef float cy_vecf;
      typedef double cy_vecd;
      #define cy_lane(p, k) ((p)[k])
      #define cy_zero(p) (0)
      #define cy_at(p, k) ((void *)((p) + (k)))
    #endif
    /* 32 vector registers rather than 16. */
    #if defined(__AVX512F__) || defined(__aarch64__)
      #define CY_WIDE 1
    #else
      #define CY_WIDE 0
    #endif
    """
    ctypedef float vecf "cy_vecf"
    ctypedef double vecd "cy_vecd"


ctypedef fused vec:
    vecf
    vecd


cdef extern from * nogil:
    """
    /* Vectors at addresses that need not be aligned: of a pointer to char no compiler thinks so. */
    #define cy_load(to, from) memcpy(&(to), (const char *)(from), sizeof(to))
    #define cy_store(to, from) memcpy((char *)(to), &(from), sizeof(from))
    #if defined(__GNUC__) || defined(__clang__)
      typedef float cy_half __attribute__((vector_size(CY_BYTES / 2), may_alias));
      #define cy_widen(to, from) do { \
        cy_half half_; memcpy(&half_, (const char *)(from), sizeof(half_)); \
        (to) = __builtin_convertvector(half_, cy_vecd); } while (0)
    #else
      #define cy_widen(to, from) ((to) = *(const float *)(from))
    #endif
    /* Only the first n values of a vector, fewer than it has. A mask costs nothing, unless what it
       leaves out lies in a cache line of its own: that is fetched all the same. */
    #if defined(__AVX512F__) && defined(__GNUC__) && !defined(__SANITIZE_ADDRESS__)
      #include <immintrin.h>
      #define cy_store_some(to, from, n) do { \
        if ((n) * sizeof((from)[0]) == 32) \
            _mm256_storeu_ps((float *)(to), _mm512_castps512_ps256((__m512)(from))); \
        else if ((n) * sizeof((from)[0]) == 16) \
            _mm_storeu_ps((float *)(to), _mm512_castps512_ps128((__m512)(from))); \
        else if (sizeof((from)[0]) == 4) \
            _mm512_mask_storeu_ps((to), (__mmask16)((1u << (n)) - 1), (__m512)(from)); \
        else \
            _mm512_mask_storeu_pd((to), (__mmask8)((1u << (n)) - 1), (__m512d)(from)); \
      } while (0)
    #elif defined(__GNUC__) || defined(__clang__)
      #define cy_store_some(to, from, n) memcpy((char *)(to), &(from), (n) * sizeof((from)[0]))
    #else
      #define cy_store_some(to, from, n) ((void)(to), (void)(n))   /* Of one value: never. */
    #endif
    """
    # Macros: their C types follow the argument, of which Cython need know no more than this.
    double lane "cy_lane"(const void* p, Py_ssize_t k)   # one value, spread by a product
    double zero "cy_zero"(const void* p)
    void* at "cy_at"(const void* p, Py_ssize_t k)        # the address k values further on
    void load "cy_load"(double to, const void* source)
    void store "cy_store"(void* to, double source)
    void store_some "cy_store_some"(void* to, double source, Py_ssize_t n)
    void widen "cy_widen"(double to, const void* source)   # a vector of doubles out of floats


cdef extern from * nogil:
    """
    /* Written before a return type: a function of its own, whatever the compiler thinks. */
    #if defined(__GNUC__) || defined(__clang__)
      #define CY_APART __attribute__((noinline)) int
      #define cy_prefetch(p) __builtin_prefetch((p), 0, 3)
      #define cy_prefetch_far(p) __builtin_prefetch((p), 0, 2)
      #define cy_prefetch_write(p) __builtin_prefetch((p), 1, 3)
    #else
      #define CY_APART int
      #define cy_prefetch(p) ((void)(p))
      #define cy_prefetch_far(p) ((void)(p))
      #define cy_prefetch_write(p) ((void)(p))
    #endif
    """
    ctypedef int apart "CY_APART"
    void prefetch "cy_prefetch"(const void* p)
    void prefetch_far "cy_prefetch_far"(const void* p)      # into the second cache
    void prefetch_write "cy_prefetch_write"(const void* p)
