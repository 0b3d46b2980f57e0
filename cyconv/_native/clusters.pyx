"""Clusters of windows with one code: members, centroids, look-up."""

from libc.stdint cimport int32_t

from cyconv._native.windows cimport furthest_tap

ctypedef fused real:
    float
    double

cdef enum:
    POLL = (1 << 12) - 1  # Windows between two looks at stop, less one: each may touch a new page.


def sort(const int32_t[::1] ids not None, int32_t[::1] starts not None,
         int32_t[::1] order not None, const int[::1] stop not None,
         const int32_t[::1] counts=None):
    """Lists the members of each cluster in raster order.

    Parameters
    ----------
    ids : N
        Cluster of each window.
    starts : clusters + 1
        Written: cluster k's members are ``order[starts[k]:starts[k + 1]]``.
    order : N
        Written. Both make no sense if stopped.
    counts : clusters, optional
        How many windows each has, where that is known.
    """
    cdef Py_ssize_t each, total = 0, count, clusters = starts.shape[0] - 1
    if order.shape[0] != ids.shape[0] or clusters < 0:
        raise IndexError("order must match the ids")
    if counts is not None:
        if counts.shape[0] != clusters:
            raise IndexError("counts must be one a cluster")
        for each in range(clusters):
            if counts[each] < 0:
                raise IndexError("counts must be those of the ids")
            total = total + counts[each]
        if total != ids.shape[0]:
            raise IndexError("counts must be those of the ids")
        total = 0
    with nogil:
        for each in range(clusters + 1):
            starts[each] = 0
        if counts is not None:
            for each in range(clusters):
                starts[each] = counts[each]
        else:
            for each in range(ids.shape[0]):
                if not each & POLL and stop[0]:
                    break
                starts[ids[each]] = starts[ids[each]] + 1
        for each in range(clusters):
            count = starts[each]
            starts[each] = <int32_t>total
            total = total + count
        for each in range(ids.shape[0]):
            if not each & POLL and stop[0]:
                break
            order[starts[ids[each]]] = <int32_t>each
            starts[ids[each]] = starts[ids[each]] + 1
        for each in range(clusters, 0, -1):
            starts[each] = starts[each - 1]
        starts[0] = 0


def centroids(
    const real[::1] band not None, const Py_ssize_t[::1] offsets not None, Py_ssize_t run,
    Py_ssize_t row_step, Py_ssize_t width, const int32_t[::1] order not None,
    const int32_t[::1] starts not None, Py_ssize_t first, Py_ssize_t last, bint doubling,
    double[::1] sums not None, real[:, :] out not None, const int[::1] stop not None,
):
    """Gives the mean window of the clusters ``first`` to ``last``, a row a tap.

    Parameters
    ----------
    offsets : D
        Place of each tap; those of one ``run`` lie side by side.
    doubling : bool
        Sum up as the report published it, S := S + (w + S), rather than S := S + w.
    sums : D
        Room for one sum, in double precision.
    out : D x (last - first)
        Written whole unless stopped.

    Returns
    -------
    (int, int)
        Divisions and additions made.
    """
    cdef Py_ssize_t depth = offsets.shape[0], cluster, member, tap, each, piece
    cdef Py_ssize_t added = 0, divided = 0
    cdef const real* window
    cdef const real* values
    cdef double size
    if (first < 0 or last >= starts.shape[0] or sums.shape[0] != depth or width < 1
            or run < 1 or depth % run or out.shape[0] != depth or out.shape[1] != last - first):
        raise IndexError("clusters, sums or out do not fit")
    furthest_tap(offsets, band.shape[0], row_step, width, 0, order.shape[0])
    with nogil:
        for cluster in range(first, last):
            for tap in range(depth):
                sums[tap] = 0
            for member in range(starts[cluster], starts[cluster + 1]):
                if stop[0]:
                    break
                window = &band[(order[member] // width) * row_step + order[member] % width]
                for piece in range(depth // run):
                    tap = piece * run
                    values = window + offsets[tap]
                    if member == starts[cluster]:
                        for each in range(run):
                            sums[tap + each] = values[each]
                    elif doubling:
                        for each in range(run):
                            sums[tap + each] = sums[tap + each] + (values[each] + sums[tap + each])
                    else:
                        for each in range(run):
                            sums[tap + each] = sums[tap + each] + values[each]
            if stop[0]:
                break
            size = starts[cluster + 1] - starts[cluster]
            for tap in range(depth):
                out[tap, cluster - first] = <real>(sums[tap] / size)
            divided = divided + depth
            added = added + (starts[cluster + 1] - starts[cluster] - 1) * depth * (1 + doubling)
    return divided, added


def spread(
    const real[:, ::1] means not None, const int32_t[:, :] ids not None,
    real[:, ::1] matrix not None,
):
    """Writes each window's centroid in its place: parts * D rows, a column a window."""
    cdef Py_ssize_t part, tap, each, depth = means.shape[0]
    if matrix.shape[0] != depth * ids.shape[0] or matrix.shape[1] < ids.shape[1]:
        raise IndexError("the matrix must have a row a tap and a column a window")
    with nogil:
        for part in range(ids.shape[0]):
            for tap in range(depth):
                for each in range(ids.shape[1]):
                    matrix[part * depth + tap, each] = means[tap, ids[part, each]]
