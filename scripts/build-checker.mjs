// Builds the check that the page opened with #check runs: the engine and the lints of `anteroom check` as a wasm of its own
// (src/bin/checker.rs), so that no patient's phone loads it, and embed/check.js that draws what it says. Trunk runs it
// after each build.

import { execFileSync } from 'node:child_process'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = process.env.TRUNK_SOURCE_DIR ?? fileURLToPath(new URL('..', import.meta.url))
const out = process.env.TRUNK_STAGING_DIR ?? join(root, 'dist')
const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target')
// While working on the widget itself: CHECKER=0 make dist
if (process.env.CHECKER === '0') process.exit()
const run = (command, ...parts) => execFileSync(command, parts, { cwd: root, stdio: 'inherit' })

run('cargo', 'build', '--quiet', '--release', '--target', 'wasm32-unknown-unknown', '--no-default-features',
  '--features', 'checker', '--bin', 'checker')
run('wasm-bindgen', '--target', 'no-modules', '--no-modules-global', 'anteroomChecker', '--no-typescript', '--out-dir', out,
  join(target, 'wasm32-unknown-unknown/release/checker.wasm'))
const wasm = join(out, 'checker_bg.wasm')
run('wasm-opt', '-Oz', '--enable-bulk-memory', '--enable-bulk-memory-opt', '--enable-sign-ext',
  '--enable-nontrapping-float-to-int', '--enable-mutable-globals', '--enable-reference-types', '--enable-multivalue',
  '-o', wasm, wasm)
for (const name of ['check.js', 'check.css']) await copyFile(join(root, 'embed', name), join(out, name))
