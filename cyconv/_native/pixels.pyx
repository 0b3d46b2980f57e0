"""Means of clusters of windows of 8-bit pixels: whole rows of a window are added at once.

A window's row is one run of bytes where the channels of a pixel lie together. Sums are kept
in 16 bits, which hold 257 pixels, and then in 64: they are exact.
"""

from libc.stdint cimport int32_t, uint8_t, uint16_t, uint64_t

ctypedef fused real:
    float
    double

cdef extern from * nogil:
    """
    #include <string.h>
    #define CY_RUN 32
    /* So many bytes at a time: by vectors where the compiler knows them, as bytes might be
       anything's, sums as well, and a loop would not be turned into them. */
    #if defined(__GNUC__) || defined(__clang__)
      typedef uint8_t cy_bytes __attribute__((vector_size(CY_RUN)));
      typedef uint16_t cy_sums __attribute__((vector_size(2 * CY_RUN)));
      #define CY_ADD_RUN(sums, from) do { \
          cy_bytes bytes; cy_sums kept; \
          memcpy(&bytes, (from), sizeof(bytes)); \
          memcpy(&kept, (sums), sizeof(kept)); \
          kept += __builtin_convertvector(bytes, cy_sums); \
          memcpy((sums), &kept, sizeof(kept)); \
      } while (0)
    #else
      #define CY_ADD_RUN(sums, from) \
          for (int k = 0; k < CY_RUN; k++) (sums)[k] = (uint16_t)((sums)[k] + (from)[k])
    #endif
    static CYTHON_INLINE void cy_add_bytes(
        uint16_t *sums, const uint8_t *from, Py_ssize_t run) {
        for (Py_ssize_t start = 0; start < run; start += CY_RUN)
            CY_ADD_RUN(sums + start, from + start);
    }
    """
    enum:
        RUN "CY_RUN"
    void add_bytes "cy_add_bytes"(uint16_t* sums, const uint8_t* source, Py_ssize_t run)

cdef enum:
    MOST = 257     # 257 * 255 is the largest number of 16 bits.

LONGEST = RUN
"""Bytes that are read at once: so many must lie behind the last window's row."""


def means(
    const uint8_t[::1] pixels not None, const Py_ssize_t[::1] rows not None, Py_ssize_t run,
    const Py_ssize_t[::1] taps not None, Py_ssize_t row_step, Py_ssize_t column_step,
    Py_ssize_t width, const int32_t[::1] order not None, const int32_t[::1] starts not None,
    Py_ssize_t first, Py_ssize_t last, Py_ssize_t most, uint16_t[::1] few not None,
    uint64_t[::1] many not None, real[::1] values not None, real[:, :] out not None, const int[::1] stop not None,
):
    """Gives the mean of some or all members of clusters, as ``tables.means`` does.

    Parameters
    ----------
    pixels : 1-D
        Window n starts at ``n // width * row_step + n % width * column_step``.
    rows : R
        Place of each row of a window, counted from its start: ``run`` values side by side.
    taps : R * run
        The row of ``out`` that each value belongs to.
    few, many, values : at least R * (run rounded up to a multiple of LONGEST)
        Room.
    out : D x (last - first), D = R * run
        Written whole unless stopped.

    Returns
    -------
    (int, int)
        Divisions and additions made.
    """
    cdef Py_ssize_t count = rows.shape[0], padded = (run + RUN - 1) // RUN * RUN, each, row
    cdef Py_ssize_t cluster, member, size, taken, window, place, held, furthest = 0
    cdef Py_ssize_t added = 0, divided = 0, windows = order.shape[0]
    cdef double scale
    cdef real single
    for each in range(count):
        furthest = max(furthest, rows[each])
        if rows[each] < 0:
            raise IndexError("rows must lie behind a window's start")
    for each in range(taps.shape[0]):
        if not 0 <= taps[each] < out.shape[0]:
            raise IndexError("taps must be rows of out")
    if (run < 1 or count < 1 or width < 1 or most < 1 or first < 0 or last >= starts.shape[0]
            or row_step < 0 or column_step < 0 or taps.shape[0] != count * run
            or min(few.shape[0], many.shape[0], values.shape[0]) < count * padded
            or out.shape[0] != count * run or out.shape[1] != last - first):
        raise IndexError("clusters, rows, room or out do not fit")
    if windows and (windows - 1) // width * row_step + (
        min(windows, width) - 1
    ) * column_step + furthest + padded > pixels.shape[0]:
        raise IndexError("windows must lie inside the pixels")
    with nogil:
        for cluster in range(first, last):
            if stop[0]:
                break
            size = starts[cluster + 1] - starts[cluster]
            taken = min(size, most)
            for each in range(count * padded):
                few[each] = 0
            if taken >= MOST:
                for each in range(count * padded):
                    many[each] = 0
            held = 0
            for member in range(taken):
                place = member
                if taken < size and most > 1:
                    place = (2 * member + 1) * size // (2 * taken)
                window = order[starts[cluster] + place]
                place = window // width * row_step + window % width * column_step
                for row in range(count):
                    add_bytes(&few[row * padded], &pixels[place + rows[row]], run)
                held = held + 1
                if held == MOST:
                    for each in range(count * padded):
                        many[each] = many[each] + few[each]
                        few[each] = 0
                    held = 0
            if taken < MOST:
                # Of so short numbers the quotient is rounded alike in either precision.
                single = <real>taken
                for each in range(count * padded):
                    values[each] = <real>few[each] / single
            else:
                scale = taken
                for each in range(count * padded):
                    values[each] = <real>(<double>(many[each] + few[each]) / scale)
            for row in range(count):
                for each in range(run):
                    out[taps[row * run + each], cluster - first] = values[row * padded + each]
            if most > 1:
                divided = divided + count * run
                added = added + (taken - 1) * count * run
    return divided, added
