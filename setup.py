"""Builds every kernel once for every instruction-set level; everything else is in pyproject.toml.

CYCONV_CHECK=1 turns bounds checks on in the kernels, CYCONV_CHECK=sanitize has the compiler
watch every access and every sum of integers; CYCONV_LEVELS="v1 v3" builds only these levels.
"""

import os
import shutil
import sysconfig
import threading
from pathlib import Path

from Cython.Build import cythonize
from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

KERNELS = (
    "rows", "few", "lanes", "columns", "tiling", "fourier", "tiles", "differences", "changes",
    "skipping", "taking", "residues", "hashing", "projections", "codes", "clusters", "tables",
    "pixels", "outputs", "nearness", "peak",
)  # fmt: skip
HEADERS = (
    "vector", "windows", "packing", "fill", "work", "patches", "panels", "blocks", "strips",
    "stream", "marks", "compare", "patchwork", "spots", "turns", "spectral", "seen", "grids",
    "spans", "laying", "deltas", "abreast", "squares",
)  # fmt: skip
X86 = sysconfig.get_platform().rsplit("-", 1)[-1] in ("x86_64", "amd64")
FLAGS = {
    "unix": {
        "all": ["-O3", "-fno-math-errno", "-fno-trapping-math", "-g0", "-Wno-unused-function",
                "-Wno-attributes"],
        "v1": ["-march=x86-64"],
        "v3": ["-march=x86-64-v3"],
        "v4": ["-march=x86-64-v4"],
        # A hash is the sign of a sum: fused and separate products must round alike.
        "hashing": ["-ffp-contract=off"],
        "fused": ["-ffp-contract=fast"],
    },
    "msvc": {
        "all": ["/O2"],
        "v3": ["/arch:AVX2"],
        "v4": ["/arch:AVX512"],
        "hashing": ["/fp:precise"],
    },
}
LEVELS = os.environ.get("CYCONV_LEVELS", "v1 v3 v4" if X86 else "plain").split()
TRANSLATING = threading.Lock()
SHARED = "cyconv._native.shared"
"""Cython's own code for arrays, which would otherwise be compiled into every kernel."""

CHECKED = os.environ.get("CYCONV_CHECK") == "1"
SANITIZED = os.environ.get("CYCONV_CHECK") == "sanitize"
WATCH = ["-fsanitize=address,undefined,float-cast-overflow", "-fno-sanitize-recover=all"]
DIRECTIVES = {
    "language_level": 3,
    "boundscheck": CHECKED,
    "wraparound": False,
    "cdivision": not CHECKED,
    "initializedcheck": CHECKED,
    "embedsignature": True,
    "show_performance_hints": False,
}


def extensions():
    """One extension a kernel and level, what all of them share, and the probe that tells the
    processor's level."""
    yield Extension(SHARED, ["cyconv/_native/shared.c"])
    yield Extension("cyconv._native.probe", ["cyconv/_native/probe.pyx"])
    for level in LEVELS:
        for kernel in KERNELS:
            yield Extension(
                f"cyconv._native.{level}.{kernel}", [f"cyconv/_native/{kernel}.pyx"],
                depends=[f"cyconv/_native/{header}.pxd" for header in HEADERS],
            )


class BuildKernels(build_ext):
    """Translates each kernel once, and compiles it for every level."""

    def finalize_options(self):
        super().finalize_options()
        self.parallel = self.parallel or os.cpu_count()
        self.translated = set()

    def copy_extensions_to_source(self):
        for extension in self.extensions:
            os.makedirs(os.path.join(*extension.name.split(".")[:-1]), exist_ok=True)
        super().copy_extensions_to_source()

    def build_extension(self, extension):
        level, kernel = extension.name.split(".")[-2:]
        flags = FLAGS["msvc" if self.compiler.compiler_type == "msvc" else "unix"]
        kind = "hashing" if kernel == "hashing" else "fused"
        extension.extra_compile_args = [
            *flags["all"], *flags.get(level, []), *flags.get(kind, []),
            *([*WATCH, "-O1", "-fno-wrapv"] if SANITIZED else []),
        ]
        extension.extra_link_args = WATCH if SANITIZED else []
        # Cython keeps state in its modules; only the C compilers run side by side. What it
        # makes is the same for all levels, but they must not share an object file.
        with TRANSLATING:
            [made] = cythonize(
                [Extension(f"cyconv._native.{kernel}", extension.sources)],
                build_dir=self.build_temp,
                compiler_directives=DIRECTIVES,
                shared_utility_qualified_name=SHARED,
                force=self.force and kernel not in self.translated,
                quiet=True,
            )
            self.translated.add(kernel)
        source = Path(self.build_temp, level, f"{kernel}.c")
        source.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(made.sources[0], source)
        extension.sources = [str(source)]
        super().build_extension(extension)


setup(ext_modules=list(extensions()), cmdclass={"build_ext": BuildKernels})
