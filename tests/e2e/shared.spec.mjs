// A computer that others use, too: the way out by a key, answers that do not stay when nobody is there, a warning before
// anything is lost, and nothing that the browser brings back.

import AxeBuilder from '@axe-core/playwright'
import { AWAY, expect, test } from './support/fixtures.mjs'
import { say, setting } from './support/guide.mjs'
import { Widget } from './support/journey.mjs'

const MINUTES = Number(setting('numbers.idle_minutes.value'))
const dialogsOf = (page) => {
  const dialogs = []
  page.on('dialog', (dialog) => (dialogs.push(dialog.type()), dialog.accept()))
  return dialogs
}
const started = async (widget) => {
  await widget.begin()
  // The focus goes to the question once that is drawn; a person is slower than that.
  await expect(widget.heading).toBeFocused()
  await widget.choose('no')
}

test('Shift three times says what it does, wipes the page, and goes to a neutral one', async ({ widget, page }) => {
  const dialogs = dialogsOf(page)
  await widget.open()
  await started(widget)
  const live = page.locator('#ar-live')
  await page.keyboard.press('Shift')
  await expect(live).toHaveText(say('shared.shift_two'))
  await page.keyboard.press('Shift')
  await expect(live).toHaveText(say('shared.shift_one'))
  const leaving = page.waitForRequest((request) => request.url() === AWAY && request.isNavigationRequest())
  await page.keyboard.press('Shift')
  await leaving
  expect(dialogs).toEqual([])
})

test('Shift three times inside of the frame takes the whole page away', async ({ page, site }) => {
  const dialogs = dialogsOf(page)
  site.overrides.set('clinic.html', '<!DOCTYPE html><title>A clinic</title><body><script src="embed.js" async></script><div data-anteroom>Call us</div>')
  await page.goto(`${site.url}clinic.html`)
  const widget = new Widget(page, page.frameLocator('iframe'), '')
  await widget.isReady()
  await started(widget)
  const leaving = page.waitForRequest((request) => request.url() === AWAY && request.frame() === page.mainFrame())
  for (let press = 0; press < 3; press++) await page.keyboard.press('Shift')
  await leaving
  expect(dialogs).toEqual([])
})

test('Shift three times while the focus is on the clinic\'s page leaves too, once somebody has used the frame', async ({ page, site }) => {
  const dialogs = dialogsOf(page)
  site.overrides.set('clinic.html', '<!DOCTYPE html><title>A clinic</title><body><input aria-label="Find"><script src="embed.js" async></script><div data-anteroom>Call us</div>')
  await page.goto(`${site.url}clinic.html`)
  const widget = new Widget(page, page.frameLocator('iframe'), '')
  await widget.isReady()
  const find = page.getByLabel('Find')
  const live = widget.scope.locator('#ar-live')
  // A page whose frame nobody has touched keeps its own keys, such as Shift five times for sticky keys.
  await find.focus()
  for (let press = 0; press < 5; press++) await page.keyboard.press('Shift')
  await expect(live).toHaveText('')
  await widget.begin()
  await expect(widget.heading).toBeFocused()
  // By key: the page has just scrolled, and a pointer can still land in the frame.
  await find.focus()
  for (const letter of ['A', 'B', 'C', 'D']) await page.keyboard.press(`Shift+${letter}`)
  await expect(find).toHaveValue('ABCD')
  await expect(live).toHaveText('')
  await page.keyboard.press('Shift')
  await expect(live).toHaveText(say('shared.shift_two'))
  await page.keyboard.press('x')
  await page.keyboard.press('Shift')
  await expect(live).toHaveText(say('shared.shift_two'))
  await page.keyboard.press('Shift')
  await expect(live).toHaveText(say('shared.shift_one'))
  const leaving = page.waitForRequest((request) => request.url() === AWAY && request.frame() === page.mainFrame())
  await page.keyboard.press('Shift')
  await leaving
  expect(dialogs).toEqual([])
})

test('keys of the clinic\'s page are nobody in the frame: they keep no answers', async ({ page, site }) => {
  await page.clock.install()
  site.overrides.set('clinic.html', '<!DOCTYPE html><title>A clinic</title><body><input aria-label="Find"><script src="embed.js" async></script><div data-anteroom>Call us</div>')
  await page.goto(`${site.url}clinic.html`)
  const widget = new Widget(page, page.frameLocator('iframe'), '')
  await widget.isReady()
  await started(widget)
  await page.clock.fastForward((MINUTES - 1) * 60_000)
  await expect(widget.heading).toHaveText(say('shared.idle_title'))
  await page.getByLabel('Find').press('a')
  await page.getByLabel('Find').press('Shift')
  await expect(widget.heading).toHaveText(say('shared.idle_title'))
})

