"""Rows of an image compared with those of a reference: where they differ is marked."""

from libc.string cimport memcpy, memset

from cyconv._native.fill cimport Source, pixel
from cyconv._native.marks cimport WIDE, differ_wide, word


cdef struct Look:
    Source now                          # the image; its channels are those compared
    const char* before                  # the image compared with, laid out likewise
    Py_ssize_t back, aside              # rows further up and columns further left
    Py_ssize_t reach                    # columns of the padded image that windows see
    Py_ssize_t origin                   # the bit of column 0
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
    const char* one, const char* other, Py_ssize_t step, Py_ssize_t count, word* marks,
    const pixel* kind,
) noexcept nogil:
    """Marks where ``count`` pixels, ``step`` bytes apart, differ."""
    cdef Py_ssize_t x, whole = 0, size = sizeof(pixel)
    cdef pixel a, b
    if step == size and count >= WIDE:
        whole = count // WIDE
        for x in range(whole):
            marks[x] |= differ_wide(one + x * WIDE * size, other + x * WIDE * size, kind)
        if whole * WIDE < count:
            # The last are moved back to end with the row.
            x = count - WIDE
            marks[whole] |= differ_wide(one + x * size, other + x * size, kind) >> (
                (whole + 1) * WIDE - count)
        return
    for x in range(count):
        memcpy(&a, one + x * step, sizeof(pixel))
        memcpy(&b, other + x * step, sizeof(pixel))
        marks[x // WIDE] |= <word>(a != b) << x % WIDE


cdef inline Py_ssize_t mark_row(
    const Look* look, const char* one, const char* other, word* marks, const pixel* kind,
) noexcept nogil:
    """Marks where one channel's padded row differs from its reference; gives the comparisons."""
    cdef Py_ssize_t left = look.now.left, width = look.now.width, step = look.now.column_step
    cdef Py_ssize_t aside = look.aside, end = min(left + width + aside, look.reach), x
    # Columns where both pixels are the image's; beside them one at least is padding.
    cdef Py_ssize_t low = left + aside, high = min(left + width, end), begin = max(left, aside)
    if one == NULL or other == NULL or low >= high:
        low = high = end
    else:
        # The first of these has the first bit of a word.
        compare(one + (low - left) * step, other + (low - left - aside) * step, step, high - low,
                marks + (low + look.origin) // WIDE, kind)
    for x in range(begin, low):
        if differ(one, x - left, other, x - left - aside, step, width, kind):
            marks[(x + look.origin) // WIDE] |= <word>1 << (x + look.origin) % WIDE
    for x in range(high, end):
        if differ(one, x - left, other, x - left - aside, step, width, kind):
            marks[(x + look.origin) // WIDE] |= <word>1 << (x + look.origin) % WIDE
    return max(0, end - begin)


cdef inline const char* row_of(const Look* look, const char* pixels, Py_ssize_t y) noexcept nogil:
    """Gives the first channel's row y of the padded image, NULL where it is padding."""
    y = y - look.now.above
    return pixels + y * look.now.row_step if 0 <= y < look.now.height else NULL


cdef inline Py_ssize_t mark(
    const Look* look, Py_ssize_t y, word* marks, Py_ssize_t words, const pixel* kind,
) noexcept nogil:
    """Marks where any channel's pixel of row y differs from its reference."""
    cdef const char* one = row_of(look, look.now.pixels, y)
    cdef const char* other = row_of(look, look.before, y - look.back)
    cdef Py_ssize_t channel, step, made = 0
    memset(marks, 0, words * sizeof(word))
    if y < look.back or (one == NULL and other == NULL):
        return 0
    for channel in range(look.now.channels):
        step = channel * look.now.channel_step
        made = made + mark_row[pixel](
            look, one + step if one != NULL else NULL, other + step if other != NULL else NULL,
            marks, kind)
    return made
