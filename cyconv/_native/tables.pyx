"""Clusters' means, and the table of their products with the filters."""

from libc.stdint cimport int32_t, uintptr_t

from cyconv._native.blocks cimport Taps, dots
from cyconv._native.vector cimport at, store, vec, vecd, vecf
from cyconv._native.windows cimport furthest_tap

ctypedef fused real:
    float
    double

cdef extern from * nogil:
    """
    #define CY_PIXELS (CY_WIDE ? 14 : 6)
    /* Sums of a run of values, eight at a time, as the compiler turns best into vectors. */
    #define CY_ADD(name, value) \
        static CYTHON_INLINE void name(double *sums, const value *from, Py_ssize_t run) { \
            for (Py_ssize_t start = 0; start < run; start += 8) \
                for (int k = 0; k < 8; k++) sums[start + k] += (double)from[start + k]; \
        }
    CY_ADD(cy_addf, float)
    CY_ADD(cy_addd, double)
    """
    enum:
        PIXELS "CY_PIXELS"
    void addf "cy_addf"(double* sums, const float* source, Py_ssize_t run)
    void addd "cy_addd"(double* sums, const double* source, Py_ssize_t run)


def means(
    const real[::1] band not None, const Py_ssize_t[::1] offsets not None, Py_ssize_t run,
    Py_ssize_t row_step, Py_ssize_t width, const int32_t[::1] order not None,
    const int32_t[::1] starts not None, Py_ssize_t first, Py_ssize_t last, Py_ssize_t most,
    double[::1] sums not None, real[:, :] out not None, const int[::1] stop not None,
):
    """Gives the mean of some or all members of the clusters ``first`` to ``last``.

    Parameters
    ----------
    offsets : D
        Place of each tap; those of one ``run`` lie side by side.
    order, starts
        As :func:`clusters.sort` writes them.
    most : int
        Members that are taken, at the most: evenly spaced, or the first where it is 1.
    sums : at least (D / run) * (run rounded up to a multiple of 8)
        Room, in double precision.
    out : D x (last - first)
        A row a tap. Written whole unless stopped.

    Returns
    -------
    (int, int)
        Divisions and additions made.
    """
    cdef Py_ssize_t depth = offsets.shape[0], padded = (run + 7) // 8 * 8, furthest
    cdef Py_ssize_t pieces, cluster, member, count, size, piece, each, window, place
    cdef Py_ssize_t added = 0, divided = 0, values = band.shape[0]
    cdef double scale
    if (first < 0 or last >= starts.shape[0] or run < 1 or width < 1 or depth % run or most < 1
            or sums.shape[0] < depth // run * padded or out.shape[0] != depth
            or out.shape[1] != last - first):
        raise IndexError("clusters, sums or out do not fit")
    furthest = furthest_tap(offsets, values, row_step, width, 0, order.shape[0])
    pieces = depth // run
    with nogil:
        for cluster in range(first, last):
            if stop[0]:
                break
            size = starts[cluster + 1] - starts[cluster]
            count = min(size, most)
            for each in range(pieces * padded):
                sums[each] = 0
            for member in range(count):
                place = member
                if count < size and most > 1:
                    place = (2 * member + 1) * size // (2 * count)
                window = order[starts[cluster] + place]
                place = window // width * row_step + window % width
                if place + furthest - run + 1 + padded <= values:
                    for piece in range(pieces):
                        if real is float:
                            addf(&sums[piece * padded], &band[place + offsets[piece * run]], run)
                        else:
                            addd(&sums[piece * padded], &band[place + offsets[piece * run]], run)
                else:
                    for piece in range(pieces):
                        for each in range(run):
                            sums[piece * padded + each] = (
                                sums[piece * padded + each]
                                + band[place + offsets[piece * run] + each])
            if most > 1:
                scale = count
                for piece in range(pieces):
                    for each in range(run):
                        out[piece * run + each, cluster - first] = <real>(
                            sums[piece * padded + each] / scale)
                divided = divided + depth
                added = added + (count - 1) * depth
            else:
                for piece in range(pieces):
                    for each in range(run):
                        out[piece * run + each, cluster - first] = <real>sums[piece * padded + each]
    return divided, added


