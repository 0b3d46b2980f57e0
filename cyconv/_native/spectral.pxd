"""A plane of complex numbers and its frequencies: columns in place, rows a vector at a time.

A plane is kept as a group of columns after another, a vector wide; in each, rows of the real
and of the imaginary parts by turns. Columns and rows are then read where they lie together.
"""

from libc.math cimport fabs

from cyconv._native.squares cimport turn
from cyconv._native.turns cimport Line, transform, transform_back
from cyconv._native.vector cimport load, store, vecd

cdef enum:
    SHORTEST = 16
    LONGEST = 256   # numbers of a line
    TOGETHER = 8    # columns that are transformed back, or a multiple


cdef inline Line line_of(double* values) noexcept nogil:
    """Gives the complex numbers that lie one after another, a vector of each part."""
    cdef Py_ssize_t lanes = sizeof(vecd) // sizeof(double)
    cdef Line line
    line.real, line.imaginary, line.step = values, values + lanes, 2 * lanes
    return line


cdef inline void columns_in(
    double* plane, Py_ssize_t groups, Py_ssize_t pitch, Py_ssize_t down, const double* roots,
) noexcept nogil:
    """Transforms a plane's columns in place."""
    cdef Py_ssize_t lanes = sizeof(vecd) // sizeof(double), group
    cdef Line line
    for group in range(groups):
        line = line_of(plane + group * pitch)
        transform(&line, &line, &line, down, roots)


cdef inline void swap(const double* given, double* made) noexcept nogil:
    """Transposes a square of complex numbers."""
    cdef Py_ssize_t lanes = sizeof(vecd) // sizeof(double), each, part
    cdef vecd square[8]
    for part in range(2):
        for each in range(lanes):
            load(square[each], given + (2 * each + part) * lanes)
        turn(square)
        for each in range(lanes):
            store(made + (2 * each + part) * lanes, square[each])


cdef inline void rows_in(
    const double* rows, Py_ssize_t groups, Py_ssize_t pitch, const double* roots, double* room,
) noexcept nogil:
    """Transforms a vector of rows, side by side in ``room`` then."""
    cdef Py_ssize_t lanes = sizeof(vecd) // sizeof(double), group
    cdef Line line = line_of(room)
    for group in range(groups):
        swap(rows + group * pitch, room + 2 * group * lanes * lanes)
    transform(&line, &line, &line, groups * lanes, roots)


cdef inline void meet(
    const double* rows, const double* spectrum, Py_ssize_t across, double* sums, bint first
) noexcept nogil:
    """Multiplies a group of rows by a filter's frequencies, and adds that up over channels."""
    cdef Py_ssize_t lanes = sizeof(vecd) // sizeof(double), place, each
    cdef vecd x[2]
    cdef vecd w[2]
    cdef vecd sum[2]
    cdef vecd before[2]
    for each in range(across):
        place = 2 * each * lanes
        load(x[0], rows + place)
        load(x[1], rows + place + lanes)
        load(w[0], spectrum + place)
        load(w[1], spectrum + place + lanes)
        sum[0] = x[0] * w[0] - x[1] * w[1]
        sum[1] = x[0] * w[1] + x[1] * w[0]
        if not first:
            load(before[0], sums + place)
            load(before[1], sums + place + lanes)
            sum[0] = sum[0] + before[0]
            sum[1] = sum[1] + before[1]
        store(sums + place, sum[0])
        store(sums + place + lanes, sum[1])


cdef inline void rows_back(
    double* rows, Py_ssize_t groups, Py_ssize_t pitch, const double* ends, double* room,
) noexcept nogil:
    """Transforms a vector of rows back to where they came from."""
    cdef Py_ssize_t lanes = sizeof(vecd) // sizeof(double), group
    cdef Line line = line_of(room)
    transform_back(&line, &line, &line, groups * lanes, ends)
    for group in range(groups):
        swap(room + 2 * group * lanes * lanes, rows + group * pitch)


cdef inline void deliver(
    const double* values, Py_ssize_t pitch, Py_ssize_t rows, Py_ssize_t columns, double tiny,
    double bias, float* out, Py_ssize_t out_step,
) noexcept nogil:
    """Writes a tile's outputs, row by row; what can't be told from 0 is 0."""
    cdef Py_ssize_t lanes = sizeof(vecd) // sizeof(double), row, place, group
    cdef const double* here
    cdef float* there
    for row in range(rows):
        there = out + row * out_step
        for group in range(columns // lanes):
            here = values + group * pitch + 2 * row * lanes
            for place in range(lanes):
                there[group * lanes + place] = <float>(
                    (here[place] if fabs(here[place]) > tiny else 0.0) + bias)
        here = values + columns // lanes * pitch + 2 * row * lanes
        for place in range(columns % lanes):
            there[columns - columns % lanes + place] = <float>(
                (here[place] if fabs(here[place]) > tiny else 0.0) + bias)


cdef inline int check_planes(const double[:, :, ::1] planes, Py_ssize_t down) except -1:
    """Raises where planes are not those of a tile."""
    cdef Py_ssize_t lanes = sizeof(vecd) // sizeof(double), side
    for side in (down, planes.shape[1] * lanes):
        if not SHORTEST <= side <= LONGEST or side & (side - 1):
            raise IndexError("a tile's sides must be powers of two within the limits")
    if planes.shape[2] < 2 * down * lanes:
        raise IndexError("planes must have room for groups of columns")
    return 0


cdef inline int check_places(
    const Py_ssize_t[:, ::1] places, Py_ssize_t down, Py_ssize_t across, Py_ssize_t width,
    Py_ssize_t values,
) except -1:
    """Raises where a tile's outputs lie outside of the tile or of the output."""
    cdef Py_ssize_t tile
    if places.shape[0] != 2 or places.shape[1] != 4 or width < 1:
        raise IndexError("places must be two tiles'")
    for tile in range(2):
        if places[tile, 2] and (
            min(places[tile, 0], places[tile, 1]) < 0 or min(places[tile, 2], places[tile, 3]) < 1
            or places[tile, 2] > down or places[tile, 3] > across
            or places[tile, 1] + places[tile, 3] > width
            or (places[tile, 0] + places[tile, 2]) * width > values
        ):
            raise IndexError("a tile's outputs must lie within the tile and the output")
    return 0
