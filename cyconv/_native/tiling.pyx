"""Winograd's tiles of 4 x 4 outputs of 3 x 3 filters, F(4 x 4, 3 x 3): there and back.

Lavin and Gray, "Fast algorithms for convolutional neural networks" (2016), section 4.3. A tile's
6 x 6 pixels d become B^T d B, 36 values that meet the filters' own 36 one by one; what comes of
it, m, becomes the outputs A^T m A. Neighbouring tiles lie side by side in vectors.
"""

from libc.string cimport memcpy

from cyconv._native.fill cimport Source, fill_rows, pixel, real
from cyconv._native.squares cimport highd, highf, lowd, lowf
from cyconv._native.vector cimport at, lane, load, store, vec, vecd, vecf

SLACK = sizeof(vecf) // sizeof(float)

cdef enum:
    SIDE = 4            # outputs of a tile
    SEEN = 6            # pixels of a tile
    POINTS = 36


cdef inline void into(vec* d, Py_ssize_t step) noexcept nogil:
    """Multiplies six values, ``step`` apart, by B^T, in place: 7 products, 12 sums."""
    cdef vec even = d[4 * step] - 4 * d[2 * step]
    cdef vec odd = d[3 * step] - 4 * d[step]
    cdef vec near = d[4 * step] - d[2 * step]
    cdef vec far = 2 * (d[3 * step] - d[step])
    d[0] = 4 * d[0] - 5 * d[2 * step] + d[4 * step]
    d[5 * step] = 4 * d[step] - 5 * d[3 * step] + d[5 * step]
    d[step] = even + odd
    d[2 * step] = even - odd
    d[3 * step] = near + far
    d[4 * step] = near - far


cdef inline void back(vec* m, Py_ssize_t step) noexcept nogil:
    """Multiplies six values, ``step`` apart, by A^T, in place: 3 products, 10 sums."""
    cdef vec sum_1 = m[step] + m[2 * step]
    cdef vec less_1 = m[step] - m[2 * step]
    cdef vec sum_2 = m[3 * step] + m[4 * step]
    cdef vec less_2 = m[3 * step] - m[4 * step]
    m[0] = m[0] + sum_1 + sum_2
    m[step] = less_1 + 2 * less_2
    m[2 * step] = sum_1 + 4 * sum_2
    m[3 * step] = less_1 + 8 * less_2 + m[5 * step]


