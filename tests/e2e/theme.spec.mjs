// A clinic's colours and sizes from settings.toml: used where they can be seen, and left where they cannot.

import { contentFile, expect, test } from './support/fixtures.mjs'

const settings = (theme) => `${contentFile('settings.toml')}\n[theme]\n${theme}\n`
const look = (locator, property) => locator.evaluate((element, name) => getComputedStyle(element)[name], property)

test('a theme changes the colour and the roundness of the button, and the size of letters', async ({ widget, page, site }) => {
  site.overrides.set('content/settings.toml', settings('accent = "#7a1f4b"\nradius = 0\nfont_size = 24'))
  await widget.open()
  await expect(widget.button('start.begin')).toHaveCSS('background-color', 'rgb(122, 31, 75)')
  expect(await look(page.locator('.ar'), 'fontSize')).toBe('24px')
  expect(await look(widget.button('start.begin'), 'borderRadius')).toBe('0px')
})

test('a theme by night is used by night alone', async ({ widget, page, site }) => {
  site.overrides.set('content/settings.toml', settings('accent = "#7a1f4b"\ndark_accent = "#f0b0d0"'))
  await page.emulateMedia({ colorScheme: 'dark' })
  await widget.open()
  await expect(widget.button('start.begin')).toHaveCSS('background-color', 'rgb(240, 176, 208)')
  await page.emulateMedia({ colorScheme: 'light' })
  await expect(widget.button('start.begin')).toHaveCSS('background-color', 'rgb(122, 31, 75)')
})

test('high contrast takes no colour of a clinic', async ({ widget, page, site }) => {
  site.overrides.set('content/settings.toml', settings('accent = "#7a1f4b"'))
  await page.emulateMedia({ contrast: 'more' })
  await widget.open()
  await expect(widget.button('start.begin')).toHaveCSS('background-color', 'rgb(12, 66, 63)')
})

test('a colour that cannot be seen is left alone and said', async ({ widget, page, site }) => {
  await widget.open()
  const own = await look(widget.button('start.begin'), 'backgroundColor')
  site.overrides.set('content/settings.toml', settings('accent = "#eeeeee"'))
  await page.reload()
  await expect(widget.button('start.begin')).toHaveCSS('background-color', own)
  const problems = page.getByRole('complementary').filter({ hasText: 'Part of this guide could not be read' })
  await problems.locator('summary').click()
  await expect(problems.getByRole('listitem').filter({ hasText: 'has a contrast of' })).toBeVisible()
})
