# Everything runs in .venv, which the first target makes; only git, make and Python 3.11 or newer are needed.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
DEMO := .demo/.installed
PIP_INSTALL := -I -m pip install --quiet --disable-pip-version-check

.PHONY: demo quick test lint types layers unit examples coverage docs bench fuzz clean

$(STAMP): pyproject.toml hatch_build.py
	$(PYTHON) -I -m venv .venv
	$(BIN)/python $(PIP_INSTALL) --editable '.[dev]'
	@touch $(STAMP)

# What a user installs, and nothing of what development needs.
$(DEMO): pyproject.toml hatch_build.py
	$(PYTHON) -I -m venv .demo
	.demo/bin/python $(PIP_INSTALL) --editable .
	@touch $(DEMO)

demo: $(DEMO)
	.demo/bin/configlint check --fail-on never --root examples/livekit-stack/broken
	@echo
	@.demo/bin/configlint fix --diff --root examples/livekit-stack/broken || true

# Under a minute, while one works: most of what can break, without what starts many processes or other programs.
quick: lint examples
	$(BIN)/pytest $(PARALLEL) -m 'not slow'

test: lint types layers examples unit

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

layers: $(STAMP)
	$(BIN)/lint-imports --no-logo

examples: $(STAMP)
	$(BIN)/configlint test

docs: $(STAMP)
	$(BIN)/python docs/generate.py

# The same examples everywhere, and no deadline for one; `pytest` alone tries new ones each time.
PARALLEL := -n logical --dist loadgroup --no-loadscope-reorder --hypothesis-profile=ci
unit: $(STAMP)
	$(BIN)/pytest $(PARALLEL)

# What the tests reach, processes of their own included. It judges nothing, and takes twice as long as the tests.
coverage: $(STAMP)
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest $(PARALLEL)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

# Against an installed wheel, in an environment of its own, as a user has it.
bench:
	$(PYTHON) -I -m venv .bench
	.bench/bin/python $(PIP_INSTALL) --force-reinstall . alint==0.20.1
	.bench/bin/python bench/run.py .bench/bin $(PARTS)

# Each target for so many seconds, in an environment of its own: coverage-guided, and needed by nothing else.
SECONDS_EACH ?= 60
fuzz:
	$(PYTHON) -I -m venv .fuzz
	.fuzz/bin/python $(PIP_INSTALL) --editable '.[fuzz]'
	.fuzz/bin/python tests/fuzz.py $(SECONDS_EACH) $(TARGETS)

clean:
	rm -rf .venv .demo .bench .fuzz .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage* dist
