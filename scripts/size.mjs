// Prints what the first view of the full page weighs, against budgets.json: each kind of file raw, by gzip 9 and by brotli 11,
// with the biggest of what the wasm holds; then what comes after the first view, and embed.js. The list is what the page
// really asks for: index.html, what it links to, what start.js fetches before the questions can be asked.
//
//   node scripts/size.mjs [--json] [--all]     --all names every part of the wasm, --json prints the figures alone
//
// Ends with 1 if something weighs more than its budget, unless Rust's standard library could not be made anew for size. The names of the wasm's parts come from the build's own folder
// (target/), since what a clinic uploads has none.

import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { DIST } from './serve.mjs'
import { biggest, readWasm } from './wasm.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const target = join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'wasm32-unknown-unknown/release')
const all = process.argv.includes('--all')

const page = await readFile(join(DIST, 'index.html'), 'utf8').catch(() => {
  console.error(`There is nothing built in ${DIST} yet. Run: make build`)
  process.exit(1)
})
const linked = [...page.matchAll(/<(?:link[^>]* href|script[^>]* src)="([^":]+)"/g)].map(([, path]) => path)
const content = ['settings.toml', 'en/words.toml', 'screening.toml', 'en/screening.toml'].map((path) => `content/${path}`)
const KIND = { html: 'page', css: 'style', js: 'script', wasm: 'wasm', toml: 'content' }

async function measure(path, kind = KIND[path.split('.').at(-1)]) {
  const bytes = await readFile(join(DIST, path)).catch(() => null)
  return bytes && {
    path,
    kind,
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
  }
}

const files = await Promise.all(['index.html', ...linked, 'rest.css', 'widget.js', 'widget_bg.wasm', ...content].map((path) => measure(path)))
const sum = (of, kind) => of.reduce((total, file) => total + file[kind], 0)
const total = (path, of) => ({ path, kind: path, raw: sum(of, 'raw'), gzip: sum(of, 'gzip'), brotli: sum(of, 'brotli') })
const first = total('first view', files)
// With FAST=1 the widget is one file.
const later = await measure('later.wasm', 'later')
const embed = await measure('embed.js', 'embed.js')

const budgets = JSON.parse(await readFile(join(root, 'budgets.json'), 'utf8'))
const kinds = ['page', 'style', 'script', 'wasm', 'content'].map((kind) => total(kind, files.filter((file) => file.kind === kind)))
const judged = [...kinds, first, later, embed].filter(Boolean)
const over = judged.filter(({ kind, brotli }) => brotli > budgets[kind].budget)

if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ files, total: first, later, embed, over: over.map(({ kind }) => kind) }, null, 2))
} else {
  const number = (size) => size.toLocaleString('en')
  const row = (cells) => console.log(cells.map((cell, index) => index ? cell.padStart(10) : cell.padEnd(32)).join(''))
  const figures = ({ path, raw, gzip, brotli }) => [path, ...[raw, gzip, brotli].map(number)]
  row(['bytes', 'raw', 'gzip 9', 'brotli 11', 'budget', 'aim'])
  files.forEach((file) => row(figures(file)))
  console.log()
  for (const one of judged) row([...figures(one), number(budgets[one.kind].budget), number(budgets[one.kind].aim)])
  for (const [title, path] of [['the first part', 'in-parts/widget.wasm'], ['the second part', 'in-parts/split_later.wasm'], ['the widget in one file', 'widget.wasm']]) {
    const bytes = later || path === 'widget.wasm' ? await readFile(join(target, path)).catch(() => null) : null
    if (!bytes || (later && path === 'widget.wasm')) continue
    const wasm = readWasm(bytes)
    console.log(`\nThe biggest of ${title}, before wasm-opt: raw bytes of code, functions`)
    row(['(data: texts, tables)', number(wasm.data)])
    for (const [where, bytes, count] of biggest(wasm, all ? 4 : 3).slice(0, all ? undefined : 24)) row([where, number(bytes), number(count)])
  }
}
if (over.length) {
  console.error(`\nOver its budget: ${over.map(({ kind, brotli }) => `${kind}, by ${brotli - budgets[kind].budget} bytes`).join('; ')}. What it may weigh stands in budgets.json.`)
  // The budgets are those of what a clinic uploads.
  const std = execFileSync(join(root, 'scripts/tools.sh'), ['std']).length > 0
  if (later && !std) {
    console.error("Rust's standard library is as it comes here (scripts/tools.sh build says why), so this is not judged.")
  } else {
    if (!later) console.error('The widget is one file here: scripts/tools.sh build says why.')
    process.exitCode = 1
  }
}
