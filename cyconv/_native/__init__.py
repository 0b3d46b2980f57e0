"""The compiled kernels: one Cython source each, built once for every instruction-set level.

The modules live in ``_native.v1``, ``_native.v3`` and ``_native.v4`` (x86-64) or
``_native.plain``; :mod:`cyconv.isa` chooses. What they may take for granted, and so must be
given by the Python layer: arrays in native byte order, of one floating type per call, and
tap offsets that belong to the band. Each entry checks once that its largest index lies
inside the arrays it was handed, then runs without the GIL and counts what it executes.
"""