cdef void transform(
    const vec* rows, Py_ssize_t places, Py_ssize_t tile_rows, Py_ssize_t across, vec* points,
    Py_ssize_t pitch,
) noexcept nogil:
    """Transforms one channel's tiles; point k of tile t goes to value ``k * pitch + t``.

    Whole vectors are written: what is too much is written over by the next row or channel, or
    lies in the slack behind the last.
    """
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    cdef Py_ssize_t row, tile, i, j
    cdef const vec* seen
    cdef vec d[36]
    for row in range(tile_rows):
        tile = 0
        while tile < across:
            seen = <const vec*>at(rows, row * SIDE * SIDE * places + tile)
            for i in range(SEEN):
                for j in range(SEEN):
                    # Column 4 t + j lies in phase j % 4, place t + j // 4.
                    load(d[i * SEEN + j], at(
                        seen, (i * SIDE + j % SIDE) * places + j // SIDE))
            for i in range(SEEN):
                into(d + i, SEEN)
            for i in range(SEEN):
                into(d + i * SEEN, 1)
            for i in range(POINTS):
                store(at(points, i * pitch + row * across + tile), d[i])
            tile = tile + lanes


def tiles_in(
    const pixel[:, :, :] image not None, real[::1] room not None, Py_ssize_t above,
    Py_ssize_t left, Py_ssize_t top, Py_ssize_t tile_rows, Py_ssize_t across,
    real[::1] points not None,
):
    """Transforms rows of tiles of every channel.

    Parameters
    ----------
    image : C x H x W
    room : 1-D
        Room for the padded rows of a channel, :func:`room_for` values.
    above, left : int
        Rows and columns of padding.
    top : int
        First padded row.
    tile_rows, across : int
        Rows of tiles, and tiles in a row.
    points : 36 x C x (tile_rows * across + slack), as one row
        Written but for the slack, which is a vector's worth of values, :data:`SLACK`.
    """
    cdef Source source
    cdef Py_ssize_t channel, places = places_for(across), rows = tile_rows * SIDE + SEEN - SIDE
    cdef Py_ssize_t channels = image.shape[0], pitch, length
    cdef const pixel* kind = NULL
    if min(tile_rows, across, channels) < 1 or image.shape[1] < 1 or image.shape[2] < 1 or (
        min(above, left, top) < 0 or room.shape[0] < rows * SIDE * places
    ):
        raise IndexError("there must be tiles, and room for their rows")
    length = tile_rows * across + SLACK
    if points.shape[0] < POINTS * channels * length:
        raise IndexError("points must be 36 x C x tiles and slack")
    pitch = channels * length
    source.channels, source.height, source.width = 1, image.shape[1], image.shape[2]
    source.channel_step, source.row_step = image.strides[0], image.strides[1]
    source.column_step = image.strides[2]
    source.above, source.left, source.phases, source.places = above, left, SIDE, places
    with nogil:
        for channel in range(channels):
            source.pixels = <const char*>&image[channel, 0, 0]
            fill_rows(&source, top, rows, SIDE * places, SIDE * places, &room[0], kind)
            if real is float:
                transform[vecf](<const vecf*>&room[0], places, tile_rows, across,
                                <vecf*>&points[channel * length], pitch)
            else:
                transform[vecd](<const vecd*>&room[0], places, tile_rows, across,
                                <vecd*>&points[channel * length], pitch)


cdef Py_ssize_t places_for(Py_ssize_t across) noexcept:
    """Gives the places of a phase: whole vectors may be read from the last tile on."""
    return across + sizeof(vecf) // sizeof(float) + 1


def room_for(Py_ssize_t tile_rows, Py_ssize_t across):
    """Gives the values of room that rows of tiles take."""
    return (tile_rows * SIDE + SEEN - SIDE) * SIDE * places_for(across)


cdef inline void weave(const vec* columns, vec* row) noexcept nogil:
    """Gives a value of each of four columns in turn."""
    cdef vec even_low, even_high, odd_low, odd_high
    if vec is vecf:
        even_low, even_high = lowf(columns[0], columns[2]), highf(columns[0], columns[2])
        odd_low, odd_high = lowf(columns[1], columns[3]), highf(columns[1], columns[3])
        row[0], row[1] = lowf(even_low, odd_low), highf(even_low, odd_low)
        row[2], row[3] = lowf(even_high, odd_high), highf(even_high, odd_high)
    else:
        even_low, even_high = lowd(columns[0], columns[2]), highd(columns[0], columns[2])
        odd_low, odd_high = lowd(columns[1], columns[3]), highd(columns[1], columns[3])
        row[0], row[1] = lowd(even_low, odd_low), highd(even_low, odd_low)
        row[2], row[3] = lowd(even_high, odd_high), highd(even_high, odd_high)


cdef inline void write(const vec* row, vec* out, Py_ssize_t count) noexcept nogil:
    """Writes the first ``count`` values of four vectors."""
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    cdef Py_ssize_t each, left = count
    for each in range(SIDE):
        if left >= lanes:
            store(at(out, each * lanes), row[each])
        elif left > 0:
            memcpy(at(out, each * lanes), row + each, left * (sizeof(vec) // lanes))
        left = left - lanes


cdef void transform_back(
    const vec* points, Py_ssize_t pitch, Py_ssize_t tile_rows, Py_ssize_t across,
    const vec* bias, vec* out, Py_ssize_t rows, Py_ssize_t width,
) noexcept nogil:
    """Makes the outputs of one filter: as many of the tiles' as there are.

    Whole vectors are read, what is too much is not used.
    """
    cdef Py_ssize_t lanes = sizeof(vec) // (sizeof(float) if vec is vecf else sizeof(double))
    cdef Py_ssize_t row, tile, i, j
    cdef vec m[36]
    cdef vec four[4]
    for row in range(tile_rows):
        tile = 0
        while tile < across:
            for i in range(POINTS):
                load(m[i], at(points, i * pitch + row * across + tile))
            for i in range(SEEN):
                back(m + i, SEEN)
            for i in range(SIDE):
                back(m + i * SEEN, 1)
            for i in range(min(SIDE, rows - row * SIDE)):
                if bias != NULL:
                    for j in range(SIDE):
                        m[i * SEEN + j] = m[i * SEEN + j] + lane(bias, 0)
                weave(m + i * SEEN, four)
                write(four, <vec*>at(out, (row * SIDE + i) * width + tile * SIDE),
                      min(lanes * SIDE, width - tile * SIDE))
            tile = tile + lanes


def tiles_out(
    const real[::1] points not None, Py_ssize_t tile_rows, Py_ssize_t across, Py_ssize_t first,
    Py_ssize_t width, const real[::1] bias, real[:, ::1] out not None,
):
    """Makes outputs of rows of tiles.

    Parameters
    ----------
    points : 36 x M x (tile_rows * across), as one row, and SLACK values that are not used
    tile_rows, across : int
        Rows of tiles, and tiles in a row.
    first : int
        First output row.
    width : int
        Outputs in a row, at most four times as many as tiles.
    bias : M, or None
    out : M x (rows * width)
        Rows from ``first`` on are written, as many as the tiles make or there are.
    """
    cdef Py_ssize_t filters = out.shape[0], rows, filter, tiles = tile_rows * across
    cdef const real* bias_here = NULL
    if min(width, across, tile_rows, filters) < 1 or not SIDE * (across - 1) < width <= SIDE * across:
        raise IndexError("a row's outputs must begin in its last tile at the latest")
    if points.shape[0] < POINTS * filters * tiles + SLACK:
        raise IndexError("points must be 36 x M x tiles, and slack")
    rows = out.shape[1] // width - first
    if out.shape[1] % width or first < 0 or (
        rows <= SIDE * (tile_rows - 1)
    ):
        raise IndexError("out must have a row for every row of tiles")
    if bias is not None and bias.shape[0] != filters:
        raise IndexError("bias must have one value a filter")
    with nogil:
        for filter in range(filters):
            if bias is not None:
                bias_here = &bias[filter]
            if real is float:
                transform_back[vecf](
                    <const vecf*>&points[filter * tiles], filters * tiles, tile_rows, across,
                    <const vecf*>bias_here, <vecf*>&out[filter, first * width], rows, width)
            else:
                transform_back[vecd](
                    <const vecd*>&points[filter * tiles], filters * tiles, tile_rows, across,
                    <const vecd*>bias_here, <vecd*>&out[filter, first * width], rows, width)
