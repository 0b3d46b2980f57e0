"""Rows of an image, padded with zeros, converted, and split by horizontal stride.

Splitting puts the columns that one tap meets at stride s side by side: column x of the
padded row goes to phase ``x % s``, place ``x // s``. Every later loop then runs along
neighbouring values, whatever the stride.
"""

from libc.string cimport memcpy

ctypedef fused pixel:
    unsigned char
    float
    double

ctypedef fused real:
    float
    double


cdef struct Source:
    # Where an image's pixels are (steps in bytes), and how they are laid out.
    const char* pixels
    Py_ssize_t channels, height, width
    Py_ssize_t channel_step, row_step, column_step
    Py_ssize_t above, left          # padding
    Py_ssize_t phases, places


cdef inline void fill_row(
    const char* source, Py_ssize_t step, Py_ssize_t phases, real* target, Py_ssize_t low,
    Py_ssize_t high, Py_ssize_t places, const pixel* kind,
) noexcept nogil:
    """Writes one phase of one row: zeros up to ``low``, columns up to ``high``, zeros.

    ``source`` is the first column that is written, ``phases`` columns of ``step`` bytes before
    the next.
    """
    cdef Py_ssize_t place
    cdef pixel value    # copied byte by byte: pixels need not be aligned
    for place in range(low):
        target[place] = 0
    if phases == 1 and step == <Py_ssize_t>sizeof(pixel):
        for place in range(high - low):
            memcpy(&value, source + place * sizeof(pixel), sizeof(pixel))
            target[low + place] = <real>value
    elif phases == 2 and step == <Py_ssize_t>sizeof(pixel):
        # The commonest stride, in a form that the compiler turns into vectors.
        for place in range(high - low):
            memcpy(&value, source + 2 * place * sizeof(pixel), sizeof(pixel))
            target[low + place] = <real>value
    else:
        for place in range(low, high):
            memcpy(&value, source, sizeof(pixel))
            target[place] = <real>value
            source = source + phases * step
    for place in range(high, places):
        target[place] = 0


cdef inline void fill_rows(
    const Source* source, Py_ssize_t top, Py_ssize_t rows, Py_ssize_t pitch, Py_ssize_t row_step,
    real* room, const pixel* kind,
) noexcept nogil:
    """Writes ``rows`` rows of every channel, from row ``top`` of the padded image on.

    Channels lie ``pitch`` values apart, rows ``row_step``.
    """
    cdef Py_ssize_t left = source.left, phases = source.phases, width = source.width
    cdef Py_ssize_t channel, row, phase, y, low, high
    cdef const char* first
    cdef real* target
    for phase in range(phases):
        low = (left - phase + phases - 1) // phases if left > phase else 0
        high = (left + width - phase + phases - 1) // phases if left + width > phase else 0
        high = min(high, source.places)
        low = min(low, high)
        first = source.pixels + (low * phases + phase - left) * source.column_step
        for channel in range(source.channels):
            target = room + channel * pitch + phase * source.places
            for row in range(rows):
                y = top + row - source.above
                if 0 <= y < source.height:
                    fill_row[real, pixel](
                        first + channel * source.channel_step + y * source.row_step,
                        source.column_step, phases, target, low, high, source.places, kind,
                    )
                else:
                    fill_row[real, pixel](
                        first, source.column_step, phases, target, 0, 0, source.places, kind,
                    )
                target = target + row_step
