"""Rows of an image, padded with zeros, converted, and split by horizontal stride.

Splitting puts the columns that one tap meets at stride s side by side: column x of the
padded row goes to phase ``x % s``, place ``x // s``. Every later loop then runs along
neighbouring values, whatever the stride.
"""

from libc.string cimport memcpy, memset

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


cdef inline void copy(char* target, const char* source, Py_ssize_t size) noexcept nogil:
    """Copies some bytes, whole values of 4 or 8. Rows are short, and many: a call takes longer."""
    cdef Py_ssize_t done = 0
    if size >= 64:
        while done < size - 64:
            memcpy(target + done, source + done, 64)
            done = done + 64
        # The last run overlaps the one before.
        memcpy(target + size - 64, source + size - 64, 64)
    elif size >= 32:
        memcpy(target, source, 32)
        memcpy(target + size - 32, source + size - 32, 32)
    elif size >= 16:
        memcpy(target, source, 16)
        memcpy(target + size - 16, source + size - 16, 16)
    elif size >= 8:
        memcpy(target, source, 8)
        memcpy(target + size - 8, source + size - 8, 8)
    elif size >= 4:
        memcpy(target, source, 4)


cdef inline void clear(char* target, Py_ssize_t size) noexcept nogil:
    """Writes zeros as :func:`copy` copies."""
    cdef Py_ssize_t done = 0
    if size >= 32:
        while done < size - 32:
            memset(target + done, 0, 32)
            done = done + 32
        memset(target + size - 32, 0, 32)
    elif size >= 8:
        while done < size - 8:
            memset(target + done, 0, 8)
            done = done + 8
        memset(target + size - 8, 0, 8)
    elif size >= 4:
        memset(target, 0, 4)


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
    clear(<char*>target, low * sizeof(real))
    if pixel is real and phases == 1 and step == <Py_ssize_t>sizeof(pixel):
        copy(<char*>(target + low), source, (high - low) * sizeof(real))
    elif phases == 1 and step == <Py_ssize_t>sizeof(pixel):
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
    clear(<char*>(target + high), (places - high) * sizeof(real))


cdef inline void fill_rows(
    const Source* source, Py_ssize_t top, Py_ssize_t rows, Py_ssize_t pitch, Py_ssize_t row_step,
    real* room, const pixel* kind,
) noexcept nogil:
    """Writes ``rows`` rows of every channel, from row ``top`` of the padded image on.

    Channels lie ``pitch`` values apart, rows ``row_step``; they are written in the order in which
    they lie.
    """
    cdef Py_ssize_t left = source.left, phases = source.phases, width = source.width
    cdef Py_ssize_t channel, row, phase, y, low, high, outer, inner
    cdef bint by_row = pitch < row_step
    cdef const char* first
    cdef real* target
    for phase in range(phases):
        low = (left - phase + phases - 1) // phases if left > phase else 0
        high = (left + width - phase + phases - 1) // phases if left + width > phase else 0
        high = min(high, source.places)
        low = min(low, high)
        first = source.pixels + (low * phases + phase - left) * source.column_step
        for outer in range(rows if by_row else source.channels):
            for inner in range(source.channels if by_row else rows):
                row = outer if by_row else inner
                channel = inner if by_row else outer
                target = room + channel * pitch + row * row_step + phase * source.places
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
