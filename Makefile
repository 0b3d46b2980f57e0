# run, test, sanitize, torture, bench, figures, lint, shots, drive, clean: people and CI use the same verbs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export QT_LOGGING_RULES ?= qt.qpa.*=false
# A net that stumbles is no reason to fail.
export PIP_RETRIES ?= 10
export PIP_DEFAULT_TIMEOUT ?= 60
export PIP_DISABLE_PIP_VERSION_CHECK ?= 1
# Two workers share the files; ARGS="-n 0" runs all in one process, as debuggers want it.
pytest = $(BIN)/python $(1) -m pytest -n 2 --dist loadfile --no-loadscope-reorder --max-worker-restart 2
SOURCES := setup.py pyproject.toml $(wildcard cyconv/_native/*.pyx cyconv/_native/*.pxd)
extra = $(BIN)/python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['project']['optional-dependencies']['$(1)'], sep='\n')" | $(BIN)/python -m pip install --quiet -r /dev/stdin

.PHONY: run test test-checked sanitize torture bench bench-reuse bench-choose bench-differential figures lint shots drive speed translations clean

run: $(VENV)/built
	@$(BIN)/convgui $(ARGS)

test: $(VENV)/built $(VENV)/test-tools test-checked
	QT_QPA_PLATFORM=offscreen $(call pytest) $(ARGS)

# The numeric tests once more on kernels that check every index.
test-checked: $(VENV)/test-tools build/checked/built
	PYTHONPATH=build/checked $(call pytest,-P) tests/cyconv $(ARGS)

# And on kernels that the compiler's address and undefined-behaviour sanitizers watch.
sanitize: $(VENV)/test-tools build/sanitized/built
	LD_PRELOAD="$$($(CC) -print-file-name=libasan.so) $$($(CC) -print-file-name=libubsan.so)" ASAN_OPTIONS=detect_leaks=0 PYTHONPATH=build/sanitized $(BIN)/python -P -m pytest --capture=no tests/cyconv $(ARGS)

# Hostile files, faults, leaks and load, all of it: one line a row, what was tried and what failed.
# All of it has a step on kernels that sanitizers watch, where the compiler has these.
torture: $(VENV)/built $(VENV)/test-tools
	-$(if $(ARGS),,@$(MAKE) --no-print-directory build/sanitized/built)
	QT_QPA_PLATFORM=offscreen $(BIN)/python tests/torture $(ARGS)

bench: $(VENV)/built $(VENV)/bench-tools
	@env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE $(BIN)/python benchmarks/bench.py $(ARGS)

# What reuse gives for what it costs, on photographs, an icon and a page: table, JSON, figure.
bench-reuse: $(VENV)/built $(VENV)/bench-tools
	mkdir -p build
	@env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE $(BIN)/python benchmarks/bench_reuse.py --json build/reuse.json --figure build/reuse.png $(ARGS)

# What `choose` picks, next to the best of a grid of runs; fails where it is too far behind.
bench-choose: $(VENV)/built $(VENV)/bench-tools
	@env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE $(BIN)/python benchmarks/choose_check.py $(ARGS)

# Differences from each reference next to the exact kernel.
bench-differential: $(VENV)/built $(VENV)/bench-tools
	@env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE $(BIN)/python benchmarks/bench_differential.py $(ARGS)

# The figures of the documentation.
figures: $(VENV)/built $(VENV)/bench-tools
	$(BIN)/python benchmarks/clusters_figure.py resources/pictures/clusters.svg

lint: $(VENV)/built $(VENV)/lint-tools
	$(BIN)/ruff check .
	$(BIN)/mypy

# Screenshots of the real window in all its states, on this display or on a virtual one: light, dark,
# mirrored, at scale 2 and as small as it may be; some are the README's and the tour's.
SHOOT = $(if $(DISPLAY),,xvfb-run -a -s "-screen 0 2900x1820x24") $(BIN)/python benchmarks/shots.py $(ARGS)
shots: $(VENV)/built
	.ci/system-packages shots
	$(SHOOT) --out shots
	$(SHOOT) --out shots/dark --theme dark
	$(SHOOT) --out shots/mirrored --mirrored
	$(SHOOT) --out shots/scale-2 --scale 2
	$(SHOOT) --out shots/small --small
	mkdir -p resources/pictures
	cp shots/compared.png resources/pictures/compared.png
	$(BIN)/python benchmarks/tour_pictures.py shots resources/pictures

# The real window, driven by mouse and keys; fails at the first step that goes wrong.
drive: $(VENV)/built
	.ci/system-packages drive
	$(if $(DISPLAY),,xvfb-run -a -s "-screen 0 1600x1000x24") $(BIN)/python benchmarks/drive.py $(ARGS)

# How quick the window is: start, drags, repaints, a 16k image, blocks of the event loop.
speed: $(VENV)/built
	$(if $(DISPLAY),,xvfb-run -a -s "-screen 0 1600x1000x24") $(BIN)/python benchmarks/window_speed.py $(ARGS)

# Every text of the program, for Qt Linguist; and what of it is translated, for the program.
translations: $(VENV)/built
	mkdir -p build resources/translations
	$(BIN)/python -m convgui.resources.model_texts > build/model_texts.py
	$(BIN)/pyside6-lupdate -silent -locations none $$(find convgui -name '*.py') build/model_texts.py -ts resources/translations/convgui_fa.ts
	$(BIN)/pyside6-lrelease -silent resources/translations/convgui_fa.ts

clean:
	rm -rf build dist *.egg-info shots .pytest_cache .mypy_cache .ruff_cache .hypothesis $(VENV)
	rm -f cyconv/_native/*.so cyconv/_native/*/*.so
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/ready:
	.ci/system-packages run
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'convgui needs Python 3.11 or later, this is ' + sys.version.split()[0] + '; name another with make PYTHON=...')"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	touch $@

$(VENV)/built: $(VENV)/ready $(SOURCES)
	@echo "Building the kernels and installing what convgui needs; this takes a minute or two."
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/test-tools: $(VENV)/ready pyproject.toml
	$(call extra,test)
	touch $@

$(VENV)/lint-tools: $(VENV)/ready pyproject.toml
	$(call extra,lint)
	touch $@

$(VENV)/bench-tools: $(VENV)/ready pyproject.toml
	$(call extra,bench)
	touch $@

build/checked/built: $(VENV)/built $(SOURCES) $(wildcard cyconv/*.py cyconv/*/*.py)
	$(BIN)/python -m pip install --quiet "setuptools>=77" "cython>=3.2,<4"
	CYCONV_CHECK=1 CYCONV_LEVELS=v1 $(BIN)/python setup.py --quiet build --build-base build/checked/work --build-lib build/checked
	touch $@

build/sanitized/built: $(VENV)/built $(SOURCES) $(wildcard cyconv/*.py cyconv/*/*.py)
	$(BIN)/python -m pip install --quiet "setuptools>=77" "cython>=3.2,<4"
	CYCONV_CHECK=sanitize CYCONV_LEVELS="v1 v4" $(BIN)/python setup.py --quiet build --build-base build/sanitized/work --build-lib build/sanitized
	touch $@
