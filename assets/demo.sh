#!/bin/sh
# Runs lode on its own sandbox, after installing what it needs and building it where that was not
# done yet. Without arguments it opens the explorer: sh assets/demo.sh
# With a subcommand the same engine without a screen: sh assets/demo.sh search company --limit 5
# Standard output is lode's alone; progress goes to standard error.
set -eu

source=$(cd "$(dirname "$0")/.." && pwd)
build=$source/build/release

# Builds what changed; says nothing where all goes well.
build_quietly() {
  [ -f "$build/build.ninja" ] && cmake --build "$build" >"$build/demo.log" 2>&1
}

build_from_scratch() {
  # shellcheck source=assets/setup.sh
  . "$source/assets/setup.sh"
  # shellcheck disable=SC2154,SC2086 # setup.sh sets the list; one word a package
  need_packages $build_packages
  echo "Building lode in $build" >&2
  mkdir -p "$build"
  (cd "$source" && cmake --preset release && cmake --build --preset release) \
    >"$build/demo.log" 2>&1 || {
    cat "$build/demo.log" >&2
    echo "lode could not be built; the lines above are also in $build/demo.log" >&2
    exit 1
  }
}

# Two of these may run at once, in a pipe for one; only one of them builds.
mkdir -p "$source/build"
{
  if command -v flock >/dev/null; then flock 9; fi
  build_quietly || build_from_scratch
} </dev/null 9>"$source/build/demo.lock"

exec "$build/src/lode" --sandbox "$@"
