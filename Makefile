# Two commands for everybody: `make run` and `make test`. `make help` lists the others.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install -qq --no-input --disable-pip-version-check --require-hashes
LOCK := uv pip compile --quiet --generate-hashes --no-header --no-annotate --universal --python-version 3.11
PYTEST := $(PY) -m pytest -q -rs -o tmp_path_retention_policy=failed -o tmp_path_retention_count=1
BENCH := .venv-bench
PEERS := tests/bench/peers
CODE := bot.py domain handlers content storage channels tests

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test check format browser pictures bench chaos lock

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 20

setup: $(VENV)/.runtime ## make .venv from the hashed lock
	@:

setup-dev: $(VENV)/.dev ## add what tests and checks need
	@:

run: setup ## start everything: with no BOT_TOKEN, against the built-in sandbox
	@exec $(PY) bot.py run

test: setup-dev ## run the tests, naming what was skipped and why
	@$(PYTEST) -n 3 --dist loadfile --no-loadscope-reorder

check: setup-dev ## format, lint, types, imports, words and tests: what CI runs
	@$(PY) -m ruff format --check $(CODE)
	@$(PY) -m ruff check $(CODE)
	@$(PY) -m mypy
	@$(VENV)/bin/lint-imports --no-logo
	@$(PYTEST) -rR --reruns 1 -n 3 --dist loadfile --no-loadscope-reorder

format: setup-dev ## rewrite the code in the house style
	@$(PY) -m ruff check --fix-only --quiet $(CODE)
	@$(PY) -m ruff format $(CODE)

browser: setup-dev ## only the tests that drive the pages in Chromium
	@$(PYTEST) tests/browser

pictures: setup-dev ## walk an opinion there and back, and draw docs/images anew
	@$(PY) -m tests.browser.pictures

bench: $(BENCH)/.peers ## measure us beside others: make bench FIGURES=send,pace REPEATS=1
	@REPEATS=$(REPEATS) $(BENCH)/bin/python -m tests.bench --figures "$(FIGURES)"

chaos: setup-dev ## kill it again and again and count: make chaos KILLS=1000 SEED=7
	@$(PY) -m tests.chaos --kills $(or $(KILLS),1000) $(if $(SEED),--seed $(SEED)) $(if $(DATABASE),--database $(DATABASE))

lock: ## resolve the locks again (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv: see docs/adr/0002-hashed-locks.md" >&2; exit 1; }
	$(LOCK) pyproject.toml -o requirements.lock
	$(LOCK) pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock
	sed -n '/^pydantic/d; s/ \\$$//; /^[a-z].*==/p' requirements.lock | \
	  $(LOCK) pyproject.toml $(PEERS).in -c - -o $(PEERS).lock

$(VENV)/.runtime: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Hai Chiều needs Python 3.11 or newer; name one with: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "Python's venv module is missing; install it with: sudo apt-get install python3-venv" >&2; exit 1; }
	@echo "Setting up .venv (the first time takes about a minute)…"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@echo "Adding the tools for tests and checks…"
	@$(PIP) -r requirements-dev.lock
	@touch $@

$(BENCH)/.peers: $(PEERS).lock
	@echo "Setting up $(BENCH), for us and the peers (about a minute)…" >&2
	@$(PYTHON) -m venv $(BENCH)
	@$(BENCH)/bin/python -m pip install -qq --no-input --disable-pip-version-check --require-hashes -r $<
	@touch $@
