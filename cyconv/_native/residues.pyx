"""Images in which differences from a reference, up to a threshold, are left out.

Sums of differences are kept in double precision and rounded when they are written.
"""

from libc.math cimport fabs
from libc.string cimport memcpy

from cyconv._native.fill cimport pixel, real


cdef struct Walk:
    Py_ssize_t channels, width
    Py_ssize_t channel_step, column_step    # bytes
    double threshold
    bint kept


cdef inline Py_ssize_t step_on(
    const Walk* walk, const char* now, const char* before, const double* reached, double* target,
    Py_ssize_t first, Py_ssize_t aside, const pixel* kind,
) noexcept nogil:
    """Follows a row of one channel from column ``first`` on; gives the differences taken.

    The reference has the pixels ``before`` and, its own small differences left out, ``reached``;
    both are read ``aside`` columns to the left.
    """
    cdef Py_ssize_t x, taken = 0
    cdef double difference, origin
    cdef pixel here, there
    for x in range(first, walk.width):
        memcpy(&here, now + x * walk.column_step, sizeof(pixel))
        if walk.kept:
            # What was left out before is still in the difference from what was reached.
            difference = here - reached[x - aside]
        else:
            memcpy(&there, before + (x - aside) * walk.column_step, sizeof(pixel))
            difference = <double>here - <double>there
        if fabs(difference) <= walk.threshold:
            target[x] = reached[x - aside]
        else:
            target[x] = here if walk.kept else reached[x - aside] + difference
            taken = taken + 1
    return taken


cdef Py_ssize_t follow(
    const Walk* walk, const char* now, const char* before, const double* reached, double* target,
    Py_ssize_t aside, const pixel* kind,
) noexcept nogil:
    """Follows a row of all channels; the first ``aside`` columns are taken as they are."""
    cdef Py_ssize_t channel, x, taken = 0
    cdef pixel here
    for channel in range(walk.channels):
        for x in range(min(aside, walk.width)):
            memcpy(&here, now + channel * walk.channel_step + x * walk.column_step, sizeof(pixel))
            target[channel * walk.width + x] = here
        taken = taken + step_on[pixel](
            walk, now + channel * walk.channel_step, before + channel * walk.channel_step,
            reached + channel * walk.width, target + channel * walk.width, aside, aside, kind)
    return taken


def leave_out(
    const pixel[:, :, :] image not None, double threshold, bint kept, Py_ssize_t back,
    Py_ssize_t aside, double[:, :, ::1] reached not None, real[:, :, ::1] out not None,
    unsigned char[::1] above not None,
):
    """Follows an image row by row, and leaves out differences up to a threshold.

    Parameters
    ----------
    image : C x H x W
    threshold : float
    kept : bool
        Whether a difference is taken from what was reached, or from the pixel itself.
    back, aside : int
        The reference is so many rows further up, or so many columns further left; where both
        are given each row takes the one that leaves fewer differences, the left if as many.
        What has no reference is taken as it is.
    reached : (back + 2) x C x W
        Scratch.
    out : C x H x W
        Receives what was reached.
    above : H
        Receives a 1 for each row whose reference was above.

    Returns
    -------
    compared, taken : int
        Differences looked at, and those that were taken.
    """
    cdef Walk walk
    cdef const pixel* kind = NULL
    cdef Py_ssize_t y, x, channel, left, up, compared = 0, taken = 0, rows = image.shape[1]
    cdef Py_ssize_t line = image.shape[0] * image.shape[2], slots = back + 1
    cdef const char* now
    cdef double* here
    cdef double* other
    cdef double* there
    if min(image.shape[0], rows, image.shape[2]) < 1 or min(back, aside) < 0 or back + aside < 1:
        raise IndexError("there must be pixels, and a reference above or to the left")
    if reached.shape[0] < back + 2 or reached.shape[1] != image.shape[0] or (
        reached.shape[2] != image.shape[2] or above.shape[0] != rows
        or out.shape[0] != image.shape[0] or out.shape[1] != rows
        or out.shape[2] != image.shape[2]
    ):
        raise IndexError("reached, out and above must fit the image")
    walk.channels, walk.width = image.shape[0], image.shape[2]
    walk.channel_step, walk.column_step = image.strides[0], image.strides[2]
    walk.threshold, walk.kept = threshold, kept
    other = &reached[back + 1, 0, 0]
    with nogil:
        for y in range(rows):
            now = <const char*>&image[0, 0, 0] + y * image.strides[1]
            here = &reached[y % slots, 0, 0]
            left, up = line + 1, line + 1
            above[y] = 0
            if back and y >= back:
                # The slot of ``back`` rows ago is not this row's.
                there = &reached[(y - back) % slots, 0, 0]
                up = follow[pixel](&walk, now, now - back * image.strides[1], there,
                                   other if aside else here, 0, kind)
                compared = compared + line
            if aside:
                left = follow[pixel](&walk, now, now, here, here, aside, kind)
                compared = compared + image.shape[0] * max(0, image.shape[2] - aside)
            if left > line and up > line:
                # The first rows have nothing above.
                follow[pixel](&walk, now, now, here, here, image.shape[2], kind)
            elif up < left:
                above[y] = 1
                taken = taken + up
                if aside:
                    memcpy(here, other, line * sizeof(double))
            else:
                taken = taken + left
            for channel in range(image.shape[0]):
                for x in range(image.shape[2]):
                    out[channel, y, x] = <real>here[channel * image.shape[2] + x]
    return compared, taken
