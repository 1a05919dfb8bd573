// Prints what the first view of the full page weighs: each file raw, by gzip 9 and by brotli 11, and the sum; then
// embed.js on its own. The list is what the page really asks for: index.html, what it links to, what start.js
// fetches before the questions can be asked.
//
//   node scripts/size.mjs [--json]

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { DIST } from './serve.mjs'

const page = await readFile(join(DIST, 'index.html'), 'utf8').catch(() => {
  console.error(`There is nothing built in ${DIST} yet. Run: make build`)
  process.exit(1)
})
const linked = [...page.matchAll(/<(?:link[^>]* href|script[^>]* src)="([^":]+)"/g)].map(([, path]) => path)
const content = ['settings.toml', 'en/words.toml', 'screening.toml', 'en/screening.toml'].map((path) => `content/${path}`)
const first = ['index.html', ...linked, 'widget_bg.wasm', ...content]

async function measure(path) {
  const bytes = await readFile(join(DIST, path))
  return {
    path,
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
  }
}

const files = await Promise.all(first.map(measure))
const sum = (kind) => files.reduce((total, file) => total + file[kind], 0)
const total = { path: 'first view, everything', raw: sum('raw'), gzip: sum('gzip'), brotli: sum('brotli') }
const embed = await measure('embed.js')

if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ files, total, embed }, null, 2))
} else {
  const row = (cells) => console.log(cells.map((cell, index) => index ? cell.padStart(10) : cell.padEnd(32)).join(''))
  const figures = ({ path, raw, gzip, brotli }) => row([path, ...[raw, gzip, brotli].map((size) => size.toLocaleString('en'))])
  row(['bytes', 'raw', 'gzip 9', 'brotli 11'])
  files.forEach(figures)
  figures(total)
  figures(embed)
}
