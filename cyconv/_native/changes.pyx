"""Where an image differs from a reference, and which tiles of outputs that leaves to be made.

A pixel's reference is the pixel so many rows further up and columns further left, or that of
another image. A window whose pixels all equal their references gives what its reference window
gives. Tiles of ROWS x COLUMNS windows, the same at every level, are laid over all others.
"""

from libc.string cimport memcpy, memset

from cyconv._native.fill cimport Source, pixel
from cyconv._native.marks cimport WIDE, count_marks, gather

cdef enum:
    TILE_ROWS = 4
    TILE_COLUMNS = 16

ROWS = TILE_ROWS
COLUMNS = TILE_COLUMNS


cdef struct Look:
    Source now                          # the image; its channels are those compared
    const char* before                  # the image compared with, laid out likewise
    Py_ssize_t back, aside              # rows further up and columns further left


cdef inline bint differ(
    const char* one, Py_ssize_t x, const char* other, Py_ssize_t x_other, Py_ssize_t step,
    Py_ssize_t width, const pixel* kind,
) noexcept nogil:
    """Compares two pixels of two rows; what lies beside them, or in no row (NULL), is 0."""
    cdef pixel a = 0, b = 0
    if one != NULL and 0 <= x < width:
        memcpy(&a, one + x * step, sizeof(pixel))
    if other != NULL and 0 <= x_other < width:
        memcpy(&b, other + x_other * step, sizeof(pixel))
    return a != b


cdef inline void compare(
    const char* one, const char* other, Py_ssize_t step, Py_ssize_t count, unsigned char* marks,
    const pixel* kind,
) noexcept nogil:
    """Marks where ``count`` pixels, ``step`` bytes apart, differ."""
    cdef Py_ssize_t x, first
    cdef pixel a, b
    if step == <Py_ssize_t>sizeof(pixel) and count >= WIDE:
        # So many at once that the compiler makes vectors of; the last are moved back to end
        # with the row.
        first = 0
        while first < count:
            first = min(first, count - WIDE)
            for x in range(first, first + WIDE):
                memcpy(&a, one + x * sizeof(pixel), sizeof(pixel))
                memcpy(&b, other + x * sizeof(pixel), sizeof(pixel))
                marks[x] = marks[x] | (a != b)
            first = first + WIDE
        return
    for x in range(count):
        memcpy(&a, one + x * step, sizeof(pixel))
        memcpy(&b, other + x * step, sizeof(pixel))
        marks[x] = marks[x] | (a != b)


