// Builds front-desk.html, the clinic's side of a sealed request, as one file: the page, its stylesheet, its script and the
// wasm (src/bin/desk.rs) inside of it, each allowed by its hash in the page's CSP. Trunk runs it after each build; with
// FAST=1 only if DESK=1 is set too.

import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = process.env.TRUNK_SOURCE_DIR ?? fileURLToPath(new URL('..', import.meta.url))
const out = process.env.TRUNK_STAGING_DIR ?? join(root, 'dist')
const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target')
const fast = process.env.FAST === '1'
if (fast && process.env.DESK !== '1') process.exit()
const profile = fast ? 'fast' : 'release'
const run = (command, ...parts) => execFileSync(command, parts, { cwd: root, stdio: 'inherit' })

run('cargo', 'build', '--quiet', '--profile', profile, '--target', 'wasm32-unknown-unknown', '--no-default-features',
  '--features', 'front-desk', '--bin', 'desk')
const folder = await mkdtemp(join(tmpdir(), 'desk-'))
run('wasm-bindgen', '--target', 'no-modules', '--no-modules-global', 'anteroomDesk', '--no-typescript', '--out-dir', folder,
  join(target, `wasm32-unknown-unknown/${profile}/desk.wasm`))
const wasm = join(folder, 'desk_bg.wasm')
if (!fast) {
  // For speed and not for size: a passphrase is tried in hundreds of thousands of rounds.
  run('wasm-opt', '-O3', '--enable-bulk-memory', '--enable-bulk-memory-opt', '--enable-sign-ext',
    '--enable-nontrapping-float-to-int', '--enable-mutable-globals', '--enable-reference-types', '--enable-multivalue',
    '-o', wasm, wasm)
}

const text = (...path) => readFile(join(root, ...path), 'utf8')
// `@layer` keeps the page's own rules behind the widget's, as style/main.css has it.
const style = await readFile(join(out, 'style.css'), 'utf8') + await text('front-desk/front-desk.css')
const glue = await readFile(join(folder, 'desk.js'), 'utf8')
const script = `${glue}\n${await text('front-desk/front-desk.js')}`
if (/<\/(script|style)/i.test(script + style)) throw new Error('A script or style would end the page early.')
const hash = (code) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`
const parts = {
  scripts: hash(script),
  styles: hash(style),
  style,
  script,
  wasm: (await readFile(wasm)).toString('base64'),
}
const page = (await text('front-desk/front-desk.html')).replace(/<!--[\s\S]*?-->\n/, '')
await writeFile(join(out, 'front-desk.html'), page.replace(/\{(\w+)\}/g, (_, name) => parts[name]))
await rm(folder, { recursive: true })
