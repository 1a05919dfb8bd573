// After a visit: the check, the journal with its chart, the summary for the next visit.

import { readFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './support/fixtures.mjs'
import { say } from './support/guide.mjs'
import { tabTo } from './support/journey.mjs'

const inLang = (lang) => readFileSync(new URL(`../../content/${lang}/aftercare.toml`, import.meta.url), 'utf8')
let spoken = 'en'
const words = (id) => new RegExp(`^${id} = "(.*)"$`, 'm').exec(inLang(spoken))[1]

test.beforeEach(({ lang }) => { spoken = lang })
const LISTS = ['emergency', 'mind-now', 'same-day', 'over-weeks', 'use', 'common']

const tick = (page, name) => page.getByRole('checkbox', { name, exact: true }).click()
const clean = async (page) => {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes[0].html])).toEqual([])
}

async function home(widget, page) {
  await widget.open()
  await widget.isWhole()
  await page.getByRole('button', { name: say('after.link'), exact: true }).first().click()
  await expect(widget.heading).toHaveText(say('after.title'))
}

/** Goes through the lists; `ticks` are the ids of signs, all other lists get "none of these". */
async function check(widget, page, ticks) {
  await widget.button('after.check_start').click()
  for (const list of LISTS) {
    await expect(widget.heading).toHaveText(words(list))
    const here = ticks[list] ?? []
    if (here.length === 0) await tick(page, say('after.none'))
    for (const id of here) {
      await tick(page, words(id))
      if (await widget.crisisPanel.isVisible()) await widget.button('help.back').click()
    }
    await widget.button('common.continue').click()
    await expect(widget.heading).not.toHaveText(words(list))
    if (list === 'emergency' && here.length > 0) return
  }
}

test('each level of signs has its own call, and none says that all is fine', async ({ widget, page }) => {
  await home(widget, page)
  for (const [ticks, title] of [
    [{ common: ['tired'] }, 'after.for_now_title'],
    [{ 'over-weeks': ['hurts-to-pee'], common: ['tired'] }, 'after.week_title'],
    [{ 'same-day': ['fall'], use: ['urge'] }, 'after.today_title'],
    [{ emergency: ['chest-pain'] }, 'after.emergency_title'],
  ]) {
    await check(widget, page, ticks)
    await expect(widget.heading).toHaveText(say(title))
    await expect(page.getByText(/you are fine/i)).toHaveCount(0)
    await widget.button('common.back').click()
  }
})

test('a sign that needs help opens it at once, and a list can not be passed by', async ({ widget, page }) => {
  await home(widget, page)
  await widget.button('after.check_start').click()
  await widget.button('common.continue').click()
  await expect(widget.errors).toBeFocused()
  await tick(page, say('after.none'))
  await widget.button('common.continue').click()
  await tick(page, words('suicide-thoughts'))
  await expect(widget.crisisPanel).toBeFocused()
  for (const link of widget.helpLinks()) await expect(link).toBeVisible()
})

test('a day is kept, drawn, summed up and comes back with the file', async ({ widget, page }) => {
  await home(widget, page)
  await widget.button('after.journal_open').click()
  await widget.button('after.day_new').click()
  await widget.button('after.day_keep').click()
  await expect(widget.errors).toBeFocused()
  await page.getByRole('radio', { name: '7', exact: true }).click()
  await page.getByLabel(say('after.stood_out_ask')).fill('A walk by the river')
  await page.getByRole('radio', { name: say('after.self_harm_thoughts'), exact: true }).click()
  await expect(widget.crisisPanel).toBeFocused()
  await widget.button('help.back').click()
  await clean(page)
  await widget.button('after.day_keep').click()
  await expect(page.locator('.ar-after__day', { hasText: '7/10' })).toBeVisible()
  await expect(page.locator('.ar-mood svg')).toBeVisible()
  await clean(page)

  await widget.button('after.summary_open').click()
  const note = page.locator('pre')
  await expect(note).toContainText('7/10')
  await expect(note).not.toContainText('river')
  await page.getByRole('checkbox', { name: say('after.part_stood_out') }).check()
  await expect(note).toContainText('river')
  await clean(page)
  const coming = page.waitForEvent('download')
  await widget.button('after.summary_save').click()
  expect(await readFile(await (await coming).path(), 'utf8')).toContain('7/10')

  await widget.button('own_file.link').click()
  const file = page.waitForEvent('download')
  await widget.button('own_file.save').click()
  const text = await readFile(await (await file).path(), 'utf8')
  expect(JSON.parse(text).journal).toHaveLength(1)
  await home(widget, page)
  await widget.button('own_file.link').click()
  await page.locator('input[type=file]').setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from(text) })
  await expect(page.locator('#ar-notice')).toContainText(say('own_file.opened_days', { number: '1' }))
})