cdef inline Py_ssize_t mark_row(
    const Look* look, const char* one, const char* other, unsigned char* marks, const pixel* kind,
) noexcept nogil:
    """Marks where one channel's padded row differs from its reference; gives the comparisons."""
    cdef Py_ssize_t phases = look.now.phases, left = look.now.left, width = look.now.width
    cdef Py_ssize_t step = look.now.column_step, aside = look.aside
    cdef Py_ssize_t x, phase, first, end = min(left + width + aside, phases * look.now.places)
    # Columns where both pixels are the image's; beside them one at least is padding.
    cdef Py_ssize_t low = left + aside, high = min(left + width, end), begin = max(left, aside)
    if one == NULL or other == NULL or low >= high:
        low = high = end
    for phase in range(phases):
        first = low + (phase - low % phases + phases) % phases
        if first < high:
            compare(
                one + (first - left) * step, other + (first - left - aside) * step,
                phases * step, (high - first + phases - 1) // phases,
                marks + phase * look.now.places + first // phases, kind,
            )
    for x in range(begin, low):
        if differ(one, x - left, other, x - left - aside, step, width, kind):
            marks[x % phases * look.now.places + x // phases] = 1
    for x in range(high, end):
        if differ(one, x - left, other, x - left - aside, step, width, kind):
            marks[x % phases * look.now.places + x // phases] = 1
    return max(0, end - begin)


cdef inline const char* row_of(const Look* look, const char* pixels, Py_ssize_t y) noexcept nogil:
    """Gives the first channel's row y of the padded image, NULL where it is padding."""
    y = y - look.now.above
    return pixels + y * look.now.row_step if 0 <= y < look.now.height else NULL


cdef inline Py_ssize_t mark(
    const Look* look, Py_ssize_t y, unsigned char* marks, const pixel* kind,
) noexcept nogil:
    """Marks where any channel's pixel of row y differs from its reference."""
    cdef const char* one = row_of(look, look.now.pixels, y)
    cdef const char* other = row_of(look, look.before, y - look.back)
    cdef Py_ssize_t channel, step, made = 0
    memset(marks, 0, look.now.phases * look.now.places)
    if y < look.back or (one == NULL and other == NULL):
        return 0
    for channel in range(look.now.channels):
        step = channel * look.now.channel_step
        made = made + mark_row[pixel](
            look, one + step if one != NULL else NULL, other + step if other != NULL else NULL,
            marks, kind)
    return made


cdef Py_ssize_t lay(
    const unsigned char* needed, Py_ssize_t width, Py_ssize_t* tiles,
) noexcept nogil:
    """Lays tiles over what is needed, each from the first window that none covers yet.

    The last is moved back to end with the row. Gives how many there are. Bytes from ``width``
    on must be there and 0.
    """
    cdef Py_ssize_t x = 0, count = 0
    cdef unsigned long long eight
    while x < width:
        memcpy(&eight, needed + x, sizeof(eight))
        if eight == 0:
            x = x + <Py_ssize_t>sizeof(eight)
            continue
        while not needed[x]:
            x = x + 1
        tiles[count] = max(0, min(x, width - TILE_COLUMNS))
        count = count + 1
        x = x + TILE_COLUMNS
    return count


cdef Py_ssize_t furthest(const Py_ssize_t[::1] rows, Py_ssize_t pitch) except -1:
    """Gives the last of rows that rise by whole ones; IndexError if they don't."""
    cdef Py_ssize_t each, before = -pitch
    for each in range(rows.shape[0]):
        if rows[each] % pitch or rows[each] <= before:
            raise IndexError("rows of a window must lie below each other")
        before = rows[each]
    if before < 0:
        raise IndexError("windows must see rows")
    return before


cdef int describe(
    Look* look, const pixel[:, :, :] image, const pixel[:, :, :] before,
    const Py_ssize_t[::1] across, Py_ssize_t width,
) except -1:
    """Completes a description, or raises IndexError if windows would lie outside a row."""
    cdef Py_ssize_t each, line = look.now.phases * look.now.places
    if min(image.shape[0], image.shape[1], image.shape[2]) < 1 or (
        min(look.now.phases, look.now.places, width) < 1
        or min(look.now.above, look.now.left, look.back, look.aside) < 0
    ):
        raise IndexError("there must be rows, columns and channels to look at")
    look.now.pixels = look.before = <const char*>&image[0, 0, 0]
    look.now.channels, look.now.height = image.shape[0], image.shape[1]
    look.now.width = image.shape[2]
    look.now.channel_step, look.now.row_step = image.strides[0], image.strides[1]
    look.now.column_step = image.strides[2]
    if before is not None:
        for each in range(3):
            if image.shape[each] != before.shape[each] or (
                image.strides[each] != before.strides[each]
            ):
                raise IndexError("image and reference must lie in memory alike")
        look.before = <const char*>&before[0, 0, 0]
    if across.shape[0] < 1:
        raise IndexError("windows must see columns")
    for each in range(across.shape[0]):
        if across[each] < 0 or across[each] + width > line:
            raise IndexError("columns of a window must lie inside the row")
    return 0


def plan(
    const pixel[:, :, :] image not None, const pixel[:, :, :] before, Py_ssize_t above,
    Py_ssize_t left, Py_ssize_t phases, Py_ssize_t places, Py_ssize_t back, Py_ssize_t aside,
    const Py_ssize_t[::1] down not None, const Py_ssize_t[::1] last_down not None,
    const Py_ssize_t[::1] across not None, Py_ssize_t step, Py_ssize_t width, Py_ssize_t every,
    unsigned char[:, ::1] marks not None, Py_ssize_t[::1] counts not None,
    Py_ssize_t[:, ::1] tiles not None,
):
    """Finds the tiles that must be made in strips of ROWS output rows.

    Parameters
    ----------
    image : C x H x W
        The channels that one group's windows see.
    before : C x H x W, or None
        What is compared with, in memory like the image; the image itself where None.
    above, left : int
        Padding.
    phases, places : int
        Columns of the padded image are laid out as the other kernels do.
    back, aside : int
        A pixel is compared with that so many rows further up, so many columns further left.
        Where there is none it is not compared: with ``back`` the first strip, with ``aside``
        the first window of each row are taken to differ.
    down, last_down : 1-D
        Rows that the windows of a strip (of the last one) see, counted from its first in bytes
        of ``marks``, rising.
    across : K_w
        Places of the columns of a window.
    step : int
        Padded rows from strip to strip.
    width : int
        Columns of the output.
    every : int
        How many strips further on the next is that is looked at, the first being the first.
    marks : (padded rows + 2) x pitch
        Receives a 1 where a pixel of any channel differs, else 0 (of the rows looked at). The
        last two rows are scratch; the pitch is a multiple of 64 and 64 more than the longer of
        the row and the output's.
    counts : strips
        Receives the number of tiles of each strip.
    tiles : strips x ceil(width / COLUMNS)
        Receives the first column of each.

    Returns
    -------
    compared, differing : int
        Pairs of pixels compared, and places marked.
    """
    cdef Look look
    cdef const pixel* kind = NULL
    cdef const Py_ssize_t* rows = NULL
    cdef Py_ssize_t strip = 0, strips = counts.shape[0], number, y, ready = 0
    cdef Py_ssize_t line = phases * places, pitch = marks.shape[1], compared = 0, differing = 0
    cdef unsigned char* seen
    cdef unsigned char* needed
    look.now.above, look.now.left, look.now.phases, look.now.places = above, left, phases, places
    look.back, look.aside = back, aside
    describe[pixel](&look, image, before, across, width)
    if min(strips, step, every) < 1 or tiles.shape[0] < strips or (
        tiles.shape[1] < (width + TILE_COLUMNS - 1) // TILE_COLUMNS
    ):
        raise IndexError("counts and tiles must hold every strip's")
    if pitch % WIDE or pitch < max(line, width) + WIDE:
        raise IndexError("a row of marks must have room for vectors")
    y = max(
        furthest(down, pitch) + max(0, strips - 2) * step * pitch,
        furthest(last_down, pitch) + (strips - 1) * step * pitch,
    )
    if (marks.shape[0] - 2) * pitch < y + pitch:
        raise IndexError("marks must have a row each that windows see")
    seen, needed = &marks[marks.shape[0] - 2, 0], &marks[marks.shape[0] - 1, 0]
    with nogil:
        while strip < strips:
            rows, number = &down[0], down.shape[0]
            if strip == strips - 1:
                rows, number = &last_down[0], last_down.shape[0]
            y = strip * step
            ready = max(ready, y)
            while ready <= y + rows[number - 1] // pitch:
                compared = compared + mark[pixel](&look, ready, &marks[ready, 0], kind)
                differing = differing + count_marks(&marks[ready, 0], line)
                ready = ready + 1
            gather(&marks[y, 0], rows, number, seen, line)
            gather(seen, &across[0], across.shape[0], needed, width)
            if back and strip == 0:
                memset(needed, 1, pitch)
            if aside:
                needed[0] = 1
            memset(needed + width, 0, 8)
            counts[strip] = lay(needed, width, &tiles[strip, 0])
            strip = strip + every
    return compared, differing
