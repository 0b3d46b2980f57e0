"""Strips of output rows, of which tiles are made and the rest is taken over."""

from libc.string cimport memcpy

from cyconv._native.fill cimport real

cdef enum:
    TILE_ROWS = 4
    TILE_COLUMNS = 16
    # What a strip takes the rest of its outputs from: the window to the left, the one above,
    # or the one of another image.
    LEFT = 0
    ABOVE = 1
    BEFORE = 2


cdef struct Tiles:
    # What is to be made; strips of groups one after another.
    const Py_ssize_t* counts
    const Py_ssize_t* columns
    const unsigned char* kinds
    Py_ssize_t strips, most             # of a group; and tiles that a strip has room for


cdef inline int describe_tiles(
    Tiles* tiles, const Py_ssize_t[::1] counts, const Py_ssize_t[:, ::1] columns,
    const unsigned char[::1] kinds, Py_ssize_t groups, Py_ssize_t rows, Py_ssize_t width,
) except -1:
    """Writes a description, or raises IndexError if any tile would lie outside."""
    cdef Py_ssize_t strip, tile, before, each
    tiles.strips, tiles.most = (rows + TILE_ROWS - 1) // TILE_ROWS, columns.shape[1]
    if groups < 1 or rows < 1 or width < TILE_COLUMNS or (
        counts.shape[0] != groups * tiles.strips or kinds.shape[0] != counts.shape[0]
        or columns.shape[0] < counts.shape[0] or tiles.most < 1
    ):
        raise IndexError("tiles must be given for each group and strip, and rows be long enough")
    tiles.counts, tiles.columns, tiles.kinds = &counts[0], &columns[0, 0], &kinds[0]
    for strip in range(groups * tiles.strips):
        if not 0 <= counts[strip] <= tiles.most or kinds[strip] > BEFORE:
            raise IndexError("a strip must have a kind, and tiles that there is room for")
        before = 0
        for tile in range(counts[strip]):
            each = columns[strip, tile]
            if not before <= each <= width - TILE_COLUMNS:
                raise IndexError("tiles must rise along the row and lie inside it")
            before = each
        if kinds[strip] == LEFT and (counts[strip] < 1 or columns[strip, 0] > 0):
            raise IndexError("a first window has nothing to its left")
    return 0


cdef inline void take_left(
    const Py_ssize_t* columns, Py_ssize_t count, real* row, Py_ssize_t width
) noexcept nogil:
    """Gives the outputs of a row that lie between tiles the value to their left."""
    cdef Py_ssize_t x = 0, tile, end, each
    cdef real value
    for tile in range(count + 1):
        end = columns[tile] if tile < count else width
        if x < end:
            value = row[x - 1]
            for each in range(x, end):
                row[each] = value
        x = max(x, end + TILE_COLUMNS)


cdef inline void take_over(
    const Py_ssize_t* columns, Py_ssize_t count, const real* source, real* row,
    Py_ssize_t width,
) noexcept nogil:
    """Gives the outputs of a row that lie between tiles those of another row."""
    cdef Py_ssize_t x = 0, tile, end
    for tile in range(count + 1):
        end = columns[tile] if tile < count else width
        if x < end:
            memcpy(row + x, source + x, (end - x) * sizeof(real))
        x = max(x, end + TILE_COLUMNS)


cdef inline int check_before(
    const Tiles* tiles, Py_ssize_t groups, const real[:, ::1] before, Py_ssize_t filters,
    Py_ssize_t outputs,
) except -1:
    """Raises IndexError where outputs from before are wanted and not given, or don't fit."""
    cdef Py_ssize_t strip
    if before is None:
        for strip in range(groups * tiles.strips):
            if tiles.kinds[strip] == BEFORE:
                raise IndexError("outputs from before must be given")
    elif before.shape[0] != filters or before.shape[1] != outputs:
        raise IndexError("out and before must have the same shape")
    return 0


cdef inline void take_row(
    const Tiles* tiles, Py_ssize_t strip, Py_ssize_t row, const real* before, real* line,
    Py_ssize_t width,
) noexcept nogil:
    """Takes over the outputs of a row that no tile of its strip covers."""
    cdef const Py_ssize_t* columns = tiles.columns + strip * tiles.most
    if tiles.kinds[strip] == BEFORE:
        take_over(columns, tiles.counts[strip], before, line, width)
    elif tiles.kinds[strip] == LEFT:
        take_left(columns, tiles.counts[strip], line, width)
    elif row > 0:
        # The first row is whole: its strip has tiles everywhere.
        take_over(columns, tiles.counts[strip], line - width, line, width)
