#!/usr/bin/env bash
# Sets up the tools that building and testing need, once, in a per-user cache.
#
#   scripts/tools.sh build    what `make serve` needs: wasm32 target, Trunk, wasm-bindgen, wasm-opt
#   scripts/tools.sh test     the same, and what `make test` needs: Chromium, ChromeDriver, PHP, npm packages, web servers
#   scripts/tools.sh path     prints the PATH under which the tools are found, and sets up nothing
#   scripts/tools.sh parts    prints what makes a release build cut the widget into two files, to be read by `eval`
#   scripts/tools.sh std      prints what makes a release build make Rust's standard library anew for size, to be read by `eval`
#   scripts/tools.sh lforms   prints the folder with the built files of lforms
#   scripts/tools.sh debian   prints the folder with the web servers and WordPress, unpacked and not installed
#   scripts/tools.sh pages    prints the folder with the built files of Cloudflare's pages-shared
#   scripts/tools.sh python   prints the Python that has the libraries of tests/others/requirements.txt
#
# A tool of a fitting version that is already on the PATH is used as it is. Nothing is done twice:
# each tool lives in a folder named after its version, so a second clone starts at once.
set -euo pipefail
cd "$(dirname "$0")/.."

TRUNK_VERSION=0.21.14
BINARYEN_VERSION=$(node -p "require('./scripts/npm-tools/package.json').dependencies.binaryen" 2>/dev/null || echo unknown)
# The crate and the command line must be the same version, so the locked crate decides.
BINDGEN_VERSION=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/[^0-9.]/, ""); print; exit }' Cargo.lock)
CACHE=${ANTEROOM_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/anteroom}

TRUNK_ROOT=$CACHE/trunk-$TRUNK_VERSION
BINDGEN_ROOT=$CACHE/wasm-bindgen-$BINDGEN_VERSION
BINARYEN_ROOT=$CACHE/binaryen-$BINARYEN_VERSION
SPLIT_VERSION=0.2.4
SPLIT_ROOT=$CACHE/wasm-split-$SPLIT_VERSION
PYTHON_ROOT=$CACHE/python
LFORMS_VERSION=40.1.3
LFORMS_SHA512='WLruTm+BcVnafC0rSAQ3/cNqhxvclBUxyBG68aub/uha2NaK9H8ZZcEXTTuORuGzzCt0wa7fvhuieZtcDIdPzQ=='
LFORMS_ROOT=$CACHE/lforms-$LFORMS_VERSION
PAGES_VERSION=0.13.189
PAGES_SHA512='6SzA8xEt/f+GgTY//ZJDhY9EGVkfOVsGwe/fZCMJuol7C3Wj1HFoi04HrNeB9dN4gWdgGe3websC5yyRYW6pBw=='
PAGES_ROOT=$CACHE/pages-shared-$PAGES_VERSION
# The number goes up with the list in set_up_debian.
DEBIAN_ROOT=$CACHE/debian-1

say() { printf 'anteroom: %s\n' "$1" >&2; }
fail() { printf 'anteroom: %s\n' "$1" >&2; exit 1; }

# The path our own copies are found on, behind nothing: a pinned version must win over a stray one.
tool_path() { printf '%s' "$TRUNK_ROOT/bin:$BINDGEN_ROOT/bin:$BINARYEN_ROOT/node_modules/.bin:$SPLIT_ROOT/bin:$PATH"; }

# Prints elapsed minutes now and then while a long step runs, so that silence is never mistaken for a hang.
with_progress() {
  local what=$1 log; shift
  log=$(mktemp)
  say "$what"
  "$@" >"$log" 2>&1 &
  local job=$! seconds=0
  while kill -0 "$job" 2>/dev/null; do
    sleep 1; seconds=$((seconds + 1))
    if [ $((seconds % 30)) -eq 0 ]; then
      say "  still at it after ${seconds} s: $(tail -n 1 "$log" | tr -s ' ' | cut -c1-70)"
    fi
  done
  if ! wait "$job"; then
    tail -n 40 "$log" >&2
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
}

need_command() { command -v "$1" >/dev/null 2>&1 || fail "$1 is missing. $2"; }

