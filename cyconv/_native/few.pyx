"""One filter at a time: outputs of several rows and columns stay in registers.

With one filter there is nothing to share between filters, so packing would cost as much as
it saves: the image's rows are read where they lie, each tap one shifted run of values.
"""

from libc.string cimport memcpy

from cyconv._native.vector cimport at, lane, load, store, vec, vecd, vecf, zero
from cyconv._native.windows cimport furthest_tap

ctypedef fused real:
    float
    double

cdef extern from * nogil:
    """
    #define CY_ROWS 4
    #define CY_RUNS (CY_WIDE ? 4 : 2)
    """
    enum:
        ROWS "CY_ROWS"
        RUNS "CY_RUNS"

COLUMNS = {
    "float32": RUNS * sizeof(vecf) // sizeof(float),
    "float64": RUNS * sizeof(vecd) // sizeof(double),
}


cdef inline void patch(
    const vec* band, const Py_ssize_t* offsets, Py_ssize_t depth, Py_ssize_t row_step,
    const vec* weights, Py_ssize_t rows, const vec* bias, vec* out, Py_ssize_t width,
    Py_ssize_t columns,
) noexcept nogil:
    """Makes ``rows`` x ``columns`` outputs of one filter."""
    cdef vec sums[16]
    cdef vec tail[4]
    cdef vec values
    cdef const vec* start
    cdef Py_ssize_t tap, row, each
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    values = zero(band)
    for each in range(rows * RUNS):
        sums[each] = values
    for tap in range(depth):
        start = <const vec*>at(band, offsets[tap])
        for row in range(rows):
            for each in range(RUNS):
                load(values, at(start, row * row_step + each * lanes))
                sums[row * RUNS + each] = sums[row * RUNS + each] + lane(weights, tap) * values
    for row in range(rows):
        for each in range(RUNS):
            values = sums[row * RUNS + each]
            if bias != NULL:
                values = values + lane(bias, 0)
            if columns == RUNS * lanes:
                store(at(out, row * width + each * lanes), values)
            else:
                tail[each] = values
        if columns != RUNS * lanes:
            memcpy(at(out, row * width), tail, columns * sizeof(vec) // lanes)


cdef inline void span(
    const vec* row, const Py_ssize_t* across, Py_ssize_t taps, const vec* weights,
    Py_ssize_t low, Py_ssize_t high, vec* sums,
) noexcept nogil:
    """Adds one input row's share to the output rows ``low`` to ``high`` of a patch.

    Output row r meets the input row with its weights r rows further up.
    """
    cdef vec values[4]
    cdef Py_ssize_t tap, out, each
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    for each in range(RUNS):
        values[each] = zero(row)
    for tap in range(taps):
        for each in range(RUNS):
            load(values[each], at(row, across[tap] + each * lanes))
        for out in range(ROWS):
            if low <= out <= high:
                for each in range(RUNS):
                    sums[out * RUNS + each] = (
                        sums[out * RUNS + each] + lane(weights, tap - out * taps) * values[each]
                    )


cdef inline void shared_patch(
    const vec* band, const Py_ssize_t* offsets, Py_ssize_t depth, Py_ssize_t down,
    Py_ssize_t taps, Py_ssize_t row_step, const vec* weights, const vec* bias, vec* out,
    Py_ssize_t width,
) noexcept nogil:
    """Makes ROWS rows of outputs, reading each input row once for all of them.

    Needs ``down`` >= ROWS - 1 taps below each other, one ``row_step`` apart, so that an input
    row's share begins at the first output row or ends at the last.
    """
    cdef vec sums[16]
    cdef vec values
    cdef const vec* row
    cdef const vec* weights_here
    cdef Py_ssize_t start, step, out_row, each
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    values = zero(band)
    for each in range(ROWS * RUNS):
        sums[each] = values
    for start in range(0, depth // (down * taps)):
        for step in range(down + ROWS - 1):
            row = <const vec*>at(band, step * row_step)
            weights_here = <const vec*>at(weights, (start * down + step) * taps)
            if step >= ROWS - 1:
                if step < down:
                    span(row, offsets, taps, weights_here, 0, ROWS - 1, sums)
                elif step == down:
                    span(row, offsets, taps, weights_here, 1, ROWS - 1, sums)
                elif step == down + 1:
                    span(row, offsets, taps, weights_here, 2, ROWS - 1, sums)
                else:
                    span(row, offsets, taps, weights_here, 3, ROWS - 1, sums)
            elif step == 0:
                span(row, offsets, taps, weights_here, 0, 0, sums)
            elif step == 1:
                span(row, offsets, taps, weights_here, 0, 1, sums)
            else:
                span(row, offsets, taps, weights_here, 0, 2, sums)
        offsets = offsets + down * taps
    for out_row in range(ROWS):
        for each in range(RUNS):
            values = sums[out_row * RUNS + each]
            if bias != NULL:
                values = values + lane(bias, 0)
            store(at(out, out_row * width + each * lanes), values)


cdef bint rows_shared(
    const Py_ssize_t* offsets, Py_ssize_t depth, Py_ssize_t down, Py_ssize_t taps,
    Py_ssize_t row_step,
) noexcept nogil:
    """Tells whether two output rows lie as far apart as two rows of taps."""
    cdef Py_ssize_t each
    if down < ROWS - 1 or depth % (down * taps):
        return False
    for each in range(depth):
        if each // taps % down and offsets[each] != offsets[each - taps] + row_step:
            return False
    return True


cdef Py_ssize_t run(
    const vec* band, const Py_ssize_t* offsets, Py_ssize_t depth, Py_ssize_t row_step,
    Py_ssize_t width, Py_ssize_t rows, const vec* weights, Py_ssize_t filters, const vec* bias,
    vec* out, Py_ssize_t out_step, Py_ssize_t down, Py_ssize_t taps,
    const int* stop,
) noexcept nogil:
    """Works through rows and columns patch by patch and gives the number of outputs made."""
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    cdef Py_ssize_t reach = RUNS * lanes, filter, row = 0, x, left, made = 0
    cdef bint shared = rows_shared(offsets, depth, down, taps, row_step)
    cdef const vec* place
    cdef const vec* bias_here = NULL
    cdef vec* target
    while row < rows and not stop[0]:
        left = min(rows - row, ROWS)
        for filter in range(filters):
            if bias != NULL:
                bias_here = <const vec*>at(bias, filter)
            x = 0
            while x < width and not stop[0]:
                # The last patch is moved back to end with the row; its overlap is made twice.
                if x + reach > width >= reach:
                    x = width - reach
                place = <const vec*>at(band, row * row_step + x)
                target = <vec*>at(out, filter * out_step + row * width + x)
                if left == ROWS and shared and width >= reach:
                    shared_patch(place, offsets, depth, down, taps, row_step,
                                 <const vec*>at(weights, filter * depth), bias_here, target, width)
                elif left == ROWS:
                    patch(place, offsets, depth, row_step, <const vec*>at(weights, filter * depth),
                          ROWS, bias_here, target, width, min(reach, width))
                elif left == 3:
                    patch(place, offsets, depth, row_step, <const vec*>at(weights, filter * depth),
                          3, bias_here, target, width, min(reach, width))
                elif left == 2:
                    patch(place, offsets, depth, row_step, <const vec*>at(weights, filter * depth),
                          2, bias_here, target, width, min(reach, width))
                else:
                    patch(place, offsets, depth, row_step, <const vec*>at(weights, filter * depth),
                          1, bias_here, target, width, min(reach, width))
                x = x + reach
        if not stop[0]:
            made = made + left * width * filters
        row = row + ROWS
    return made


def multiply(
    const real[::1] band not None, const Py_ssize_t[::1] offsets not None, Py_ssize_t down,
    Py_ssize_t across, Py_ssize_t row_step, Py_ssize_t width, Py_ssize_t rows,
    Py_ssize_t groups, Py_ssize_t group_step, const real[::1] weights not None,
    const real[::1] bias, real[:, :] out not None, const int[::1] stop not None,
):
    """Multiplies the windows of a band with each filter in turn.

    Window (y, x) starts at ``y * row_step + x``, that of group g ``g * group_step`` further on;
    its values lie ``offsets`` from there.

    Parameters
    ----------
    band : 1-D
        Padded rows, as :mod:`rows` writes them. Where ``width`` is under COLUMNS, as many
        values more than the last window needs must be there to be read (they are not used).
    offsets : D
        Place of each tap, counted from the window's start.
    down, across : int
        Taps below each other and side by side; D is a multiple of their product.
    row_step, width, rows : int
        Distance of two output rows' windows in the band, and size of the output.
    groups, group_step : int
        Groups of filters, M a multiple of them, and the distance of what two of them see.
    weights : M * D values
    bias : M, or None
    out : M x (rows * width), rows contiguous
        Written whole unless stopped.
    stop : 1
        Polled; work ends soon after it is set.

    Returns
    -------
    int
        Outputs made; each took D multiplications and D - 1 additions, and one more for bias.
    """
    cdef Py_ssize_t depth = offsets.shape[0], filters = out.shape[0], made = 0
    cdef Py_ssize_t furthest, reach, group, members
    cdef const real* bias_start = NULL
    reach = RUNS * (sizeof(vecf) // sizeof(float) if real is float
                    else sizeof(vecd) // sizeof(double))
    if down < 1 or across < 1 or depth % (down * across):
        raise IndexError("taps must be down * across a channel")
    furthest = furthest_tap(offsets, band.shape[0], row_step, width, 0, max(rows, 0) * width)
    if groups < 1 or filters % groups or group_step < 0:
        raise IndexError("groups must divide the filters")
    if rows < 1 or filters == 0:
        return 0
    furthest = furthest + (groups - 1) * group_step
    if (rows - 1) * row_step + max(width, reach) - 1 + furthest >= band.shape[0]:
        raise IndexError("windows and taps must lie inside the band")
    if weights.shape[0] < filters * depth:
        raise IndexError("weights must have D values a filter")
    if out.shape[1] != rows * width or (out.shape[1] > 1 and out.strides[1] != sizeof(real)):
        raise IndexError("out must have a contiguous row of rows * width values a filter")
    if bias is not None:
        if bias.shape[0] != filters:
            raise IndexError("bias must have one value a filter")
        bias_start = &bias[0]
    members = filters // groups
    with nogil:
        for group in range(groups):
            if bias is not None:
                bias_start = &bias[group * members]
            if real is float:
                made = made + run[vecf](
                    <const vecf*>(&band[0] + group * group_step), &offsets[0], depth, row_step,
                    width, rows, <const vecf*>(&weights[0] + group * members * depth), members,
                    <const vecf*>bias_start, <vecf*>&out[group * members, 0],
                    out.strides[0] // <Py_ssize_t>sizeof(real), down, across, &stop[0],
                )
            else:
                made = made + run[vecd](
                    <const vecd*>(&band[0] + group * group_step), &offsets[0], depth, row_step,
                    width, rows, <const vecd*>(&weights[0] + group * members * depth), members,
                    <const vecd*>bias_start, <vecd*>&out[group * members, 0],
                    out.strides[0] // <Py_ssize_t>sizeof(real), down, across, &stop[0],
                )
    return made
