# simpul: one command sets everything up; each other target calls it first.
# A fresh machine needs Python 3.11, make, Node 20 and the package registries, nothing else.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
UV := $(BIN)/uv pip install --quiet
READY := .venv/.ready
CATALOGUES := $(wildcard simpul/*/locale/*/LC_MESSAGES/*.po)
export DJANGO_SETTINGS_MODULE := simpul.project.settings

.PHONY: help setup run demo serve test check test-sqlite test-postgres bench docs pictures messages chromium format clean

help:
	@echo "make run     set up, make the demonstration, serve http://127.0.0.1:8000"
	@echo "make test    set up, check style, layers and types, test on SQLite and PostgreSQL"
	@echo "make check   style, layers, types, rules only"
	@echo "make bench   measure; docs: write docs/generated; messages: update catalogues"

setup: $(READY) .venv/.messages

$(READY): requirements.lock pyproject.toml hatch_build.py
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.5,<1"
	$(UV) --require-hashes -r requirements.lock
	$(UV) --no-deps --editable .
	@touch $@

.venv/.messages: $(READY) $(CATALOGUES)
	$(BIN)/python -m simpul.project.messages compile
	@touch $@

run: setup
	$(BIN)/simpul serve --demo

demo: setup
	$(BIN)/simpul demo

test: check chromium test-sqlite test-postgres

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/simpul pack check
	$(BIN)/python -m simpul.project.messages check

test-sqlite: setup
	$(BIN)/pytest -q

test-postgres: setup
	$(BIN)/python tests/postgres.py tests/apps tests/flow

# Browser tests use Debian's Chromium; nothing is downloaded by the test itself.
chromium:
	@command -v chromium >/dev/null || { \
	  test "$$(id -u)" = 0 && apt-get update -qq && \
	  apt-get -o DPkg::Lock::Timeout=500 install -y -qq --no-install-recommends chromium fonts-noto-core >/dev/null; } || \
	  echo "chromium is missing: the browser tests are skipped; install: apt-get install chromium fonts-noto-core"

bench: $(READY)
	$(UV) --require-hashes -r requirements-bench.lock
	$(BIN)/python bench/run.py

docs: setup
	$(BIN)/simpul pack book --format md docs/generated

# The README's pictures, taken by the browser test from the full demonstration.
pictures: setup chromium
	SIMPUL_PICTURES=docs/pictures SIMPUL_WALK_RESIDENTS=3000 $(BIN)/pytest -q tests/browser/test_walk.py

messages: setup
	$(BIN)/python -m simpul.project.messages extract
	$(BIN)/python -m simpul.project.messages compile

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock:
	$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11 --extra dev pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11 --extra dev --extra bench pyproject.toml -o requirements-bench.lock

clean:
	rm -rf .venv build dist