need_basics() {
  need_command cargo "Install Rust with rustup (see rustup.rs), then run this again."
  need_command node "Install Node.js 20 or newer, then run this again."
  need_command npm "Install npm (it comes with Node.js), then run this again."
  [ -n "$BINDGEN_VERSION" ] || fail "Cargo.lock names no wasm-bindgen. Restore it with: git checkout Cargo.lock"
  mkdir -p "$CACHE"
}

set_up_target() {
  local std
  std=$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown
  [ -d "$std" ] && return
  need_command rustup "The wasm32 target is missing. Install Rust with rustup, or add the target wasm32-unknown-unknown to your Rust."
  say "adding the Rust target wasm32-unknown-unknown"
  rustup target add wasm32-unknown-unknown >&2 ||
    fail "the Rust target could not be added. Check the network, then run: rustup target add wasm32-unknown-unknown"
}

set_up_split() {
  [ -x "$SPLIT_ROOT/bin/wasm-split-cli" ] && return
  with_progress "building wasm-split-cli $SPLIT_VERSION from source, about two minutes on two cores" \
    quick_build cargo install wasm_split_cli_support --version "$SPLIT_VERSION" --locked --features build-binary --root "$SPLIT_ROOT" ||
    say "wasm-split-cli could not be built, so the widget stays one file that is all loaded at first. Try again with: cargo install wasm_split_cli_support --version $SPLIT_VERSION --locked --features build-binary"
}

# What makes a release build cut the widget into two files; nothing where the tool is missing.
print_parts() {
  [ ! -x "$SPLIT_ROOT/bin/wasm-split-cli" ] || printf 'export ANTEROOM_PARTS=1 PATH=%q:"$PATH"\n' "$PWD/scripts/in-parts"
}

# The sources of Rust's standard library and of what that is made with (docs/decisions/0023-standard-library-for-size.md).
std_source() { printf '%s' "$(rustc --print sysroot)/lib/rustlib/src/rust/library"; }
std_stamp() { printf '%s' "$CACHE/std-$(rustc --version | tr -c 'a-zA-Z0-9.' -)"; }
STD_FLAGS="-Zunstable-options -Cpanic=immediate-abort"
can_build_std() {
  # shellcheck disable=SC2086 # two flags
  [ -e "$(std_source)/Cargo.lock" ] && RUSTC_BOOTSTRAP=1 rustc $STD_FLAGS --target wasm32-unknown-unknown --print cfg >/dev/null 2>&1
}

set_up_std() {
  [ ! -e "$(std_stamp)" ] || ! can_build_std || return 0
  [ -e "$(std_source)/Cargo.lock" ] || ! command -v rustup >/dev/null || rustup component add rust-src >&2 || true
  if can_build_std && RUSTC_BOOTSTRAP=1 cargo fetch --quiet --locked --manifest-path "$(std_source)/sysroot/Cargo.toml" --target wasm32-unknown-unknown; then
    touch "$(std_stamp)"
  else
    say "Rust's standard library cannot be built anew with this Rust, so the widget is a tenth bigger. It takes Rust 1.95 and: rustup component add rust-src"
  fi
}

# What makes a release build make the standard library anew; nothing where that cannot be.
print_std() {
  [ -e "$(std_stamp)" ] && can_build_std || return 0
  local flags
  flags="$STD_FLAGS --remap-path-prefix=$(rustc --print sysroot)/lib/rustlib/src/rust=rust"
  printf 'export RUSTC_BOOTSTRAP=1 CARGO_UNSTABLE_BUILD_STD=std,panic_abort CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="${CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS:-} "%q\n' "$flags"
}

has_version() { [ "$("$1" --version 2>/dev/null | grep -oE '[0-9]+\.[0-9]+\.[0-9]+' | head -n 1)" = "$2" ]; }

# Tools are built for a quick build, not for speed: they run for seconds.
quick_build() {
  env CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=false \
    CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_DEBUG=false \
    CARGO_TARGET_DIR="$CACHE/build" "$@"
}

set_up_trunk() {
  has_version trunk "$TRUNK_VERSION" && return
  with_progress "building Trunk $TRUNK_VERSION from source, about five minutes on two cores" \
    quick_build cargo install trunk --version "$TRUNK_VERSION" --locked \
    --no-default-features --features rustls --root "$TRUNK_ROOT" ||
    fail "Trunk could not be built. Install it yourself with: cargo install trunk --version $TRUNK_VERSION --locked"
}

