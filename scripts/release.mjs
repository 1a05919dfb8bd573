// Makes of dist/ what a clinic uploads, and an archive of it: `make release`.
//
//   node scripts/release.mjs [--from dist] [--out release] [--fast]
//
// release/anteroom/       the folder to upload
// release/anteroom.zip    the same with README.txt, the documents as docs/index.html, the licences and SHA256SUMS.txt
//
// What is in it names a document as it lies there, docs/set-up.html, which is made of docs/set-up.md.
//
// - embed.js, index.html, front-desk.html, sw.js, pages/ and demo/ keep their names: others link to them. Every other
//   file of the widget gets its hash into its name, so that a browser may keep it for ever. The names stand in index.html
//   alone (and in check.js for the check, in theme.html and theme.js for the colours): the frame asks embed.js for what it needs.
// - content/ and clinics/ are the clinic's. Nothing of them is renamed or compressed ahead, since a compressed twin of a
//   file that a clinic edits would go on being served.
// - What is hashed, and embed.js, has a .br and a .gz beside it.

import { createHash } from 'node:crypto'
import { cp, mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, deflateRawSync, gzipSync } from 'node:zlib'
import { hostingFiles } from './hosting.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The files that get a hash into their name, each after those that it names. */
const HASHED = ['style.css', 'rest.css', 'widget_bg.wasm', 'later.wasm', 'widget.js', 'check.css', 'checker_bg.wasm', 'checker.js', 'check.js']
/** The files that may name them. */
const NAMING = ['check.js', 'index.html']

const sha = (kind, bytes, form) => createHash(kind).update(bytes).digest(form)
const exists = (path) => stat(path).then(() => true, () => false)

/** Every file below a folder, by its path with `/`, in order. */
export async function filesBelow(folder, under = '') {
  const found = []
  for (const entry of await readdir(join(folder, under), { withFileTypes: true })) {
    const path = under ? `${under}/${entry.name}` : entry.name
    if (entry.isDirectory()) found.push(...await filesBelow(folder, path))
    else found.push(path)
  }
  return found.sort()
}

/** Makes the folder to upload. `fast` compresses quickly and not well. Gives the new names by the old ones. */
export async function release({ from, out, fast = false }) {
  await rm(out, { recursive: true, force: true })
  await cp(from, out, { recursive: true })
  const at = (path) => join(out, path)

  const names = new Map()
  const renamed = (text) => [...names].reduce((text, [old, name]) =>
    text.replace(new RegExp(`(["'\`])(\\./)?${old.replace('.', '\\.')}\\1`, 'g'), (_, quote) => quote + name + quote), text)
  for (const old of HASHED) {
    if (!(await exists(at(old)))) continue
    if (NAMING.includes(old)) await writeFile(at(old), renamed(await readFile(at(old), 'utf8')))
    const hash = sha('sha256', await readFile(at(old)), 'hex').slice(0, 10)
    const name = old.replace('.', `-${hash}.`)
    await rename(at(old), at(name))
    names.set(old, name)
  }
  // Where a clinic tries colours out: looked at seldom, so asked for anew each time, as embed-check.html is.
  for (const path of ['theme.html', 'theme.js']) {
    if (await exists(at(path))) await writeFile(at(path), renamed(await readFile(at(path), 'utf8')))
  }

  // The script in index.html is allowed by its hash.
  const page = await readFile(at('index.html'), 'utf8')
  let after = renamed(page).replace('<body>', '<body data-worker="sw.js">')
  if (!after.includes('data-worker')) throw new Error('index.html has no <body> to name the worker on.')
  const scripts = (html) => [...html.matchAll(/<script>([^]*?)<\/script>/g)].map(([, script]) => `'sha256-${sha('sha256', script, 'base64')}'`)
  const allowed = scripts(page)
  scripts(after).forEach((hash, place) => {
    if (!after.includes(allowed[place])) throw new Error('index.html does not allow its own script.')
    after = after.replaceAll(allowed[place], hash)
  })
  await writeFile(at('index.html'), after)

  const shell = ['index.html', ...['rest.css', 'widget.js', 'widget_bg.wasm', 'later.wasm'].flatMap((old) => names.get(old) ?? [])]
  const version = sha('sha256', await Promise.all(shell.map((path) => readFile(at(path)))).then(Buffer.concat), 'hex').slice(0, 10)
  const worker = (await readFile(join(root, 'embed/sw.js'), 'utf8'))
    .replace(/^\s*\/\/.*\n/gm, '')
    .replace("const VERSION = ''", `const VERSION = '${version}'`)
    .replace('const FILES = []', `const FILES = ${JSON.stringify(shell)}`)
  await writeFile(at('sw.js'), worker)

  const sri = `sha384-${sha('sha384', await readFile(at('embed.js')), 'base64')}`
  await writeFile(at('embed.sri.txt'), `${sri}\n`)
  const hashed = [...names.values()].sort()
  await mkdir(at('hosting'), { recursive: true })
  for (const [name, text] of Object.entries(hostingFiles(hashed))) await writeFile(at(`hosting/${name}`), text)

  for (const path of [...hashed, 'embed.js']) {
    const bytes = await readFile(at(path))
    const params = { [constants.BROTLI_PARAM_QUALITY]: fast ? 1 : 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
    await writeFile(at(`${path}.br`), brotliCompressSync(bytes, { params }))
    await writeFile(at(`${path}.gz`), gzipSync(bytes, { level: fast ? 1 : 9 }))
  }
  return { names, sri, version }
}

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? 0xedb88320 ^ (byte >>> 1) : byte >>> 1
  return byte
})
const crc = (bytes) => ~bytes.reduce((sum, byte) => CRC[(sum ^ byte) & 255] ^ (sum >>> 8), -1) >>> 0

