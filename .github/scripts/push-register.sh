#!/usr/bin/env bash
# Commit the register after the switch and push it, onto whatever came in meanwhile. Only the publishing job does this.
# Wants BRANCH in the environment; the remote `origin` must be one that can be pushed to (the job sets its header).
set -euo pipefail
FILE=content/data/register.json
git add -- "$FILE"
if git diff --cached --quiet -- "$FILE"; then
  echo "The register has nothing new."
  exit 0
fi
git -c user.name="commentary" -c user.email="commentary@users.noreply.github.com" \
  commit -q -m "Enter what was published in the register" -- "$FILE"
for attempt in 1 2 3 4 5; do
  if git push -q origin "HEAD:$BRANCH"; then
    exit 0
  fi
  echo "Somebody else has pushed; once more onto their work ($attempt)." >&2
  git -c user.name="commentary" -c user.email="commentary@users.noreply.github.com" pull -q --rebase origin "$BRANCH"
  sleep "$attempt"
done
echo "The register could not be pushed in five attempts." >&2
exit 1