test('capital letters are no way out, nor are presses that are far apart', async ({ widget, page }) => {
  await page.clock.install()
  await widget.open()
  await widget.button('search.open').click()
  const field = page.getByRole('textbox', { name: say('search.label') })
  await field.focus()
  for (const letter of ['A', 'B', 'C', 'D']) await page.keyboard.press(`Shift+${letter}`)
  await expect(field).toHaveValue('ABCD')
  const live = page.locator('#ar-live')
  await page.keyboard.press('Shift')
  await page.keyboard.press('Shift')
  await page.clock.fastForward(6_000)
  await expect(live).toHaveText(say('shared.shift_late'))
  await page.keyboard.press('Shift')
  await expect(live).toHaveText(say('shared.shift_two'))
  expect(page.url()).not.toBe(AWAY)
})

test('the button says that there is a key', async ({ widget }) => {
  await widget.open()
  await expect(widget.button('header.leave')).toHaveAccessibleDescription(say('header.leave_key'))
})

test('nobody there: a warning hides the answers, any key keeps them, and at last all is wiped', async ({ widget, page }) => {
  await page.clock.install()
  await widget.open()
  await started(widget)
  const question = await widget.heading.textContent()
  const minutes = (number) => page.clock.fastForward(number * 60_000)

  await minutes(MINUTES - 1)
  await expect(widget.heading).toHaveText(say('shared.idle_title'))
  await expect(widget.heading).toBeFocused()
  await expect(page.getByRole('alert')).toContainText(say('shared.idle_lead'))
  await expect(page.getByText(question)).toHaveCount(0)
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await page.keyboard.press('a')
  await expect(widget.heading).toHaveText(question)
  await expect(widget.input(await widget.current(), { words: (await widget.current()).choices.find(({ id }) => id === 'no').words })).toBeChecked()

  await minutes(MINUTES - 1)
  // By key: the first touch of a mouse keeps the answers already, before the button is let go.
  await widget.button('shared.idle_stay').press('Enter')
  await expect(widget.heading).toHaveText(question)

  await minutes(MINUTES - 1)
  await expect(widget.heading).toHaveText(say('shared.idle_title'))
  await minutes(3)
  await expect(page.getByText(say('shared.wiped')).first()).toBeVisible()
  await expect(widget.button('start.begin')).toBeVisible()
  await expect(widget.button('footer.clear')).toHaveCount(0)
})

test('who reads, and has said nothing, is never warned', async ({ widget, page }) => {
  await page.clock.install()
  await widget.open()
  await page.clock.fastForward(5 * MINUTES * 60_000)
  await expect(widget.button('start.begin')).toBeVisible()
})

test('a clinic\'s own number of minutes counts', async ({ widget, page, site }) => {
  const { contentFile } = await import('./support/fixtures.mjs')
  site.overrides.set('content/settings.toml', contentFile('settings.toml').replace(/(\[numbers\.idle_minutes\]\nvalue = )\d+/, '$110'))
  await page.clock.install()
  await widget.open()
  await started(widget)
  await page.clock.fastForward(9 * 60_000)
  await expect(widget.heading).toHaveText(say('shared.idle_title'))
})

test('reload and Back ask first, and afterwards nothing is brought back', async ({ widget, page, site }) => {
  const dialogs = dialogsOf(page)
  await page.goto(`${site.url}demo/`)
  await widget.open()
  await started(widget)
  await page.reload()
  expect(dialogs).toEqual(['beforeunload'])
  await widget.isReady()
  await expect(widget.button('footer.clear')).toHaveCount(0)
  await widget.begin()
  for (const radio of await page.getByRole('radio').all()) await expect(radio).not.toBeChecked()
  await widget.choose('no')
  await page.goBack()
  expect(dialogs).toEqual(['beforeunload', 'beforeunload'])
})

test('a page that the browser keeps for Back holds no answer', async ({ widget, page, short }) => {
  await widget.open()
  await widget.toResult({ bp_history: 'yes-high' })
  await widget.toPreview({ phone: '+1 555 010 9977' })
  await page.evaluate(() => {
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
  })
  expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toContain('9977')
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
  await expect(widget.button('start.begin')).toBeVisible()
  await expect(widget.button('footer.clear')).toHaveCount(0)
})

test('no field is one that a browser remembers, and the title is plain everywhere', async ({ widget, page, short }) => {
  await widget.open()
  const look = async () => {
    await expect(page).toHaveTitle('Get ready to talk')
    expect(await page.evaluate(() => [...document.querySelectorAll('input, textarea, select')]
      .filter((field) => field.autocomplete !== 'off' && field.form?.autocomplete !== 'off').map((field) => field.outerHTML))).toEqual([])
  }
  await widget.button('search.open').click()
  await look()
  await widget.button('common.back').click()
  await widget.begin()
  await widget.walk({}, () => false, look)
  await widget.button('review.see_result').first().click()
  await look()
  await widget.toPreview()
  await look()
})
