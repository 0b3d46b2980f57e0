"""How near two planes are: sums over their differences, and the similarity of their windows.

All sums are in double precision, in an order that depends on the sizes alone.
"""

cdef extern from *:
    """
    #include <string.h>
    /* Eight columns at once: sums of a fixed size stay in registers, where a loop over a row
       would write and read every one of them at each of its weights. */
    #define CY_LANES 8
    #if defined(__GNUC__) || defined(__clang__)
      #define CY_VECTORS 1
      typedef double cy_eight __attribute__((vector_size(8 * CY_LANES)));
      typedef float cy_eight_single __attribute__((vector_size(4 * CY_LANES)));
      #define CY_DOWN(NAME, REAL, PART) \
        static CYTHON_INLINE void NAME( \
            const REAL* one, const REAL* other, Py_ssize_t width, const double* bell, \
            Py_ssize_t side, double origin, double** maps, Py_ssize_t column) { \
          cy_eight sums[4] = {{0}, {0}, {0}, {0}}; \
          for (Py_ssize_t tap = 0; tap < side; tap++) { \
            PART a, b; \
            memcpy(&a, one + tap * width + column, sizeof(a)); \
            memcpy(&b, other + tap * width + column, sizeof(b)); \
            cy_eight x = __builtin_convertvector(a, cy_eight) - origin; \
            cy_eight y = __builtin_convertvector(b, cy_eight) - origin; \
            sums[0] += bell[tap] * x; \
            sums[1] += bell[tap] * y; \
            sums[2] += bell[tap] * (x * x + y * y); \
            sums[3] += bell[tap] * (x * y); \
          } \
          for (int map = 0; map < 4; map++) \
            memcpy(maps[map] + column, &sums[map], sizeof(cy_eight)); \
        }
      CY_DOWN(cy_down_float, float, cy_eight_single)
      CY_DOWN(cy_down_double, double, cy_eight)
      typedef long long cy_eight_bits __attribute__((vector_size(8 * CY_LANES)));
      #define CY_SUMS(NAME, REAL, PART) \
        static CYTHON_INLINE Py_ssize_t NAME( \
            const REAL* one, const REAL* other, Py_ssize_t width, double* squares, \
            double* energies, double* most) { \
          cy_eight square, energy, far; \
          Py_ssize_t column = 0; \
          memcpy(&square, squares, sizeof(square)); \
          memcpy(&energy, energies, sizeof(energy)); \
          memcpy(&far, most, sizeof(far)); \
          for (; column + CY_LANES <= width; column += CY_LANES) { \
            PART a, b; \
            memcpy(&a, one + column, sizeof(a)); \
            memcpy(&b, other + column, sizeof(b)); \
            cy_eight aim = __builtin_convertvector(b, cy_eight); \
            cy_eight off = __builtin_convertvector(a, cy_eight) - aim; \
            square += off * off; \
            energy += aim * aim; \
            off = (cy_eight)((cy_eight_bits)off & 0x7fffffffffffffffLL); \
            cy_eight_bits farther = off > far; \
            far = (cy_eight)(((cy_eight_bits)off & farther) | ((cy_eight_bits)far & ~farther)); \
          } \
          memcpy(squares, &square, sizeof(square)); \
          memcpy(energies, &energy, sizeof(energy)); \
          memcpy(most, &far, sizeof(far)); \
          return column; \
        }
      CY_SUMS(cy_sums_float, float, cy_eight_single)
      CY_SUMS(cy_sums_double, double, cy_eight)
      static CYTHON_INLINE void cy_along(
          double** maps, const double* bell, Py_ssize_t side, double origin, double luminance,
          double contrast, Py_ssize_t column, double* totals) {
        cy_eight means[4] = {{0}, {0}, {0}, {0}}, sum;
        for (Py_ssize_t tap = 0; tap < side; tap++)
          for (int map = 0; map < 4; map++) {
            cy_eight here;
            memcpy(&here, maps[map] + column + tap, sizeof(here));
            means[map] += bell[tap] * here;
          }
        cy_eight product = means[0] * means[1];
        cy_eight apart = means[0] * means[0] + means[1] * means[1];
        cy_eight x = means[0] + origin, y = means[1] + origin;
        memcpy(&sum, totals, sizeof(sum));
        sum += (2 * x * y + luminance) * (2 * (means[3] - product) + contrast)
            / ((x * x + y * y + luminance) * (means[2] - apart + contrast));
        memcpy(totals, &sum, sizeof(sum));
      }
    #else
      #define CY_VECTORS 0
      #define cy_down_float(one, other, width, bell, side, origin, maps, column)
      #define cy_down_double(one, other, width, bell, side, origin, maps, column)
      #define cy_along(maps, bell, side, origin, luminance, contrast, column, totals)
      #define cy_sums_float(one, other, width, squares, energies, most) 0
      #define cy_sums_double(one, other, width, squares, energies, most) 0
    #endif
    """
    enum:
        LANES "CY_LANES"
        VECTORS "CY_VECTORS"
    void cy_down_float(
        const float* one, const float* other, Py_ssize_t width, const double* bell,
        Py_ssize_t side, double origin, double** maps, Py_ssize_t column,
    ) noexcept nogil
    void cy_down_double(
        const double* one, const double* other, Py_ssize_t width, const double* bell,
        Py_ssize_t side, double origin, double** maps, Py_ssize_t column,
    ) noexcept nogil
    Py_ssize_t cy_sums_float(
        const float* one, const float* other, Py_ssize_t width, double* squares, double* energies,
        double* most,
    ) noexcept nogil
    Py_ssize_t cy_sums_double(
        const double* one, const double* other, Py_ssize_t width, double* squares,
        double* energies, double* most,
    ) noexcept nogil
    void cy_along(
        double** maps, const double* bell, Py_ssize_t side, double origin, double luminance,
        double contrast, Py_ssize_t column, double* totals,
    ) noexcept nogil

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
            if real is float:
                column = cy_sums_float(one, other, width, squares, energies, most)
            else:
                column = cy_sums_double(one, other, width, squares, energies, most)
            while column < width:
                each = column % LANES
                aim = other[column]
                off = one[column] - aim
                squares[each] += off * off
                energies[each] += aim * aim
                off = off if off >= 0 else -off
                most[each] = off if off > most[each] else most[each]
                column = column + 1
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
    room : 4 x W
        Scratch.

    Notes
    -----
    Variances are those of the distances from one of the target's values: where a plane is nearly
    even, squares of the values themselves would be too much alike to tell them from each other.
    """
    cdef Py_ssize_t side = bell.shape[0], width = plane.shape[1], height = plane.shape[0]
    cdef Py_ssize_t columns = width - side + 1, row, column, each
    cdef double totals[LANES]
    cdef double total = 0, origin
    cdef double* maps[4]
    cdef const double* weights = &bell[0]
    if target.shape[0] != height or target.shape[1] != width:
        raise IndexError("both planes must have one shape")
    if side < 1 or height < side or width < side:
        raise IndexError("planes must be as large as a window")
    if room.shape[0] < 4 or room.shape[1] < width:
        raise IndexError("room must have 4 rows as long as the planes'")
    for each in range(4):
        maps[each] = &room[each, 0]
    origin = target[0, 0]
    with nogil:
        for each in range(LANES):
            totals[each] = 0
        for row in range(height - side + 1):
            column = 0
            while VECTORS and column + LANES <= width:
                if real is float:
                    cy_down_float(
                        &plane[row, 0], &target[row, 0], width, weights, side, origin, maps,
                        column)
                else:
                    cy_down_double(
                        &plane[row, 0], &target[row, 0], width, weights, side, origin, maps,
                        column)
                column = column + LANES
            while column < width:
                down(
                    &plane[row, column], &target[row, column], width, weights, side, origin, maps,
                    column)
                column = column + 1
            column = 0
            while VECTORS and column + LANES <= columns:
                cy_along(
                    maps, weights, side, origin, luminance, contrast, column, totals)
                column = column + LANES
            while column < columns:
                total += along(maps, weights, side, origin, luminance, contrast, column)
                column = column + 1
        for each in range(LANES):
            total = total + totals[each]
    return total


cdef inline void down(
    const real* one, const real* other, Py_ssize_t width, const double* bell, Py_ssize_t side,
    double origin, double** maps, Py_ssize_t column,
) noexcept nogil:
    """Writes weighted sums down a window's rows, of x, y, x x + y y, and x y, of one column."""
    cdef double x, y, sum_x = 0, sum_y = 0, squares = 0, products = 0
    cdef Py_ssize_t tap
    for tap in range(side):
        x, y = one[tap * width] - origin, other[tap * width] - origin
        sum_x = sum_x + bell[tap] * x
        sum_y = sum_y + bell[tap] * y
        squares = squares + bell[tap] * (x * x + y * y)
        products = products + bell[tap] * (x * y)
    maps[0][column], maps[1][column] = sum_x, sum_y
    maps[2][column], maps[3][column] = squares, products


cdef inline double along(
    double** maps, const double* bell, Py_ssize_t side, double origin, double luminance,
    double contrast, Py_ssize_t column,
) noexcept nogil:
    """Gives the similarity of one window from the sums down its columns."""
    cdef double mean_x = 0, mean_y = 0, square = 0, mixed = 0, product, apart
    cdef Py_ssize_t tap
    for tap in range(side):
        mean_x = mean_x + bell[tap] * maps[0][column + tap]
        mean_y = mean_y + bell[tap] * maps[1][column + tap]
        square = square + bell[tap] * maps[2][column + tap]
        mixed = mixed + bell[tap] * maps[3][column + tap]
    product = mean_x * mean_y
    apart = mean_x * mean_x + mean_y * mean_y
    mean_x, mean_y = mean_x + origin, mean_y + origin
    return (
        (2 * mean_x * mean_y + luminance) * (2 * (mixed - product) + contrast)
        / ((mean_x * mean_x + mean_y * mean_y + luminance) * (square - apart + contrast))
    )
