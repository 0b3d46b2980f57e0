"""Codes of projections, put together to keys while the projections are at hand."""

from libc.stdint cimport int32_t, uint32_t, uint64_t

ctypedef fused real:
    float
    double


cdef struct Grid:
    # How projections are cut: a code is floor((p - origin) * inverse) in so many bits, or where
    # inverse is 0 a bit, whether p is above origin.
    const double* origins
    const double* inverses
    const int32_t* bits
    Py_ssize_t hashes


cdef inline int grid_of(
    Grid* grid, const double[::1] origins, const double[::1] inverses, const int32_t[::1] bits,
    Py_ssize_t hashes,
) except -1:
    """Checks a grid for so many directions, at least one, and points to it."""
    cdef Py_ssize_t each
    if min(origins.shape[0], inverses.shape[0], bits.shape[0]) != hashes or (
        max(origins.shape[0], inverses.shape[0], bits.shape[0]) != hashes
    ):
        raise IndexError("origins, inverses and bits must fit the planes")
    for each in range(hashes):
        if not 1 <= bits[each] <= 31:
            raise ValueError("a code has 1 to 31 bits")
    grid.origins, grid.inverses, grid.bits = &origins[0], &inverses[0], &bits[0]
    grid.hashes = hashes
    return 0


cdef inline uint32_t code(real value, real origin, real inverse, real most) noexcept nogil:
    """Gives the step of a grid on which a value lies, 0 below it and for what is no number.

    One difference, one product, each rounded once: the same code on every machine.
    """
    value = (value - origin) * inverse
    value = value if value > 0 else 0
    value = value if value < most else most
    return <uint32_t><int32_t>value


cdef inline void append(
    const Grid* grid, const real* planes, Py_ssize_t step, Py_ssize_t count, uint64_t* keys
) noexcept nogil:
    """Appends a code for each plane, ``step`` values apart, to the keys of ``count`` windows."""
    cdef Py_ssize_t each, window
    cdef const real* values
    cdef real origin, inverse, most
    cdef int32_t shift
    for each in range(grid.hashes):
        values = planes + each * step
        origin, inverse = <real>grid.origins[each], <real>grid.inverses[each]
        shift = grid.bits[each]
        if inverse == 0:
            for window in range(count):
                keys[window] = (keys[window] << 1) | (values[window] > origin)
        else:
            most = <real>((1 << (shift - 1)) - 1) + <real>(1 << (shift - 1))
            # The largest code that the type holds and that is no more than 31 bits.
            most = most if sizeof(real) == 8 or shift <= 24 else <real>(
                (1 << (shift - 1)) - 128 + (1 << (shift - 1)))
            for window in range(count):
                keys[window] = (keys[window] << shift) | code(
                    values[window], origin, inverse, most)
