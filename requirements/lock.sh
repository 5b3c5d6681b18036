#!/bin/sh
# Lock what pyproject.toml asks for, for every platform and Python 3.11+, naming no registry.
set -eu
for name in base dev; do
  extra=""
  [ "$name" = dev ] && extra="--extra dev"
  # shellcheck disable=SC2086  # $extra is two words or none
  .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock" \
    $extra pyproject.toml requirements/build.in -o "requirements/$name.txt"
done
