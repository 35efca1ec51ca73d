# Two commands set everything up on a machine that has Python 3.11 or newer, git and make:
#   make demo           install into .venv, show the whole story with a local Jira, build the site
#   make test           install, run every test
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed
MINUTES := 30

.DEFAULT_GOAL := help
.PHONY: help install demo test test-all soak coverage lint types workflows check docs dist lock bench clean

help:
	@echo "make demo            the whole story with example data and a local Jira (SERVE=1 also shows the site)"
	@echo "make test            run every test; long sweeps of crashes take a sample of every kind"
	@echo "make test-all        the same, and the sweeps leave out nothing"
	@echo "make coverage        make test, and fail where fewer lines run than pyproject.toml asks for"
	@echo "make soak            random crashes and examples for MINUTES=30, with a new seed each round"
	@echo "make check           lint, types, workflows and tests"
	@echo "make docs            write the generated pages of docs/ anew"
	@echo "make bench           measure drafting, listing, staging and building"
	@echo "make dist            build the wheel and the sdist into dist/"
	@echo "make lock            resolve requirements.lock anew (needs uv)"
	@echo "make clean           remove what these commands made"

install: $(INSTALLED)

$(INSTALLED): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PYTHON) is older. Try: make PYTHON=python3.12 ..."; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(INSTALLED)
	$(BIN)/postmortem demo $(if $(SERVE),--serve)

test: $(INSTALLED)
	$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

test-all: $(INSTALLED)
	$(BIN)/python -m pytest -n 2 --dist worksteal --all $(ARGS)

soak: $(INSTALLED)
	$(BIN)/python -m tests.soak $(MINUTES) $(ARGS)

coverage: $(INSTALLED)
	$(BIN)/python -m pytest -n 2 --dist worksteal --cov --cov-report=term:skip-covered $(ARGS)

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo --no-cache
	$(BIN)/python -m tests.patterns

workflows: $(INSTALLED)
	$(BIN)/zizmor --quiet --offline --no-progress --persona=auditor --collect=all .github action.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-actions action.yml .github/actions/*/action.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.dependabot .github/dependabot.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-issue-forms $(filter-out %/config.yml,$(wildcard .github/ISSUE_TEMPLATE/*.yml))

types: $(INSTALLED)
	$(BIN)/mypy

check: lint types workflows test

docs: $(INSTALLED)
	$(BIN)/python docs/generate.py

# The backend of the lock file builds: hash-checked, and no network while building.
dist: $(INSTALLED)
	rm -rf dist
	$(BIN)/python -m hatchling build

bench: $(INSTALLED)
	$(BIN)/python -m benchmarks

lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --all-extras --group dev pyproject.toml -o requirements.lock

clean:
	rm -rf .venv site build dist .postmortem .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
