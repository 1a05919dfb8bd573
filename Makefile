# The commands of this project. `make` lists them.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
.PHONY: help serve build dist release test test-native test-browser test-e2e size fuzz mutants bench bench-browser bench-web bench-big clean soak gallery docs pictures

TOOLS := export PATH="$$(scripts/tools.sh path)"
# Once all crates are there, nothing needs the network any more.
OFFLINE := $$(cargo metadata --offline --format-version 1 >/dev/null 2>&1 && echo --offline)
say = printf '\n== %s\n' "$(1)"

help: ## list these commands
	@grep -hE '^[a-z0-9-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | awk -F'\t' '{ printf "  make %-14s %s\n", $$1, $$2 }'

serve: build ## build the widget and serve it with a demo clinic on this computer
	@node scripts/serve.mjs --port $${PORT:-8080}

build: ## build dist/, the folder that a clinic uploads
	@scripts/tools.sh build
	$(MAKE) --no-print-directory dist

dist:
	@$(TOOLS)
	$(call say,Building dist/ with Trunk)
	# The wasm names source files in its error messages: without the folders of whoever built it.
	home="$${CARGO_HOME:-$$HOME/.cargo}"
	[[ $$home == *" "* ]] || export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--remap-path-prefix=$$home=cargo"
	# FAST=1 while working on the widget: seconds in place of minutes, a wasm ten times the size and in one file, no page for
	# #check, and front-desk.html only with DESK=1.
	if [ "$${FAST:-}" = 1 ]; then
	  env -u NO_COLOR CHECKER=0 trunk build --cargo-profile fast $(OFFLINE)
	else
	  ( eval "$$(scripts/tools.sh parts)"; eval "$$(scripts/tools.sh std)"; env -u NO_COLOR trunk build --release $(OFFLINE) )
	fi
	$(call say,The plain pages for where no script runs)
	# 1 is for problems of the guide, which the check names: the pages are there all the same.
	cargo run --quiet --bin anteroom -- pages --out dist/pages --index dist/index.html --widget ../../index.html || [ $$? = 1 ]

release: build docs ## what a clinic uploads, and an archive of it: release/anteroom.zip
	@$(call say,Naming and compressing and packing)
	node scripts/release.mjs

test: ## everything: engine, command line, page snapshots, browser tests, the built files in Chromium
	@scripts/tools.sh test
	$(MAKE) --no-print-directory test-native test-browser dist size gallery docs test-e2e
	$(call say,All tests passed)

test-native: ## the tests that need no browser
	@$(call say,The engine alone: none of the browser crates is there)
	cargo test --no-default-features
	$(call say,The command line and the shipped content)
	cargo test
	$(call say,The screens as HTML)
	cargo test --features html --lib --test html

	# What is not built here rots; libFuzzer comes as C++.
	if command -v c++ > /dev/null; then
	  $(call say,The fuzz targets)
	  cargo check --manifest-path fuzz/Cargo.toml --bins
	fi
	$(call say,Hand-offs to the reference receiver over a faulty line)
	cargo test --no-default-features --test soak
	$(call say,The description of the endpoint, by a judge of others)
	"$$(scripts/tools.sh python)" tests/others/endpoint.py

soak: ## SOAK=10000 hand-offs to the reference receiver over a faulty line: none lost, none doubled
	@SOAK="$${SOAK:-10000}" cargo test --no-default-features --test soak -- --nocapture

test-browser: ## the browser's side of the widget, in headless Chromium
	@$(TOOLS)
	if [ ! -e tests/browser/main.rs ] && [ ! -e tests/browser.rs ]; then exit 0; fi
	$(call say,The browser side in headless Chromium)
	export CHROMEDRIVER="$$(command -v chromedriver)"
	export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner
	cargo test --target wasm32-unknown-unknown --no-default-features --features ui --test browser

test-e2e: ## the built files in Chromium, as a clinic would serve them
	@$(call say,The built files in Chromium)
	cd tests/e2e && npx playwright test

gallery: ## every component in each of its states, light and dark: gallery/index.html
	@$(call say,The gallery)
	cargo run --quiet --features html --example gallery -- gallery
	cp dist/style.css gallery/style.css
	cp style/gallery.css gallery/gallery.css

pictures: ## the pictures of the documents, taken out of dist/: docs/pictures (needs: make build)
	@$(call say,The pictures)
	node scripts/pictures.mjs

docs: ## the documents as a small site: docs-site/index.html
	@$(call say,The documents)
	rm -rf docs-site
	cargo run --quiet --bin anteroom -- docs --out docs-site

size: ## what the first view weighs, against budgets.json, and what the wasm holds
	@node scripts/size.mjs

fuzz: ## what somebody else wrote, made up at random: each target for FUZZ_SECONDS=60
	@scripts/fuzz.sh

mutants: ## small changes of src/engine/screening that no test notices, into mutants.out/; an hour or so
	@scripts/mutants.sh

bench: ## how fast the engine is
	@cargo bench

bench-browser: ## how long the result takes in Chromium, from the press to the screen (needs: make build)
	@cd tests/e2e && node bench.mjs

bench-web: ## how fast the page is on an old phone and a bad line, beside SurveyJS and a page by hand (needs: make build)
	@cd tests/e2e && node bench-web.mjs

bench-big: ## what 500 questions and 300 pages cost beside the shipped guide, on the same phone (needs: make build)
	@cd tests/e2e && node bench-big.mjs

clean: ## remove what was built
	@cargo clean
	rm -rf dist tests/e2e/test-results
