"""Tells what this processor and its operating system offer; which core a thread is on; waits."""

cdef extern from *:
    """
    #if defined(__linux__)
      #ifndef _GNU_SOURCE
        #define _GNU_SOURCE
      #endif
      #include <sched.h>
      #define cy_core() sched_getcpu()
    #else
      #define cy_core() (-1)
    #endif
    """
    int cy_core()

cdef extern from *:
    """
    #if defined(__x86_64__) || defined(_M_X64)
      #if defined(_MSC_VER) && !defined(__clang__)
        #include <windows.h>
        static int cy_level(void) {
          if (!IsProcessorFeaturePresent(40)) return 1;  /* PF_AVX2_INSTRUCTIONS_AVAILABLE */
          return IsProcessorFeaturePresent(41) ? 4 : 3;  /* PF_AVX512F_INSTRUCTIONS_AVAILABLE */
        }
      #else
        static int cy_level(void) {
          __builtin_cpu_init();
          if (!(__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")
                && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2"))) return 1;
          return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
                 && __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq")
                 && __builtin_cpu_supports("avx512vl") ? 4 : 3;
        }
      #endif
    #else
      static int cy_level(void) { return 0; }
    #endif
    """
    int cy_level()


def level() -> int:
    """Gives 4, 3 or 1 for x86-64-v4, -v3 and older, 0 for other processors."""
    return cy_level()


def core() -> int:
    """Gives the number of the core that the calling thread is on; -1 where nothing says so."""
    return cy_core()


cdef extern from * nogil:
    """
    #if defined(_MSC_VER) && !defined(__clang__)
      #include <intrin.h>
      #define cy_seen(p) (_InterlockedOr((volatile long *)(p), 0))
      #define cy_set(p) ((void)_InterlockedExchange((volatile long *)(p), 1))
      #define cy_count(p) ((void)_InterlockedIncrement64((volatile __int64 *)(p)))
      #define cy_counted(p) (_InterlockedOr64((volatile __int64 *)(p), 0))
    #else
      #define cy_seen(p) __atomic_load_n((p), __ATOMIC_ACQUIRE)
      #define cy_set(p) __atomic_store_n((p), 1, __ATOMIC_RELEASE)
      #define cy_count(p) ((void)__atomic_fetch_add((p), 1, __ATOMIC_RELEASE))
      #define cy_counted(p) __atomic_load_n((p), __ATOMIC_ACQUIRE)
    #endif
    #if defined(__x86_64__) || defined(_M_X64)
      #include <immintrin.h>
      #define cy_pause() _mm_pause()
    #elif defined(__aarch64__) && defined(__GNUC__)
      #define cy_pause() __asm__ __volatile__("yield")
    #else
      #define cy_pause() ((void)0)
    #endif
    """
    int seen "cy_seen"(int* flag)
    void set_ "cy_set"(int* flag)
    void count "cy_count"(Py_ssize_t* calls)
    Py_ssize_t counted "cy_counted"(Py_ssize_t* calls)
    void pause "cy_pause"()


def wait_busily(int[::1] flag not None, Py_ssize_t looks):
    """Looks at a flag until it is set, so many times at the most.

    Being woken takes a thread longer than a short wait does.

    Parameters
    ----------
    flag : 1
    looks : int

    Returns
    -------
    bool
        Whether it is set.
    """
    cdef Py_ssize_t look
    cdef int* watched
    if flag.shape[0] < 1:
        raise IndexError("flag must have a value")
    watched = &flag[0]
    with nogil:
        for look in range(looks):
            if seen(watched):
                break
            pause()
    return seen(watched) != 0


def call(Py_ssize_t[::1] calls not None):
    """Counts a call for work, that :func:`look_out` sees; ``calls`` has one value."""
    if calls.shape[0] < 1:
        raise IndexError("calls must have a value")
    count(&calls[0])


def look_out(
    int[::1] done, Py_ssize_t[::1] calls not None, Py_ssize_t heard, Py_ssize_t looks,
    Py_ssize_t after,
):
    """Says that work is done, and looks for a call for more, without holding the interpreter.

    Parameters
    ----------
    done : 1, or None
        The flag to set.
    calls : 1
        The calls so far.
    heard : int
        How many there were when this thread began to work.
    looks : int
        Looks, at the most.
    after : int
        Looks more once there was a call: who called needs the interpreter until then.
    """
    cdef Py_ssize_t look, more
    cdef int* flag = NULL
    if calls.shape[0] < 1 or done is not None and done.shape[0] < 1:
        raise IndexError("done and calls must have a value")
    if done is not None:
        flag = &done[0]
    with nogil:
        if flag != NULL:
            set_(flag)
        for look in range(looks):
            if counted(&calls[0]) != heard:
                for more in range(after):
                    pause()
                break
            pause()
