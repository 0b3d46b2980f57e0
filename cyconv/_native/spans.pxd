"""Those columns of an image's rows that are needed, laid out where :mod:`fill` lays rows out."""

from cyconv._native.fill cimport Source, fill_row, pixel, real


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
