"""Windows times directions, many windows to a vector: sums in a fixed order, tap after tap.

Directions are few, so vectors run along the windows, which lie side by side in an image's
rows: each run of values is read once for a block of directions, whose sums stay in registers.
"""

from libc.stdint cimport int32_t, uint64_t
from libc.string cimport memset

from cyconv._native.grids cimport Grid, append, grid_of, real
from cyconv._native.vector cimport at, lane, load, store, vec, vecd, vecf, widen, zero
from cyconv._native.windows cimport furthest_tap

cdef extern from * nogil:
    """
    #define CY_BLOCK (CY_WIDE ? 8 : 4)
    """
    enum:
        BLOCK "CY_BLOCK"


ctypedef fused given:
    # What a band holds: what is summed up, or floats that are summed up as doubles.
    vecf
    vecd


ctypedef fused held:
    float
    double


cdef inline void strip(
    const given* band, const Py_ssize_t* offsets, Py_ssize_t depth, const vec* weights,
    Py_ssize_t step, Py_ssize_t size, Py_ssize_t runs, vec* out, Py_ssize_t out_step,
) noexcept nogil:
    """Multiplies ``runs`` vectors of neighbouring windows with ``size`` directions."""
    cdef vec sums[24]
    cdef vec values[3]
    cdef Py_ssize_t tap, each, run
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    values[0] = zero(weights)
    for each in range(size * runs):
        sums[each] = values[0]
    for tap in range(depth):
        for run in range(runs):
            if given is vecf and vec is vecd:
                widen(values[run], at(band, offsets[tap] + run * lanes))
            else:
                load(values[run], at(band, offsets[tap] + run * lanes))
        for each in range(size):
            for run in range(runs):
                sums[each * runs + run] = (
                    sums[each * runs + run] + lane(weights, tap * step + each) * values[run]
                )
    for each in range(size):
        for run in range(runs):
            store(at(out, each * out_step + run * lanes), sums[each * runs + run])


cdef inline void several(
    const given* band, const Py_ssize_t* offsets, Py_ssize_t depth, const vec* weights,
    Py_ssize_t step, Py_ssize_t size, Py_ssize_t runs, vec* out, Py_ssize_t out_step,
) noexcept nogil:
    """Calls :func:`strip` with a number of runs that the compiler knows."""
    if runs == 3:
        strip(band, offsets, depth, weights, step, size, 3, out, out_step)
    else:
        strip(band, offsets, depth, weights, step, size, 1, out, out_step)


cdef inline void sized(
    const given* band, const Py_ssize_t* offsets, Py_ssize_t depth, const vec* weights,
    Py_ssize_t step, Py_ssize_t size, Py_ssize_t runs, vec* out, Py_ssize_t out_step,
) noexcept nogil:
    """Calls :func:`strip` with numbers that the compiler knows."""
    if size == 8 and BLOCK == 8:
        several(band, offsets, depth, weights, step, 8, runs, out, out_step)
    elif size == 7 and BLOCK == 8:
        several(band, offsets, depth, weights, step, 7, runs, out, out_step)
    elif size == 6 and BLOCK == 8:
        several(band, offsets, depth, weights, step, 6, runs, out, out_step)
    elif size == 5 and BLOCK == 8:
        several(band, offsets, depth, weights, step, 5, runs, out, out_step)
    elif size == 4:
        several(band, offsets, depth, weights, step, 4, runs, out, out_step)
    elif size == 3:
        several(band, offsets, depth, weights, step, 3, runs, out, out_step)
    elif size == 2:
        several(band, offsets, depth, weights, step, 2, runs, out, out_step)
    else:
        several(band, offsets, depth, weights, step, 1, runs, out, out_step)


