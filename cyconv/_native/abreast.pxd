"""Tiles of windows times blocks of filters, whose sums stay in registers and lie as outputs do.

Two vectors of neighbouring windows are read a tap, each of a block's weights is spread over a
vector by the load that reads it: one load for two products.
"""

from cyconv._native.vector cimport at, lane, prefetch_write, store, vec, vecd, vecf, zero

cdef extern from * nogil:
    """
    /* Filters of a block, two vectors of sums each. 14 would fit 32 registers, but with fewer a
       processor is done with writing the sums by the time that it has made the next. */
    #define CY_FILTERS(wide, narrow) (CY_WIDE ? (wide) : (narrow))
    """
    enum:
        MOST "CY_FILTERS(8, 6)"
        SIZE_1 "CY_FILTERS(7, 5)"
        SIZE_2 "CY_FILTERS(6, 4)"
        SIZE_3 "CY_FILTERS(5, 3)"
        SIZE_4 "CY_FILTERS(4, 2)"
        LEAST "CY_FILTERS(2, 1)"


cdef inline Py_ssize_t filled(Py_ssize_t filters) noexcept nogil:
    """Gives the size of a block for so many filters, of those there are."""
    cdef Py_ssize_t[6] sizes = [LEAST, SIZE_4, SIZE_3, SIZE_2, SIZE_1, MOST]
    cdef Py_ssize_t size
    for size in sizes:
        if filters <= size:
            return size
    return MOST


cdef struct Blocks:
    # Filters of a group in blocks that differ by one at the most: none is left nearly empty.
    Py_ssize_t count, more, least       # blocks, how many have one more, and what the others have


cdef inline Blocks blocks_of(Py_ssize_t filters) noexcept nogil:
    """Gives the blocks for so many filters."""
    cdef Blocks blocks
    blocks.count = (filters + MOST - 1) // MOST
    blocks.least = filters // blocks.count
    blocks.more = filters - blocks.least * blocks.count
    return blocks


cdef inline Py_ssize_t first_filter(const Blocks* blocks, Py_ssize_t block) noexcept nogil:
    """Gives the first filter of a block."""
    return block * blocks.least + min(block, blocks.more)


cdef inline Py_ssize_t place_of(const Blocks* blocks, Py_ssize_t block) noexcept nogil:
    """Gives the filters that are laid out before a block, with what fills blocks up."""
    cdef Py_ssize_t larger = min(block, blocks.more)
    return larger * filled(blocks.least + 1) + (block - larger) * filled(blocks.least)


cdef inline void tap(
    const vec* values, const vec* weights, Py_ssize_t size, Py_ssize_t runs, vec* sums
) noexcept nogil:
    """Adds a tap's products."""
    cdef vec here[2]
    cdef Py_ssize_t each, run
    for run in range(runs):
        here[run] = values[run]
    for each in range(size):
        for run in range(runs):
            sums[each * runs + run] = sums[each * runs + run] + lane(weights, each) * here[run]


cdef inline void block(
    const vec* tile, Py_ssize_t depth, const vec* weights, Py_ssize_t size, Py_ssize_t runs,
    const vec* bias, vec* out, Py_ssize_t out_step,
) noexcept nogil:
    """Makes the outputs of ``runs`` vectors of windows and ``size`` filters."""
    cdef vec sums[16]
    cdef vec added, made
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    cdef Py_ssize_t each, run, step
    added = zero(tile)
    for each in range(size):
        for run in range(runs):
            sums[each * runs + run] = added
    for step in range(depth):
        # What is written to comes from far away; it can come while the sums are made.
        if step < size:
            prefetch_write(at(out, step * out_step))
            prefetch_write(at(out, step * out_step + runs * lanes - 1))
        tap(tile, weights, size, runs, sums)
        tile = tile + 2
        weights = <const vec*>at(weights, size)
    for each in range(size):
        added = zero(tile)
        if bias != NULL:
            added = added + lane(bias, each)
        for run in range(runs):
            made = sums[each * runs + run] + added
            store(at(out, each * out_step + run * lanes), made)


cdef inline void sized(
    const vec* tile, Py_ssize_t depth, const vec* weights, Py_ssize_t size, Py_ssize_t runs,
    const vec* bias, vec* out, Py_ssize_t out_step,
) noexcept nogil:
    """Calls :func:`block` with a number of filters that the compiler knows."""
    if size == MOST:
        block(tile, depth, weights, MOST, runs, bias, out, out_step)
    elif size == SIZE_1:
        block(tile, depth, weights, SIZE_1, runs, bias, out, out_step)
    elif size == SIZE_2:
        block(tile, depth, weights, SIZE_2, runs, bias, out, out_step)
    elif size == SIZE_3:
        block(tile, depth, weights, SIZE_3, runs, bias, out, out_step)
    elif size == SIZE_4:
        block(tile, depth, weights, SIZE_4, runs, bias, out, out_step)
    else:
        block(tile, depth, weights, LEAST, runs, bias, out, out_step)
