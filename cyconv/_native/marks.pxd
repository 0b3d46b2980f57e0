"""Rows of marks: bytes that are 0 or 1, worked on a vector at a time.

Whoever calls these has room for WIDE - 1 bytes more than are asked for.
"""

cdef extern from * nogil:
    """
    #include <string.h>
    #if defined(__GNUC__) || defined(__clang__)
      typedef unsigned char cy_marks __attribute__((vector_size(64), may_alias));
    #else
      typedef unsigned char cy_marks;
    #endif
    static CYTHON_INLINE void cy_gather(
        const unsigned char *marks, const Py_ssize_t *offsets, Py_ssize_t number,
        unsigned char *to, Py_ssize_t count) {
        for (Py_ssize_t x = 0; x < count; x += sizeof(cy_marks)) {
            cy_marks sum, each;
            memcpy(&sum, marks + offsets[0] + x, sizeof(sum));
            for (Py_ssize_t k = 1; k < number; k++) {
                memcpy(&each, marks + offsets[k] + x, sizeof(each));
                sum |= each;
            }
            memcpy(to + x, &sum, sizeof(sum));
        }
    }
    /* Bytes are summed side by side, as long as none can overflow. */
    static CYTHON_INLINE Py_ssize_t cy_count(const unsigned char *marks, Py_ssize_t count) {
        Py_ssize_t total = 0, x = 0, end;
        while (x < count) {
            cy_marks sum, each;
            unsigned char bytes[sizeof(cy_marks)];
            memcpy(&sum, marks + x, sizeof(sum));
            end = count < x + 255 * (Py_ssize_t)sizeof(sum) ? count
                : x + 255 * (Py_ssize_t)sizeof(sum);
            for (x += sizeof(sum); x < end; x += sizeof(sum)) {
                memcpy(&each, marks + x, sizeof(each));
                sum += each;
            }
            memcpy(bytes, &sum, sizeof(sum));
            for (size_t k = 0; k < sizeof(cy_marks); k++)
                total += bytes[k];
        }
        return total;
    }
    /* 64 marks as bits, the first the lowest. */
    static CYTHON_INLINE unsigned long long cy_bits(const unsigned char *marks) {
        unsigned long long bits = 0;
    #if defined(__GNUC__) && defined(__AVX512BW__)
        typedef char vector __attribute__((vector_size(64), may_alias));
        vector value;
        memcpy(&value, marks, sizeof(value));
        return __builtin_ia32_cvtb2mask512(-value);
    #elif defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
        unsigned long long eight;
        for (int k = 0; k < 8; k++) {
            memcpy(&eight, marks + 8 * k, 8);
            bits |= (eight * 0x0102040810204080ULL >> 56) << 8 * k;
        }
    #else
        for (int k = 0; k < 64; k++)
            bits |= (unsigned long long)marks[k] << k;
    #endif
        return bits;
    }
    #if defined(__GNUC__) || defined(__clang__)
      #define cy_lowest(bits) __builtin_ctzll(bits)
    #else
      static CYTHON_INLINE int cy_lowest(unsigned long long bits) {
          int place = 0;
          for (; !(bits & 1); bits >>= 1)
              place++;
          return place;
      }
    #endif
    """
    enum:
        WIDE "64"
    # Sets each byte where one at any of the offsets is set.
    void gather "cy_gather"(
        const unsigned char* marks, const Py_ssize_t* offsets, Py_ssize_t number,
        unsigned char* to, Py_ssize_t count)
    # The count is a multiple of WIDE.
    Py_ssize_t count_marks "cy_count"(const unsigned char* marks, Py_ssize_t count)
    unsigned long long bits_of "cy_bits"(const unsigned char* marks)
    int lowest "cy_lowest"(unsigned long long bits)
