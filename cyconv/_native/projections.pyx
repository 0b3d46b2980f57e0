"""Projections of windows on directions, where every sum is exact: products may be fused.

Pixels of 8 bits times directions that are few-digit multiples of a power of two leave nothing
to be rounded, so any order and any instruction gives the same sums. Where sums are rounded,
``hashing.project`` does the same without fusing.
"""

from libc.stdint cimport int32_t, uint64_t

from cyconv._native.strips cimport project_windows, real


def project(
    const real[::1] band not None, const Py_ssize_t[::1] offsets not None, Py_ssize_t row_step,
    Py_ssize_t width, Py_ssize_t first, Py_ssize_t last, const real[:, ::1] directions not None,
    real[:, :] out not None, const int[::1] stop not None, const double[::1] origins=None,
    const double[::1] inverses=None, const int32_t[::1] bits=None, uint64_t[::1] keys=None,
):
    """Multiplies the windows ``first`` to ``last`` of a band with some directions.

    Parameters
    ----------
    band, offsets, row_step, width
        As in :mod:`tiles`.
    directions : D x H
        A row a tap.
    out : H x (last - first), rows contiguous
        Written whole unless stopped. Where only keys are wanted, H x width will do: room for the
        products of one row of windows.
    origins, inverses, bits, keys
        Where keys are given, they are written: codes of the first products, one for each of
        ``bits``, as ``codes.encode`` appends them.

    Returns
    -------
    int
        Dot products made, each D multiplications and D - 1 additions.
    """
    return project_windows[real, real](
        band, offsets, row_step, width, first, last, directions, out, stop, origins, inverses,
        bits, keys)
