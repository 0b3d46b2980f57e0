"""Rows of an image compared with those of a reference: where they differ is marked."""

from libc.string cimport memcpy, memset

from cyconv._native.fill cimport Source, pixel
from cyconv._native.marks cimport WIDE


cdef struct Look:
    Source now                          # the image; its channels are those compared
    const char* before                  # the image compared with, laid out likewise
    Py_ssize_t back, aside              # rows further up and columns further left
    Py_ssize_t ready                    # rows that are marked, those that no strip sees included
    Py_ssize_t compared, differing
    unsigned char kind


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
    const Look* look, Py_ssize_t y, unsigned char* marks, Py_ssize_t pitch,
    const pixel* kind,
) noexcept nogil:
    """Marks where any channel's pixel of row y differs from its reference, of ``pitch`` bytes."""
    cdef const char* one = row_of(look, look.now.pixels, y)
    cdef const char* other = row_of(look, look.before, y - look.back)
    cdef Py_ssize_t channel, step, made = 0
    memset(marks, 0, pitch)
    if y < look.back or (one == NULL and other == NULL):
        return 0
    for channel in range(look.now.channels):
        step = channel * look.now.channel_step
        made = made + mark_row[pixel](
            look, one + step if one != NULL else NULL, other + step if other != NULL else NULL,
            marks, kind)
    return made
