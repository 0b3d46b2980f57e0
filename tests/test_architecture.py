"""What may import what, and how long a file may get."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sorted(
    path.relative_to(ROOT)
    for folder in ("cyconv", "convgui", "tests", "benchmarks", "resources")
    for path in (ROOT / folder).rglob("*.py")
)
SOURCES = [path for path in PYTHON if path.parts[0] in ("cyconv", "convgui")]
CYTHON = sorted(path.relative_to(ROOT) for path in (ROOT / "cyconv").rglob("*.p[yx][xdi]"))

QT = {"PySide6", "PyQt5", "PyQt6", "shiboken6", "qtpy", "pyqtgraph", "qtawesome"}
THREADS = {
    "Thread", "Timer", "ThreadPoolExecutor", "ProcessPoolExecutor", "ThreadPool", "Pool", "Process",
    "QThread", "QThreadPool", "QRunnable", "start_new_thread", "Popen", "QProcess",
}  # fmt: skip
WITH_THREADS = {
    "convgui/jobs.py", "convgui/apart/process.py", "cyconv/bands.py", "cyconv/pool.py",
}  # fmt: skip
MOST_LINES = 300


def tree(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), str(path))


def imported(path: Path) -> Iterator[str]:
    """Gives the full name of everything that a file imports, anywhere in it."""
    package = path.with_suffix("").parts[:-1]
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def names_in(path: Path) -> set[str]:
    """Gives every bare name and every attribute that a file speaks of."""
    nodes = list(ast.walk(tree(path)))
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    return names | {node.attr for node in nodes if isinstance(node, ast.Attribute)}


def tops(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imported(path)}


def under(*folder: str) -> list[Path]:
    return [path for path in SOURCES if path.parts[: len(folder)] == folder]


def test_there_is_something_to_check():
    assert len(under("cyconv")) > 10
    assert len(under("convgui", "model")) > 10
    assert CYTHON


@pytest.mark.parametrize("path", under("cyconv"), ids=str)
def test_cyconv_stands_on_numpy_alone(path):
    assert not tops(path) & (QT | {"cv2", "convgui", "matplotlib", "scipy", "torch", "skimage"})


WITHOUT_A_WINDOW = ("model", "export", "apart", "fence", "sessions")


@pytest.mark.parametrize(
    "path", [path for name in WITHOUT_A_WINDOW for path in under("convgui", name)], ids=str
)
def test_model_export_and_sessions_know_no_window(path):
    assert not tops(path) & QT
    windowed = [
        name for name in imported(path)
        if name.startswith("convgui.")
        and name.split(".")[1] not in (*WITHOUT_A_WINDOW, "opencv", "about", "resources")
    ]  # fmt: skip
    assert windowed == []


@pytest.mark.parametrize("path", under("convgui", "model"), ids=str)
def test_model_knows_no_export(path):
    later = ("convgui.export", "convgui.sessions")
    assert not any(name.startswith(later) for name in imported(path))


@pytest.mark.parametrize("name", ["cli", "console", "headless", "__main__", "about", "settings"])
def test_without_a_window_no_window_is_imported(name):
    path = Path("convgui", f"{name}.py")
    assert not tops(path) & QT
    top_level = {
        name
        for node in tree(path).body
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in [getattr(node, "module", None) or node.names[0].name]
    }
    assert "convgui.app" not in top_level


@pytest.mark.parametrize("path", under("convgui", "widgets"), ids=str)
def test_widgets_know_nothing_of_the_app(path):
    allowed = ("convgui.model", "convgui.widgets", "convgui.style")
    wrong = [
        name for name in imported(path)
        if name.startswith("convgui.") and not name.startswith(allowed)
    ]  # fmt: skip
    assert wrong == []


@pytest.mark.parametrize("path", under("convgui", "panels"), ids=str)
def test_panels_neither_compute_nor_control(path):
    forbidden = ("convgui.controller", "convgui.jobs", "convgui.main_window", "convgui.app")
    names = list(imported(path))
    assert not [name for name in names if name.startswith(forbidden)]
    assert not {"cyconv.convolve", "cyconv.compare"} & set(names)


def test_opencv_is_imported_in_one_place():
    assert [str(path) for path in SOURCES if "cv2" in tops(path)] == ["convgui/opencv.py"]


def test_threads_are_made_in_few_places():
    """A lock elsewhere is no harm; a thread or a process that nobody waits for is."""
    threaded = {path.as_posix() for path in SOURCES if names_in(path) & THREADS}
    assert threaded <= WITH_THREADS


@pytest.mark.parametrize("path", under("convgui"), ids=str)
def test_style_is_set_in_one_place(path):
    assert "setStyleSheet" not in names_in(path) or path == Path("convgui/style.py")


DRAWING = {"paintEvent", "drawForeground", "drawBackground", "drawRow", "paint"}


@pytest.mark.parametrize("path", under("convgui"), ids=str)
def test_what_draws_lets_no_exception_out(path):
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.FunctionDef) or node.name not in DRAWING:
            continue
        told = ast.unparse(node.args)
        if "Painter" in told or "PaintEvent" in told:
            names = [ast.unparse(each) for each in node.decorator_list]
            assert names == ["drawn"], f"{node.name} in line {node.lineno} must be @drawn"


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_arguments_are_not_checked_by_assert(path):
    """Python drops assertions when asked to optimise; what remains narrows types for mypy."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Assert):
            narrows = ast.unparse(node.test).startswith("isinstance(")
            assert narrows or ast.unparse(node.test).endswith(" is not None"), node.lineno


@pytest.mark.parametrize("path", [*PYTHON, *CYTHON, Path("setup.py")], ids=str)
def test_a_file_is_one_idea(path):
    assert len((ROOT / path).read_text(encoding="utf-8").splitlines()) <= MOST_LINES
