"""Where an image differs from a reference, and which tiles of outputs that leaves to be made.

A pixel's reference is the pixel so many rows further up and columns further left, or that of
another image. A window whose pixels all equal their references gives what its reference window
gives. Tiles of ROWS x COLUMNS windows, the same at every level, are laid over all others.
"""

from libc.string cimport memcpy, memset

from cyconv._native.compare cimport Look, mark
from cyconv._native.fill cimport pixel
from cyconv._native.marks cimport WIDE, bits_of, count_marks, gather, lowest
from cyconv._native.patchwork cimport BEFORE, TILE_COLUMNS, TILE_ROWS

ROWS = TILE_ROWS
COLUMNS = TILE_COLUMNS


cdef struct Strips:
    # What the strips of tiles see. Row y's marks are at y % ring: only a strip's are kept.
    const Py_ssize_t* down
    const Py_ssize_t* last_down
    const Py_ssize_t* across
    Py_ssize_t rows, last_rows, columns
    Py_ssize_t count, height, step, width, pitch, ring
    Py_ssize_t* places                  # scratch: of the rows that a strip sees


cdef Py_ssize_t lay(
    const unsigned char* needed, Py_ssize_t width, Py_ssize_t* tiles,
) noexcept nogil:
    """Lays tiles over what is needed, each from the first window that none covers yet.

    The last is moved back to end with the row. Gives how many there are. Bytes from ``width``
    on must be there and 0.
    """
    cdef Py_ssize_t x = 0, first = 0, covered = 0, count = 0
    cdef unsigned long long bits
    while first < width:
        bits = bits_of(needed + first)
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


cdef Py_ssize_t furthest(const Py_ssize_t[::1] rows) except -1:
    """Gives the last of rows that rise; IndexError if they don't."""
    cdef Py_ssize_t each, before = -1
    for each in range(rows.shape[0]):
        if rows[each] <= before:
            raise IndexError("rows of a window must lie below each other")
        before = rows[each]
    if before < 0:
        raise IndexError("windows must see rows")
    return before


cdef int describe(
    Look* look, const pixel[:, :, :] image, const pixel[:, :, :] before, Py_ssize_t groups,
    const Py_ssize_t[::1] across, Py_ssize_t width,
) except -1:
    """Completes a description, or raises IndexError if windows would lie outside a row."""
    cdef Py_ssize_t each, line = look.now.phases * look.now.places
    if min(image.shape[0], image.shape[1], image.shape[2]) < 1 or (
        min(look.now.phases, look.now.places, width) < 1
        or min(look.now.above, look.now.left) < 0 or groups < 1 or image.shape[0] % groups
    ):
        raise IndexError("there must be rows, columns and channels to look at")
    look.now.pixels = <const char*>&image[0, 0, 0]
    look.now.channels, look.now.height = image.shape[0] // groups, image.shape[1]
    look.now.width = image.shape[2]
    look.now.channel_step, look.now.row_step = image.strides[0], image.strides[1]
    look.now.column_step = image.strides[2]
    for each in range(3):
        if image.shape[each] != before.shape[each] or image.strides[each] != before.strides[each]:
            raise IndexError("image and reference must lie in memory alike")
    look.before = <const char*>&before[0, 0, 0]
    if across.shape[0] < 1:
        raise IndexError("windows must see columns")
    for each in range(across.shape[0]):
        if across[each] < 0 or across[each] + width > line:
            raise IndexError("columns of a window must lie inside the row")
    return 0


