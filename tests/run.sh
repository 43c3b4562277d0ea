#!/bin/sh
# Builds Lode with the address and undefined-behaviour sanitizers and runs every test; then once more
# the threads' floors under ThreadSanitizer, the programs as users get them, and a build by clang.
# Needs nothing but Debian 12: missing packages are installed. Stops at the first failure.
set -eu

cd "$(dirname "$0")/.."
# shellcheck source=assets/setup.sh
. assets/setup.sh

started=$(date +%s)
elapsed() {
  echo "$(($(date +%s) - started))"
}
say() {
  printf '\n== %s (%s s)\n' "$1" "$(elapsed)"
}

say 'Packages'
# shellcheck disable=SC2086,SC2154 # setup.sh sets the lists; one word a package
need_packages $build_packages $test_packages

say 'Building with the address and undefined-behaviour sanitizers'
cmake --preset debug
cmake --build --preset debug -j2

say 'Building job, net, auth and desk with ThreadSanitizer'
cmake --preset tsan
cmake --build --preset tsan -j2 --target tests-job tests-net tests-auth tests-desk

say 'Running job, net, auth and desk with ThreadSanitizer'
ctest --preset tsan -j4 --no-tests=error -L '^(job|net|auth|desk)$'

say 'Building the release and checking how it is hardened'
cmake --preset release
cmake --build --preset release -j2
build/debug/tests/house-hardening build/release/src/lode build/release/src/lode-sandbox

say "Letting the release's clock run 300 times as fast"
build/debug/tests/faketime-run build/release/src/lode "$(dpkg -L libfaketime | grep 'MT\.so')"

say 'Building the programs with clang, warnings as errors'
cmake -S . -B build/clang -G Ninja -DCMAKE_C_COMPILER=clang -DCMAKE_BUILD_TYPE=Debug \
  -DCMAKE_C_FLAGS_DEBUG=-O0
cmake --build build/clang -j2 --target lode lode-sandbox

say 'Running every test with the address and undefined-behaviour sanitizers'
# More at once than cores: most of a test's time is waiting.
exec ctest --preset debug -j6 --no-tests=error --output-on-failure
