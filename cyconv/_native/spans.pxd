"""Those columns of an image's rows that are needed, laid out where :mod:`fill` lays rows out."""

from cyconv._native.fill cimport Source, fill_row, pixel, real
from cyconv._native.patchwork cimport TILE_COLUMNS, TILE_ROWS, Tiles
from cyconv._native.spots cimport Taps
from cyconv._native.vector cimport vec, vecd
from cyconv._native.work cimport Work

cdef enum:
    SPAN = 32       # places that are laid out together


cdef inline void fill_span(
    const Source* source, Py_ssize_t top, Py_ssize_t rows, Py_ssize_t pitch, Py_ssize_t row_step,
    Py_ssize_t begin, Py_ssize_t end, real* room, const pixel* kind,
) noexcept nogil:
    """Writes places ``begin`` to ``end`` of ``rows`` rows, all channels and phases."""
    cdef Py_ssize_t left = source.left, phases = source.phases, width = source.width
    cdef Py_ssize_t channel, row, phase, y, low, high
    cdef const char* first
    cdef real* target
    for phase in range(phases):
        low = (left - phase + phases - 1) // phases if left > phase else 0
        high = (left + width - phase + phases - 1) // phases if left + width > phase else 0
        low = max(begin, min(low, end))
        high = max(low, min(high, end))
        first = source.pixels + (low * phases + phase - left) * source.column_step
        for channel in range(source.channels):
            target = room + channel * pitch + phase * source.places + begin
            for row in range(rows):
                y = top + row - source.above
                if 0 <= y < source.height:
                    fill_row[real, pixel](
                        first + channel * source.channel_step + y * source.row_step,
                        source.column_step, phases, target, low - begin, high - begin,
                        end - begin, kind,
                    )
                else:
                    fill_row[real, pixel](
                        first, source.column_step, phases, target, 0, 0, end - begin, kind,
                    )
                target = target + row_step


cdef inline void lay_out_span(
    Work* work, Py_ssize_t first, Py_ssize_t begin, Py_ssize_t rows, Py_ssize_t place,
    Py_ssize_t last, const vec* kind,
) noexcept nogil:
    """Lays out places ``place`` to ``last`` of ``rows`` rows of a band, from row ``begin`` on."""
    cdef Py_ssize_t line = work.source.channels * work.pitch, top = first * work.step + begin
    cdef const unsigned char* bytes = NULL
    cdef const float* floats = NULL
    cdef const double* doubles = NULL
    if vec is vecd:
        fill_span(&work.source, top, rows, work.pitch, line, place, last,
                  <double*>work.room + begin * line, doubles)
    elif work.pixel == 1:
        fill_span(&work.source, top, rows, work.pitch, line, place, last,
                  <float*>work.room + begin * line, bytes)
    else:
        fill_span(&work.source, top, rows, work.pitch, line, place, last,
                  <float*>work.room + begin * line, floats)


cdef inline void lay_out(
    Work* work, const Tiles* tiles, const Taps* taps, Py_ssize_t groups, Py_ssize_t first,
    Py_ssize_t rows, Py_ssize_t* ready, const vec* kind,
) noexcept nogil:
    """Lays out what the tiles of a band see; ``ready`` are the rows that each span has so far."""
    cdef Py_ssize_t places = work.source.places, row = 0, group, tile, strip, far = 0, each
    cdef Py_ssize_t begin, end, reach
    cdef const Py_ssize_t* columns
    for each in range(taps.across):
        far = max(far, taps.offsets[each] % places)
    for each in range((places + SPAN - 1) // SPAN):
        ready[each] = 0
    while row < rows:
        end = (min(row + TILE_ROWS, rows) - 1) * work.step + work.span
        for group in range(groups):
            strip = group * tiles.strips + (first + row) // TILE_ROWS
            columns = tiles.columns + strip * tiles.most
            for tile in range(tiles.counts[strip]):
                each = columns[tile] // SPAN
                reach = min(places, columns[tile] + TILE_COLUMNS + far)
                while each * SPAN < reach:
                    if ready[each] < end:
                        begin = max(ready[each], row * work.step)
                        lay_out_span(work, first, begin, end - begin, each * SPAN,
                                     min(places, (each + 1) * SPAN), kind)
                        ready[each] = end
                    each = each + 1
        row = row + TILE_ROWS
