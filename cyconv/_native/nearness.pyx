"""How near two planes are: sums over their differences, and the similarity of their windows.

All sums are in double precision, in an order that depends on the sizes alone.
"""

cdef enum:
    LANES = 8

ctypedef fused real:
    float
    double


def sums(const real[:, ::1] plane not None, const real[:, ::1] target not None,
         double[::1] totals not None):
    """Writes the sum of squared differences, that of squared targets, and the largest difference.

    Where any of them is not finite, the largest difference may be wrong.
    """
    cdef Py_ssize_t row, column, each, width = plane.shape[1]
    cdef double squares[LANES]
    cdef double energies[LANES]
    cdef double most[LANES]
    cdef double off, aim
    cdef const real* one
    cdef const real* other
    if target.shape[0] != plane.shape[0] or target.shape[1] != width or totals.shape[0] < 3:
        raise IndexError("both planes must have one shape, and totals room for 3")
    if plane.shape[0] == 0 or width == 0:
        raise IndexError("planes must hold values")
    with nogil:
        for each in range(LANES):
            squares[each] = energies[each] = most[each] = 0
        for row in range(plane.shape[0]):
            one, other = &plane[row, 0], &target[row, 0]
            column = 0
            while column + LANES <= width:
                for each in range(LANES):
                    aim = other[column + each]
                    off = one[column + each] - aim
                    squares[each] += off * off
                    energies[each] += aim * aim
                    off = off if off >= 0 else -off
                    most[each] = off if off > most[each] else most[each]
                column = column + LANES
            for each in range(width - column):
                aim = other[column + each]
                off = one[column + each] - aim
                squares[each] += off * off
                energies[each] += aim * aim
                off = off if off >= 0 else -off
                most[each] = off if off > most[each] else most[each]
        totals[0] = totals[1] = totals[2] = 0
        for each in range(LANES):
            totals[0] += squares[each]
            totals[1] += energies[each]
            totals[2] = most[each] if most[each] > totals[2] else totals[2]


def similarity(
    const real[:, ::1] plane not None, const real[:, ::1] target not None,
    const double[::1] bell not None, double luminance, double contrast,
    double[:, ::1] room not None,
):
    """Gives the sum of the structural similarities of all windows that lie inside the planes.

    Parameters
    ----------
    plane, target : H x W
    bell : side
        Weights along one axis, which add up to 1.
    luminance, contrast : float
        The constants C1 and C2 of Wang et al. 2004.
    room : 5 x W
        Scratch.

    Notes
    -----
    Variances are those of the distances from one of the target's values: where a plane is nearly
    even, squares of the values themselves would be too much alike to tell them from each other.
    """
    cdef Py_ssize_t side = bell.shape[0], width = plane.shape[1], height = plane.shape[0]
    cdef Py_ssize_t columns = width - side + 1, row, tap, column
    cdef double weight, x, y, total = 0, mean_x, mean_y, square, mixed, product, apart
    cdef double origin, whole_x, whole_y
    cdef double* xs
    cdef double* ys
    cdef double* squares
    cdef double* products
    cdef double* found
    cdef const real* one
    cdef const real* other
    if target.shape[0] != height or target.shape[1] != width:
        raise IndexError("both planes must have one shape")
    if side < 1 or height < side or width < side:
        raise IndexError("planes must be as large as a window")
    if room.shape[0] < 5 or room.shape[1] < width:
        raise IndexError("room must have 5 rows as long as the planes'")
    xs, ys, squares, products = &room[0, 0], &room[1, 0], &room[2, 0], &room[3, 0]
    found = &room[4, 0]
    origin = target[0, 0]
    with nogil:
        for row in range(height - side + 1):
            for tap in range(side):
                weight = bell[tap]
                one, other = &plane[row + tap, 0], &target[row + tap, 0]
                if tap == 0:
                    for column in range(width):
                        xs[column] = ys[column] = squares[column] = products[column] = 0
                for column in range(width):
                    x, y = one[column] - origin, other[column] - origin
                    xs[column] += weight * x
                    ys[column] += weight * y
                    squares[column] += weight * (x * x + y * y)
                    products[column] += weight * (x * y)
            for column in range(columns):
                mean_x = mean_y = square = mixed = 0
                for tap in range(side):
                    weight = bell[tap]
                    mean_x = mean_x + weight * xs[column + tap]
                    mean_y = mean_y + weight * ys[column + tap]
                    square = square + weight * squares[column + tap]
                    mixed = mixed + weight * products[column + tap]
                product = mean_x * mean_y
                apart = mean_x * mean_x + mean_y * mean_y
                whole_x, whole_y = mean_x + origin, mean_y + origin
                found[column] = (
                    (2 * whole_x * whole_y + luminance) * (2 * (mixed - product) + contrast)
                    / ((whole_x * whole_x + whole_y * whole_y + luminance)
                       * (square - apart + contrast))
                )
            for column in range(columns):
                total = total + found[column]
    return total
