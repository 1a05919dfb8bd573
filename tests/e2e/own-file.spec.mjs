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

/** A plan with two visits, typed in the form. */
async function typePlan(page, widget, days) {
  await page.getByLabel(say('dated.count')).selectOption(String(days.length))
  for (const [place, day] of days.entries()) {
    await page.getByLabel(say('dated.day'), { exact: true }).nth(place).fill(day)
    await page.getByLabel(say('dated.time'), { exact: true }).nth(place).fill('09:30')
  }
  await page.getByLabel(say('dated.zone')).selectOption('America/New_York')
  await widget.button('dated.make').click()
  await expect(widget.heading).toHaveText(say('dated.title'))
}

for (const passphrase of ['', PASSPHRASE]) {
  test(`the plan and its ticks come back ${passphrase ? 'out of a locked file' : 'out of a file'}, and move with the visit`, async ({ widget, page }) => {
    const box = (name, visit = 0) => page.getByRole('checkbox', { name }).nth(visit)
    const unfold = () => page.locator('details').evaluateAll((all) => all.forEach((one) => { one.open = true }))
    await widget.open()
    await widget.button('dated.open').click()
    await typePlan(page, widget, ['2026-12-03', '2026-12-10'])
    await unfold()
    await box(/^Check the plan the day before/).check()
    await box(/^Check the plan the day before/, 1).check()
    await box(/^Your driver's name and number/).check()
    await widget.button('own_file.save').click()
    await expect(widget.heading).toHaveText(say('own_file.title'))
    if (passphrase) {
      await page.getByText(say('own_file.lock_title')).click()
      await page.getByLabel(say('own_file.passphrase'), { exact: true }).fill(passphrase)
    }
    const { name, text } = await saved(widget, page)
    expect(name).toBe(passphrase ? 'my-anteroom-file.jwe' : 'my-anteroom-file.json')

    await page.reload()
    await widget.button('own_file.open').click()
    await choose(page, text, name)
    if (passphrase) {
      await page.getByLabel(say('own_file.passphrase'), { exact: true }).fill(passphrase)
      await widget.button('own_file.unlock').click()
    }
    await expect(notice(page)).toContainText(say('own_file.opened_visits', { number: '2' }))
    await expect(notice(page)).toBeFocused()
    await widget.button('dated.make').click()
    await expect(widget.heading).toHaveText(say('dated.title'))
    await unfold()
    const ticks = async () => {
      await expect(box(/^Check the plan the day before/)).toBeChecked()
      await expect(box(/^Check the plan the day before/, 1)).toBeChecked()
      await expect(box(/^Your driver's name and number/)).toBeChecked()
      await expect(box(/^Your driver's name and number/, 1)).not.toBeChecked()
    }
    await ticks()
    await expect(page.getByText('Wednesday, December 9').first()).toBeVisible()

    // Moved, all of it is on other days, and what was ticked still is.
    await widget.button('dated.change').click()
    await typePlan(page, widget, ['2026-12-04', '2026-12-11'])
    await unfold()
    await ticks()
    await expect(page.getByText(say('dated.moved'))).toBeVisible()
    await expect(page.getByText('Thursday, December 10').first()).toBeVisible()
    await expect(page.getByText('Wednesday, December 9')).toHaveCount(0)
  })
}

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

test('saving and opening ask for nothing and store nothing', async ({ widget, page, asked, allAsked, short }) => {
  await widget.open()
  await allAsked()
  const before = asked.filter((url) => !url.startsWith('blob:'))
  await widget.button('own_file.open').click()
  await choose(page, whole())
  await saved(widget, page)
  expect(asked.filter((url) => !url.startsWith('blob:'))).toEqual(before)
  expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie])).toEqual([0, 0, ''])
})
