"""Codes of projections, put together to keys, and keys numbered in the order they appear."""

from libc.stdint cimport int32_t, uint64_t

from cyconv._native.grids cimport Grid, append, grid_of, real

cdef enum:
    POLL = (1 << 12) - 1   # Windows between two looks at stop, less one.
    TOGETHER = 1024        # Windows whose keys stay near while planes are gone through.


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
    cdef Grid grid
    cdef Py_ssize_t windows = planes.shape[1], start = 0, step
    if keys.shape[0] != windows or (windows > 1 and planes.strides[1] != sizeof(real)):
        raise IndexError("keys must fit the planes, whose rows are contiguous")
    if planes.shape[0] == 0:
        return
    grid_of(&grid, origins, inverses, bits, planes.shape[0])
    if windows == 0:
        return
    step = planes.strides[0] // <Py_ssize_t>sizeof(real)
    with nogil:
        while start < windows and not stop[0]:
            append(
                &grid, &planes[0, start], step, min(windows - start, <Py_ssize_t>TOGETHER),
                &keys[start])
            start = start + TOGETHER


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
    cdef uint64_t place, key
    cdef int32_t known
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
            # Neighbours are often alike, but to look for that costs more than to look up again.
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
            ids[each] = known
            counts[known] = counts[known] + 1
            each = each + 1
    return each, found


def number_few(
    const uint64_t[::1] keys not None, int32_t[::1] numbers not None,
    int32_t[::1] ids not None, int32_t[::1] firsts not None, int32_t[:, ::1] counts not None,
    const int[::1] stop not None,
):
    """Numbers keys as :func:`number` does, where all that there may be have room in a table.

    Parameters
    ----------
    numbers : power of two
        Room for the number of each key there may be; of keys only so many bits are looked at.
    ids : as many as keys
    firsts : as many as numbers
    counts : 4 x as many as numbers
        Written: how often each was met by every fourth window. One number's count alone would
        have to wait for itself.

    Returns
    -------
    int
        The numbers given.
    """
    cdef Py_ssize_t each, size = numbers.shape[0], total = keys.shape[0]
    cdef uint64_t place, mask = <uint64_t>(size - 1)
    cdef int32_t known, found = 0
    if size < 1 or size & (size - 1) or ids.shape[0] != total or firsts.shape[0] != size or (
        counts.shape[0] != 4 or counts.shape[1] != size
    ):
        raise IndexError("numbers, ids, firsts and counts must fit the keys")
    with nogil:
        for each in range(size):
            numbers[each] = -1
            counts[0, each] = counts[1, each] = counts[2, each] = counts[3, each] = 0
        for each in range(total):
            if not each & POLL and stop[0]:
                break
            place = keys[each] & mask
            known = numbers[place]
            if known < 0:
                known = numbers[place] = found
                firsts[known] = <int32_t>each
                found = found + 1
            ids[each] = known
            counts[each & 3, known] = counts[each & 3, known] + 1
    return found


cdef inline uint64_t first_place(uint64_t key, Py_ssize_t mask) noexcept nogil:
    """Gives where a key belongs: bits of its product with the golden ratio, all mixed."""
    key = key ^ (key >> 32)
    return ((key * <uint64_t>0x9E3779B97F4A7C15) >> 32) & <uint64_t>mask
