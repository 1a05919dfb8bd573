#!/usr/bin/env bash
# Runs the fuzz targets, each for FUZZ_SECONDS (60 unless said otherwise): all of them, or those that are named.
#
#   scripts/fuzz.sh                    FUZZ_SECONDS=600 scripts/fuzz.sh guide page
#
# Plain cargo on the stable toolchain: libFuzzer is linked by a crate, and the compiler is asked for the marks that tell
# the fuzzer which code an input reached. It needs a C++ compiler, since libFuzzer is built from source. What is found
# lies in fuzz/artifacts/TARGET; give it to the built program to see it again.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${FUZZ_SECONDS:-60}
command -v c++ >/dev/null || { echo "A C++ compiler is missing. Install g++ or clang, then run this again." >&2; exit 1; }

host=$(rustc -vV | sed -n 's/^host: //p')
flags="--cfg fuzzing -Cpasses=sancov-module -Ccodegen-units=1"
for argument in -sanitizer-coverage-level=4 -sanitizer-coverage-inline-8bit-counters -sanitizer-coverage-pc-table \
  -sanitizer-coverage-trace-compares; do
  flags="$flags -Cllvm-args=$argument"
done
# With a target named, the flags reach the program and not the build scripts.
RUSTFLAGS="$flags" cargo build --manifest-path fuzz/Cargo.toml --target-dir fuzz/target --release --target "$host" --bins

targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=($(ls fuzz/fuzz_targets | sed 's/\.rs$//'))
for target in "${targets[@]}"; do
  printf '\n== %s for %s seconds\n' "$target" "$seconds"
  # What the fuzzer learns stays on this computer; the files in fuzz/corpus are where it begins.
  mkdir -p "fuzz/target/corpus/$target" "fuzz/artifacts/$target"
  "fuzz/target/$host/release/$target" "fuzz/target/corpus/$target" "fuzz/corpus/$target" \
    -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=16384 -dict=fuzz/toml.dict \
    -artifact_prefix="fuzz/artifacts/$target/" -print_final_stats=1 -verbosity=0 2>&1 | sed '/" # Uses: /d'
done