cdef inline Py_ssize_t rows(
    const given* band, const Py_ssize_t* offsets, Py_ssize_t depth, Py_ssize_t row_step,
    Py_ssize_t width, Py_ssize_t first, Py_ssize_t last, const vec* weights, Py_ssize_t count,
    vec* out, Py_ssize_t out_step, bint kept, const Grid* grid, uint64_t* keys, const int* stop,
) noexcept nogil:
    """Multiplies the windows ``first`` to ``last`` and gives the products made.

    Where there are ``keys``, codes of the first products become the keys of the windows. Where
    products are not ``kept``, those of a row take the place of those of the row before.
    """
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    cdef Py_ssize_t window = first, here, x, end, size, runs, done, each, tap, made = 0
    cdef const given* place
    cdef vec* target
    while window < last and not stop[0]:
        x = window % width
        end = min(width, x + last - window)
        here = end - x
        place = <const given*>at(band, window // width * row_step + x)
        target = <vec*>at(out, window - first if kept else 0)
        done = 0
        while done < here:
            runs = 3 if here - done >= 3 * lanes else 1
            if here < lanes:
                one_by_one(place, offsets, depth, weights, count, here, target, out_step)
                break
            # The last block is moved back to end with the row.
            done = min(done, here - runs * lanes)
            each = 0
            while each < count:
                # Blocks of about one size: a sum alone would wait for itself.
                size = (count - each + BLOCK - 1) // BLOCK
                size = (count - each + size - 1) // size
                sized(
                    <const given*>at(place, done), offsets, depth, <const vec*>at(weights, each),
                    count, size, runs, <vec*>at(target, each * out_step + done), out_step)
                each = each + size
            done = done + runs * lanes
        if keys != NULL:
            # A row at a time: its products are still in the first cache.
            memset(&keys[window - first], 0, here * sizeof(uint64_t))
            if vec is vecf:
                append(grid, <const float*>target, out_step, here, &keys[window - first])
            else:
                append(grid, <const double*>target, out_step, here, &keys[window - first])
        made = made + here * count
        window = window + here
    return made


cdef inline void one_by_one(
    const given* band, const Py_ssize_t* offsets, Py_ssize_t depth, const vec* weights,
    Py_ssize_t count, Py_ssize_t windows, vec* out, Py_ssize_t out_step,
) noexcept nogil:
    """Multiplies fewer windows than a vector has values, in the same order of taps."""
    cdef Py_ssize_t each, window, tap
    cdef float single
    cdef double twice, value
    for each in range(count):
        for window in range(windows):
            if vec is vecf:
                single = 0
                for tap in range(depth):
                    single = single + (
                        (<const float*>weights)[tap * count + each]
                        * (<const float*>band)[offsets[tap] + window])
                (<float*>out)[each * out_step + window] = single
            else:
                twice = 0
                for tap in range(depth):
                    if given is vecf:
                        value = (<const float*>band)[offsets[tap] + window]
                    else:
                        value = (<const double*>band)[offsets[tap] + window]
                    twice = twice + (<const double*>weights)[tap * count + each] * value
                (<double*>out)[each * out_step + window] = twice


cdef inline Py_ssize_t project_windows(
    const held[::1] band, const Py_ssize_t[::1] offsets, Py_ssize_t row_step, Py_ssize_t width,
    Py_ssize_t first, Py_ssize_t last, const real[:, ::1] directions, real[:, :] out,
    const int[::1] stop, const double[::1] origins, const double[::1] inverses,
    const int32_t[::1] bits, uint64_t[::1] keys,
) except -1:
    """Checks what a kernel was given, then does what :func:`rows` says."""
    cdef Grid grid
    cdef uint64_t* written = NULL
    cdef Py_ssize_t depth = offsets.shape[0], count = directions.shape[1], made, out_step
    cdef bint kept = out.shape[1] == last - first
    if sizeof(real) < sizeof(held):
        raise ValueError("directions must hold as much as the band")
    furthest_tap(offsets, band.shape[0], row_step, width, first, last)
    if directions.shape[0] != depth or out.shape[0] != count or not (
        kept or (keys is not None and out.shape[1] == width)
    ):
        raise IndexError("directions must have a row a tap, out a row a direction")
    if out.shape[1] > 1 and out.strides[1] != sizeof(real):
        raise IndexError("out must have contiguous rows")
    if last <= first or count == 0:
        return 0
    if keys is not None:
        if origins is None or inverses is None or bits is None or (
            keys.shape[0] != last - first or not 1 <= bits.shape[0] <= count
        ):
            raise IndexError("keys must be one a window, cut by at most a grid a direction")
        grid_of(&grid, origins, inverses, bits, bits.shape[0])
        written = &keys[0]
    out_step = out.strides[0] // <Py_ssize_t>sizeof(real)
    with nogil:
        if held is double:
            made = rows[vecd, vecd](
                <const vecd*>&band[0], &offsets[0], depth, row_step, width, first, last,
                <const vecd*>&directions[0, 0], count, <vecd*>&out[0, 0], out_step, kept,
                &grid, written, &stop[0])
        elif real is double:
            made = rows[vecf, vecd](
                <const vecf*>&band[0], &offsets[0], depth, row_step, width, first, last,
                <const vecd*>&directions[0, 0], count, <vecd*>&out[0, 0], out_step, kept,
                &grid, written, &stop[0])
        else:
            made = rows[vecf, vecf](
                <const vecf*>&band[0], &offsets[0], depth, row_step, width, first, last,
                <const vecf*>&directions[0, 0], count, <vecf*>&out[0, 0], out_step, kept,
                &grid, written, &stop[0])
    return made
