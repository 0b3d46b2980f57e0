"""Codes of projections, put together to keys, and keys numbered in the order they appear."""

from libc.stdint cimport int32_t, uint32_t, uint64_t

ctypedef fused real:
    float
    double

cdef enum:
    POLL = (1 << 12) - 1   # Windows between two looks at stop, less one.


cdef inline uint32_t code(real value, real origin, real inverse, real most) noexcept nogil:
    """Gives the step of a grid on which a value lies, 0 below it and for what is no number.

    One difference, one product, each rounded once: the same code on every machine.
    """
    value = (value - origin) * inverse
    value = value if value > 0 else 0
    value = value if value < most else most
    return <uint32_t><int32_t>value


def encode(
    const real[:, :] planes not None, const double[::1] origins not None,
    const double[::1] inverses not None, const int32_t[::1] bits not None,
    uint64_t[::1] keys not None, const int[::1] stop not None,
):
    """Appends a code for each plane to the windows' keys.

    Parameters
    ----------
    planes : H x n, rows contiguous
        Projections.
    origins, inverses : H
        A code is ``floor((p - origin) * inverse)``, or where ``inverse`` is 0 a bit: whether
        p is above ``origin``.
    bits : H
        Bits of each code, 1 to 31; codes that need more become the largest.
    keys : n
        Shifted left by all bits, codes below, the first plane's highest.
    """
    cdef Py_ssize_t hashes = planes.shape[0], windows = planes.shape[1], each, start, end, window
    cdef real origin, inverse, most
    cdef const real* values
    cdef uint64_t* target = NULL
    cdef int32_t shift
    if keys.shape[0] != windows or origins.shape[0] != hashes or (
        inverses.shape[0] != hashes or bits.shape[0] != hashes
        or (windows > 1 and planes.strides[1] != sizeof(real))
    ):
        raise IndexError("keys, origins, inverses and bits must fit the planes")
    for each in range(hashes):
        if not 1 <= bits[each] <= 31:
            raise ValueError("a code has 1 to 31 bits")
    if windows == 0 or hashes == 0:
        return
    with nogil:
        start = 0
        while start < windows and not stop[0]:
            end = min(windows, start + 1024)
            target = &keys[start]
            for each in range(hashes):
                values = &planes[each, start]
                origin = <real>origins[each]
                inverse = <real>inverses[each]
                shift = bits[each]
                if inverse == 0:
                    for window in range(end - start):
                        target[window] = (target[window] << 1) | (values[window] > origin)
                else:
                    most = <real>((1 << (shift - 1)) - 1) + <real>(1 << (shift - 1))
                    # The largest code that the type holds and that is no more than 31 bits.
                    most = most if sizeof(real) == 8 or shift <= 24 else <real>(
                        (1 << (shift - 1)) - 128 + (1 << (shift - 1)))
                    for window in range(end - start):
                        target[window] = (target[window] << shift) | code[real](
                            values[window], origin, inverse, most)
            start = end


def number(
    const uint64_t[::1] keys not None, uint64_t[:, ::1] slots not None,
    int32_t[::1] ids not None, int32_t[::1] firsts not None, int32_t[::1] counts not None,
    Py_ssize_t start, Py_ssize_t found, const int[::1] stop not None,
):
    """Numbers the keys from ``start`` on 0, 1, 2 ... in the order in which they first appear.

    Parameters
    ----------
    slots : power of two x 2
        Room for a hash table with open addressing: a key, and its number plus 1. Filled anew
        with the ``found`` keys that are known already.
    ids : as many as keys
        Number of each key.
    firsts, counts : at least as many as there are numbers
        Where each was met first, and how often.

    Returns
    -------
    (int, int)
        The key to go on with, once there is a table twice as large, and the numbers given.
    """
    cdef Py_ssize_t each, size = slots.shape[0], mask = size - 1, total = keys.shape[0]
    cdef uint64_t place, key, last = 0
    cdef int32_t known = -1
    cdef uint64_t* table
    if size < 2 or size & mask or slots.shape[1] != 2 or ids.shape[0] != total or (
        not 0 <= start <= total or found < 0 or found > firsts.shape[0]
        or counts.shape[0] != firsts.shape[0] or firsts.shape[0] < min(total, size // 2)
    ):
        raise IndexError("slots, ids, firsts and counts must fit the keys")
    table = &slots[0, 0]
    with nogil:
        for each in range(size):
            if not each & POLL and stop[0]:
                break
            table[2 * each + 1] = 0
        for each in range(found):
            if stop[0]:
                break
            key = keys[firsts[each]]
            place = first_place(key, mask)
            while table[2 * place + 1]:
                place = (place + 1) & <uint64_t>mask
            table[2 * place] = key
            table[2 * place + 1] = <uint64_t>(each + 1)
        each = start
        while each < total:
            if not each & POLL and stop[0]:
                break
            key = keys[each]
            # Neighbours are often alike.
            if known < 0 or key != last:
                place = first_place(key, mask)
                while table[2 * place + 1] and table[2 * place] != key:
                    place = (place + 1) & <uint64_t>mask
                if not table[2 * place + 1]:
                    if 2 * (found + 1) > size:
                        break
                    table[2 * place] = key
                    table[2 * place + 1] = <uint64_t>(found + 1)
                    firsts[found] = <int32_t>each
                    counts[found] = 0
                    found = found + 1
                known = <int32_t>(table[2 * place + 1] - 1)
                last = key
            ids[each] = known
            counts[known] = counts[known] + 1
            each = each + 1
    return each, found


cdef inline uint64_t first_place(uint64_t key, Py_ssize_t mask) noexcept nogil:
    """Gives where a key belongs: bits of its product with the golden ratio, all mixed."""
    key = key ^ (key >> 32)
    return ((key * <uint64_t>0x9E3779B97F4A7C15) >> 32) & <uint64_t>mask
