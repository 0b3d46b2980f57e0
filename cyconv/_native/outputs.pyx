"""Outputs put together from a table of clusters' products and from windows' projections.

``out[m, n] = bias[m] + sum over parts of table[ids[part, n], m] + sum over q of
coefficients[q, m] * planes[q, n]``. Rows of the table are read as vectors of filters and
transposed, so that all else runs along the windows, as the output does.
"""

from libc.stdint cimport int32_t, uintptr_t
from libc.string cimport memcpy

from cyconv._native.blocks cimport transpose
from cyconv._native.stream cimport LINE, drain, fence
from cyconv._native.vector cimport apart, at, lane, load, prefetch, store, vec, vecd, vecf, zero

ctypedef fused real:
    float
    double

TOGETHER = 64
"""Windows whose outputs are put together before they are written: whole lines of a cache."""

cdef enum:
    WINDOWS = 64
    NEAR = 2048        # Bytes of a row of the table that are worth asking for beforehand.


cdef struct Sources:
    const void* table
    Py_ssize_t pitch, parts
    const int32_t* ids
    Py_ssize_t ids_step
    const void* planes
    Py_ssize_t count, planes_step
    const void* coefficients
    const void* bias


cdef apart looked_up(
    const Sources* source, Py_ssize_t window, Py_ssize_t count, Py_ssize_t filter, vec* columns
) noexcept nogil:
    """Adds up the table's rows of some windows, for a vector of filters, and transposes them.

    A function of its own: it needs all registers there are.
    """
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    cdef vec rows[16]
    cdef vec value
    cdef Py_ssize_t each, part
    cdef const int32_t* ids = source.ids + window
    cdef const vec* table = <const vec*>at(<const vec*>source.table, filter)
    value = zero(columns)
    for each in range(lanes):
        load(rows[each], at(table, ids[min(each, count - 1)] * source.pitch))
    for part in range(1, source.parts):
        ids = ids + source.ids_step
        for each in range(lanes):
            load(value, at(table, ids[min(each, count - 1)] * source.pitch))
            rows[each] = rows[each] + value
    transpose(rows, lanes, 1, columns)
    return 0


