"""How many multiplications and additions this core can do: the limit that kernels are held to."""

from cyconv._native.vector cimport lane, vecd, vecf, zero

ctypedef fused real:
    float
    double

cdef enum:
    CHAINS = 12      # Enough to hide the latency of two units, few enough for 16 registers.


def fused(real[::1] values not None, Py_ssize_t rounds):
    """Runs chains of s := s * a + b that depend on nothing but themselves.

    Parameters
    ----------
    values : at least 2
        a and b on entry; the sum of all chains in the first on return, so that the compiler
        can't leave them out.
    rounds : int
        Steps of each chain.

    Returns
    -------
    int
        Multiplications and additions made.
    """
    cdef vecf sums[CHAINS]
    cdef vecd doubles[CHAINS]
    cdef vecf factor, term
    cdef vecd factors, terms
    cdef Py_ssize_t each, step
    if values.shape[0] < 2:
        raise IndexError("values must hold a and b")
    with nogil:
        if real is float:
            factor = zero(&sums[0]) + values[0]
            term = zero(&sums[0]) + values[1]
            for each in range(CHAINS):
                sums[each] = factor
            for step in range(rounds):
                for each in range(CHAINS):
                    sums[each] = sums[each] * factor + term
            for each in range(1, CHAINS):
                sums[0] = sums[0] + sums[each]
            values[0] = lane(&sums[0], 0)
        else:
            factors = zero(&doubles[0]) + values[0]
            terms = zero(&doubles[0]) + values[1]
            for each in range(CHAINS):
                doubles[each] = factors
            for step in range(rounds):
                for each in range(CHAINS):
                    doubles[each] = doubles[each] * factors + terms
            for each in range(1, CHAINS):
                doubles[0] = doubles[0] + doubles[each]
            values[0] = lane(&doubles[0], 0)
    return 2 * CHAINS * rounds * (sizeof(vecf) // sizeof(float) if real is float
                                  else sizeof(vecd) // sizeof(double))
