#!/bin/sh
# Make sure that the programs are there that tests need and pip cannot install, or say what to install:
# a Chromium, OpenLink Virtuoso, curl, nginx, iproute2 and systemd-analyze. Tests without their program are
# skipped; where CI is true that is a failure.

has_chromium() {
  for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && return 0
  done
  return 1
}

missing() {
  has_chromium || printf 'chromium '
  command -v virtuoso-t >/dev/null 2>&1 || printf 'virtuoso-opensource-7-bin '
  command -v curl >/dev/null 2>&1 || printf 'curl '
  command -v systemd-analyze >/dev/null 2>&1 || printf 'systemd '
  # Neither of these stands in the path of everyone who is not root.
  [ -x /usr/sbin/nginx ] || command -v nginx >/dev/null 2>&1 || printf 'nginx-light '
  [ -x /usr/sbin/ip ] || command -v ip >/dev/null 2>&1 || printf 'iproute2 '
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    sudo -n "$@"
  fi
}

packages=$(missing)
[ -z "$packages" ] && exit 0

if command -v apt-get >/dev/null 2>&1 && as_root true 2>/dev/null; then
  echo "Installing for the tests: $packages"
  # Their names are words of ours, to be split.
  # shellcheck disable=SC2086
  as_root apt-get update -qq &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $packages >/dev/null
  packages=$(missing)
  [ -z "$packages" ] && exit 0
fi

echo "Install these to run all tests: $packages"
[ "${CI:-}" != true ]
