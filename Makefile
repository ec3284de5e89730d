# Two commands to be productive: "make demo" to see it work, "make test" to change it.

# The first Python that fits; "make test PYTHON=python3.12" names another.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null && echo $$p && break; done)
VENV ?= .venv
BIN = $(VENV)/bin
# Each command a test runs counts on its own core; "make test JOBS=0" runs them in one process.
JOBS ?= auto

.PHONY: help demo test lint format quality figures benchmarks trust docs lock wheel screenshots clean

help:
	@echo "make demo     set up, then read examples/"
	@echo "make test     set up, then run every test and every example in the documentation"
	@echo "make lint     style, types and layers"
	@echo "make quality  the figures that may not fall (writes build/quality.json)"
	@echo "make figures  measure everything and write the figures into docs/quality.md"
	@echo "make benchmarks  what reading costs, against named baselines (some minutes; docs/scale.md)"
	@echo "make trust    attack everything for half an hour: what was tried, what broke, what was lost (docs/security.md)"
	@echo "make docs     write docs/cli.md again from --help"
	@echo "make lock     choose the versions in requirements*.lock again (needs uv)"
	@echo "make wheel    build the wheel into dist/"
	@echo "make screenshots  pictures of every screen into docs/images/ (needs chromium)"

# Runtime and build tools at locked versions, then the project itself; its build hook compiles the gazetteer.
$(VENV)/installed: requirements.lock pyproject.toml $(wildcard hatch_build.py) src/tollbook/lexicon/gazetteer-supplement.tsv
	@test -n "$(PYTHON)" || { echo "Tollbook needs Python 3.11, 3.12 or 3.13; name one: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.lock src/tollbook/web/vendor.lock.json
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python scripts/vendor.py --dev
	@touch $@

demo: $(VENV)/installed
	$(BIN)/tollbook read examples/

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest -q -n $(JOBS) $(TESTS)

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

quality: $(VENV)/installed-dev
	$(BIN)/python -m tests.quality.gate

figures: $(VENV)/installed-dev
	$(BIN)/python -m tests.quality.report

benchmarks: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks.scale --charts docs/images/scale

# SECONDS=7200 for a night; what breaks a promise is kept in build/hostile. TRUST="load kills" takes some of the steps.
SECONDS ?= 120
trust: $(VENV)/installed-dev
	$(BIN)/python -m tests.hostile.trust --seconds $(SECONDS) --write $(TRUST)

docs: $(VENV)/installed-dev
	$(BIN)/python scripts/write_cli_reference.py docs/cli.md

# The build tools stand in pyproject.toml's [build-system], which uv does not look at by itself.
lock:
	mkdir -p build
	python3 scripts/build_requirements.py > build/requirements.in
	uv pip compile $(UV) --universal --python-version 3.11 --generate-hashes --no-annotate \
		--custom-compile-command "make lock" pyproject.toml build/requirements.in -o requirements.lock
	uv pip compile $(UV) --universal --python-version 3.11 --generate-hashes --no-annotate \
		--custom-compile-command "make lock" -c requirements.lock pyproject.toml --group dev build/requirements.in -o requirements-dev.lock

wheel: $(VENV)/installed-dev
	rm -rf dist
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation -w dist .

screenshots: $(VENV)/installed-dev
	$(BIN)/python scripts/screenshots.py

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
