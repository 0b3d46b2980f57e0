"""Rows of an image, laid out as the other kernels read them."""

from cyconv._native.fill cimport Source, fill_rows, pixel, real


def fill(const pixel[:, :, :] image not None, real[:, :, :, ::1] band not None,
         Py_ssize_t top, Py_ssize_t left):
    """Fills a band with padded rows of an image.

    Parameters
    ----------
    image : C x H x W
        Any strides.
    band : C x rows x phases x places, contiguous
        Written whole.
    top : int
        Image row that the band's first row shows; negative in the padding above.
    left : int
        Columns of padding to the left.
    """
    cdef Source source
    cdef const pixel* kind = NULL
    if image.shape[0] != band.shape[0]:
        raise ValueError("image and band must have the same channels")
    if 0 in (band.shape[0], band.shape[1], band.shape[2], band.shape[3]):
        return
    if 0 in (image.shape[1], image.shape[2]):
        return
    source.pixels = <const char*>&image[0, 0, 0]
    source.channels, source.height, source.width = image.shape[0], image.shape[1], image.shape[2]
    source.channel_step, source.row_step = image.strides[0], image.strides[1]
    source.column_step = image.strides[2]
    source.above, source.left = 0, left
    source.phases, source.places = band.shape[2], band.shape[3]
    with nogil:
        fill_rows[real, pixel](
            &source, top, band.shape[1], band.shape[1] * band.shape[2] * band.shape[3],
            band.shape[2] * band.shape[3], &band[0, 0, 0, 0], kind,
        )
