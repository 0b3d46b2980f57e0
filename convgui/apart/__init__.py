"""Processes beside this one: what may crash or hang there, or would hold this one's threads up.

:mod:`convgui.fence` reads images in one, :mod:`convgui.export.figure_apart` draws figures in
another. Each is a :class:`~convgui.apart.partner.Partner` at this side and a loop of
:func:`~convgui.apart.serving.serve` at the other.
"""
