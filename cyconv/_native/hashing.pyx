"""Projections of windows on directions, where sums are rounded: alike on every machine.

A sign near zero turns on the last bit of a sum, and a cluster on a sign. So the sums are
made in one order and without fused multiply-add on every level (this file is compiled with
contraction off): the same windows get the same codes on every machine.
"""

from libc.stdint cimport int32_t, uint64_t

from cyconv._native.strips cimport held, project_windows, real


def project(
    const held[::1] band not None, const Py_ssize_t[::1] offsets not None, Py_ssize_t row_step,
    Py_ssize_t width, Py_ssize_t first, Py_ssize_t last, const real[:, ::1] directions not None,
    real[:, :] out not None, const int[::1] stop not None, const double[::1] origins=None,
    const double[::1] inverses=None, const int32_t[::1] bits=None, uint64_t[::1] keys=None,
):
    """Multiplies windows with directions as ``projections.project`` does, without fusing.

    Sums that are rounded come out alike on every level. They are of the directions' type, in
    which a band of floats may be summed up as doubles.
    """
    return project_windows[held, real](
        band, offsets, row_step, width, first, last, directions, out, stop, origins, inverses,
        bits, keys)
