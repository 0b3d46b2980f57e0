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


def fill(const pixel[:, :, :] image not None, real[:, :, :, ::1] band not None,
         Py_ssize_t top, Py_ssize_t left):
    """Fills a band with padded rows of an image.

    Parameters
    ----------
    image : C x H x W
        Any strides.
    band : C x rows x phases x places, contiguous
        Written whole.
    top : int
        Image row that the band's first row shows; negative in the padding above.
    left : int
        Columns of padding to the left.
    """
    cdef Py_ssize_t channel, row, phase, y
    cdef Py_ssize_t height = image.shape[1], width = image.shape[2]
    cdef Py_ssize_t phases = band.shape[2], places = band.shape[3]
    cdef const pixel* kind = NULL
    if image.shape[0] != band.shape[0]:
        raise ValueError("image and band must have the same channels")
    if 0 in (band.shape[1], phases, places) or 0 in (height, width):
        return
    with nogil:
        for channel in range(band.shape[0]):
            for row in range(band.shape[1]):
                y = top + row
                for phase in range(phases):
                    fill_row[real, pixel](
                        <const char*>&image[channel, y if 0 <= y < height else 0, 0],
                        image.strides[2], width if 0 <= y < height else 0,
                        left, phases, phase, &band[channel, row, phase, 0], places, kind,
                    )
