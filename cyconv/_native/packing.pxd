"""Windows laid side by side, so that a tile of them is read as one aligned run a tap."""

from libc.string cimport memcpy, memset

from cyconv._native.vector cimport vecf

ctypedef fused real:
    float
    double

cdef extern from * nogil:
    enum:
        BYTES "sizeof(cy_vecf)"


cdef inline void pack(
    const real* band, Py_ssize_t values, const Py_ssize_t* offsets, Py_ssize_t furthest,
    Py_ssize_t taps, Py_ssize_t row_step, Py_ssize_t width, Py_ssize_t first,
    Py_ssize_t columns, real* packed, Py_ssize_t lanes,
) noexcept nogil:
    """Lays the windows ``first`` to ``first + columns`` side by side, tap by tap.

    Runs are copied a whole vector at a time; what is written too much the next run or tap
    overwrites, and after the last there is room for it.
    """
    cdef Py_ssize_t starts[64]
    cdef Py_ssize_t ends[64]
    cdef Py_ssize_t tap, runs = 0, done = 0, run, each, window = first
    cdef const real* source
    while done < columns:
        run = min(width - window % width, columns - done)
        starts[runs] = (window // width) * row_step + window % width - done
        done = done + run
        ends[runs] = done
        runs = runs + 1
        window = window + run
    if columns < 2 * lanes:
        memset(packed, 0, taps * 2 * lanes * sizeof(real))
    if starts[runs - 1] + columns - 1 + furthest + lanes > values:
        for tap in range(taps):
            done = 0
            for run in range(runs):
                source = band + starts[run] + offsets[tap]
                while done < ends[run]:
                    packed[done] = source[done]
                    done = done + 1
            packed = packed + 2 * lanes
        return
    for tap in range(taps):
        done = 0
        for run in range(runs):
            source = band + starts[run] + offsets[tap]
            while done < ends[run]:
                memcpy(packed + done, source + done, BYTES)
                done = done + lanes
            done = ends[run]
        packed = packed + 2 * lanes
