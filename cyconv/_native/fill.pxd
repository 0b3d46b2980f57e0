"""Rows of an image, padded with zeros, converted, and split by horizontal stride.

Splitting puts the columns that one tap meets at stride s side by side: column x of the
padded row goes to phase ``x % s``, place ``x // s``. Every later loop then runs along
neighbouring values, whatever the stride.
"""

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
    const char* source, Py_ssize_t step, Py_ssize_t width, Py_ssize_t left, Py_ssize_t phases,
    Py_ssize_t phase, real* target, Py_ssize_t places, const pixel* kind,
) noexcept nogil:
    """Writes one phase of one row: zeros, the image's columns, zeros."""
    cdef Py_ssize_t place, low, high
    low = (left - phase + phases - 1) // phases if left > phase else 0
    high = (left + width - phase + phases - 1) // phases if left + width > phase else 0
    if high > places:
        high = places
    if low > high:
        low = high
    for place in range(low):
        target[place] = 0
    source = source + (low * phases + phase - left) * step
    if phases == 1 and step == <Py_ssize_t>sizeof(pixel):
        for place in range(high - low):
            target[low + place] = <real>(<const pixel*>source)[place]
    elif phases == 2 and step == <Py_ssize_t>sizeof(pixel):
        # The commonest stride, in a form that the compiler turns into vectors.
        for place in range(high - low):
            target[low + place] = <real>(<const pixel*>source)[2 * place]
    else:
        for place in range(low, high):
            target[place] = <real>(<const pixel*>source)[0]
            source = source + phases * step
    for place in range(high, places):
        target[place] = 0


cdef inline void fill_rows(
    const Source* source, Py_ssize_t top, Py_ssize_t rows, Py_ssize_t pitch, real* room,
    const pixel* kind,
) noexcept nogil:
    """Writes ``rows`` rows of every channel, from row ``top`` of the padded image on.

    Channels lie ``pitch`` values apart.
    """
    cdef Py_ssize_t channel, row, phase, y
    cdef real* target
    cdef bint inside
    for channel in range(source.channels):
        for row in range(rows):
            y = top + row - source.above
            inside = 0 <= y < source.height
            for phase in range(source.phases):
                target = room + channel * pitch + (row * source.phases + phase) * source.places
                fill_row[real, pixel](
                    source.pixels + channel * source.channel_step
                    + (y if inside else 0) * source.row_step,
                    source.column_step, source.width if inside else 0, source.left,
                    source.phases, phase, target, source.places, kind,
                )
