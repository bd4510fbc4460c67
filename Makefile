# Everything here needs only Python 3.11+ and make. PYTHON picks the interpreter.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help run install test check lock bench lighthouse pictures kill-matrix ledger clean

help:  ## show this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 13

run: install  ## set up and run everything on embedded defaults
	@exec $(BIN)/digest up

install: $(VENV)/installed  ## make the virtual environment, with `digest` in it

test: $(VENV)/installed-dev  ## set up and run the tests, with their own PostgreSQL and Redis
	@$(BIN)/python -m pytest -n 2 $(ARGS)

check: $(VENV)/installed-dev  ## lint, types, import floors
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(VENV)/installed-dev  ## measure, and print one table
	@$(PIP) install "django>=5.2"  # to compare with, for nothing else
	@$(BIN)/python -m benchmarks

pictures: $(VENV)/installed-dev  ## take docs/pictures anew (needs Chromium)
	@$(BIN)/python docs/pictures/make.py

kill-matrix: $(VENV)/installed-dev  ## kill -9 every process at every moment, and print the table
	@$(BIN)/python -m tests.kill_matrix $(ARGS)

ledger: $(VENV)/installed-dev  ## a bad day for 100,000 readers; both sides must balance
	@$(BIN)/python -m tests.ledger $(ARGS)

lighthouse: $(VENV)/installed-dev  ## have Lighthouse judge the pages (npm ci --prefix tests/judges first)
	@DIGEST_TEST_LIGHTHOUSE=all $(BIN)/python -m pytest -s tests/test_lighthouse.py

lock:  ## compile the lock files anew from pyproject.toml
	@$(PYTHON) -m venv $(VENV) && $(PIP) install uv
	@$(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --group build \
	  --generate-hashes --no-emit-index-url --no-header --upgrade -o requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --group build --group dev \
	  --generate-hashes --no-emit-index-url --no-header -c requirements.lock -o requirements-dev.lock

clean:  ## remove the virtual environment and caches; keeps var/
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist

$(VENV)/installed: requirements.lock pyproject.toml
	@echo "Installing into $(VENV) (a minute the first time) …"
	@$(PYTHON) -c 'import sys; sys.exit("digest needs Python 3.11 or newer; name one with: make PYTHON=python3.12 …") if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.lock
	@echo "Installing the test tools …"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@
