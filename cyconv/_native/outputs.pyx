"""Outputs put together from a table of clusters' products and from windows' projections.

``out[m, n] = bias[m] + sum over parts of table[ids[part, n], m] + sum over q of
coefficients[q, m] * planes[q, n]``. Rows of the table are read as vectors of filters and
transposed, so that all else runs along the windows, as the output does.
"""

from libc.stdint cimport int32_t
from libc.string cimport memcpy

from cyconv._native.squares cimport turn
from cyconv._native.stream cimport LINE, drain, fence
from cyconv._native.vector cimport apart, at, lane, load, prefetch, store, vec, vecd, vecf, zero

ctypedef fused real:
    float
    double

cdef enum:
    WINDOWS = 128      # Put together before they are written: whole lines of a cache.
    TILE = 144         # Vectors that hold them and a line more for a vector of filters.
    AHEAD = 32         # Rows of the table are asked for so many windows beforehand.
    BEHIND = 64        # Windows after the last, of which something is read.

PAD = BEHIND
"""Numbers of rows of the table that must lie behind the last window's."""


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
    const Sources* source, Py_ssize_t window, Py_ssize_t filter, vec* out, Py_ssize_t step
) noexcept nogil:
    """Writes the outputs of a vector of windows and of filters, ``step`` values apart.

    Sums are vectors of filters, as rows of the table are, until all is added up. A function of
    its own: it needs all registers there are.
    """
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    cdef vec rows[16]
    cdef vec value
    cdef Py_ssize_t each, part, plane
    cdef const int32_t* ids = source.ids + window
    cdef const vec* table = <const vec*>at(<const vec*>source.table, filter)
    cdef const vec* projected = <const vec*>at(<const vec*>source.planes, window)
    cdef const vec* coefficients = <const vec*>at(<const vec*>source.coefficients, filter)
    value = zero(table)
    if source.bias != NULL:
        load(value, at(<const vec*>source.bias, filter))
    for each in range(lanes):
        rows[each] = value
    for part in range(source.parts):
        for each in range(lanes):
            prefetch(at(table, ids[AHEAD + each] * source.pitch))
        for each in range(lanes):
            rows[each] = rows[each] + (<const vec*>at(table, ids[each] * source.pitch))[0]
        ids = ids + source.ids_step
    for plane in range(source.count):
        load(value, coefficients)
        for each in range(lanes):
            rows[each] = rows[each] + lane(projected, each) * value
        projected = <const vec*>at(projected, source.planes_step)
        coefficients = <const vec*>at(coefficients, source.pitch)
    turn(rows)
    for each in range(lanes):
        store(at(out, each * step), rows[each])
    return 0


cdef inline void projected_only(
    const Sources* source, Py_ssize_t window, Py_ssize_t filter, vec* out, Py_ssize_t step
) noexcept nogil:
    """Does the same without a table: sums are vectors of windows from the start."""
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    cdef vec kept[16]
    cdef vec value
    cdef Py_ssize_t each, plane
    cdef const vec* row
    value = zero(out)
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
    for each in range(lanes):
        store(at(out, each * step), kept[each])


cdef struct Rows:
    # Rows of a tile that are not yet where they belong.
    const char* tile
    char* out
    char* kept
    Py_ssize_t next, rows, pitch, out_step
    Py_ssize_t bytes
    bint begins, ends, single


cdef inline void write(Rows* rows, Py_ssize_t count) noexcept nogil:
    """Writes so many rows more, at the most."""
    cdef const char* row
    cdef char* out
    cdef char* kept
    while count > 0 and rows.next < rows.rows:
        row, out = rows.tile + rows.next * rows.pitch, rows.out + rows.next * rows.out_step
        if rows.kept == NULL:
            memcpy(out, row + LINE, rows.bytes)
        else:
            kept = rows.kept + rows.next * LINE
            if rows.single:
                memcpy(<char*>row, kept, LINE)
            drain(row, rows.bytes, out, rows.begins, rows.ends, kept)
        rows.next = rows.next + 1
        count = count - 1


cdef Py_ssize_t run(
    const Sources* source, Py_ssize_t windows, Py_ssize_t filters, vec* waiting, vec* out,
    Py_ssize_t out_step, const int* stop,
) noexcept nogil:
    """Works through the windows; ``waiting`` holds a line of each filter's, NULL for none.

    A tile of outputs is written while the next is made: memory takes as long as the sums do.
    """
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    cdef Py_ssize_t size = sizeof(vec) // lanes, kept = LINE // size, room = WINDOWS + kept
    cdef Py_ssize_t start = 0, here, window, filter, each, share, other = 0
    cdef vec tiles[2 * TILE]
    cdef vec* tile
    cdef vec* row
    cdef Rows before
    before.next = before.rows = before.bytes = 0
    before.tile, before.out, before.kept = NULL, NULL, NULL
    before.begins = before.ends = False
    before.pitch, before.out_step, before.single = room * size, out_step * size, filters <= lanes
    while start < windows and not stop[0]:
        here = min(<Py_ssize_t>WINDOWS, windows - start)
        share = (lanes * lanes + here - 1) // here
        filter = 0
        while filter < filters:
            tile = &tiles[other]
            other = TILE - other
            if waiting != NULL and not before.single:
                # Early, as what is read soon after it was written must wait for memory.
                for each in range(min(lanes, filters - filter)):
                    memcpy(at(tile, each * room), at(waiting, (filter + each) * kept), LINE)
            window = 0
            while window < here:
                row = <vec*>at(tile, kept + window)
                if source.parts:
                    looked_up(source, start + window, filter, row, room)
                else:
                    projected_only(source, start + window, filter, row, room)
                write(&before, share)
                window = window + lanes
            write(&before, lanes)
            before.tile, before.next, before.rows = (
                <const char*>tile, 0, min(lanes, filters - filter))
            before.out = <char*>at(out, filter * out_step + start)
            before.kept = NULL if waiting == NULL else <char*>at(waiting, filter * kept)
            before.bytes, before.begins, before.ends = (
                here * size, start == 0, start + here == windows)
            filter = filter + lanes
        start = start + here
    write(&before, lanes)
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
    ids : parts x (n and PAD more), rows contiguous, or None
        The table's row for each part of a window, and of windows after the last, which are
        read, not used.
    planes : q x (n and a vector more), rows contiguous, or None
        Projections; values after the last window's are read, not used.
    coefficients : q x pitch, or None
        What each projection adds to each filter's output.
    bias : pitch, or None
    waiting : M x (64 / itemsize), or None
        Room for a line of each filter's outputs; with it they are written past the caches.

    Returns
    -------
    int
        Outputs made; each took parts - 1 additions, for each plane a multiplication and an
        addition, and an addition for a bias; without a table one addition less.
    """
    cdef Sources source
    cdef Py_ssize_t filters = out.shape[0], windows = out.shape[1], lanes, each, part, padded
    cdef Py_ssize_t made
    cdef int32_t least, most
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
        if ids is None or ids.shape[0] < 1 or ids.shape[1] < windows + BEHIND or (
            ids.strides[1] != sizeof(int32_t) or table.shape[1] != padded
        ):
            raise IndexError("ids must have a row a part, table a column a filter")
        for part in range(ids.shape[0]):
            least = most = 0
            for each in range(windows + BEHIND):
                least = min(least, ids[part, each])
                most = max(most, ids[part, each])
            if least < 0 or most >= table.shape[0]:
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
        if waiting.shape[0] < filters * (LINE // <Py_ssize_t>sizeof(real)):
            raise IndexError("waiting room is too small")
        room = &waiting[0]
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
