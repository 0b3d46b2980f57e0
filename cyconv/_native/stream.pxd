"""Values that are written and not read again soon go past the caches, a line at a time.

A store into a cache first reads the line it changes; a line that is written whole need not be
read. Stores of this kind must be aligned, so what is written waits until a line is full.
"""

from libc.stdint cimport uintptr_t
from libc.string cimport memcpy

cdef extern from * nogil:
    """
    #define CY_LINE 64
    #if (defined(__GNUC__) || defined(__clang__)) && defined(__SSE2__)
      #include <immintrin.h>
      static CYTHON_INLINE void cy_stream(void *to, const void *from) {
        #if defined(__AVX512F__)
          _mm512_stream_ps((float *)to, _mm512_loadu_ps((const float *)from));
        #elif defined(__AVX__)
          for (int k = 0; k < 2; k++)
              _mm256_stream_ps((float *)to + 8 * k, _mm256_loadu_ps((const float *)from + 8 * k));
        #else
          for (int k = 0; k < 4; k++)
              _mm_stream_ps((float *)to + 4 * k, _mm_loadu_ps((const float *)from + 4 * k));
        #endif
      }
      #define cy_fence() _mm_sfence()
    #else
      #define cy_stream(to, from) memcpy((to), (from), CY_LINE)
      #define cy_fence() ((void)0)
    #endif
    """
    enum:
        LINE "CY_LINE"
    void stream "cy_stream"(void* to, const void* source)
    void fence "cy_fence"()


cdef inline Py_ssize_t phase(const void* target) noexcept nogil:
    """Gives how many bytes into its line an address lies."""
    return <Py_ssize_t>(<uintptr_t>target % LINE)


cdef inline void drain(
    const char* waiting, Py_ssize_t count, char* target, bint begins, bint ends, char* keep
) noexcept nogil:
    """Writes ``count`` bytes more of a row, which lie a line into ``waiting``.

    Before them lies what was kept of the line that the row goes on in, nothing where the row
    ``begins``. Where it does not end, ``count`` is a whole number of lines, at least one, and
    what does not fill a line goes into ``keep``, a line, to lie before the next bytes.
    """
    cdef Py_ssize_t offset = phase(target), place = 0, total = offset + count
    cdef const char* lines = waiting + LINE - offset
    target = target - offset
    if begins and offset:
        place = min(total, <Py_ssize_t>LINE)
        memcpy(target + offset, lines + offset, place - offset)
        place = LINE
    while place + LINE <= total:
        stream(target + place, lines + place)
        place = place + LINE
    if not ends:
        memcpy(keep, waiting + count, LINE)
    elif place < total:
        memcpy(target + place, lines + place, total - place)
