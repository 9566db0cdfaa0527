#!/bin/sh
# Make sure that there is a Chromium for the browser tests, or say in one sentence what to install.
# Without one the browser tests are skipped; where CI is true that is a failure.

found() {
  for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && return 0
  done
  return 1
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    sudo -n "$@"
  fi
}

found && exit 0

if command -v apt-get >/dev/null 2>&1 && as_root true 2>/dev/null; then
  echo "Installing Chromium for the browser tests."
  as_root apt-get update -qq &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
  found && exit 0
fi

echo "No Chromium was found: install chromium, chromium-browser or google-chrome to run the browser tests."
[ "${CI:-}" != true ]
