// Every example of every component, alone on its page (`make gallery`): axe in light, dark and forced colors, and room
// for it on a narrow screen, mirrored, and with letters twice as large.

import AxeBuilder from '@axe-core/playwright'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { serve } from '../../scripts/serve.mjs'
import { expect, test } from '@playwright/test'

const dir = fileURLToPath(new URL('../../gallery', import.meta.url))
const examples = readdirSync(dir).filter((name) => name.endsWith('.html') && name !== 'index.html')

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']
/** A part of a page has no page around it. */
const OF_A_PAGE = ['landmark-one-main', 'region', 'page-has-heading-one', 'heading-order']
const LOOKS = {
  light: { media: { colorScheme: 'light' } },
  dark: { media: { colorScheme: 'dark' } },
  // The system paints over every color, and a page is told its own ones: axe cannot know what is seen.
  'forced colors': { media: { colorScheme: 'dark', forcedColors: 'active' }, unknown: ['color-contrast'] },
}

let server
test.beforeAll(async () => { server = await serve({ dir }) })
test.afterAll(() => server.close())
test.setTimeout(240_000)

test('the gallery has every example, and shows each light and dark', async ({ page }) => {
  await page.emulateMedia({ colorScheme: null })
  await page.goto(server.url)
  const shown = await page.locator('iframe').evaluateAll((frames) => frames.map((frame) => `${frame.className} ${frame.getAttribute('src')}`))
  expect(examples.length).toBeGreaterThan(40)
  expect(shown.sort()).toEqual(examples.flatMap((name) => [`dark ${name}`, `light ${name}`]).sort())
  const scheme = (look) => page.frameLocator(`iframe.${look} >> nth=0`).locator('html').evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)
  expect([await scheme('light'), await scheme('dark')]).toEqual([false, true])
})

for (const [look, { media, unknown = [] }] of Object.entries(LOOKS)) {
  test(`each example in ${look} is held against axe`, async ({ page }) => {
    await page.setViewportSize({ width: 412, height: 800 })
    await page.emulateMedia({ reducedMotion: 'reduce', ...media })
    for (const name of examples) {
      await page.goto(`${server.url}${name}`)
      await expect(page.locator('.ar')).not.toBeEmpty()
      const { violations } = await new AxeBuilder({ page }).withTags(TAGS).disableRules([...OF_A_PAGE, ...unknown]).analyze()
      const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target}\n  ${failureSummary}`))
      expect.soft(found, `${name}, ${look}`).toEqual([])
    }
  })
}

test('in forced colors what can be pressed keeps an edge', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' })
  let pressed = 0
  for (const name of examples) {
    await page.goto(`${server.url}${name}`)
    const edges = await page.locator('.ar-button:visible, .ar-field__input:visible').evaluateAll((found) => found.map((element) => {
      const { borderTopWidth, borderTopStyle } = getComputedStyle(element)
      return borderTopStyle !== 'none' && parseFloat(borderTopWidth) >= 1 ? 'an edge' : element.outerHTML.slice(0, 120)
    }))
    pressed += edges.length
    expect.soft(edges.filter((edge) => edge !== 'an edge'), name).toEqual([])
  }
  expect(pressed).toBeGreaterThan(20)
})

test('each example has room at 320 px, mirrored, and with letters twice as large', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 800 })
  for (const name of examples) {
    await page.goto(`${server.url}${name}`)
    for (const [what, dir, size] of [['as it is', 'ltr', ''], ['mirrored', 'rtl', ''], ['letters twice as large', 'ltr', '200%']]) {
      const wide = await page.evaluate(([dir, size]) => {
        document.documentElement.dir = dir
        document.documentElement.style.fontSize = size
        return document.documentElement.scrollWidth - innerWidth
      }, [dir, size])
      expect.soft(wide, `${name}, ${what}: scrolls sideways by`).toBeLessThanOrEqual(0)
    }
  }
})
