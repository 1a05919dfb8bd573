// Takes the pictures of docs/pictures out of the built widget, and writes down the words that are on each: `make pictures`.
// tests/e2e/pictures.spec.mjs fails when those words are no longer on the screen.
//
//   node scripts/pictures.mjs [NAME...]

import { execFileSync } from 'node:child_process'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { PICTURES, SCREENS, contextOf, linesOf, show } from '../tests/e2e/support/screens.mjs'
import { serve } from './serve.mjs'

/** A picture in a document shall not weigh more. */
const MOST = 60_000

const { chromium } = createRequire(new URL('../tests/e2e/package.json', import.meta.url))('@playwright/test')
const executablePath = execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim()
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'] })
const site = await serve()
const list = join(PICTURES, 'pictures.json')
const words = JSON.parse(await readFile(list, 'utf8').catch(() => '{}'))
const wanted = process.argv.slice(2)

for (const name of Object.keys(SCREENS).filter((name) => !wanted.length || wanted.includes(name))) {
  const context = await browser.newContext(contextOf(SCREENS[name]))
  context.setDefaultTimeout(120_000)
  const page = await context.newPage()
  await show(page, site, name)
  const path = join(PICTURES, `${name}.webp`)
  const devtools = await context.newCDPSession(page)
  const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: 85 })
  await writeFile(path, Buffer.from(data, 'base64'))
  words[name] = (await linesOf(page)).filter(SCREENS[name].stays ?? (() => true))
  const known = Object.keys(SCREENS).filter((name) => name in words).map((name) => [name, words[name]])
  await writeFile(list, `${JSON.stringify(Object.fromEntries(known), null, 1)}\n`)
  const { size } = await stat(path)
  console.log(`${name}.webp  ${(size / 1000).toFixed(1)} KB`)
  if (size > MOST) process.exitCode = 1
  await context.close()
}
await site.close()
await browser.close()
if (process.exitCode) console.error(`A picture weighs more than ${MOST / 1000} KB. Make its screen smaller in tests/e2e/support/screens.mjs.`)
