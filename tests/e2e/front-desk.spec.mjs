// The front desk: one file that makes keys, opens what people sealed, and reaches nothing.

import { readFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import AxeBuilder from '@axe-core/playwright'
import * as jose from 'jose'
import { DIST } from '../../scripts/serve.mjs'
import { answers, byFhirResources, byMedplum, drawn, ROOT, run } from './support/fhir.mjs'
import { contentFile, expect, test } from './support/fixtures.mjs'
import { openWay } from './support/handoff.mjs'

const folder = fileURLToPath(new URL('../others/sealed/', import.meta.url))
const sealed = (name) => readFileSync(folder + name, 'utf8')
const PASSPHRASE = 'four quiet blue lamps'

const openKey = async (page, name, passphrase = '') => {
  await page.getByLabel('Key file').setInputFiles(folder + name)
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await page.getByRole('button', { name: 'Open the key' }).click()
}
const paste = async (page, text) => {
  await page.getByLabel('Or paste or scan it here').fill(text)
  await page.getByRole('button', { name: 'Open the request' }).click()
}
const note = (page) => page.locator('#note')
const said = (page) => page.locator('#packet-said')

test.beforeEach(async ({ page, site }) => {
  await page.goto(`${site.url}front-desk.html`)
})

for (const name of ['jose.jwe', 'jose-small.jwe', 'jwcrypto.jwe', 'jwcrypto-small.jwe']) {
  test(`${name}, sealed by a library of others, is opened by file`, async ({ page }) => {
    await openKey(page, 'jose-key-512.txt', PASSPHRASE)
    await expect(page.locator('#fingerprint')).not.toBeEmpty()
    await page.getByLabel('File of the request').setInputFiles(folder + name)
    await expect(note(page)).toContainText('Rosa Nuñez')
    await expect(page.locator('.desk__withheld')).toHaveText('- How often do you drink alcohol? Not shared')
  })
}

test('keys that libraries of others locked are opened, and a wrong passphrase is said', async ({ page }) => {
  for (const name of ['jose-key-256.txt', 'jwcrypto-key.txt']) {
    await openKey(page, name, 'four quiet red lamps')
    await expect(page.locator('#key-said')).toContainText('This passphrase does not open the key file')
    await openKey(page, name, PASSPHRASE)
    await expect(page.locator('#fingerprint')).toHaveText(/^([0-9A-F]{4} ?){8}$/)
    await page.getByRole('button', { name: 'Close the key' }).click()
  }
})

test('a new pair: the file is opened by a library of others and by the page, and the line is for settings.toml', async ({ page }) => {
  await page.getByText('No key yet? Make one').click()
  await page.getByLabel('New passphrase').fill('short')
  await page.getByRole('button', { name: 'Make the keys' }).click()
  await expect(page.locator('#key-said')).toContainText('too short')
  await page.getByLabel('New passphrase').fill(PASSPHRASE)
  await page.getByLabel('The same once more').fill(PASSPHRASE)
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Make the keys' }).click()
  const file = await coming
  const text = readFileSync(await file.path(), 'utf8').trim()
  const line = await page.locator('#settings-line').textContent()
  const open = JSON.parse(/^key = '(.*)'$/.exec(line)[1])
  expect(open.d).toBeUndefined()

  const options = { keyManagementAlgorithms: ['PBES2-HS512+A256KW'], maxPBES2Count: 600_000 }
  const { plaintext, protectedHeader } = await jose.compactDecrypt(text, new TextEncoder().encode(PASSPHRASE), options)
  expect(protectedHeader.p2c).toBe(600_000)
  const secret = JSON.parse(new TextDecoder().decode(plaintext))
  expect({ x: secret.x, y: secret.y }).toEqual({ x: open.x, y: open.y })

  const packet = sealed('packet.json')
  const token = await new jose.CompactEncrypt(new TextEncoder().encode(packet))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM' }).encrypt(await jose.importJWK(open, 'ECDH-ES'))
  await paste(page, token)
  await expect(note(page)).toContainText('K7Q-4MD')
})

test('each thing that goes wrong has its own sentence, and shows nothing', async ({ page }) => {
  const packet = sealed('packet.json')
  const token = sealed('jose.jwe')
  await paste(page, token)
  await expect(said(page)).toContainText('This packet is sealed. Open your key file first')
  await openKey(page, 'key.json')
  await expect(page.locator('#fingerprint')).not.toBeEmpty()
  const other = await jose.generateKeyPair('ECDH-ES', { crv: 'P-256' })
  const kid = await jose.calculateJwkThumbprint(await jose.exportJWK(other.publicKey))
  const wrong = await new jose.CompactEncrypt(new TextEncoder().encode(packet))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid }).encrypt(other.publicKey)
  const parts = token.split('.')
  parts[3] = (parts[3][0] === 'A' ? 'B' : 'A') + parts[3].slice(1)
  for (const [text, sentence] of [
    [wrong, 'sealed for another key'],
    [token.slice(0, -40), 'The end of this packet is missing'],
    [parts.join('.'), 'was changed after it was sealed'],
    ['Hello', 'This is not a packet of Anteroom'],
    [packet.replace('anteroom-packet/1', 'anteroom-packet/9'), 'made by a newer version'],
    [sealed('jose-key-512.txt'), 'This is a key, not a packet'],
  ]) {
    await paste(page, text)
    await expect(said(page)).toContainText(sentence)
    await expect(said(page)).toBeFocused()
    await expect(note(page)).toBeHidden()
  }
})

