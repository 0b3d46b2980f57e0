"""A convolution's work, in units that threads take until none is left.

A unit is a band of output rows, or a share of its filters. Which thread takes which depends
on chance, what a unit gives does not. Threads take them from both ends: of two, each then mostly
has the rows that it had the run before, or in the layer before, and finds in its own core's cache
what it left there. To have it from another core's takes as long as a small layer.
"""

from cyconv._native.fill cimport Source, fill_rows, pixel, real
from cyconv._native.vector cimport at, vec, vecd, vecf
from cyconv._native.windows cimport furthest_tap

cdef extern from * nogil:
    """
    #if defined(_MSC_VER) && !defined(__clang__)
      #include <intrin.h>
      #define cy_take(p) _InterlockedExchangeAdd64((volatile __int64 *)(p), 1)
    #else
      #define cy_take(p) __atomic_fetch_add((p), 1, __ATOMIC_RELAXED)
    #endif
    """
    Py_ssize_t take "cy_take"(Py_ssize_t* counter)


cdef enum:
    TAKEN = 0       # Where in ``following`` the units taken are counted, from which end,
    FRONT = 1
    BACK = 2
    ARRIVED = 3     # and the threads that have come.
    COUNTERS = 4


cdef struct Work:
    Source source
    Py_ssize_t pixel                   # bytes of one
    void* room                         # for a band's padded rows; NULL: read where they lie
    Py_ssize_t pitch                   # values from a channel's row to the next channel's
    Py_ssize_t rows, width             # outputs of the whole image
    Py_ssize_t height, shares          # rows of a band, and into how many units it is split
    Py_ssize_t step, span              # padded rows from window to window, and under one
    Py_ssize_t row_step                # values from an output row's windows to the next's
    Py_ssize_t group_step              # values from a group's windows to the next's
    Py_ssize_t filled                  # the band that the room holds
    Py_ssize_t units                   # in all
    Py_ssize_t* following              # counters of all threads
    Py_ssize_t end                     # where this one takes units: FRONT, BACK, or TAKEN: no choice
    const int* stop


cdef inline Py_ssize_t describe(
    Work* work, const pixel[:, :, :] image, real[::1] room, Py_ssize_t above,
    Py_ssize_t left, Py_ssize_t phases, Py_ssize_t places, Py_ssize_t step, Py_ssize_t span,
    const Py_ssize_t[::1] offsets, Py_ssize_t rows, Py_ssize_t width, Py_ssize_t height,
    Py_ssize_t shares, Py_ssize_t groups, Py_ssize_t reach, bint bytes_too,
    Py_ssize_t[::1] following, Py_ssize_t[::1] made, const int[::1] stop,
) except -1:
    """Writes a description, or raises IndexError if anything in it would read outside.

    Each group sees its share of the channels, a row of windows is read for ``reach`` columns.
    An image is read in place if it is of what is computed in, or of ``bytes_too``.
    """
    cdef Source* source = &work.source
    cdef Py_ssize_t values, seen
    if min(following.shape[0], made.shape[0], stop.shape[0]) < 1:
        raise IndexError("following, made and stop must have a value")
    source.channels, source.height, source.width = image.shape[0], image.shape[1], image.shape[2]
    source.channel_step, source.row_step = image.strides[0], image.strides[1]
    source.column_step = image.strides[2]
    source.above, source.left, source.phases, source.places = above, left, phases, places
    work.pixel, work.room = sizeof(pixel), NULL
    work.rows, work.width, work.height, work.shares = rows, width, height, shares
    work.step, work.span, work.filled = step, span, -1
    work.following, work.stop, work.end = &following[0], &stop[0], TAKEN
    if min(work.rows, work.width, work.height, work.shares, work.step, work.span) < 1 or min(
        source.channels, source.height, source.width, source.phases, source.places
    ) < 1 or source.left < 0 or source.above < 0:
        raise IndexError("there must be rows, columns and channels to work on")
    work.units = (work.rows + work.height - 1) // work.height * work.shares
    if following.shape[0] >= COUNTERS:
        work.end = BACK if take(&following[ARRIVED]) % 2 else FRONT
    source.pixels = <const char*>&image[0, 0, 0]
    if room is not None:
        work.room = &room[0]
        seen = min(work.height, work.rows)
        # Row by row, in each channel by channel: what one row of windows sees lies together.
        work.pitch = source.phases * source.places
        work.row_step = work.step * source.channels * work.pitch
        values = ((seen - 1) * work.step + work.span) * source.channels * work.pitch
        if room.shape[0] < values:
            raise IndexError("the room must hold a band's rows of every channel")
    else:
        seen = work.rows
        work.row_step = work.step * source.width
        work.pitch = source.height * source.width
        # A step that is never taken may be any.
        values = sizeof(pixel)
        if sizeof(pixel) != sizeof(real) and not (bytes_too and sizeof(pixel) == 1) or (
            source.width > 1 and source.column_step != values
            or source.height > 1 and source.row_step != source.width * values
            or source.channels > 1 and source.channel_step != work.pitch * values
        ):
            raise IndexError("an image can be read in place only if contiguous and converted")
        values = source.channels * work.pitch
    work.group_step = source.channels // groups * work.pitch
    if furthest_tap(offsets, values, work.row_step, work.width, 0, seen * work.width) + (
        (seen - 1) * work.row_step + max(work.width, reach) - 1 + (groups - 1) * work.group_step
    ) >= values:
        raise IndexError("windows and taps must lie inside the band")
    return 0


