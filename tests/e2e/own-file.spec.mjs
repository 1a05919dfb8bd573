// The person's own file: saved, opened again, locked with a passphrase that other libraries open as well.

import { readFile } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import * as jose from 'jose'
import { expect, test } from './support/fixtures.mjs'
import { say } from './support/guide.mjs'

const PASSPHRASE = 'four small words, ñ'
const algorithms = { keyManagementAlgorithms: ['PBES2-HS512+A256KW'], contentEncryptionAlgorithms: ['A256GCM'], maxPBES2Count: 1_000_000 }

const field = (page) => page.locator('input[type=file]')
const notice = (page) => page.locator('#ar-notice')
const choose = (page, text, name = 'my-anteroom-file.json') => field(page).setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) })

async function saved(widget, page) {
  const coming = page.waitForEvent('download')
  await widget.button('own_file.save').click()
  const download = await coming
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') }
}

/** The file of somebody who has answered everything. */
const whole = (answers = {}) => JSON.stringify({
  format: 'anteroom-own-file', version: 1, saved: '2026-11-01T10:00:00Z', language: 'en',
  answers: { age: '25-to-64', bp_history: 'no', ...answers },
})

test('what was answered is saved, and opened again after the page was left', async ({ widget, page, short }) => {
  await widget.open()
  await widget.begin()
  await widget.walk({}, ({ id }) => id === 'bp_reading')
  await widget.button('own_file.link').click()
  await expect(widget.heading).toBeFocused()
  const { name, text } = await saved(widget, page)
  expect(name).toBe('my-anteroom-file.json')
  const file = JSON.parse(text)
  expect(Object.keys(file.answers).sort()).toEqual(['age', 'bp_history'])
  await expect(notice(page)).toBeFocused()

  await widget.open()
  await widget.button('own_file.open').press('Enter')
  await expect(widget.heading).toHaveText(say('own_file.title'))
  await choose(page, text)
  await expect(notice(page)).toContainText(say('own_file.opened', { number: '2' }))
  await expect(notice(page)).toBeFocused()
  // The question about danger right now is asked again; then what has no answer yet.
  await widget.button('own_file.go_on').click()
  expect((await widget.current()).id).toBe('safety_now')
  await widget.choose()
  await widget.continue()
  expect((await widget.current()).id).toBe('bp_reading')
})

test('a re-check asks what can change, and shows what did', async ({ widget, page, short }) => {
  await widget.open()
  await widget.button('own_file.open').click()
  await choose(page, whole({ bp_reading: { systolic: 120, diastolic: 80 } }))
  await widget.button('own_file.again').click()
  const asked = []
  await widget.walk({ bp_history: 'yes-controlled' }, () => false, ({ id }) => asked.push(id))
  expect(asked).toEqual(expect.arrayContaining(['safety_now', 'bp_history', 'bp_reading']))
  expect(asked).not.toContain('age')
  await widget.button('own_file.link').click()
  await expect(page.locator('.ar-since__row').first()).toBeVisible()
  const { text } = await saved(widget, page)
  expect(JSON.parse(text).before.answers.bp_history).toBe('no')
})

test('a passphrase makes a JWE that jose opens, and one made by jose is opened', async ({ widget, page, short }) => {
  await widget.open()
  await widget.button('own_file.open').click()
  await choose(page, whole())
  await expect(notice(page)).toContainText(say('own_file.opened', { number: '2' }))
  await page.getByText(say('own_file.lock_title')).click()
  await page.getByLabel(say('own_file.passphrase'), { exact: true }).fill(PASSPHRASE)
  const { name, text } = await saved(widget, page)
  expect(name).toBe('my-anteroom-file.jwe')
  const { plaintext, protectedHeader } = await jose.compactDecrypt(text, new TextEncoder().encode(PASSPHRASE), algorithms)
  expect(protectedHeader).toMatchObject({ alg: 'PBES2-HS512+A256KW', enc: 'A256GCM' })
  expect(JSON.parse(new TextDecoder().decode(plaintext)).answers).toEqual({ age: '25-to-64', bp_history: 'no' })

  const theirs = await new jose.CompactEncrypt(new TextEncoder().encode(whole({ age: '25-to-64' })))
    .setProtectedHeader({ alg: 'PBES2-HS512+A256KW', enc: 'A256GCM' }).encrypt(new TextEncoder().encode(PASSPHRASE))
  await widget.open()
  await widget.button('own_file.open').click()
  await choose(page, theirs, 'my-anteroom-file.jwe')
  const passphrase = page.getByLabel(say('own_file.passphrase'), { exact: true })
  await expect(passphrase).toBeFocused()
  await passphrase.fill('another')
  await passphrase.press('Enter')
  await expect(notice(page)).toContainText(say('own_file.no_passphrase'))
  await passphrase.fill(PASSPHRASE)
  await passphrase.press('Enter')
  await expect(notice(page)).toContainText(say('own_file.opened', { number: '2' }))
  // One changed letter is refused.
  await page.reload()
  await widget.button('own_file.open').click()
  const at = theirs.lastIndexOf('.') - 5
  await choose(page, theirs.slice(0, at) + (theirs[at] === 'A' ? 'B' : 'A') + theirs.slice(at + 1), 'my-anteroom-file.jwe')
  await passphrase.fill(PASSPHRASE)
  await passphrase.press('Enter')
  await expect(notice(page)).toContainText(say('own_file.no_passphrase'))
})

test('a file never takes the place of answers unasked, and a bad one changes nothing', async ({ widget, page, short }) => {
  await widget.open()
  await widget.begin()
  await widget.walk({}, ({ id }) => id === 'bp_history')
  await widget.button('own_file.link').click()
  for (const [text, key] of [['', 'no_empty'], ['{"format": "ante', 'no_cut'], ['<html>', 'no_not_json'], ['{}', 'no_foreign'], ['x'.repeat(2_000_001), 'no_too_big']]) {
    await choose(page, text)
    await expect(notice(page)).toContainText(say(`own_file.${key}`, { name: 'my-anteroom-file.json' }))
  }
  await choose(page, whole())
  await expect(page.getByRole('heading', { name: say('own_file.ask_title') })).toBeFocused()
  await widget.button('own_file.ask_keep').click()
  await expect(page.getByRole('heading', { name: say('own_file.ask_title') })).toBeHidden()
  await widget.button('own_file.look').click()
  await expect(widget.heading).toHaveText(say('review.title'))
})

for (const width of [320, 1280]) {
  test(`the file's screen is accessible and fits ${width} pixels`, async ({ widget, page, short }) => {
    await page.setViewportSize({ width, height: 800 })
    await widget.open()
    await widget.button('own_file.open').click()
    await choose(page, whole())
    await expect(notice(page)).toBeFocused()
    await choose(page, whole())
    await expect(page.getByRole('heading', { name: say('own_file.ask_title') })).toBeFocused()
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes[0].html])).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  })
}

test('saving and opening ask for nothing and store nothing', async ({ widget, page, asked, short }) => {
  await widget.open()
  await page.waitForLoadState('networkidle')
  const before = asked.filter((url) => !url.startsWith('blob:'))
  await widget.button('own_file.open').click()
  await choose(page, whole())
  await saved(widget, page)
  expect(asked.filter((url) => !url.startsWith('blob:'))).toEqual(before)
  expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie])).toEqual([0, 0, ''])
})
