"""Discrete Fourier transforms of vectors: as many lines at once as a vector has values.

Radix 4, by decimation in frequency there and in time back (Cooley and Tukey, "An algorithm for
the machine calculation of complex Fourier series", 1965; Gentleman and Sande, "Fast Fourier
transforms: for fun and profit", 1966): frequencies stay in the order in which the first leaves
them, in which the second takes them, so that nothing is ever put into order.
"""

from cyconv._native.vector cimport load, store, vecd


cdef struct Line:
    # Complex numbers, a vector of each part; ``step`` values from one to the next.
    double* real
    double* imaginary
    Py_ssize_t step


cdef inline void get(const Line* line, Py_ssize_t place, vecd* number) noexcept nogil:
    """Reads a number."""
    load(number[0], line.real + place * line.step)
    load(number[1], line.imaginary + place * line.step)


cdef inline void get_turned(
    const Line* line, Py_ssize_t place, double c, double s, vecd* number
) noexcept nogil:
    """Reads a number times the conjugate of a root of unity: 4 products, 2 additions."""
    cdef vecd given[2]
    get(line, place, given)
    number[0] = c * given[0] + s * given[1]
    number[1] = c * given[1] - s * given[0]


cdef inline void put(const Line* line, Py_ssize_t place, vecd real, vecd imaginary) noexcept nogil:
    """Writes a number."""
    store(line.real + place * line.step, real)
    store(line.imaginary + place * line.step, imaginary)


cdef inline void put_turned(
    const Line* line, Py_ssize_t place, double c, double s, vecd real, vecd imaginary
) noexcept nogil:
    """Writes a number times a root of unity: 4 products, 2 additions."""
    cdef vecd turned[2]
    turned[0] = c * real - s * imaginary
    turned[1] = c * imaginary + s * real
    store(line.real + place * line.step, turned[0])
    store(line.imaginary + place * line.step, turned[1])


cdef inline void round_in(
    const Line* given, const Line* made, Py_ssize_t count, Py_ssize_t length, const double* roots
) noexcept nogil:
    """A round of the transform, on every ``length`` neighbours: 16 additions a quartet, and
    three turns where a quarter is more than one."""
    cdef Py_ssize_t quarter = length // 4, each, start
    cdef const double* w
    cdef vecd a[2]
    cdef vecd b[2]
    cdef vecd c[2]
    cdef vecd d[2]
    cdef vecd s[2]
    cdef vecd t[2]
    for each in range(quarter):
        w = roots + 6 * each
        start = each
        while start < count:
            get(given, start, a)
            get(given, start + 2 * quarter, c)
            s[0], s[1] = a[0] + c[0], a[1] + c[1]
            a[0], a[1] = a[0] - c[0], a[1] - c[1]
            get(given, start + quarter, b)
            get(given, start + 3 * quarter, d)
            t[0], t[1] = b[0] + d[0], b[1] + d[1]
            # -i times the difference.
            c[0], c[1] = b[1] - d[1], d[0] - b[0]
            put(made, start, s[0] + t[0], s[1] + t[1])
            if quarter > 1:
                put_turned(made, start + quarter, w[0], w[1], a[0] + c[0], a[1] + c[1])
                put_turned(made, start + 2 * quarter, w[2], w[3], s[0] - t[0], s[1] - t[1])
                put_turned(made, start + 3 * quarter, w[4], w[5], a[0] - c[0], a[1] - c[1])
            else:
                put(made, start + 1, a[0] + c[0], a[1] + c[1])
                put(made, start + 2, s[0] - t[0], s[1] - t[1])
                put(made, start + 3, a[0] - c[0], a[1] - c[1])
            start = start + length


cdef inline void round_back(
    const Line* given, const Line* made, Py_ssize_t count, Py_ssize_t length, const double* roots
) noexcept nogil:
    """Undoes :func:`round_in`, but for a factor of 4."""
    cdef Py_ssize_t quarter = length // 4, each, start
    cdef const double* w
    cdef vecd a[2]
    cdef vecd b[2]
    cdef vecd c[2]
    cdef vecd d[2]
    cdef vecd s[2]
    cdef vecd t[2]
    for each in range(quarter):
        w = roots + 6 * each
        start = each
        while start < count:
            get(given, start, a)
            if quarter > 1:
                get_turned(given, start + quarter, w[0], w[1], b)
                get_turned(given, start + 2 * quarter, w[2], w[3], c)
                get_turned(given, start + 3 * quarter, w[4], w[5], d)
            else:
                get(given, start + 1, b)
                get(given, start + 2, c)
                get(given, start + 3, d)
            s[0], s[1] = a[0] + c[0], a[1] + c[1]
            a[0], a[1] = a[0] - c[0], a[1] - c[1]
            t[0], t[1] = b[0] + d[0], b[1] + d[1]
            # i times the difference.
            c[0], c[1] = d[1] - b[1], b[0] - d[0]
            put(made, start, s[0] + t[0], s[1] + t[1])
            put(made, start + quarter, a[0] + c[0], a[1] + c[1])
            put(made, start + 2 * quarter, s[0] - t[0], s[1] - t[1])
            put(made, start + 3 * quarter, a[0] - c[0], a[1] - c[1])
            start = start + length


cdef inline void pairs(const Line* given, const Line* made, Py_ssize_t count) noexcept nogil:
    """Sum and difference of every two neighbours: what is left where 4 doesn't divide."""
    cdef Py_ssize_t each = 0
    cdef vecd v[4]
    cdef vecd made_of[4]
    while each < count:
        load(v[0], given.real + each * given.step)
        load(v[1], given.imaginary + each * given.step)
        load(v[2], given.real + (each + 1) * given.step)
        load(v[3], given.imaginary + (each + 1) * given.step)
        made_of[0], made_of[1] = v[0] + v[2], v[1] + v[3]
        made_of[2], made_of[3] = v[0] - v[2], v[1] - v[3]
        store(made.real + each * made.step, made_of[0])
        store(made.imaginary + each * made.step, made_of[1])
        store(made.real + (each + 1) * made.step, made_of[2])
        store(made.imaginary + (each + 1) * made.step, made_of[3])
        each = each + 2


cdef inline void transform(
    const Line* given, const Line* room, const Line* made, Py_ssize_t count, const double* roots
) noexcept nogil:
    """Transforms ``count`` numbers, a power of two of 16 or more, by way of ``room``.

    ``roots`` are those of the rounds one after another, three a number of a quarter.
    """
    cdef Py_ssize_t length = count
    cdef const Line* source = given
    while length > 4:
        round_in(source, room, count, length, roots)
        roots = roots + 6 * (length // 4)
        source = room
        length = length // 4
    if length == 4:
        round_in(room, made, count, 4, roots)
    else:
        pairs(room, made, count)


cdef inline void transform_back(
    const Line* given, const Line* room, const Line* made, Py_ssize_t count, const double* ends
) noexcept nogil:
    """Undoes :func:`transform`, but for a factor of ``count``; ``ends`` is where the roots end."""
    cdef Py_ssize_t length = 4
    cdef const Line* source = room
    if count & 0x55555555:
        round_back(given, room, count, 4, ends)
    else:
        pairs(given, room, count)
        length = 2
    while length < count // 4:
        length = 4 * length
        ends = ends - 6 * (length // 4)
        round_back(room, room, count, length, ends)
    ends = ends - 6 * (count // 4)
    round_back(room, made, count, count, ends)
