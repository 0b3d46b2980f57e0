"""Where windows lie in a band, checked once before a kernel reads them."""


cdef inline Py_ssize_t furthest_tap(
    const Py_ssize_t[::1] offsets, Py_ssize_t values, Py_ssize_t row_step, Py_ssize_t width,
    Py_ssize_t first, Py_ssize_t last,
) except -1:
    """Gives the largest offset; IndexError unless windows ``first`` to ``last`` are there.

    Window n starts at ``(n // width) * row_step + n % width`` of a band of so many values.
    """
    cdef Py_ssize_t each, furthest = 0, nearest = 0
    for each in range(offsets.shape[0]):
        furthest = max(furthest, offsets[each])
        nearest = min(nearest, offsets[each])
    if offsets.shape[0] < 1 or width < 1 or first < 0 or nearest < 0 or row_step < 0 or (
        last > first
        and ((last - 1) // width) * row_step + min(last - 1, width - 1) + furthest >= values
    ):
        raise IndexError("windows and taps must lie inside the band")
    return furthest
