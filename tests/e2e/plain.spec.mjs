// The plain pages (`anteroom pages`): what is there with scripts switched off, on a screen and on paper.

import { AxeBuilder } from '@axe-core/playwright'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DIST } from '../../scripts/serve.mjs'
import { expect, test } from './support/fixtures.mjs'
import { say } from './support/guide.mjs'

test.describe('with scripts switched off', () => {
  test.use({ javaScriptEnabled: false })

  test('the widget\'s own page has help and leads to every page and to the questions on paper', async ({ page, site }) => {
    await page.goto(site.url)
    await expect(page.getByRole('link', { name: 'Call 988' })).toBeVisible()
    await page.getByRole('link', { name: say('paper.title') }).click()
    await expect(page.getByRole('heading', { level: 1, name: say('paper.title') })).toBeVisible()
    await expect(page.getByRole('link', { name: say('help.call') }).first()).toHaveAttribute('href', 'tel:988')
    await page.getByRole('link', { name: say('pages.all') }).click()
    await page.getByRole('link', { name: 'Español' }).click()
    await expect(page.locator('html')).toHaveAttribute('lang', 'es')
  })
})

for (const colorScheme of ['light', 'dark']) {
  for (const width of [320, 412, 1280]) {
    test(`the plain pages are sound and fit, ${colorScheme}, ${width} px`, async ({ page, site }) => {
      const said = []
      page.on('console', (message) => said.push(message.text()))
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 900 })
      for (const path of ['index', 'en/index', 'en/help', 'en/paper', 'en/treatments-compared', 'en/what-to-expect', 'en/risks', 'en/glossary', 'es/paper']) {
        await page.goto(`${site.url}pages/${path}.html`)
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${path} is as wide as the screen`).toBeLessThanOrEqual(0)
        const { violations } = await new AxeBuilder({ page }).analyze()
        expect(violations.map(({ id, nodes }) => [id, nodes[0].html]), path).toEqual([])
      }
      expect(said).toEqual([])
    })
  }
}

test('on paper help and the phone stand beside the questions, and the ways around the site do not', async ({ page, site }) => {
  await page.goto(`${site.url}pages/en/paper.html`)
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('link', { name: say('help.call') }).first()).toBeVisible()
  await expect(page.getByRole('contentinfo').getByRole('link')).toBeVisible()
  await expect(page.getByRole('navigation')).toBeHidden()
  expect(existsSync(join(DIST, 'pages/en/paper.html'))).toBe(true)
})
