// Cuts the widget's wasm into the part that the first view needs and the part that comes after it, then lets wasm-bindgen do
// its work on the first. Called in place of wasm-bindgen, with its arguments.
//
// wasm-split-cli (scripts/tools.sh) follows every call, address and constant from the entry of the first part; what is only
// reached by way of the table in src/browser/later.rs goes into the second. What both need is in the first; the second calls it
// through the table of functions. scripts/build-later.mjs finishes the second part after Trunk has finished the first.

import { execFileSync } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const parts = process.argv.slice(2)
const place = parts.findIndex((part) => part.endsWith('/widget.wasm'))
const whole = parts[place]
const out = join(dirname(whole), 'in-parts')
await mkdir(out, { recursive: true })
execFileSync('wasm-split-cli', [whole, out, '--out-name', 'widget'], { stdio: 'inherit' })

// The tool's own loader is a module, which the sealed frame may not load: start.js does that work.
parts[place] = join(out, 'widget.wasm')
// The second part takes the table of functions from the first, which wasm-bindgen would not hand out.
execFileSync('wasm-bindgen', [...parts, '--keep-lld-exports'], { stdio: 'inherit' })
