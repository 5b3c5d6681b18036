#!/usr/bin/env bash
# Commit what changed below the paths given, push it as a branch of its own, and open a pull request.
# Wants BRANCH, TITLE and BASE in the environment, and GH_TOKEN for `gh`.
set -euo pipefail
: "${BRANCH:?}" "${TITLE:?}" "${BASE:?}"
git add -- "$@"
if git diff --cached --quiet; then
  echo "Nothing has changed."
  exit 0
fi
git checkout -q -B "$BRANCH"
git -c user.name=commentary -c user.email=commentary@users.noreply.github.com commit -q -m "$TITLE"
git push -q --force-with-lease origin "HEAD:refs/heads/$BRANCH"
gh pr create --base "$BASE" --head "$BRANCH" --title "$TITLE" --body "${BODY:-}" || gh pr view "$BRANCH" --json url --jq .url
