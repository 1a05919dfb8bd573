// A clinic's colours and sizes from settings.toml: used where they can be seen, and left where they cannot. And theme.html,
// where a clinic tries them out and takes the lines along.

import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
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

test.describe('the page where colours are tried out', () => {
  const lines = (page) => page.locator('#lines')
  const said = (page, key) => page.locator(`#${key}-fault`)
  const day = (page) => page.locator('#day .ar-button').first()

  test.beforeEach(async ({ page, site }) => {
    await page.goto(`${site.url}theme.html`)
    await expect(page.locator('#result')).toBeVisible()
  })

  test('a colour that cannot be read is not taken, and the nearest is one press away', async ({ page }) => {
    await page.locator('#accent').fill('#eeeeee')
    await expect(said(page, 'accent')).toContainText('has a contrast of')
    await expect(said(page, 'accent')).toContainText('4.5 is needed')
    await expect(page.locator('#accent')).toHaveAttribute('aria-invalid', 'true')
    await expect(lines(page)).toHaveText('[theme]')
    await expect(page.locator('#said')).toContainText('1 field is left out')
    await expect(day(page)).toHaveCSS('background-color', 'rgb(31, 94, 90)')
    await said(page, 'accent').getByRole('button').click()
    await expect(said(page, 'accent')).toBeEmpty()
    await expect(page.locator('#accent')).toBeFocused()
    const taken = await page.locator('#accent').inputValue()
    await expect(lines(page)).toContainText(`accent = "${taken}"`)
    await expect(page.locator('#accent-pick')).toHaveValue(taken)
  })

  test('what cannot be read as a colour or a size is said, and costs the other fields nothing', async ({ page }) => {
    await page.locator('#accent').fill('teal')
    await page.locator('#radius').fill('40')
    await page.locator('#font_size').fill('20')
    await expect(said(page, 'accent')).toContainText('is not a colour that can be read here')
    await expect(said(page, 'radius')).toContainText('can be 0 to 28')
    await expect(lines(page)).toHaveText('[theme]\nfont_size = 20\n')
    await page.getByRole('button', { name: 'Empty all fields' }).click()
    await expect(page.locator('#said')).toHaveText('No line yet: the widget has its own look.')
  })

  test('the lines give the widget the look that was shown, by day and by night, and the page begins with them', async ({ page, site, widget }) => {
    await page.locator('#accent').fill('#7a1f4b')
    await page.locator('#dark_accent').fill('#f0b0d0')
    await page.locator('#radius').fill('0')
    await expect(day(page)).toHaveCSS('background-color', 'rgb(122, 31, 75)')
    await expect(page.locator('#night .ar-button').first()).toHaveCSS('background-color', 'rgb(240, 176, 208)')
    await expect(day(page)).toHaveCSS('border-radius', '0px')
    const text = await lines(page).textContent()
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#save').click()])
    expect(download.suggestedFilename()).toBe('theme.toml')
    expect(readFileSync(await download.path(), 'utf8')).toBe(text)
    site.overrides.set('content/settings.toml', `${contentFile('settings.toml')}\n${text}`)
    await page.reload()
    await expect(page.locator('#accent')).toHaveValue('#7a1f4b')
    await expect(lines(page)).toHaveText(text)
    await widget.open()
    await expect(widget.button('start.begin')).toHaveCSS('background-color', 'rgb(122, 31, 75)')
    await expect(widget.button('start.begin')).toHaveCSS('border-radius', '0px')
    await page.emulateMedia({ colorScheme: 'dark' })
    await expect(widget.button('start.begin')).toHaveCSS('background-color', 'rgb(240, 176, 208)')
    await page.goto(`${site.url}index.html#check`)
    await page.reload()
    await expect(page.locator('.ar-check h1')).toBeFocused()
    await expect(page.locator('.ar-check')).not.toContainText('contrast')
    await expect(page.locator('.ar-check__error')).toHaveCount(0)
  })

  test('by keyboard alone the lines are copied', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const press = async (wanted) => {
      for (let times = 0; times < 60; times += 1) {
        await page.keyboard.press('Tab')
        if (await wanted.evaluate((element) => element === document.activeElement)) return
      }
      throw Error('Tab does not lead there')
    }
    await press(page.locator('#accent'))
    await page.keyboard.type('#7a1f4b')
    await press(page.locator('#copy'))
    await page.keyboard.press('Enter')
    await expect(page.locator('#said')).toHaveText('Copied.')
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('[theme]\naccent = "#7a1f4b"\n')
  })

  test('a clinic with a folder of its own begins with its own look', async ({ page, site }) => {
    site.overrides.set('clinics/springfield/settings.toml', '[theme]\nradius = 4\n')
    await page.goto(`${site.url}theme.html?clinic=springfield`)
    await expect(page.locator('#radius')).toHaveValue('4')
    await expect(page.locator('#path')).toHaveText('clinics/springfield/settings.toml')
  })

  test('it is said if colours cannot be judged', async ({ page, site }) => {
    site.overrides.set('checker_bg.wasm', 404)
    await page.goto(`${site.url}theme.html`)
    await expect(page.getByRole('alert')).toContainText('Colors cannot be judged here')
  })

  for (const [width, colorScheme] of [[320, 'light'], [320, 'dark'], [1280, 'light'], [1280, 'dark']]) {
    test(`it is accessible and fits: ${width} px, ${colorScheme}`, async ({ page }) => {
      await page.setViewportSize({ width, height: 800 })
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.locator('#accent').fill('#eeeeee')
      await page.locator('summary').click()
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']).analyze()
      expect(violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target} ${failureSummary}`))).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    })
  }
})
