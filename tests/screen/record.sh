#!/bin/sh
# Records the saved screens of scripts anew and shows what became different:
#   sh tests/screen/record.sh [SCRIPT...]      without one: of all scripts
# Look at every difference before you commit it: it is the test.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
source=$(cd "$here/../.." && pwd)
build=${BUILD:-$source/build/debug}

[ -f "$build/build.ninja" ] || (cd "$source" && cmake --preset debug) >/dev/null
cmake --build "$build" --target screen-run lode lode-sandbox screen-tiny >/dev/null || {
  echo "It does not build: cmake --build $build --target screen-run" >&2
  exit 1
}

before=$(mktemp -d)
trap 'rm -rf "$before"' EXIT
mkdir -p "$here/saved"
cp -r "$here/saved" "$before/saved"
[ $# -gt 0 ] || set -- "$here"/*.script

failed=0
for script; do
  [ -f "$script" ] || script=$here/${script%.script}.script
  "$build/tests/screen-run" --record "$script" >"$before/said" 2>&1 || {
    cat "$before/said"
    failed=1
  }
done
diff -ruN "$before/saved" "$here/saved" || :
exit $failed
