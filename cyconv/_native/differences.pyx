"""Differences of windows from a reference, and the reference's share added back.

Differences are kept in double precision: those of float32 values are then as good as exact,
and the sums along a row do not drift.
"""

from cyconv._native.windows cimport furthest_tap

ctypedef fused real:
    float
    double


cdef int check(
    Py_ssize_t values, const Py_ssize_t[::1] offsets, Py_ssize_t row_step, Py_ssize_t width,
    Py_ssize_t first, Py_ssize_t last, const double[:, ::1] matrix,
) except -1:
    """Raises unless all windows lie inside the band and fit the matrix."""
    furthest_tap(offsets, values, row_step, width, first, last)
    if matrix.shape[0] < offsets.shape[0] or matrix.shape[1] < last - first:
        raise IndexError("the matrix must have a row a tap and a column a window")
    return 0


def subtract_reference(
    const real[::1] band not None, const Py_ssize_t[::1] offsets not None, Py_ssize_t row_step,
    Py_ssize_t width, Py_ssize_t first, Py_ssize_t last, const double[::1] reference not None,
    bint reverse, double[:, ::1] matrix not None,
):
    """Writes window - reference (or reference - window), a row a tap, a column a window.

    Returns
    -------
    int
        Subtractions made.
    """
    cdef Py_ssize_t tap, window, count, each
    cdef const real* source
    cdef double* target
    cdef double value
    check(band.shape[0], offsets, row_step, width, first, last, matrix)
    if reference.shape[0] != offsets.shape[0]:
        raise IndexError("the reference must have a value a tap")
    if last <= first:
        return 0
    with nogil:
        for tap in range(offsets.shape[0]):
            value = reference[tap]
            window = first
            while window < last:
                count = min(width - window % width, last - window)
                source = &band[(window // width) * row_step + window % width + offsets[tap]]
                target = &matrix[tap, window - first]
                if reverse:
                    for each in range(count):
                        target[each] = value - source[each]
                else:
                    for each in range(count):
                        target[each] = source[each] - value
                window = window + count
    return (last - first) * offsets.shape[0]


def add_reference(
    const double[:, ::1] products not None, Py_ssize_t count, const double[::1] base,
    const double[::1] bias, real[:, :] out not None,
):
    """Adds the reference's products (unless None) and the bias to those of the differences.

    Returns
    -------
    int
        Additions made to give the reference back, the bias's not included.
    """
    cdef Py_ssize_t filter, each
    cdef double base_here, bias_here
    if products.shape[0] < out.shape[0] or products.shape[1] < count or out.shape[1] != count:
        raise IndexError("products and out must have the same filters and windows")
    if (base is not None and base.shape[0] != out.shape[0]) or (
        bias is not None and bias.shape[0] != out.shape[0]
    ):
        raise IndexError("base and bias must have a value a filter")
    with nogil:
        for filter in range(out.shape[0]):
            base_here = base[filter] if base is not None else 0
            bias_here = bias[filter] if bias is not None else 0
            for each in range(count):
                out[filter, each] = <real>(products[filter, each] + base_here + bias_here)
    return count * out.shape[0] if base is not None else 0
