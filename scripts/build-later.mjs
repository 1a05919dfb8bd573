// Finishes later.wasm, the second part of the widget that scripts/split.mjs cut off. Trunk runs it after each build; there is
// none while working on the widget with FAST=1.

import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

if (process.env.ANTEROOM_PARTS !== '1') process.exit()
const root = process.env.TRUNK_SOURCE_DIR ?? fileURLToPath(new URL('..', import.meta.url))
const out = process.env.TRUNK_STAGING_DIR ?? join(root, 'dist')
const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target')

execFileSync('wasm-opt', ['-Oz', '--enable-bulk-memory', '--enable-bulk-memory-opt', '--enable-sign-ext',
  '--enable-nontrapping-float-to-int', '--enable-mutable-globals', '--enable-reference-types', '--enable-multivalue',
  '-o', join(out, 'later.wasm'), join(target, 'wasm32-unknown-unknown/release/in-parts/split_later.wasm')], { cwd: root, stdio: 'inherit' })