test('the check, a day of the journal and its summary without a mouse', async ({ widget, page }) => {
  test.slow()
  const press = async (target) => {
    await tabTo(page, target)
    await page.keyboard.press('Enter')
  }
  const box = (name) => page.getByRole('checkbox', { name, exact: true })
  await widget.open()
  await widget.isWhole()
  await press(page.getByRole('button', { name: say('after.link'), exact: true }).first())
  await press(widget.button('after.check_start'))
  for (const list of LISTS) {
    await expect(widget.heading).toHaveText(words(list))
    await expect(widget.heading).toBeFocused()
    await tabTo(page, box(list === 'same-day' ? words('fall') : say('after.none')))
    await page.keyboard.press('Space')
    await press(widget.button('common.continue'))
    await expect(widget.heading).not.toHaveText(words(list))
  }
  await expect(widget.heading).toHaveText(say('after.today_title'))
  await expect(widget.heading).toBeFocused()
  await press(widget.button('common.back'))
  await expect(widget.heading).toHaveText(say('after.title'))

  await press(widget.button('after.journal_open'))
  await press(widget.button('after.day_new'))
  await tabTo(page, page.getByRole('radio', { name: say('after.self_harm_no'), exact: true }))
  await page.keyboard.press('Space')
  await press(widget.button('after.day_keep'))
  await expect(widget.errors).toBeFocused()
  // The mistake leads to the first of the numbers; the arrows go on among them and choose.
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Space')
  for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowRight')
  await tabTo(page, page.getByLabel(say('after.stood_out_ask')))
  await page.keyboard.type('A walk')
  await press(widget.button('after.day_keep'))
  await expect(page.locator('.ar-after__day', { hasText: '3/10' })).toBeVisible()
  await press(widget.button('after.summary_open'))
  await tabTo(page, page.getByRole('checkbox', { name: say('after.part_stood_out') }))
  await page.keyboard.press('Space')
  await expect(page.locator('pre')).toContainText('A walk')
  const coming = page.waitForEvent('download')
  await press(widget.button('after.summary_save'))
  expect(await readFile(await (await coming).path(), 'utf8')).toContain('3/10')
})

for (const [width, lang, colorScheme] of [[320, 'en', 'light'], [320, 'es', 'dark'], [1280, 'en', 'dark'], [1280, 'es', 'light']]) {
  test.describe(`${width} ${lang} ${colorScheme}`, () => {
  test.use({ lang, colorScheme })
  test(`the screens after a visit are accessible and fit ${width} pixels (${lang}, ${colorScheme})`, async ({ widget, page }) => {
    await page.setViewportSize({ width, height: 800 })
    await home(widget, page)
    await clean(page)
    await check(widget, page, { 'same-day': ['fall'] })
    await clean(page)
    await widget.button('after.journal_open').click()
    await widget.button('after.day_new').click()
    await clean(page)
    await page.getByRole('radio', { name: '7', exact: true }).click()
    await page.getByRole('radio', { name: say('after.self_harm_no'), exact: true }).click()
    await widget.button('after.day_keep').click()
    await clean(page)
    const day = page.locator('.ar-after__day')
    await expect(day).toHaveCount(1)
    expect(await day.evaluate((day) => day.scrollWidth - day.clientWidth), 'of a day, to the side').toBeLessThanOrEqual(0)
    await widget.button('after.summary_open').click()
    await clean(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  })
  })
}

test('in low-energy mode the check and the journal are one thing at a time, and blank is no answer', async ({ widget, page }) => {
  await page.setViewportSize({ width: 320, height: 700 })
  const fits = async () => {
    await clean(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
  }
  const piece = page.locator('#ar-piece')
  await widget.open()
  await widget.isWhole()
  await widget.button('calm.switch').click()
  await page.getByRole('button', { name: say('after.link'), exact: true }).first().click()
  await fits()
  await widget.button('calm.next').click()
  await widget.button('after.check_start').click()
  await expect(piece.getByRole('checkbox')).toHaveCount(1)
  await expect(widget.button('common.continue')).toHaveCount(0)
  await fits()
  // The list is not passed by with nothing said, and the line that says "none" is its last.
  const stepTo = async (name) => {
    const wanted = piece.getByRole('checkbox', { name, exact: true })
    await expect(piece.getByRole('checkbox')).toHaveCount(1)
    while (!await wanted.isVisible()) await widget.button('calm.next').click()
  }
  await stepTo(say('after.none'))
  await widget.button('common.continue').click()
  await expect(widget.errors).toBeFocused()
  await tick(page, say('after.none'))
  await fits()
  await widget.button('common.continue').click()
  await stepTo(words('suicide-thoughts'))
  await tick(page, words('suicide-thoughts'))
  await expect(widget.crisisPanel).toBeFocused()
  await widget.button('help.back').click()
  await widget.button('common.back').click()
  await widget.button('common.back').click()

  for (let step = 0; step < 2; step++) await widget.button('calm.next').click()
  await widget.button('after.journal_open').click()
  await widget.button('after.day_new').click()
  await page.getByRole('radio', { name: say('after.self_harm_no'), exact: true }).click()
  await fits()
  for (let step = 0; step < 4; step++) await widget.button('calm.next').click()
  await page.getByLabel(say('after.stood_out_ask')).fill('A walk')
  await widget.button('after.day_keep').click()
  await expect(widget.errors).toBeFocused()
  await page.getByRole('radio', { name: '7', exact: true }).click()
  await fits()
  for (let step = 0; step < 3; step++) await widget.button('calm.next').click()
  await widget.button('after.day_keep').click()
  await expect(page.locator('.ar-mood svg')).toBeVisible()
  await fits()
  await widget.button('calm.next').click()
  await expect(piece).toContainText('7/10')
  await fits()
  await widget.button('after.summary_open').click()
  await expect(piece.getByRole('checkbox')).toHaveCount(1)
  for (let step = 0; step < 3; step++) await widget.button('calm.next').click()
  await expect(page.locator('pre')).toContainText('7/10')
  await fits()
})
