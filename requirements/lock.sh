#!/bin/sh
# Lock what pyproject.toml asks for, for every platform and Python 3.11+, naming no registry.
set -eu
lock() {
  to="requirements/$1.txt"
  shift
  .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock" "$@" -o "$to"
}
lock base pyproject.toml requirements/build.in
lock dev --extra dev pyproject.toml requirements/build.in
lock soak requirements/soak.in
