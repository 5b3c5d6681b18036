#!/usr/bin/env bash
# Write a post from a form: ADDRESS, PASSAGE, REMARK and TOPICS come through the environment and are never part of a command's text.
# Prints the post's path. Findings go to stderr and stop nothing: they stand in the pull request, to be mended there.
set -euo pipefail
: "${ADDRESS:?the address of what is quoted}" "${PASSAGE:?the words to quote}" "${REMARK:?what you think of it}" "${TOPICS:?at least one topic}"
PYTHON="${PYTHON:-.venv/bin/python}"
ARGUMENTS=()
while IFS= read -r TOPIC; do
  TOPIC="$(printf '%s' "$TOPIC" | sed 's/^[[:space:]]*//; s/[[:space:]]*$//')"
  if [ -n "$TOPIC" ]; then ARGUMENTS+=("--topic=$TOPIC"); fi
done < <(printf '%s\n' "$TOPICS" | tr ',' '\n')
STATUS=0
POST="$(printf '%s\n' "$PASSAGE" | "$PYTHON" -m commentary new "${ARGUMENTS[@]}" --excerpt - -- "$ADDRESS" | tail -n 1)" || STATUS=$?
# 1: the passage is not what the page says; the post is there, and the check says so again.
if [ "$STATUS" -gt 1 ] || [ ! -f "$POST" ]; then
  echo "No post could be written (status $STATUS)." >&2
  exit 2
fi
printf '\n%s\n' "$REMARK" >> "$POST"
"$PYTHON" -m commentary check >&2 || true
printf '%s\n' "$POST"