set_up_bindgen() {
  has_version wasm-bindgen "$BINDGEN_VERSION" && command -v wasm-bindgen-test-runner >/dev/null && return
  # Without --locked: its lock file asks for a patch release that not every registry mirror has.
  with_progress "building wasm-bindgen $BINDGEN_VERSION from source, about two minutes on two cores" \
    quick_build cargo install wasm-bindgen-cli --version "$BINDGEN_VERSION" --root "$BINDGEN_ROOT" ||
    fail "wasm-bindgen could not be built. Install it yourself with: cargo install wasm-bindgen-cli --version $BINDGEN_VERSION"
}

set_up_wasm_opt() {
  # Any wasm-opt of the pinned release or newer knows the features we name.
  local found
  found=$(wasm-opt --version 2>/dev/null | grep -oE '[0-9]+' | head -n 1 || true)
  [ -n "$found" ] && [ "$found" -ge "${BINARYEN_VERSION%%.*}" ] && return
  mkdir -p "$BINARYEN_ROOT"
  cp scripts/npm-tools/package.json scripts/npm-tools/package-lock.json "$BINARYEN_ROOT/"
  with_progress "fetching wasm-opt (npm package binaryen $BINARYEN_VERSION)" \
    npm ci --prefix "$BINARYEN_ROOT" --no-audit --no-fund ||
    fail "wasm-opt could not be fetched. Check the network, or install binaryen so that wasm-opt is on the PATH."
}

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

set_up_chromium() {
  command -v chromium >/dev/null && command -v chromedriver >/dev/null && return
  need_command apt-get "Install Chromium and ChromeDriver so that chromium and chromedriver are on the PATH, then run this again."
  with_progress "refreshing the package lists" as_root apt-get update ||
    fail "apt-get update failed. Check the network, or install the packages chromium and chromium-driver yourself."
  with_progress "installing Debian's chromium and chromium-driver" \
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium chromium-driver ||
    fail "Chromium could not be installed. Install the packages chromium and chromium-driver, then run this again."
}

# What a few tests call: a certificate that nobody trusts, a clinic's way to unpack the archive, and what WordPress runs in.
set_up_commands() {
  command -v openssl >/dev/null && command -v unzip >/dev/null && command -v php >/dev/null && return
  need_command apt-get "Install openssl, unzip and PHP's command line, then run this again."
  with_progress "refreshing the package lists" as_root apt-get update ||
    fail "apt-get update failed. Check the network, or install the packages openssl, unzip and php-cli yourself."
  with_progress "installing openssl, unzip and php-cli" \
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends openssl unzip php-cli ||
    fail "openssl, unzip and php-cli could not be installed. Install these packages, then run this again."
}

# The web servers that clinics have, and WordPress: unpacked into the cache, so that no service starts and nothing is installed.
set_up_debian() {
  [ -e "$DEBIAN_ROOT/complete" ] && return
  need_command apt-get "The tests of the web servers take Apache, nginx and WordPress from Debian's packages. Run them on Debian or Ubuntu."
  local folder=$CACHE/debian-packages
  rm -rf "$folder" "$DEBIAN_ROOT"
  mkdir -p "$folder" "$DEBIAN_ROOT"
  with_progress "refreshing the package lists" as_root apt-get update ||
    fail "apt-get update failed. Check the network, then run this again."
  (cd "$folder" && with_progress "fetching Apache, nginx and WordPress, 10 MB" \
    apt-get download apache2-bin libapr1 libaprutil1 media-types nginx nginx-common libnginx-mod-http-brotli-static libbrotli1 wordpress) ||
    fail "Debian's packages of Apache, nginx and WordPress could not be fetched. Check the network, then run this again."
  local pack
  for pack in "$folder"/*.deb; do
    case $pack in
      # Of WordPress, the functions that look at what somebody writes.
      */wordpress_*) dpkg-deb --fsys-tarfile "$pack" | tar -xC "$DEBIAN_ROOT" --wildcards \
        './usr/share/wordpress/wp-includes/*.php' './usr/share/wordpress/wp-admin/includes/*.php' ;;
      *) dpkg-deb -x "$pack" "$DEBIAN_ROOT" ;;
    esac || fail "$pack could not be unpacked. Run this again."
  done
  rm -rf "$folder"
  touch "$DEBIAN_ROOT/complete"
}

