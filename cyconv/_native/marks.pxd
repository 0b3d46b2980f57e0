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
            memset(&sum, 0, sizeof(sum));
            for (Py_ssize_t k = 0; k < number; k++) {
                memcpy(&each, marks + offsets[k] + x, sizeof(each));
                sum |= each;
            }
            memcpy(to + x, &sum, sizeof(sum));
        }
    }
    /* Bytes are summed side by side, as long as none can overflow. */
    static CYTHON_INLINE Py_ssize_t cy_count(const unsigned char *marks, Py_ssize_t count) {
        Py_ssize_t total = 0, x = 0;
        while (x + (Py_ssize_t)sizeof(cy_marks) <= count) {
            cy_marks sum, each;
            unsigned char bytes[sizeof(cy_marks)];
            memset(&sum, 0, sizeof(sum));
            for (int k = 0; k < 255 && x + (Py_ssize_t)sizeof(cy_marks) <= count; k++) {
                memcpy(&each, marks + x, sizeof(each));
                sum += each;
                x += sizeof(cy_marks);
            }
            memcpy(bytes, &sum, sizeof(sum));
            for (size_t k = 0; k < sizeof(cy_marks); k++)
                total += bytes[k];
        }
        for (; x < count; x++)
            total += marks[x];
        return total;
    }
    """
    enum:
        WIDE "64"
    # Sets each byte where one at any of the offsets is set.
    void gather "cy_gather"(
        const unsigned char* marks, const Py_ssize_t* offsets, Py_ssize_t number,
        unsigned char* to, Py_ssize_t count)
    Py_ssize_t count_marks "cy_count"(const unsigned char* marks, Py_ssize_t count)
