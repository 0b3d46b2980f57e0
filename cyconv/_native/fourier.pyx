"""Convolution by way of frequencies: a pair of tiles, one as the real and one as the imaginary part.

Filters are real, so the two do not mix: neither has to be told from the other, and nothing is
gained by a transform for real numbers alone. Columns are transformed where they lie, rows side
by side in vectors; a row meets the filters while it is in the first cache.
"""

from libc.math cimport INFINITY
from libc.stdint cimport INT64_MAX, int64_t
from libc.string cimport memcpy

from cyconv._native.fill cimport Source, fill_rows, pixel
from cyconv._native.seen cimport count, least_sum
from cyconv._native.spectral cimport (
    LONGEST, SHORTEST, TOGETHER, check_places, check_planes, columns_in, deliver, line_of, meet,
    rows_back, rows_in,
)
from cyconv._native.turns cimport Line, transform_back
from cyconv._native.vector cimport prefetch, vecd

LANES = sizeof(vecd) // sizeof(double)

cdef enum:
    AHEAD = 3       # rows that are asked for before they are needed
    STRIDE = 16     # pixels that surely lie in one line of a cache, or in two

LEAST, MOST, GROUP = SHORTEST, LONGEST, TOGETHER

def pitch_for(Py_ssize_t down):
    """Gives the values from a group of columns to the next: no power of two, lest they share a
    place in the caches."""
    return 2 * down * (sizeof(vecd) // sizeof(double)) + 16


def fill(
    const pixel[:, :, :] image not None, Py_ssize_t top, Py_ssize_t left, Py_ssize_t part,
    Py_ssize_t down, double[:, :, ::1] planes not None,
):
    """Writes one tile of every channel, zeros around the image.

    Parameters
    ----------
    image : C x H x W
    top, left : int
        The image's pixel in the tile's first corner; it may lie outside.
    part : {0, 1}
        Real or imaginary.
    down : int
        Rows of a tile.
    planes : C or more x (columns / lanes) x pitch

    Returns
    -------
    least, most : float
        The smallest absolute value but 0, infinite where there is none, and the largest; not
        finite where a pixel isn't.
    zeros : int
    """
    cdef Source source
    cdef Py_ssize_t lanes = sizeof(vecd) // sizeof(double), across = planes.shape[1] * lanes
    cdef Py_ssize_t channel, row, place, zeros = 0, channels = image.shape[0], group, each
    cdef const pixel* kind = NULL
    cdef int64_t size, before, least = INT64_MAX, most = 0
    cdef double[256] line
    cdef double smallest = 0, largest = 0
    check_planes(planes, down)
    if not 0 <= part <= 1 or planes.shape[0] < channels or (
        channels < 1 or image.shape[1] < 1 or image.shape[2] < 1
    ):
        raise IndexError("planes must have room for the tile of every channel")
    source.channels, source.height, source.width = 1, image.shape[1], image.shape[2]
    source.channel_step, source.row_step = image.strides[0], image.strides[1]
    source.column_step = image.strides[2]
    source.above, source.left, source.phases, source.places = -top, -left, 1, across
    with nogil:
        for channel in range(channels):
            source.pixels = <const char*>&image[channel, 0, 0]
            for row in range(down):
                fill_rows(&source, row, 1, 0, 0, line, kind)
                if 0 <= top + row + AHEAD < image.shape[1]:
                    place = max(0, left)
                    while place < min(left + across, image.shape[2]):
                        prefetch(&image[channel, top + row + AHEAD, place])
                        place = place + STRIDE
                # Without their signs, floats are in the order of their bits; 0 less 1 becomes
                # the largest.
                for place in range(across):
                    memcpy(&size, line + place, sizeof(double))
                    size = size & INT64_MAX
                    before = (size - 1) & INT64_MAX
                    most = size if size > most else most
                    least = before if before < least else least
                    zeros = zeros + (size == 0)
                for group in range(planes.shape[1]):
                    memcpy(&planes[channel, group, (2 * row + part) * lanes],
                           line + group * lanes, sizeof(vecd))
        if least == INT64_MAX:
            smallest = INFINITY
        else:
            least = least + 1
            memcpy(&smallest, &least, sizeof(double))
        memcpy(&largest, &most, sizeof(double))
    return smallest, largest, zeros


def fewest(
    const double[:, :, ::1] planes not None, Py_ssize_t part, Py_ssize_t channels,
    Py_ssize_t down, Py_ssize_t height, Py_ssize_t width, Py_ssize_t rows, Py_ssize_t columns,
    double[:, ::1] counts not None,
):
    """Gives how many pixels that are not 0 some of a tile's windows see, at the least, but for
    those that see none.

    Parameters
    ----------
    planes : C or more x (columns / lanes) x pitch
    part, channels, down : int
        As :func:`fill` says.
    height, width : int
        Of a window.
    rows, columns : int
        Of windows, from the tile's first corner on.
    counts : 2 x columns of the tile
        Room.

    Returns
    -------
    int
        0 where no window sees any.
    """
    cdef Py_ssize_t lanes = sizeof(vecd) // sizeof(double), groups = planes.shape[1]
    cdef Py_ssize_t across = groups * lanes, row, channel, seen, least = 0
    cdef int* runs
    check_planes(planes, down)
    if min(height, width, rows, columns) < 1 or (
        rows + height - 1 > down or columns + width - 1 > across
    ):
        raise IndexError("windows must lie within the tile")
    if not 1 <= channels <= planes.shape[0] or counts.shape[0] < 2 or (
        counts.shape[1] < across or not 0 <= part <= 1
    ):
        raise IndexError("counts must have room for a row of pixels")
    runs = <int*>&counts[1, 0]
    with nogil:
        counts[0] = 0
        for row in range(rows + height - 1):
            for channel in range(channels):
                count(&planes[channel, 0, (2 * row + part) * lanes], planes.shape[2], groups, 1,
                      &counts[0, 0])
                if row >= height:
                    count(&planes[channel, 0, (2 * (row - height) + part) * lanes],
                          planes.shape[2], groups, -1, &counts[0, 0])
            if row >= height - 1:
                seen = least_sum(&counts[0, 0], width, columns, runs, runs + across)
                if seen and (seen < least or not least):
                    least = seen
    return least


def convolve(
    double[:, :, ::1] planes not None, Py_ssize_t down, const double[::1] roots_down not None,
    const double[::1] roots_across not None, const double[:, :, :, ::1] spectra not None,
    double[:, ::1] room not None, const double[::1] tiny not None, const float[::1] bias,
    const Py_ssize_t[:, ::1] places not None, Py_ssize_t columns, Py_ssize_t width,
    float[:, ::1] out not None,
):
    """Convolves a pair of tiles that :func:`fill` wrote with all filters.

    Parameters
    ----------
    planes : C and M or more x (columns / lanes) x pitch
        Overwritten.
    down : int
        Rows of a tile.
    roots_down, roots_across : 1-D
        For lines of these lengths, as :func:`cyconv.fourier.roots` gives them.
    spectra : M x C x (down / lanes) x (columns * 2 * lanes)
        The filters' frequencies, as :func:`spectrum` gives them.
    room : C + 1 x (columns * 2 * lanes)
    tiny : M
        Absolute values up to this are 0.
    bias : M, or None
    places : 2 x 4
        For each tile its first output's row and column, and its rows and columns of outputs;
        0 rows where it is left out.
    columns : int
        Of outputs of a tile, at the most; so many are transformed back, in eights.
    width : int
        O_w.
    out : M x (O_h * O_w)
    """
    cdef Py_ssize_t lanes = sizeof(vecd) // sizeof(double), groups = planes.shape[1]
    cdef Py_ssize_t across = groups * lanes, pitch = planes.shape[2]
    cdef Py_ssize_t filters = spectra.shape[0], channels = spectra.shape[1]
    cdef Py_ssize_t channel, filter, group, tile
    cdef Line line
    cdef double* sums
    check_planes(planes, down)
    check_places(places, down, min(columns, across), width, out.shape[1])
    if min(channels, filters) < 1 or planes.shape[0] < max(channels, filters):
        raise IndexError("planes must have room for channels and filters")
    if roots_down.shape[0] < roots_for(down) or roots_across.shape[0] < roots_for(across):
        raise IndexError("roots must be those of the tile's sides")
    if spectra.shape[2] != down // lanes or spectra.shape[3] != across * 2 * lanes:
        raise IndexError("spectra must fit the tile")
    if room.shape[0] <= channels or room.shape[1] < 2 * across * lanes:
        raise IndexError("room must have a vector of rows a channel, and one more")
    if tiny.shape[0] < filters or out.shape[0] < filters or (
        bias is not None and bias.shape[0] < filters
    ):
        raise IndexError("tiny, bias and out must have a value or a row a filter")
    columns = min(across, (columns + TOGETHER - 1) // TOGETHER * TOGETHER)
    with nogil:
        for channel in range(channels):
            columns_in(&planes[channel, 0, 0], groups, pitch, down, &roots_down[0])
        sums = &room[channels, 0]
        for group in range(down // lanes):
            for channel in range(channels):
                rows_in(&planes[channel, 0, 2 * group * lanes * lanes], groups, pitch,
                        &roots_across[0], &room[channel, 0])
            for filter in range(filters):
                for channel in range(channels):
                    meet(&room[channel, 0], &spectra[filter, channel, group, 0], across, sums,
                         channel == 0)
                rows_back(&planes[filter, 0, 2 * group * lanes * lanes], groups, pitch,
                          &roots_across[0] + roots_for(across), sums)
        for filter in range(filters):
            for group in range(columns // lanes):
                line = line_of(&planes[filter, group, 0])
                transform_back(&line, &line, &line, down, &roots_down[0] + roots_for(down))
            for tile in range(2):
                if places[tile, 2]:
                    deliver(&planes[filter, 0, tile * lanes], pitch, places[tile, 2],
                            places[tile, 3], tiny[filter], 0.0 if bias is None else bias[filter],
                            &out[filter, places[tile, 0] * width + places[tile, 1]], width)


def spectrum(
    double[:, :, ::1] planes not None, Py_ssize_t down, const double[::1] roots_down not None,
    const double[::1] roots_across not None, double[:, ::1] spectra not None,
):
    """Gives a filter's frequencies: the conjugate ones, for cross-correlation.

    Parameters
    ----------
    planes : C or more x (columns / lanes) x pitch
        The filter's channel, zeros around it; the first plane is overwritten.
    down, roots_down, roots_across
        As :func:`convolve` says.
    spectra : (down / lanes) x (columns * 2 * lanes)
        For each vector of rows and each column the real parts, and then the imaginary ones,
        divided by the number of pixels, the factor that there and back multiplies by.
    """
    cdef Py_ssize_t lanes = sizeof(vecd) // sizeof(double), groups = planes.shape[1]
    cdef Py_ssize_t across = groups * lanes, group, place, each
    cdef double* line
    cdef double scale = 1.0 / (down * across)
    check_planes(planes, down)
    if spectra.shape[0] != down // lanes or spectra.shape[1] != across * 2 * lanes or (
        planes.shape[0] < 1 or roots_down.shape[0] < roots_for(down)
        or roots_across.shape[0] < roots_for(across)
    ):
        raise IndexError("roots and spectra must fit the tile")
    with nogil:
        columns_in(&planes[0, 0, 0], groups, planes.shape[2], down, &roots_down[0])
        for group in range(down // lanes):
            rows_in(&planes[0, 0, 2 * group * lanes * lanes], groups, planes.shape[2],
                    &roots_across[0], &spectra[group, 0])
            for place in range(across):
                for each in range(lanes):
                    line = &spectra[group, 2 * place * lanes + each]
                    line[0] = line[0] * scale
                    line[lanes] = line[lanes] * -scale


cpdef Py_ssize_t roots_for(Py_ssize_t count) noexcept nogil:
    """Gives the values of the table of roots for lines of so many numbers."""
    cdef Py_ssize_t length = count, values = 0
    while length > 4:
        values = values + 6 * (length // 4)
        length = length // 4
    return values
