"""Tiles laid over the windows of a strip that differ from their reference, strip by strip."""

from libc.string cimport memcpy

from cyconv._native.compare cimport Look, mark
from cyconv._native.fill cimport pixel
from cyconv._native.marks cimport WIDE, join, lowest, ones, pick, smear_taps, word
from cyconv._native.patchwork cimport TILE_COLUMNS, TILE_ROWS


cdef struct Strips:
    # What the strips of tiles see. Row y's marks are at y % ring: only a strip's are kept.
    const Py_ssize_t* down
    const Py_ssize_t* last_down
    Py_ssize_t rows, last_rows
    Py_ssize_t taps, spread, stride     # of a row: taps, and columns from one to the next
    Py_ssize_t count, height, step, width, words, ring
    Py_ssize_t* places                  # scratch: of the rows that a strip sees


cdef inline Py_ssize_t lay(
    const word* needed, Py_ssize_t width, Py_ssize_t* tiles,
) noexcept nogil:
    """Lays tiles over what is needed, each from the first window that none covers yet.

    The last is moved back to end with the row. Gives how many there are.
    """
    cdef Py_ssize_t x = 0, first = 0, covered = 0, count = 0
    cdef word bits
    while first < width:
        bits = needed[first // WIDE]
        if covered > first:
            bits = bits >> (covered - first) << (covered - first)
        while bits:
            x = lowest(bits)
            tiles[count] = max(0, min(first + x, width - TILE_COLUMNS))
            count = count + 1
            covered = first + x + TILE_COLUMNS
            if x + TILE_COLUMNS >= WIDE:
                break
            bits = bits >> (x + TILE_COLUMNS) << (x + TILE_COLUMNS)
        first = first + WIDE
    return count


cdef inline Py_ssize_t look_at(
    Look* look, Py_ssize_t strip, const Strips* strips, word* marks, word* room,
    Py_ssize_t* tiles, const pixel* kind,
) noexcept nogil:
    """Marks the rows that a strip sees, and lays its tiles."""
    cdef const Py_ssize_t* rows = strips.down
    cdef Py_ssize_t number = strips.rows, y = strip * strips.step, words = strips.words
    cdef Py_ssize_t each, last
    cdef word* here
    cdef word* needed = room + words
    if strip == strips.count - 1:
        rows, number = strips.last_down, strips.last_rows
    look.ready = max(look.ready, y)
    last = y + rows[number - 1] + 1
    while look.ready < last:
        here = marks + look.ready % strips.ring * words
        look.compared = look.compared + mark[pixel](look, look.ready, here, words, kind)
        look.differing = look.differing + ones(here, words)
        look.ready = look.ready + 1
    if look.back and strip == 0:
        for each in range((strips.width + WIDE - 1) // WIDE):
            needed[each] = ~<word>0
        if strips.width % WIDE:
            needed[strips.width // WIDE] = (<word>1 << strips.width % WIDE) - 1
        return lay(needed, strips.width, tiles)
    for each in range(number):
        strips.places[each] = (y + rows[each]) % strips.ring * words
    join(marks, strips.places, number, room, words)
    smear_taps(room, words, strips.taps, strips.spread)
    pick(room, words, look.origin, strips.stride, needed, strips.width)
    if look.aside:
        needed[0] |= 1
    return lay(needed, strips.width, tiles)


cdef struct Plan:
    # Where a plan is written to.
    word* marks
    word* room
    Py_ssize_t* counts
    Py_ssize_t* tiles
    Py_ssize_t* scratch
    unsigned char* taken
    Py_ssize_t most, half               # tiles of a strip; words of marks for one reference


cdef inline Py_ssize_t sweep(
    Look* looks, Py_ssize_t number, const Strips* strips, const Plan* plan, Py_ssize_t group,
    Py_ssize_t every, const pixel* kind,
) noexcept nogil:
    """Looks at a strip in ``every`` of a group; gives the outputs that its tiles hold."""
    cdef Py_ssize_t strip = every // 2, each, at, count, made = 0
    cdef Py_ssize_t* tiles
    for each in range(number):
        looks[each].ready = 0
    while strip < strips.count:
        at = group * strips.count + strip
        tiles = plan.tiles + at * plan.most
        plan.counts[at] = look_at[pixel](
            &looks[0], strip, strips, plan.marks, plan.room, tiles, kind)
        plan.taken[at] = looks[0].kind
        if number == 2:
            count = look_at[pixel](
                &looks[1], strip, strips, plan.marks + plan.half, plan.room, plan.scratch, kind)
            if count < plan.counts[at]:
                memcpy(tiles, plan.scratch, count * sizeof(Py_ssize_t))
                plan.counts[at], plan.taken[at] = count, looks[1].kind
        made = made + plan.counts[at] * min(TILE_ROWS, strips.height - strip * TILE_ROWS)
        strip = strip + every
    return made * TILE_COLUMNS


cdef inline Py_ssize_t seen_rows(const Strips* strips, Py_ssize_t every) noexcept nogil:
    """Gives the rows of each ``every``-th strip."""
    cdef Py_ssize_t strip = every // 2, rows = 0
    while strip < strips.count:
        rows = rows + min(TILE_ROWS, strips.height - strip * TILE_ROWS)
        strip = strip + every
    return rows
