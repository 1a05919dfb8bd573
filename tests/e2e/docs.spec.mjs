// The documents (`make docs`), opened from a disk as a clinic opens them out of the archive: axe, and room for them on a
// narrow screen, light and dark, on paper, and by keyboard.

import AxeBuilder from '@axe-core/playwright'
import { pathToFileURL, fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'

const site = pathToFileURL(fileURLToPath(new URL('../../docs-site', import.meta.url))).href
const PAGES = ['index', 'set-up', 'customise', 'handoff', 'decisions/index']

for (const colorScheme of ['light', 'dark']) {
  for (const width of [320, 1280]) {
    test(`the documents are sound and fit, ${colorScheme}, ${width} px`, async ({ page }) => {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 900 })
      for (const name of PAGES) {
        await page.goto(`${site}/${name}.html`)
        // The stylesheet has come: without it axe would judge another page.
        expect(await page.evaluate(() => getComputedStyle(document.body).margin)).toBe('0px')
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${name} is as wide as the screen`).toBeLessThanOrEqual(0)
        const { violations } = await new AxeBuilder({ page }).analyze()
        expect(violations.map(({ id, nodes }) => [id, nodes[0].html]), name).toEqual([])
      }
    })
  }
}

test('from the first page a reader finds the way to a document, to its parts and back', async ({ page }) => {
  await page.goto(`${site}/index.html`)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'To the text' })).toBeFocused()
  await page.getByRole('link', { name: 'Set up in ten minutes' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Set up in ten minutes')
  await page.getByRole('navigation', { name: 'Before and next' }).getByRole('link').last().click()
  await page.getByRole('navigation', { name: 'Where you are' }).getByRole('link').last().click()
  await expect(page).toHaveURL(/index\.html#i-run-a-clinic/)
})

test('on paper a document stands alone', async ({ page }) => {
  await page.goto(`${site}/handoff.html`)
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('heading', { name: 'What do you have?' })).toBeVisible()
  await expect(page.getByRole('navigation').first()).toBeHidden()
})