cdef inline const vec* next_unit(
    Work* work, Py_ssize_t* first, Py_ssize_t* rows, Py_ssize_t* share, const vec* kind
) noexcept nogil:
    """Takes the next unit, makes its rows ready, and gives them; NULL if none is left."""
    cdef const unsigned char* bytes = NULL
    cdef const float* floats = NULL
    cdef const double* doubles = NULL
    cdef Py_ssize_t band, unit, high, row = work.source.channels * work.pitch
    if work.stop[0]:
        return NULL
    unit = take(&work.following[TAKEN])
    if unit >= work.units:
        return NULL
    # Who may take one takes the next from its end; both ends together never take too many.
    if work.end != TAKEN:
        unit = take(&work.following[work.end])
    if work.end == BACK:
        unit = work.units - 1 - unit
    band = unit // work.shares
    share[0] = unit - band * work.shares
    first[0] = band * work.height
    rows[0] = min(work.height, work.rows - first[0])
    if work.room == NULL:
        return <const vec*>(work.source.pixels + first[0] * work.row_step * work.pixel)
    if work.filled != band:
        work.filled = band
        high = (rows[0] - 1) * work.step + work.span
        if vec is vecd:
            fill_rows(&work.source, first[0] * work.step, high, work.pitch, row,
                      <double*>work.room, doubles)
        elif work.pixel == 1:
            fill_rows(&work.source, first[0] * work.step, high, work.pitch, row,
                      <float*>work.room, bytes)
        else:
            fill_rows(&work.source, first[0] * work.step, high, work.pitch, row,
                      <float*>work.room, floats)
    return <const vec*>work.room


cdef inline const double* next_doubles(
    Work* work, Py_ssize_t* first, Py_ssize_t* rows
) noexcept nogil:
    """Takes the next band, makes its rows ready in double precision; NULL if none is left."""
    cdef const unsigned char* bytes = NULL
    cdef const float* floats = NULL
    cdef const double* doubles = NULL
    cdef Py_ssize_t line = work.source.channels * work.pitch, high, top
    cdef double* room = <double*>work.room
    if work.stop[0]:
        return NULL
    first[0] = take(work.following) * work.height
    if first[0] >= work.rows:
        return NULL
    rows[0] = min(work.height, work.rows - first[0])
    if room == NULL:
        return <const double*>work.source.pixels + first[0] * work.row_step
    high, top = (rows[0] - 1) * work.step + work.span, first[0] * work.step
    if work.pixel == sizeof(unsigned char):
        fill_rows(&work.source, top, high, work.pitch, line, room, bytes)
    elif work.pixel == sizeof(float):
        fill_rows(&work.source, top, high, work.pitch, line, room, floats)
    else:
        fill_rows(&work.source, top, high, work.pitch, line, room, doubles)
    return room