test('a packet in clear needs no key; it is saved as it came, and closed again', async ({ page }) => {
  await paste(page, sealed('packet.json'))
  await expect(page.getByText('It was not sealed')).toBeVisible()
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as JSON' }).click()
  const file = await coming
  expect(file.suggestedFilename()).toBe('anteroom-K7Q-4MD.json')
  expect(JSON.parse(readFileSync(await file.path(), 'utf8'))).toEqual(JSON.parse(sealed('packet.json')))
  await page.getByRole('button', { name: 'Close it' }).click()
  await expect(note(page)).toBeHidden()
})

/** The Bundle that the front desk saves of what is open, and where it lies. */
async function bundle(page) {
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save for the chart (FHIR)' }).click()
  const file = await coming
  await expect(page.locator('#note-said')).toContainText('It is not sealed')
  const path = await file.path()
  return { name: file.suggestedFilename(), path, bundle: JSON.parse(readFileSync(path, 'utf8')) }
}

test('a packet is saved as FHIR that judges of others take, also one of before, from a file without any network', async ({ page, context, widget, site, lang }) => {
  test.slow()
  // A whole journey: all kinds of answers, some of them not shared, with a key to seal them.
  const key = `endpoint = ""\nkey = '${sealed('public.json').trim()}'`
  const settings = contentFile('settings.toml').replace(/^endpoint = ""/m, () => key)
    + '\n[handoff.fhir]\ninclude = ["patient", "service-request", "appointment"]\n'
  site.overrides.set('content/settings.toml', settings)
  await widget.open()
  await widget.toResult()
  await widget.toPreview()
  await widget.consent('phone').check()
  await openWay(widget, 'sealed.title')
  const coming = page.waitForEvent('download')
  await widget.button('sealed.save').click()
  const packet = readFileSync(await (await coming).path(), 'utf8')

  await context.setOffline(true)
  await page.goto(pathToFileURL(`${DIST}/front-desk.html`).href)
  await openKey(page, 'key.json')
  await paste(page, packet)
  const made = await bundle(page)
  expect(made.name).toMatch(/^anteroom-[\w-]+-fhir\.json$/)
  expect(made.bundle.entry.map(({ resource }) => resource.resourceType)).toEqual(expect.arrayContaining(
    ['Patient', 'QuestionnaireResponse', 'Consent', 'ServiceRequest', 'Appointment']))
  expect(JSON.stringify(made.bundle)).toContain('"masked"')
  expect(byMedplum(made.bundle)).toEqual([])
  await context.setOffline(false)

  // A packet of before knows nothing of the Questionnaire; its answers are there in words.
  await paste(page, sealed('packet.json'))
  const before = await bundle(page)
  expect(byMedplum(before.bundle)).toEqual([])
  expect(await byFhirResources([made.path, before.path])).toBe('')

  // LHC-Forms shows the answers in the Questionnaire that `anteroom fhir` writes of the same guide.
  const { stdout } = await run('cargo', ['run', '--quiet', '--bin', 'anteroom', '--', 'fhir', '--lang', lang], { cwd: ROOT, maxBuffer: 1 << 26 })
  const response = made.bundle.entry.map(({ resource }) => resource).find(({ resourceType }) => resourceType === 'QuestionnaireResponse')
  const shown = await drawn(page, JSON.parse(stdout), response)
  expect(shown).toEqual({ errors: [], problems: null })
  const back = await page.evaluate(() => LForms.Util.getFormFHIRData('QuestionnaireResponse', 'R4'))
  expect(answers(response).length).toBeGreaterThan(30)
  expect(answers(back)).toEqual(answers(response))
})

test('it works as a file without any server, asks for nothing and keeps nothing', async ({ page, context }) => {
  const asked = []
  await page.goto(pathToFileURL(`${DIST}/front-desk.html`).href)
  context.on('request', (request) => asked.push(request.url()))
  const errors = []
  page.on('console', (line) => line.type() === 'error' && errors.push(line.text()))
  await openKey(page, 'key.json')
  await paste(page, sealed('jose.jwe'))
  await expect(note(page)).toContainText('K7Q-4MD')
  expect(asked.filter((url) => !url.startsWith('data:'))).toEqual([])
  expect(errors).toEqual([])
  expect(await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length])).toEqual(['', 0, 0])
})

test('axe finds nothing, and nothing scrolls sideways', async ({ page }) => {
  for (const step of ['empty', 'open']) {
    if (step === 'open') {
      await page.getByText('No key yet? Make one').click()
      await paste(page, sealed('packet.json'))
      await expect(note(page)).toBeVisible()
    }
    for (const [width, colorScheme] of [[320, 'light'], [1280, 'dark']]) {
      await page.setViewportSize({ width, height: 800 })
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const { violations } = await new AxeBuilder({ page }).analyze()
      const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target} ${failureSummary}`))
      expect.soft(found, `${step}, ${width}, ${colorScheme}`).toEqual([])
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect.soft(wide).toBeLessThanOrEqual(0)
    }
  }
})

test('by keyboard alone a packet is opened and its note reached', async ({ page }) => {
  await page.getByLabel('Or paste or scan it here').focus()
  await page.keyboard.insertText(sealed('packet.json'))
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: '3. The chart note' })).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(note(page)).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Print' })).toBeFocused()
})
