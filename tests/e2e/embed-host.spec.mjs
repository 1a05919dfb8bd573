// The widget in pages that were not made for it: styles for everything, a transformed or zoomed parent, from right to left, dark,
// a column of 200 pixels, and on paper.

import { expect, test } from './support/fixtures.mjs'
import { contentHeight, framed, one, open } from './support/host.mjs'

const EVERYTHING = `<style>
  iframe, button, dialog, a { margin: 9px !important; padding: 7px !important; border: 5px dashed red !important; font: italic 30px cursive !important;
    color: lime !important; max-width: 100px !important; max-height: 90px !important; opacity: .2 !important; filter: invert(1) !important;
    transform: rotate(9deg) !important; visibility: hidden !important; display: none !important; position: absolute !important; height: 40px !important }
</style>`

/** The contrast of two colors as WCAG 2.2 defines it; 0 where one lets something shine through. */
function contrast(...colors) {
  const light = colors.map((color) => {
    const [red, green, blue, opacity = 1] = color.match(/[\d.]+/g).map(Number)
    const part = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
    return opacity < 1 ? NaN : 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue)
  })
  return (Math.max(...light) + 0.05) / (Math.min(...light) + 0.05) || 0
}

const hosts = [
  ['styles everything', one(), { head: EVERYTHING }, 1],
  ['unsets everything', one(), { head: '<style>* { all: unset }</style>' }, 1],
  ['a transformed parent', `<div style="transform: scale(.8); transform-origin: 0 0">${one()}</div>`, {}, .8],
  ['zoom', `<div style="zoom: 1.5">${one()}</div>`, {}, 1.5],
  ['from right to left', one(), { html: 'lang="he" dir="rtl"' }, 1],
  ['dark', one(), { head: '<style>:root { color-scheme: dark; background: #111; color: #eee }</style>' }, 1],
  ['a column of 200 pixels', `<div style="width: 200px">${one()}</div>`, {}, 1],
]
for (const [what, body, options, scale] of hosts) {
  test(`${what}: the whole widget is seen, and works`, async ({ page, site }) => {
    await open(page, site, body, options)
    const widget = framed(page)
    await widget.isReady()
    await expect.poll(async () => {
      const shown = await page.locator('iframe').evaluate((frame) => frame.getBoundingClientRect().height)
      return Math.abs(shown - await contentHeight(page) * scale)
    }).toBeLessThan(2)
    expect(await page.frames()[1].evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    // Its own direction and its own colors, whatever the page around it has.
    const look = await page.frames()[1].evaluate(() => {
      const { color, direction } = getComputedStyle(document.querySelector('.ar'))
      return { direction, color, ground: getComputedStyle(document.body).backgroundColor }
    })
    expect(look.direction).toBe('ltr')
    expect(contrast(look.color, look.ground), JSON.stringify(look)).toBeGreaterThan(7)
    // By keyboard: a mouse made by the tests misses what stands in a frame that is scaled.
    await widget.button('start.begin').press('Enter')
    await expect(widget.button('common.continue')).toBeVisible()
    const first = await widget.current()
    await widget.input(first, first.choices.find(({ id }) => id === 'no')).press('Space')
    await widget.button('common.continue').press('Enter')
    await expect(widget.heading).not.toHaveText(first.ask)
  })
}

test('styles everything: the dialog and its buttons are seen, and work', async ({ page, site }) => {
  await open(page, site, one('data-mode="dialog"'), { head: EVERYTHING })
  await page.getByRole('button', { name: 'Get ready to talk' }).click()
  await framed(page).isReady()
  await framed(page).begin()
  await page.getByRole('button', { name: 'Close' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
})

test('printed with the clinic\'s page, a wide frame has room for what the widget opens on paper', async ({ page, site }) => {
  await open(page, site, one())
  await framed(page).isReady()
  const height = () => page.locator('iframe').evaluate((frame) => frame.offsetHeight)
  await expect.poll(async () => (await height()) - await contentHeight(page)).toBe(0)
  const before = await height()
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
  expect(await height()).toBe(Math.round(before * 1.5))
  await page.evaluate(() => dispatchEvent(new Event('afterprint')))
  expect(await height()).toBe(before)
})