/** A zip archive of files, in order. Its dates are fixed, so that the same files make the same archive. */
export function zip(files) {
  const DAY = (2026 - 1980) << 9 | 1 << 5 | 1
  const parts = []
  const directory = []
  let offset = 0
  for (const [path, bytes] of files) {
    const packed = deflateRawSync(bytes, { level: 9 })
    const name = Buffer.from(path, 'utf8')
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0) // the version that is needed
    fields.writeUInt16LE(0x0800, 2) // names are UTF-8
    fields.writeUInt16LE(8, 4) // deflate
    fields.writeUInt16LE(DAY, 8)
    fields.writeUInt32LE(crc(bytes), 10)
    fields.writeUInt32LE(packed.length, 14)
    fields.writeUInt32LE(bytes.length, 18)
    fields.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, name])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(0o100644 * 0x10000, 6)
    rest.writeUInt32LE(offset, 10)
    directory.push(Buffer.from('PK\x01\x02'), Buffer.from([20, 3]), fields, rest, name)
    parts.push(local, packed)
    offset += local.length + packed.length
  }
  const index = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(index.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, index, end])
}

/** What stands first in the archive, for who has just unpacked it. */
const READ_ME = `Anteroom

1. Open docs/index.html with a double click. "Set up in ten minutes" goes through all that follows.
2. The folder "anteroom" is what you upload. Everything that is yours will be in anteroom/clinics/.
3. What is new in this version, and what you have to do because of it: docs/changelog.html

Nobody has signed the medical texts yet. A clinician of yours must read them before patients do: docs/governance.html
`

/** The files of the archive: the folder to upload, what a clinic reads, the licences, and the sums of all. */
export async function archive(folder) {
  const files = [['README.txt', Buffer.from(READ_ME)]]
  for (const path of await filesBelow(folder)) files.push([`anteroom/${path}`, await readFile(join(folder, path))])
  const site = join(root, 'docs-site')
  if (!(await exists(site))) throw new Error('There is no docs-site/ yet. Run: make docs')
  for (const path of (await filesBelow(site)).filter((path) => path !== 'files.txt')) {
    files.push([`docs/${path}`, await readFile(join(site, path))])
  }
  for (const name of ['LICENSE', 'LICENSE-APACHE', 'LICENSE-MIT']) {
    files.push([name, await readFile(join(root, name))])
  }
  const sums = files.map(([path, bytes]) => `${sha('sha256', bytes, 'hex')}  ${path}\n`).join('')
  return zip([['SHA256SUMS.txt', Buffer.from(sums)], ...files])
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const option = (name, otherwise) => {
    const place = process.argv.indexOf(name)
    return place < 0 ? join(root, otherwise) : process.argv[place + 1]
  }
  const from = option('--from', 'dist')
  const place = option('--out', 'release')
  if (!(await exists(join(from, 'index.html')))) {
    console.error(`There is nothing built in ${from} yet. Run: make build`)
    process.exit(1)
  }
  const { sri } = await release({ from, out: join(place, 'anteroom'), fast: process.argv.includes('--fast') })
  await mkdir(dirname(join(place, 'anteroom.zip')), { recursive: true })
  await writeFile(join(place, 'anteroom.zip'), await archive(join(place, 'anteroom')))
  console.log(`Upload ${join(place, 'anteroom')}, or unpack ${join(place, 'anteroom.zip')}.`)
  console.log(`embed.js has the SRI string ${sri}`)
}
