#!/bin/sh
# See to it that there is a Chromium: one that is installed, else Playwright's, else Debian's.
set -u
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
if .venv/bin/python -m playwright install chromium >/dev/null 2>&1; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk >/dev/null && exit 0
fi
echo "No Chromium for the browser tests: install it (apt-get install chromium), or run: .venv/bin/playwright install chromium" >&2
exit 2
