#!/usr/bin/env bash
# Changes src/engine/screening in small ways, one at a time, and runs the tests each time: a change that no test
# notices is a gap. Takes an hour or so.
#
#   scripts/mutants.sh                       scripts/mutants.sh src/engine/screening/rule.rs
#
# It sets up cargo-mutants once, in the cache of scripts/tools.sh. What it found is in mutants.out/: `missed.txt` holds
# the changes that nothing noticed. Properties are tried on fewer cases than otherwise, since there are many rounds.
set -euo pipefail
cd "$(dirname "$0")/.."

version=27.1.0
cache=${ANTEROOM_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/anteroom}
root=$cache/cargo-mutants-$version
if [ ! -x "$root/bin/cargo-mutants" ]; then
  echo "anteroom: building cargo-mutants $version from source, a few minutes" >&2
  CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=false CARGO_TARGET_DIR="$cache/build" \
    cargo install cargo-mutants --version "$version" --locked --root "$root"
fi

files=("$@")
[ ${#files[@]} -gt 0 ] || files=('src/engine/screening/*.rs')
chosen=()
for file in "${files[@]}"; do chosen+=(--file "$file"); done
# The tests that are about answers, journeys, rules and results, of the engine alone and of the shipped guide.
export PROPTEST_CASES="${PROPTEST_CASES:-16}" CARGO_PROFILE_DEV_DEBUG=0 CARGO_PROFILE_DEV_OPT_LEVEL=1 PATH="$root/bin:$PATH"
exec cargo mutants "${chosen[@]}" --no-shuffle --jobs 1 --no-default-features --minimum-test-timeout 60 \
  --cargo-test-arg=--lib --cargo-test-arg=--test=engine --cargo-test-arg=--test=content \
  --output "${MUTANTS_OUT:-.}" -- -- \
  screening:: bad_input:: random:: rules:: kinds:: entries:: worry:: advice:: instruments:: truth_table:: levels:: patients:: session:: names::