cdef Py_ssize_t look_at(
    Look* look, Py_ssize_t strip, const Strips* strips, unsigned char* marks,
    unsigned char* room, Py_ssize_t* tiles, const pixel* kind,
) noexcept nogil:
    """Marks the rows that a strip sees, and lays its tiles."""
    cdef const Py_ssize_t* rows = strips.down
    cdef Py_ssize_t number = strips.rows, y = strip * strips.step, pitch = strips.pitch
    cdef Py_ssize_t each, last
    cdef unsigned char* here
    cdef unsigned char* needed = room + pitch
    if strip == strips.count - 1:
        rows, number = strips.last_down, strips.last_rows
    look.ready = max(look.ready, y)
    last = y + rows[number - 1] + 1
    while look.ready < last:
        here = marks + look.ready % strips.ring * pitch
        look.compared = look.compared + mark[pixel](look, look.ready, here, pitch, kind)
        look.differing = look.differing + count_marks(here, pitch)
        look.ready = look.ready + 1
    for each in range(number):
        strips.places[each] = (y + rows[each]) % strips.ring * pitch
    gather(marks, strips.places, number, room, look.now.phases * look.now.places)
    gather(room, strips.across, strips.columns, needed, strips.width)
    if look.back and strip == 0:
        memset(needed, 1, pitch)
    if look.aside:
        needed[0] = 1
    memset(needed + strips.width, 0, pitch - strips.width)
    return lay(needed, strips.width, tiles)


cdef struct Plan:
    # Where a plan is written to.
    unsigned char* marks
    unsigned char* room
    Py_ssize_t* counts
    Py_ssize_t* tiles
    Py_ssize_t* scratch
    unsigned char* taken
    Py_ssize_t most, half               # tiles of a strip; bytes of marks for one reference


