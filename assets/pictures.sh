#!/bin/sh
# Makes the pictures of the README anew, from the running program on the sandbox:
#   sh assets/pictures.sh
# Each script of assets/pictures/ says what is done and when a picture is taken (tests/screen/README.md).
set -eu

source=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=assets/setup.sh
. "$source/assets/setup.sh"
# shellcheck disable=SC2086,SC2154 # setup.sh sets the lists; one word a package
need_packages $build_packages $test_packages

cd "$source"
cmake --preset bench >/dev/null
cmake --build --preset bench --target lode-pictures >/dev/null
exec build/bench/tests/lode-pictures assets/pictures assets/pictures/*.script