# The built files alone of an npm package, in a folder: npm itself would bring all that the package needs to run.
#   built_files NAME VERSION SHA512 FOLDER
built_files() {
  local name=$1 version=$2 sum=$3 folder=$4 file=${1#@}
  local pack=$CACHE/${file//\//-}-$version.tgz
  with_progress "fetching the npm package $name $version" \
    npm pack "$name@$version" --pack-destination "$CACHE" --silent ||
    fail "$name could not be fetched. Check the network, then run this again."
  [ "$(node -p "crypto.createHash('sha512').update(fs.readFileSync(process.argv[1])).digest('base64')" "$pack")" = "$sum" ] ||
    fail "$name $version is not what it was when it was chosen. Delete $pack and run this again."
  mkdir -p "$folder"
  tar -xzf "$pack" -C "$folder" --strip-components=2 package/dist
  rm -f "$pack"
}

# How Cloudflare Pages reads and applies a _headers file.
set_up_pages() {
  [ -e "$PAGES_ROOT/asset-server/handler.js" ] && return
  built_files @cloudflare/pages-shared "$PAGES_VERSION" "$PAGES_SHA512" "$PAGES_ROOT"
  echo '{ "type": "module" }' >"$PAGES_ROOT/package.json"
}

set_up_test_packages() {
  local stamp=tests/e2e/node_modules/.installed-from-lock
  cmp -s tests/e2e/package-lock.json "$stamp" && return
  with_progress "installing the end-to-end tests' npm packages by their lock file" \
    env PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --prefix tests/e2e --no-audit --no-fund ||
    fail "the npm packages could not be installed. Check the network, then run: npm ci --prefix tests/e2e"
  cp tests/e2e/package-lock.json "$stamp"
}

# The form renderer that draws our FHIR Questionnaire in a test; with npm all of Angular would come.
set_up_lforms() {
  [ -e "$LFORMS_ROOT/lforms/webcomponent/main.js" ] && return
  built_files lforms "$LFORMS_VERSION" "$LFORMS_SHA512" "$LFORMS_ROOT"
}

# Python libraries that judge what we write, in an environment of their own.
set_up_python() {
  [ -x "$PYTHON_ROOT/bin/python" ] && cmp -s tests/others/requirements.txt "$PYTHON_ROOT/requirements.txt" && return
  if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
    need_command apt-get "Install Python 3 with its venv module, then run this again."
    with_progress "refreshing the package lists" as_root apt-get update ||
      fail "apt-get update failed. Check the network, or install the packages python3 and python3-venv yourself."
    with_progress "installing Python 3 with its venv module" \
      as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends python3 python3-venv ||
      fail "Python could not be installed. Install the packages python3 and python3-venv, then run this again."
  fi
  rm -rf "$PYTHON_ROOT"
  python3 -m venv "$PYTHON_ROOT" || fail "a Python environment could not be made. Check that python3 -m venv works."
  with_progress "installing the Python libraries that judge our output" \
    "$PYTHON_ROOT/bin/pip" install --quiet --disable-pip-version-check -r tests/others/requirements.txt ||
    fail "the Python libraries could not be installed. Check the network, then run this again."
  cp tests/others/requirements.txt "$PYTHON_ROOT/"
}

case "${1:-}" in
  path) tool_path ;;
  parts) print_parts ;;
  std) print_std ;;
  lforms) printf '%s' "$LFORMS_ROOT" ;;
  debian) printf '%s' "$DEBIAN_ROOT" ;;
  pages) printf '%s' "$PAGES_ROOT" ;;
  python) printf '%s' "$PYTHON_ROOT/bin/python" ;;
  build | test)
    need_basics
    PATH=$(tool_path)
    export PATH
    set_up_target
    set_up_std
    set_up_wasm_opt
    set_up_bindgen
    set_up_trunk
    set_up_split
    if [ "$1" = test ]; then
      set_up_chromium
      set_up_commands
      set_up_test_packages
      set_up_lforms
      set_up_debian
      set_up_pages
      set_up_python
    fi
    # The build folder only saves time while several tools are built in one go.
    rm -rf "$CACHE/build"
    say "all tools are there"
    ;;
  *) fail "say what for: scripts/tools.sh build, test, path, parts, std, lforms, debian, pages or python" ;;
esac
