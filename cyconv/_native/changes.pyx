"""Where an image differs from a reference, and which tiles of outputs that leaves to be made.

A pixel's reference is the pixel so many rows further up and columns further left, or that of
another image. A window whose pixels all equal their references gives what its reference window
gives. Tiles of ROWS x COLUMNS windows, the same at every level, are laid over all others.
"""

from libc.string cimport memcpy

from cyconv._native.compare cimport Look
from cyconv._native.fill cimport pixel
from cyconv._native.laying cimport Plan, Strips, seen_rows, sweep
from cyconv._native.marks cimport WIDE, differ_wide, word
from cyconv._native.patchwork cimport BEFORE, TILE_COLUMNS, TILE_ROWS

ROWS = TILE_ROWS
COLUMNS = TILE_COLUMNS


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
    Py_ssize_t reach,
) except -1:
    """Completes a description, or raises IndexError if there is nothing to look at."""
    cdef Py_ssize_t each
    if min(image.shape[0], image.shape[1], image.shape[2]) < 1 or (
        min(look.now.above, look.now.left) < 0 or groups < 1 or image.shape[0] % groups
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
    look.reach = reach
    # Where both pixels are the image's marks begin with a word.
    look.origin = (WIDE - (look.now.left + look.aside) % WIDE) % WIDE
    return 0


cdef bint rows_differ(
    const char* one, const char* other, Py_ssize_t step, Py_ssize_t width, const pixel* kind,
) noexcept nogil:
    """Tells whether two rows differ anywhere, or hold what is no finite number."""
    cdef Py_ssize_t x = 0, size = sizeof(pixel)
    cdef pixel a, b
    cdef word found = 0
    if step == size and width >= WIDE:
        while x + WIDE <= width:
            found |= differ_wide(one + x * size, other + x * size, kind)
            x = x + WIDE
        # The last are moved back to end with the row.
        found |= differ_wide(one + (width - WIDE) * size, other + (width - WIDE) * size, kind)
        x = width
    while x < width:
        memcpy(&a, one + x * step, sizeof(pixel))
        memcpy(&b, other + x * step, sizeof(pixel))
        found |= a != b
        x = x + 1
    if pixel is float or pixel is double:
        # Of a number that is not finite less itself nothing is left but NaN.
        for x in range(width):
            memcpy(&a, one + x * step, sizeof(pixel))
            found |= a - a != 0
    return found != 0


def alike(const pixel[:, :, :] image not None):
    """Tells whether all channels of an image hold the same finite numbers.

    Parameters
    ----------
    image : C x H x W

    Returns
    -------
    alike : bool
    compared : int
        Pairs of pixels that were compared, whole rows.
    """
    cdef Py_ssize_t y, channel, compared = 0
    cdef const char* row
    cdef const pixel* kind = NULL
    cdef bint same = True
    if min(image.shape[0], image.shape[1], image.shape[2]) < 1:
        raise IndexError("there must be rows, columns and channels to look at")
    with nogil:
        for y in range(image.shape[1]):
            row = <const char*>&image[0, 0, 0] + y * image.strides[1]
            for channel in range(1, image.shape[0]):
                if same:
                    compared = compared + image.shape[2]
                    same = not rows_differ[pixel](
                        row, row + channel * image.strides[0], image.strides[2],
                        image.shape[2], kind)
            if not same:
                break
    return bool(same), compared


def plan(
    const pixel[:, :, :] image not None, const pixel[:, :, :] before, Py_ssize_t groups,
    Py_ssize_t above, Py_ssize_t left, const Py_ssize_t[:, ::1] references not None,
    const Py_ssize_t[::1] down not None, const Py_ssize_t[::1] last_down not None,
    Py_ssize_t taps, Py_ssize_t spread, Py_ssize_t stride, Py_ssize_t step, Py_ssize_t rows,
    Py_ssize_t width, Py_ssize_t samples, double worth,
    word[:, ::1] marks not None, Py_ssize_t[::1] room not None,
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
    references : 1 or 2, of (back, aside, kind)
        A pixel is compared with that so many rows further up, so many columns further left,
        where ``kind`` is BEFORE in the other image. Where there is none it is not compared:
        with rows the first strip, with columns the first window of each row are taken to
        differ. Of two references each strip takes the one that leaves fewer tiles, the first
        if as many.
    down, last_down : 1-D
        Rows that the windows of a strip (of the last one) see, counted from its first, rising.
    taps, spread, stride : int
        Taps of a window's row, columns from one to the next, and from window to window.
    step : int
        Padded rows from strip to strip.
    rows, width : int
        Of the output.
    samples, worth : int, float
        So many strips are looked at first, evenly spread, and no more if their tiles hold more
        than that share of their outputs.
    marks : (references * ring + 2) x words, uint64
        Scratch: rows of marks, a bit for each column, 1 where a pixel of any channel differs, as
        many as a strip sees; and two more. There are 63 bits more than columns, or 64.
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
    cdef Py_ssize_t last = marks.shape[0] - 2, group_step, reach
    if min(taps, spread, stride, width) < 1 or max(spread, stride) > (
        <Py_ssize_t>(~<size_t>0 >> 3) // (taps + width)
    ):
        raise IndexError("windows must have taps, and lie in a row")
    reach = (width - 1) * stride + (taps - 1) * spread + 1
    if not 1 <= number <= 2 or references.shape[1] != 3:
        raise IndexError("there must be one reference or two")
    for each in range(number):
        looks[each].now.above, looks[each].now.left = above, left
        looks[each].back, looks[each].aside = references[each, 0], references[each, 1]
        looks[each].compared, looks[each].kind = 0, <unsigned char>references[each, 2]
        if min(references[each, 0], references[each, 1]) < 0:
            raise IndexError("a reference must lie above or to the left")
        if references[each, 2] == BEFORE and before is None:
            raise IndexError("an image to compare with must be given")
        describe[pixel](
            &looks[each], image, before if references[each, 2] == BEFORE else image, groups,
            reach)
    strips.count, strips.words = (rows + TILE_ROWS - 1) // TILE_ROWS, marks.shape[1]
    strips.step, strips.width = step, width
    strips.taps, strips.spread, strips.stride = taps, spread, stride
    if min(rows, step, samples) < 1 or counts.shape[0] != groups * strips.count or (
        tiles.shape[0] != counts.shape[0] + 1 or taken.shape[0] != counts.shape[0]
        or tiles.shape[1] < (width + TILE_COLUMNS - 1) // TILE_COLUMNS
    ):
        raise IndexError("counts, tiles and taken must hold every strip's")
    if strips.words < (reach + 2 * WIDE - 2) // WIDE:
        raise IndexError("a row of marks must have a bit for each column, and 63 more")
    strips.ring = last // number
    if last < number or max(furthest(down), furthest(last_down)) >= strips.ring or (
        room.shape[0] < max(down.shape[0], last_down.shape[0])
    ):
        raise IndexError("marks and room must hold the rows that a strip sees")
    strips.places = &room[0]
    group_step = looks[0].now.channels * looks[0].now.channel_step
    strips.down, strips.rows = &down[0], down.shape[0]
    strips.last_down, strips.last_rows = &last_down[0], last_down.shape[0]
    strips.height = rows
    plan.marks, plan.room = &marks[0, 0], &marks[last, 0]
    plan.counts, plan.taken, plan.most = &counts[0], &taken[0], tiles.shape[1]
    plan.tiles, plan.scratch = &tiles[0, 0], &tiles[tiles.shape[0] - 1, 0]
    plan.half = strips.ring * strips.words
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
