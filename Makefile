# make serve   install, check the catalog, build the index and serve on http://127.0.0.1:8000 (PORT and HOST change it)
# make test    install the test extras and run the whole suite
#
# make check   format, lint, types, tests and the catalog's own checks      make test-long   the long fuzz and property tests
# make bench   measure                                                      make clean       forget what was built

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
PORT ?= 8000
HOST ?= 127.0.0.1
export PORT HOST

.PHONY: serve test test-long check bench clean

serve: $(VENV)/run.stamp
	@$(BIN)/flask catalog check
	@$(BIN)/flask db upgrade || echo "Until the database can be used, forms ask people to call. See docs/inquiries.md."
	@echo "Serving on http://$(HOST):$(PORT) (stop with Ctrl-C)"
	@exec $(BIN)/gunicorn "app:serve()"

test: $(VENV)/test.stamp
	$(BIN)/python -m pytest

test-long: $(VENV)/test.stamp
	LONG_TESTS=1 $(BIN)/python -m pytest

check: $(VENV)/check.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(BIN)/python -m pytest
	$(BIN)/flask catalog check

bench: $(VENV)/bench.stamp
	$(BIN)/python -m bench

# The database in var is not built: it holds what people asked, and stays.
clean:
	rm -rf $(VENV) var/index var/gunicorn.pid

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

# Each stamp stands for one set of packages, installed again when pyproject.toml changes.
$(VENV)/run.stamp: pyproject.toml | $(BIN)/python
	$(PIP) . && touch $@

$(VENV)/test.stamp: pyproject.toml | $(BIN)/python
	$(PIP) ".[test]" && touch $@ $(VENV)/run.stamp

$(VENV)/check.stamp: pyproject.toml | $(BIN)/python
	$(PIP) ".[test,check]" && touch $@ $(VENV)/test.stamp $(VENV)/run.stamp

$(VENV)/bench.stamp: pyproject.toml | $(BIN)/python
	$(PIP) ".[test,bench]" && touch $@ $(VENV)/test.stamp $(VENV)/run.stamp
