#!/usr/bin/env bash
# Commit what changed below the paths given, push it as a branch of its own, open a pull request, and start its check.
# GitHub starts no check of itself for what was pushed with a job's own token; it does when it is asked to.
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
BODY="${BODY:-The check of this branch has been started; what it finds stands beside the lines.}"
gh pr create --base "$BASE" --head "$BRANCH" --title "$TITLE" --body "$BODY" || gh pr view "$BRANCH" --json url --jq .url
gh workflow run check.yml --ref "$BRANCH"