cdef inline void block(
    const Sources* source, Py_ssize_t window, Py_ssize_t count, Py_ssize_t filter, vec* sums,
    Py_ssize_t used, vec* out, Py_ssize_t out_step,
) noexcept nogil:
    """Writes the outputs of ``count`` windows, a vector at the most, and ``used`` filters."""
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    cdef vec kept[16]
    cdef vec value
    cdef Py_ssize_t each, plane
    cdef const vec* row
    if source.parts:
        looked_up(source, window, count, filter, sums)
        for each in range(lanes):
            kept[each] = sums[each]
    else:
        value = zero(sums)
        for each in range(lanes):
            kept[each] = value
    if source.bias != NULL:
        row = <const vec*>at(<const vec*>source.bias, filter)
        for each in range(lanes):
            kept[each] = kept[each] + lane(row, each)
    row = <const vec*>at(<const vec*>source.coefficients, filter)
    for plane in range(source.count):
        load(value, at(<const vec*>source.planes, plane * source.planes_step + window))
        for each in range(lanes):
            kept[each] = kept[each] + lane(row, each) * value
        row = <const vec*>at(row, source.pitch)
    if used == lanes and count == lanes:
        for each in range(lanes):
            store(at(out, each * out_step), kept[each])
        return
    for each in range(lanes):
        sums[each] = kept[each]
    for each in range(used):
        memcpy(at(out, each * out_step), &sums[each], count * sizeof(vec) // lanes)


cdef inline void ask(
    const Sources* source, Py_ssize_t window, Py_ssize_t windows, const vec* kind
) noexcept nogil:
    """Has the table's rows of some windows brought near."""
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    cdef Py_ssize_t part, each, filter, step = LINE * lanes // sizeof(vec)
    cdef int32_t row, last
    for part in range(source.parts):
        last = -1
        for each in range(window, window + windows):
            row = source.ids[part * source.ids_step + each]
            if row != last:
                filter = 0
                while filter < source.pitch:
                    prefetch(at(<const vec*>source.table, row * source.pitch + filter))
                    filter = filter + step
            last = row


cdef Py_ssize_t run(
    const Sources* source, Py_ssize_t windows, Py_ssize_t filters, vec* waiting, vec* out,
    Py_ssize_t out_step, const int* stop,
) noexcept nogil:
    """Works through the windows; ``waiting`` is room to put outputs together, NULL for none."""
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    cdef Py_ssize_t size = sizeof(vec) // lanes, kept = LINE // size, room = WINDOWS + kept
    cdef Py_ssize_t start = 0, here, window, count, filter, each
    cdef vec sums[16]
    while start < windows and not stop[0]:
        here = min(<Py_ssize_t>WINDOWS, windows - start)
        if source.pitch * size <= NEAR:
            ask(source, start + here, min(<Py_ssize_t>WINDOWS, windows - start - here), sums)
        filter = 0
        while filter < filters:
            window = 0
            while window < here:
                count = min(lanes, here - window)
                if waiting != NULL:
                    block(source, start + window, count, filter, sums,
                          min(lanes, filters - filter),
                          <vec*>at(waiting, filter * room + kept + window), room)
                else:
                    block(source, start + window, count, filter, sums,
                          min(lanes, filters - filter),
                          <vec*>at(out, filter * out_step + start + window), out_step)
                window = window + lanes
            if waiting != NULL:
                for each in range(filter, min(filter + lanes, filters)):
                    drain(
                        <char*>at(waiting, each * room), here * size,
                        <char*>at(out, each * out_step + start), start == 0,
                        start + here == windows)
            filter = filter + lanes
        start = start + here
    if waiting != NULL:
        fence()
    return min(start, windows) * filters


def put_together(
    real[:, :] out not None, const real[:, ::1] table, const int32_t[:, :] ids,
    const real[:, :] planes, const real[:, ::1] coefficients, const real[::1] bias,
    real[::1] waiting, const int[::1] stop not None,
):
    """Writes the outputs of some windows.

    Parameters
    ----------
    out : M x n, rows contiguous
        Written whole unless stopped.
    table : K x pitch, or None
        Product of each centroid with each filter; M filled up to whole vectors.
    ids : parts x n, rows contiguous, or None
        The table's row for each part of a window.
    planes : q x (n and a vector more), rows contiguous, or None
        Projections; values after the last window's are read, not used.
    coefficients : q x pitch, or None
        What each projection adds to each filter's output.
    bias : pitch, or None
    waiting : M x (TOGETHER + 64 / itemsize), aligned, or None
        Room to put outputs together; with it they are written past the caches.

    Returns
    -------
    int
        Outputs made; each took parts - 1 additions, for each plane a multiplication and an
        addition, and an addition for a bias; without a table one addition less.
    """
    cdef Sources source
    cdef Py_ssize_t filters = out.shape[0], windows = out.shape[1], lanes, each, part, padded
    cdef Py_ssize_t made
    cdef real* room = NULL
    lanes = sizeof(vecf) // sizeof(float) if real is float else sizeof(vecd) // sizeof(double)
    padded = (filters + lanes - 1) // lanes * lanes
    source.parts, source.count, source.pitch = 0, 0, padded
    source.table = source.ids = source.planes = source.coefficients = source.bias = NULL
    source.ids_step = source.planes_step = 0
    if windows < 1 or filters < 1:
        return 0
    if windows > 1 and out.strides[1] != sizeof(real):
        raise IndexError("out must have contiguous rows")
    if table is not None:
        if ids is None or ids.shape[0] < 1 or ids.shape[1] != windows or (
            windows > 1 and ids.strides[1] != sizeof(int32_t) or table.shape[1] != padded
        ):
            raise IndexError("ids must have a row a part, table a column a filter")
        for part in range(ids.shape[0]):
            for each in range(windows):
                if not 0 <= ids[part, each] < table.shape[0]:
                    raise IndexError("ids must be rows of the table")
        source.table, source.parts = &table[0, 0], ids.shape[0]
        source.ids, source.ids_step = &ids[0, 0], ids.strides[0] // <Py_ssize_t>sizeof(int32_t)
    if planes is not None and planes.shape[0]:
        if coefficients is None or coefficients.shape[0] != planes.shape[0] or (
            coefficients.shape[1] != padded or planes.shape[1] < windows + lanes - 1
            or planes.strides[1] != sizeof(real)
        ):
            raise IndexError("coefficients and planes must fit each other and out")
        source.planes, source.coefficients = &planes[0, 0], &coefficients[0, 0]
        source.count, source.planes_step = (
            planes.shape[0], planes.strides[0] // <Py_ssize_t>sizeof(real))
    if bias is not None:
        if bias.shape[0] != padded:
            raise IndexError("bias must have a value a filter, in whole vectors")
        source.bias = &bias[0]
    if waiting is not None:
        if waiting.shape[0] < filters * (WINDOWS + LINE // <Py_ssize_t>sizeof(real)):
            raise IndexError("waiting room is too small")
        room = &waiting[0]
        if <uintptr_t>room % LINE:
            raise ValueError("waiting room must be aligned")
    with nogil:
        if real is float:
            made = run[vecf](
                &source, windows, filters, <vecf*>room, <vecf*>&out[0, 0],
                out.strides[0] // <Py_ssize_t>sizeof(real), &stop[0])
        else:
            made = run[vecd](
                &source, windows, filters, <vecd*>room, <vecd*>&out[0, 0],
                out.strides[0] // <Py_ssize_t>sizeof(real), &stop[0])
    return made
