// Sealed requests: what the widget seals is opened by JOSE libraries of others (npm `jose`, PyPI `jwcrypto`), and the front
// desk opens what it sealed.

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import * as jose from 'jose'
import { expect, test } from './support/fixtures.mjs'
import { say } from './support/guide.mjs'
import { openWay, settle } from './support/handoff.mjs'
import { framed } from './support/host.mjs'
import { scan } from './support/scan.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const python = execFileSync('scripts/tools.sh', ['python'], { cwd: root, encoding: 'utf8' })
const sealed = (name) => readFileSync(`${root}/tests/others/sealed/${name}`, 'utf8')
const KEY = JSON.parse(sealed('key.json'))
const PUBLIC = JSON.parse(sealed('public.json'))

/** What `jose` finds in a sealed text. */
const byJose = async (text) => {
  const { plaintext, protectedHeader } = await jose.compactDecrypt(text, await jose.importJWK(KEY, 'ECDH-ES'))
  return { header: protectedHeader, packet: JSON.parse(new TextDecoder().decode(plaintext)) }
}

/** What `jwcrypto` finds in a sealed text. */
const byJwcrypto = (text) => JSON.parse(execFileSync(python, ['-c', `
import sys
from jwcrypto import jwe, jwk
token = jwe.JWE(algs=["ECDH-ES", "A256GCM"])
token.deserialize(sys.argv[1], jwk.JWK.from_json(sys.argv[2]))
sys.stdout.buffer.write(token.payload)
`, text, JSON.stringify(KEY)], { encoding: 'utf8' }))

const key = `key = '''${JSON.stringify(PUBLIC)}'''`

/** A clinic's endpoint that cannot read what it takes, and answers with the reference outside of the seal. */
async function endpoint() {
  const posts = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.setHeader('Access-Control-Allow-Headers', 'content-type, idempotency-key')
    if (request.method === 'OPTIONS') return response.writeHead(204).end()
    posts.push({ type: request.headers['content-type'], body })
    const reference = jose.decodeProtectedHeader(body).ref
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ reference }))
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { posts, url: `http://127.0.0.1:${server.address().port}/requests`, close: () => server.close() }
}

async function toPreview(widget) {
  await widget.open()
  await widget.toResult({ safety_now: 'yes-would-not-act' })
  await widget.toPreview()
}

test('what is sent is sealed, and libraries of others open it', async ({ short, widget, page, site }) => {
  const clinic = await endpoint()
  settle(site, `endpoint = "${clinic.url}"\n${key}`)
  await toPreview(widget)
  const shown = await widget.preview()
  await expect(page.getByText(say('sealed.fingerprint')).first()).toBeVisible()
  await widget.button('preview.send').click()
  await expect(widget.heading).toHaveText(say('receipt.title'))
  clinic.close()

  expect(clinic.posts).toHaveLength(1)
  const [{ type, body }] = clinic.posts
  expect(type).toBe('application/jose')
  const { header, packet } = await byJose(body)
  expect(packet, 'the preview is the payload').toEqual(shown)
  expect(byJwcrypto(body)).toEqual(shown)
  expect(header.kid).toBe(await jose.calculateJwkThumbprint(PUBLIC))
  expect(header.ref).toBe(shown.reference)
})

test('the sealed file is opened by libraries of others, from inside of the sealed frame too', async ({ short, page, site }) => {
  settle(site, key)
  await page.goto(`${site.url}demo/get-ready.html`)
  const widget = framed(page)
  await widget.isReady()
  await widget.toResult({ safety_now: 'yes-would-not-act' })
  // By key: while the frame still grows a pointer would land beside the box.
  await widget.toPreview({ consent: false })
  await widget.consent('share').press('Space')
  await expect(widget.consent('share')).toBeChecked()
  const shown = await widget.preview()
  const coming = page.waitForEvent('download')
  await openWay(widget, 'sealed.title')
  await widget.button('sealed.save').press('Enter')
  const file = await coming
  expect(file.suggestedFilename()).toBe(`anteroom-${shown.reference}.jwe`)
  const text = readFileSync(await file.path(), 'utf8')
  expect((await byJose(text)).packet).toEqual(shown)
  expect(byJwcrypto(text)).toEqual(shown)
})

test('without WebCrypto nothing leaves, a sentence says so, and the other ways stay', async ({ short, widget, page, site, asked }) => {
  settle(site, `endpoint = "http://127.0.0.1:9/requests"\n${key}`)
  await page.addInitScript(() => Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined }))
  await toPreview(widget)
  await widget.button('preview.send').click()
  await expect(page.getByText(say('sealed.no_crypto'))).toBeVisible()
  expect(asked.filter((url) => url.includes(':9/'))).toEqual([])
  await expect(widget.button('preview.print')).toBeVisible()
})

test('a private key in the settings is said at once, and nothing is sealed or sent', async ({ short, widget, page, site }) => {
  settle(site, `endpoint = "http://127.0.0.1:9/requests"\nkey = '''${JSON.stringify(KEY)}'''`)
  await toPreview(widget)
  await expect(widget.button('preview.send')).toBeHidden()
  await expect(page.getByText(say('sealed.title'))).toHaveCount(0)
  expect(await page.content()).not.toContain(KEY.d)
})

test('the codes on the screen are read by a reader of others, and the front desk joins them', async ({ short, widget, page, context, site }) => {
  settle(site, key)
  await toPreview(widget)
  const shown = await widget.preview()
  await openWay(widget, 'qr.title')
  await widget.button('qr.show').click()
  const code = page.locator('.ar-qr__code')
  await expect(code).toBeVisible()
  await widget.button('qr.larger').click()
  const count = Number(/(\d+)\D*$/.exec(/\d+ \D+ \d+/.exec(await code.getAttribute('aria-label'))[0])[1])
  const parts = []
  for (let number = 1; number <= count; number += 1) {
    parts.push(await scan(page, context))
    if (count > 1) await widget.button('qr.next').click()
  }
  expect(new Set(parts).size).toBe(count)
  await page.goto(`${site.url}front-desk.html`)
  await openKey(page, { name: 'key.json', mimeType: 'text/plain', buffer: Buffer.from(JSON.stringify(KEY)) })
  await page.getByLabel('Or paste or scan it here').fill(parts.reverse().join('\n'))
  await page.getByRole('button', { name: 'Open the request' }).click()
  await expect(page.getByRole('heading', { name: '3. The chart note' })).toBeFocused()
  await expect(page.locator('#note')).toContainText(shown.reference)
})

async function openKey(page, file, passphrase = '') {
  await page.getByLabel('Key file').setInputFiles(file)
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await page.getByRole('button', { name: 'Open the key' }).click()
  await expect(page.locator('#fingerprint')).not.toBeEmpty()
}
