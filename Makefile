# make serve   install, check the catalog, build the index and serve on http://127.0.0.1:8000 (PORT and HOST change it)
# make test    install the test packages and run the whole suite
#
# make test-fast   without browser and slow tests      make check   format, lint, types, tests and the catalog's checks
# make test-long   the long fuzz and property tests    make bench   measure
# make lock        renew the versions in requirements  make clean   forget what was built

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Exactly the files whose hashes the lock names, all of them ready-made: nothing is compiled here.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r
PYTEST := $(BIN)/python -m pytest --numprocesses auto --dist loadgroup
PORT ?= 8000
HOST ?= 127.0.0.1
export PORT HOST

.PHONY: serve test test-fast test-long check bench lock clean

serve: $(VENV)/run.stamp
	@$(BIN)/flask catalog check
	@$(BIN)/flask db upgrade || echo "Until the database can be used, forms ask people to call. See docs/inquiries.md."
	@echo "Serving on http://$(HOST):$(PORT) (stop with Ctrl-C)"
	@exec $(BIN)/gunicorn "app:serve()"

# Without Chromium the tests of the pages are left out, and the report says so at both ends.
test: $(VENV)/test.stamp
	@scripts/ensure chromium || true
	$(PYTEST)

test-fast: $(VENV)/test.stamp
	$(PYTEST) -m "not browser and not slow"

test-long: $(VENV)/test.stamp
	LONG_TESTS=1 $(PYTEST)

check: $(VENV)/check.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(PYTEST)
	$(BIN)/flask catalog check

bench: $(VENV)/bench.stamp
	$(BIN)/python -m bench

lock: $(VENV)/lock.stamp
	@$(BIN)/python -m scripts.lock

# The database in var is not built: it holds what people asked, and stays, as does the key.
clean:
	rm -rf $(VENV) var/index var/gunicorn.pid .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -not -path "./$(VENV)/*" -exec rm -rf {} +

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

# Each stamp stands for one set of packages, installed again when its lock file changes. A larger set holds the smaller.
$(VENV)/run.stamp: requirements/run.txt | $(BIN)/python
	$(PIP) requirements/run.txt && touch $@

$(VENV)/test.stamp: requirements/test.txt | $(BIN)/python
	$(PIP) requirements/test.txt && touch $@ $(VENV)/run.stamp

$(VENV)/check.stamp: requirements/check.txt | $(BIN)/python
	$(PIP) requirements/check.txt && touch $@ $(VENV)/test.stamp $(VENV)/run.stamp

$(VENV)/bench.stamp: requirements/bench.txt | $(BIN)/python
	$(PIP) requirements/bench.txt && touch $@ $(VENV)/test.stamp $(VENV)/run.stamp

$(VENV)/lock.stamp: requirements/lock.txt pyproject.toml | $(BIN)/python
	$(PIP) requirements/lock.txt && touch $@ $(VENV)/run.stamp
