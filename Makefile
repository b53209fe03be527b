# Everything runs in .venv, which the first target makes; only git, make and Python 3.11 or newer are needed.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: demo test lint types layers unit examples docs bench fuzz clean

$(STAMP): pyproject.toml hatch_build.py
	$(PYTHON) -I -m venv .venv
	$(BIN)/python -I -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(STAMP)

demo: $(STAMP)
	$(BIN)/configlint check --fail-on never --root examples/livekit-stack/broken
	@echo
	@$(BIN)/configlint fix --diff --root examples/livekit-stack/broken || true

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
unit: $(STAMP)
	$(BIN)/pytest -n 2 --hypothesis-profile=ci

# Against an installed wheel, in an environment of its own, as a user has it.
bench:
	$(PYTHON) -I -m venv .bench
	.bench/bin/python -I -m pip install --quiet --disable-pip-version-check --force-reinstall . alint==0.20.1
	.bench/bin/python bench/run.py .bench/bin $(PARTS)

# Each target for so many seconds, in an environment of its own: coverage-guided, and needed by nothing else.
SECONDS_EACH ?= 60
fuzz:
	$(PYTHON) -I -m venv .fuzz
	.fuzz/bin/python -I -m pip install --quiet --disable-pip-version-check --editable '.[fuzz]'
	.fuzz/bin/python tests/fuzz.py $(SECONDS_EACH) $(TARGETS)

clean:
	rm -rf .venv .bench .fuzz .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist
