// The search over the pages, by keyboard, and without a trace of what was typed.

import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './support/fixtures.mjs'
import { say } from './support/guide.mjs'
import { isWhole } from './support/journey.mjs'

const box = (page) => page.getByRole('textbox', { name: say('search.label') })

test('a word with a slip leads to the heading that speaks of it', async ({ widget, page }) => {
  await widget.open()
  await widget.button('search.open').press('Enter')
  await expect(widget.heading).toHaveText(say('search.title'))
  await expect(widget.heading).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(box(page)).toBeFocused()
  await page.keyboard.type('blood presure')
  const found = page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 2 }) })
  await expect(found.first()).toBeVisible()
  await expect(found.first().locator('mark').first()).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes[0].html])).toEqual([])

  const place = found.first().getByRole('listitem').getByRole('button').first()
  const words = await place.textContent()
  await place.press('Enter')
  await expect(page.getByRole('heading', { name: words, exact: true })).toBeFocused()
  await widget.button('common.back').click()
  await expect(box(page)).toHaveValue('blood presure')
})

test('what is typed is sent nowhere and stands in no address', async ({ widget, page, asked }) => {
  await widget.open()
  await widget.isWhole()
  await widget.button('search.open').click()
  await expect(box(page)).toBeVisible()
  await isWhole(page)
  const before = [...asked]
  await box(page).fill('overdose')
  await page.keyboard.press('Enter')
  await isWhole(page)
  expect(asked).toEqual(before)
  expect(page.url()).not.toContain('overdose')
  expect(await page.title()).toBe('Get ready to talk')
  expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie, history.state])).toEqual([0, 0, '', null])
})

test('nothing found says so, with a way on', async ({ widget, page }) => {
  await page.setViewportSize({ width: 320, height: 700 })
  await widget.open()
  await widget.button('search.open').click()
  await box(page).fill('qqqqqq')
  await expect(page.getByText(say('search.none')).first()).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
  await widget.button('pages.all').click()
  await expect(widget.heading).toHaveText(say('pages.title'))
})