cdef Py_ssize_t sweep(
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


cdef Py_ssize_t seen_rows(const Strips* strips, Py_ssize_t every) noexcept nogil:
    """Gives the rows of each ``every``-th strip."""
    cdef Py_ssize_t strip = every // 2, rows = 0
    while strip < strips.count:
        rows = rows + min(TILE_ROWS, strips.height - strip * TILE_ROWS)
        strip = strip + every
    return rows


def plan(
    const pixel[:, :, :] image not None, const pixel[:, :, :] before, Py_ssize_t groups,
    Py_ssize_t above, Py_ssize_t left, Py_ssize_t phases, Py_ssize_t places,
    const Py_ssize_t[:, ::1] references not None,
    const Py_ssize_t[::1] down not None, const Py_ssize_t[::1] last_down not None,
    const Py_ssize_t[::1] across not None, Py_ssize_t step, Py_ssize_t rows, Py_ssize_t width,
    Py_ssize_t samples, double worth,
    unsigned char[:, ::1] marks not None, Py_ssize_t[::1] room not None,
    Py_ssize_t[::1] counts not None,
    Py_ssize_t[:, ::1] tiles not None, unsigned char[::1] taken not None,
):
    """Finds the tiles that must be made in strips of ROWS output rows.

    Parameters
    ----------
    image : C x H x W
    before : C x H x W, or None
        Another image, in memory like the first.
    groups : int
        Groups of channels, which are looked at one by one.
    above, left : int
        Padding.
    phases, places : int
        Columns of the padded image are laid out as the other kernels do.
    references : 1 or 2, of (back, aside, kind)
        A pixel is compared with that so many rows further up, so many columns further left,
        where ``kind`` is BEFORE in the other image. Where there is none it is not compared:
        with rows the first strip, with columns the first window of each row are taken to
        differ. Of two references each strip takes the one that leaves fewer tiles, the first
        if as many.
    down, last_down : 1-D
        Rows that the windows of a strip (of the last one) see, counted from its first, rising.
    across : K_w
        Places of the columns of a window.
    step : int
        Padded rows from strip to strip.
    rows, width : int
        Of the output.
    samples, worth : int, float
        So many strips are looked at first, evenly spread, and no more if their tiles hold more
        than that share of their outputs.
    marks : (references * ring + 2) x pitch
        Scratch: rows of marks, 1 where a pixel of any channel differs, as many as a strip sees;
        and two more. The pitch is a multiple of 64 and 64 more than the longer of the row and
        the output's.
    room : rows of a strip
        Scratch.
    counts : groups * strips
        Receives the number of tiles of each strip, of those looked at.
    tiles : (groups * strips + 1) x ceil(width / COLUMNS)
        Receives the first column of each; the last row is scratch.
    taken : groups * strips
        Receives the kind of the reference that a strip took.

    Returns
    -------
    made, seen, every : int
        Outputs that the tiles hold, twice where two overlap, and those of the strips looked at,
        of one filter each group; each ``every``-th strip was looked at.
    compared : int
        Pairs of pixels compared, the first look included.
    differing : tuple of int
        Places marked, for each reference, of the strips looked at last.
    """
    cdef Look[2] looks
    cdef Strips strips
    cdef const pixel* kind = NULL
    cdef Plan plan
    cdef Py_ssize_t group, each, every, made, seen, number = references.shape[0]
    cdef Py_ssize_t last = marks.shape[0] - 2, group_step
    if not 1 <= number <= 2 or references.shape[1] != 3:
        raise IndexError("there must be one reference or two")
    for each in range(number):
        looks[each].now.above, looks[each].now.left = above, left
        looks[each].now.phases, looks[each].now.places = phases, places
        looks[each].back, looks[each].aside = references[each, 0], references[each, 1]
        looks[each].compared, looks[each].kind = 0, <unsigned char>references[each, 2]
        if min(references[each, 0], references[each, 1]) < 0:
            raise IndexError("a reference must lie above or to the left")
        if references[each, 2] == BEFORE and before is None:
            raise IndexError("an image to compare with must be given")
        describe[pixel](
            &looks[each], image, before if references[each, 2] == BEFORE else image, groups,
            across, width)
    strips.count, strips.pitch = (rows + TILE_ROWS - 1) // TILE_ROWS, marks.shape[1]
    strips.step, strips.width = step, width
    if min(rows, step, samples) < 1 or counts.shape[0] != groups * strips.count or (
        tiles.shape[0] != counts.shape[0] + 1 or taken.shape[0] != counts.shape[0]
        or tiles.shape[1] < (width + TILE_COLUMNS - 1) // TILE_COLUMNS
    ):
        raise IndexError("counts, tiles and taken must hold every strip's")
    if strips.pitch % WIDE or strips.pitch < max(phases * places, width) + WIDE:
        raise IndexError("a row of marks must have room for vectors")
    strips.ring = last // number
    if last < number or max(furthest(down), furthest(last_down)) >= strips.ring or (
        room.shape[0] < max(down.shape[0], last_down.shape[0])
    ):
        raise IndexError("marks and room must hold the rows that a strip sees")
    strips.places = &room[0]
    group_step = looks[0].now.channels * looks[0].now.channel_step
    strips.down, strips.rows = &down[0], down.shape[0]
    strips.last_down, strips.last_rows = &last_down[0], last_down.shape[0]
    strips.across, strips.columns, strips.height = &across[0], across.shape[0], rows
    plan.marks, plan.room = &marks[0, 0], &marks[last, 0]
    plan.counts, plan.taken, plan.most = &counts[0], &taken[0], tiles.shape[1]
    plan.tiles, plan.scratch = &tiles[0, 0], &tiles[tiles.shape[0] - 1, 0]
    plan.half = strips.ring * strips.pitch
    with nogil:
        every = (strips.count + samples - 1) // samples if strips.count >= 2 * samples else 1
        while True:
            made = 0
            for each in range(number):
                looks[each].differing = 0
            for group in range(groups):
                made = made + sweep[pixel](looks, number, &strips, &plan, group, every, kind)
                for each in range(number):
                    looks[each].now.pixels += group_step
                    looks[each].before += group_step
            seen = groups * seen_rows(&strips, every) * width
            if every == 1 or made > worth * seen:
                break
            every = 1
            for each in range(number):
                looks[each].now.pixels -= groups * group_step
                looks[each].before -= groups * group_step
    differing = tuple([looks[each].differing for each in range(number)])
    return made, seen, every, sum([looks[each].compared for each in range(number)]), differing
