"""How many pixels that are not 0 windows see: a column's first, then those of a row."""

from libc.limits cimport INT_MAX

from cyconv._native.vector cimport vecd


cdef inline void count(
    const double* values, Py_ssize_t pitch, Py_ssize_t groups, double step, double* counts,
) noexcept nogil:
    """Adds ``step`` for every value of a row but 0 to the count of its column."""
    cdef Py_ssize_t lanes = sizeof(vecd) // sizeof(double), group, each
    for group in range(groups):
        for each in range(lanes):
            counts[group * lanes + each] = counts[group * lanes + each] + (
                step if values[group * pitch + each] != 0 else 0.0)


cdef inline int least_sum(
    const double* counts, Py_ssize_t width, Py_ssize_t columns, int* runs, int* sums,
) noexcept nogil:
    """Gives the least sum but 0 of ``width`` neighbours; 0 where there is none.

    Runs of two, four, eight and so on are put together as the bits of the width say.
    """
    cdef Py_ssize_t place, length = 1, done = 0, count = columns + width - 1
    cdef int before, least = INT_MAX
    for place in range(count):
        runs[place] = <int>counts[place]
    for place in range(columns):
        sums[place] = 0
    while length <= width:
        if width & length:
            for place in range(columns):
                sums[place] = sums[place] + runs[place + done]
            done = done + length
        for place in range(count - 2 * length + 1):
            runs[place] = runs[place] + runs[place + length]
        length = 2 * length
    for place in range(columns):
        # 0 less 1 becomes the largest.
        before = (sums[place] - 1) & INT_MAX
        least = before if before < least else least
    return 0 if least == INT_MAX else least + 1
