// Low-energy mode: larger, one sentence at a time, a pause anywhere, a way out that loses nothing.

import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './support/fixtures.mjs'
import { pageTitle, say } from './support/guide.mjs'

const clean = async (page) => {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes[0].html])).toEqual([])
}

test('a page is read one sentence at a time, by keyboard, at 320 pixels', async ({ widget, page }) => {
  await page.setViewportSize({ width: 320, height: 700 })
  await widget.open()
  await widget.isWhole()
  const size = () => page.locator('.ar-main').evaluate((main) => parseFloat(getComputedStyle(main).fontSize))
  const before = await size()
  await widget.button('calm.switch').press('Enter')
  await expect(widget.button('calm.switch')).toHaveAttribute('aria-pressed', 'true')
  await expect(widget.button('calm.switch')).toBeFocused()
  expect(await size()).toBeGreaterThan(before)
  await widget.button('pages.all').click()
  await page.getByRole('button', { name: pageTitle('aftercare'), exact: true }).first().click()
  const piece = page.locator('#ar-piece')
  await expect(piece).toBeVisible()
  const first = await piece.textContent()
  await widget.button('calm.next').press('Enter')
  await expect(piece).toBeFocused()
  await expect(piece).not.toHaveText(first)
  await clean(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)

  const second = await piece.textContent()
  await widget.button('calm.pause').click()
  await expect(widget.heading).toHaveText(say('calm.pause_title'))
  await clean(page)
  await widget.button('calm.go_on').click()
  await expect(piece).toHaveText(second)
})

test('"I can not do this now" gives the phone number and a file to come back with', async ({ widget, page }) => {
  await widget.open()
  await widget.button('calm.switch').click()
  await widget.begin()
  await widget.choose()
  await widget.continue()
  await clean(page)
  await widget.button('calm.not_now').click()
  await expect(widget.heading).toBeFocused()
  await expect(page.locator('main a[href^="tel:"]').first()).toBeVisible()
  await clean(page)
  await widget.button('calm.keep').click()
  await expect(widget.heading).toHaveText(say('own_file.title'))
})