cdef inline void rows(
    const vec* columns, const Py_ssize_t* offsets, Py_ssize_t depth, const vec* weights,
    Py_ssize_t pixels, Py_ssize_t wide, vec* table, Py_ssize_t pitch,
) noexcept nogil:
    """Writes ``wide`` vectors of products of ``pixels`` columns to their rows of a table."""
    cdef vec sums[48]
    cdef Py_ssize_t pixel, each
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    cdef Taps taps = Taps(offsets, depth, 0)
    dots(&taps, columns, weights, weights, <const vec*>NULL, 1, pixels, False, wide, sums)
    for pixel in range(pixels):
        for each in range(wide):
            store(at(table, pixel * pitch + each * lanes), sums[pixel * wide + each])


cdef void all_rows(
    const vec* columns, const Py_ssize_t* offsets, Py_ssize_t depth, Py_ssize_t count,
    const vec* weights, Py_ssize_t vectors, vec* table, const int* stop,
) noexcept nogil:
    """Multiplies ``count`` columns with all filters, a block of both at a time."""
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    cdef Py_ssize_t pitch = vectors * lanes, vector = 0, wide, left, pixel
    cdef const vec* here
    cdef vec* target
    while vector < vectors and not stop[0]:
        # As lanes.lay_out splits them: two vectors, three at the end of an odd number.
        left = vectors - vector
        wide = left if left <= 3 else 2
        here = weights + vector * depth
        pixel = 0
        while pixel < count:
            left = 2 if wide == 3 and PIXELS == 6 else 8 if wide == 3 else PIXELS
            if count < left:
                left = 1
            pixel = min(pixel, count - left)
            target = <vec*>at(table, pixel * pitch + vector * lanes)
            if left == 1 and wide == 3:
                rows(<const vec*>at(columns, pixel), offsets, depth, here, 1, 3, target, pitch)
            elif left == 1 and wide == 2:
                rows(<const vec*>at(columns, pixel), offsets, depth, here, 1, 2, target, pitch)
            elif left == 1:
                rows(<const vec*>at(columns, pixel), offsets, depth, here, 1, 1, target, pitch)
            elif wide == 3:
                rows(<const vec*>at(columns, pixel), offsets, depth, here,
                     2 if PIXELS == 6 else 8, 3, target, pitch)
            elif wide == 2:
                rows(<const vec*>at(columns, pixel), offsets, depth, here, PIXELS, 2, target, pitch)
            else:
                rows(<const vec*>at(columns, pixel), offsets, depth, here, PIXELS, 1, target, pitch)
            pixel = pixel + left
        vector = vector + wide


def products(
    const real[:, ::1] columns not None, const Py_ssize_t[::1] offsets not None,
    Py_ssize_t count, const real[::1] weights not None, real[:, ::1] table not None,
    const int[::1] stop not None,
):
    """Multiplies columns of a matrix with filters, a row of the table for each column.

    Parameters
    ----------
    columns : D x (n or more)
    offsets : D
        Place of each row of the matrix.
    weights : 1-D
        As ``lanes.lay_out`` writes them, aligned.
    table : n x M, M in whole vectors, aligned
        Written whole unless stopped.
    """
    cdef Py_ssize_t depth = offsets.shape[0], lanes, each
    lanes = sizeof(vecf) // sizeof(float) if real is float else sizeof(vecd) // sizeof(double)
    for each in range(depth):
        if offsets[each] != each * columns.shape[1]:
            raise IndexError("offsets must be those of the matrix' rows")
    if columns.shape[0] != depth or depth < 1 or count > columns.shape[1] or (
        table.shape[0] != count or table.shape[1] % lanes or table.shape[1] < 1
        or weights.shape[0] < table.shape[1] * depth
    ):
        raise IndexError("weights and table must fit the columns")
    if (<uintptr_t>&weights[0]) % sizeof(vecf):
        raise ValueError("weights must be aligned")
    if count < 1:
        return
    with nogil:
        if real is float:
            all_rows[vecf](
                <const vecf*>&columns[0, 0], &offsets[0], depth, count, <const vecf*>&weights[0],
                table.shape[1] // lanes, <vecf*>&table[0, 0], &stop[0])
        else:
            all_rows[vecd](
                <const vecd*>&columns[0, 0], &offsets[0], depth, count, <const vecd*>&weights[0],
                table.shape[1] // lanes, <vecd*>&table[0, 0], &stop[0])
