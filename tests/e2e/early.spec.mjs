// The first screens, while the widget is still on its way: they are those of the widget, and nothing that is done there is lost
// (docs/decisions/0026-before-the-widget-runs.md).

import { AWAY, contentFile, expect, hold, test } from './support/fixtures.mjs'
import { framed, one, open } from './support/host.mjs'
import { questions, say } from './support/guide.mjs'

const WASM = '**/widget_bg.wasm'
const [first, second] = questions
const choice = (id) => first.choices.find((choice) => choice.id === id)
const crisis = first.choices.filter(({ crisis }) => crisis)
const helpTitles = () => [say('help.title'), say('help.emergency_title')]

/** The page with its wasm held back; gives what lets it through. */
async function early(page, widget) {
  const letIn = await hold(page, WASM)
  await page.addInitScript(() => document.addEventListener('anteroom:ready', () => { window.taken = true }))
  await page.goto(widget.home)
  await widget.isShown()
  return async () => {
    letIn()
    await page.waitForFunction(() => window.taken)
  }
}

test('what is answered there goes on in the widget', async ({ page, widget }) => {
  const letIn = await early(page, widget)
  await widget.begin()
  await expect(widget.heading).toHaveText(first.ask)
  await expect(widget.heading).toBeFocused()
  await widget.input(first, choice('no')).check()
  await widget.button('common.continue').click()
  const waits = widget.button('common.loading')
  await expect(waits).toBeFocused()
  await expect(page.getByRole('status').first()).toHaveText(say('common.loading'))
  await letIn()
  await expect(widget.heading).toHaveText(second.ask)
  await expect(widget.heading).toBeFocused()
  await widget.button('common.back').click()
  await expect(widget.input(first, choice('no'))).toBeChecked()
})

test('whoever waits and does something else waits no more', async ({ page, widget }) => {
  const letIn = await early(page, widget)
  await widget.begin()
  await widget.input(first, choice('no')).check()
  await widget.button('common.continue').click()
  await widget.button('header.help').click()
  await expect(widget.crisisPanel).toBeFocused()
  await widget.button('help.back').click()
  await expect(widget.button('common.continue')).toBeVisible()
  await letIn()
  await expect(widget.heading).toHaveText(first.ask)
  await expect(widget.input(first, choice('no'))).toBeChecked()
})

test('Continue without an answer says what is missing', async ({ page, widget }) => {
  const letIn = await early(page, widget)
  await widget.begin()
  await widget.button('common.continue').click()
  await letIn()
  await expect(widget.errors).toBeFocused()
})

for (const { id } of crisis) {
  test(`help opens at once for ${id}, stays when the widget comes, and leads back to the answer`, async ({ page, widget }) => {
    const letIn = await early(page, widget)
    await widget.begin()
    await widget.input(first, choice(id)).click()
    await expect(widget.crisisPanel).toBeFocused()
    for (const link of widget.helpLinks()) await expect(link.first()).toBeVisible()
    const shown = await page.locator('#anteroom main').innerText()
    await letIn()
    await expect(widget.crisisPanel).toBeFocused()
    expect(await page.locator('#anteroom main').innerText()).toBe(shown)
    await widget.button('help.back').click()
    await expect(widget.input(first, choice(id))).toBeChecked()
  })
}

test('a choice that the guide does not call a crisis opens nothing', async ({ page, widget }) => {
  const letIn = await early(page, widget)
  await widget.begin()
  for (const { id } of first.choices.filter(({ crisis }) => !crisis)) {
    await widget.input(first, choice(id)).click()
    await expect(widget.heading).toHaveText(first.ask)
  }
  await letIn()
  await expect(widget.heading).toHaveText(first.ask)
})

const offer = (page) => page.locator('.ar-help-offer')

test('an arrow key passes by a choice: help is offered beside it, and the widget keeps that', async ({ page, widget }) => {
  const letIn = await early(page, widget)
  await widget.begin()
  await widget.input(first, choice('no')).press('Space')
  await page.keyboard.press('ArrowDown')
  await expect(widget.input(first, first.choices[1])).toBeChecked()
  await expect(widget.heading).toHaveText(first.ask)
  await expect(offer(page)).toBeVisible()
  await expect(page.getByRole('status').first()).toHaveText(say('help.offered'))
  const shown = await page.locator('#anteroom main').innerText()
  await letIn()
  await expect(widget.input(first, first.choices[1])).toBeFocused()
  await expect(widget.input(first, first.choices[1])).toBeChecked()
  expect(await page.locator('#anteroom main').innerText()).toBe(shown)
  await widget.button('common.continue').click()
  await expect(widget.crisisPanel).toBeFocused()
})

test('Continue opens the help that is offered, before the widget is there and when it never comes', async ({ page, widget }) => {
  await page.route(WASM, () => {})
  await page.goto(widget.home)
  await widget.isShown()
  await widget.begin()
  await widget.input(first, choice('no')).press('Space')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(widget.crisisPanel).toBeFocused()
  await widget.button('help.back').click()
  await expect(widget.input(first, first.choices[1])).toBeChecked()
  // An arrow that scrolls is none that passes by a choice.
  await widget.heading.press('ArrowDown')
  await widget.input(first, choice('no')).evaluate((input) => input.click())
  await widget.input(first, crisis[0]).evaluate((input) => input.click())
  await expect(widget.crisisPanel).toBeFocused()
})

test('the button of the offer opens help, and back leads to the answer without it', async ({ page, widget }) => {
  const letIn = await early(page, widget)
  await widget.begin()
  await widget.input(first, choice('no')).press('Space')
  await page.keyboard.press('ArrowDown')
  await offer(page).getByRole('button').click()
  await expect(widget.crisisPanel).toBeFocused()
  await letIn()
  await expect(widget.crisisPanel).toBeFocused()
  await widget.button('help.back').click()
  await expect(widget.input(first, first.choices[1])).toBeChecked()
  await expect(offer(page)).toHaveCount(0)
})

test('with help on offer, what was pressed is what is pressed again', async ({ page, widget }) => {
  const letIn = await early(page, widget)
  await widget.begin()
  await widget.input(first, choice('no')).press('Space')
  await page.keyboard.press('ArrowDown')
  await widget.button('deeds.title').click()
  await letIn()
  await expect(widget.heading).toHaveText(say('deeds.title'))
})

test('a press that began before the widget came is not lost', async ({ page, widget }) => {
  const letIn = await early(page, widget)
  await widget.begin()
  const box = await page.getByText(choice('no').words, { exact: true }).boundingBox()
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down()
  const taken = letIn()
  await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name, responseEnd }) => name.endsWith('.wasm') && responseEnd))
  await page.mouse.up()
  await taken
  await expect(widget.input(first, choice('no'))).toBeChecked()
})

test('what the first screens do not have is pressed again by itself', async ({ page, widget }) => {
  const letIn = await early(page, widget)
  await widget.button('pages.all').click()
  await expect(widget.button('common.loading')).toBeVisible()
  await letIn()
  await expect(widget.heading).toHaveText(say('pages.title'))
})

test('the way back from the first question, and on again behind the answer', async ({ page, widget }) => {
  const letIn = await early(page, widget)
  await widget.begin()
  await widget.input(first, choice('no')).check()
  await widget.button('common.back').click()
  await expect(widget.heading).toHaveText(say('start.title'))
  await widget.button('start.begin').click()
  await letIn()
  await expect(widget.heading).toHaveText(second.ask)
})

test('the widget draws what stood there: the same words, at the same places, and the focus stays', async ({ page, widget }) => {
  const places = () => page.locator('#anteroom').evaluate((root) => [...root.querySelectorAll('header *, main *')]
    .map((element) => [element.localName, element.className, element.children.length ? '' : element.textContent, ...Object.values(element.getBoundingClientRect().toJSON())].join(' ')))
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 900 })
    await page.unrouteAll()
    let letIn = await early(page, widget)
    await widget.button('start.begin').focus()
    const start = await places()
    await letIn()
    await expect(widget.button('start.begin')).toBeFocused()
    expect(await places()).toEqual(start)

    await page.unrouteAll()
    letIn = await early(page, widget)
    await widget.begin()
    await page.locator('summary').click()
    await page.evaluate(() => scrollTo(0, 40))
    const [asked, scrolled] = [await places(), await page.evaluate(() => scrollY)]
    await letIn()
    await expect(page.locator('summary')).toBeFocused()
    expect(await page.evaluate(() => scrollY)).toBe(scrolled)
    expect(await places()).toEqual(asked)
  }
})

test('Leave this page, and Shift three times, wipe it and go to a neutral one', async ({ page, widget }) => {
  for (const leave of [
    () => widget.button('header.leave').click(),
    async () => {
      await widget.begin()
      await widget.input(first, crisis[0]).click()
      await widget.button('help.leave').click()
    },
    async () => {
      for (const key of ['Shift', 'Shift', 'a', 'Shift', 'Shift', 'Shift']) await page.keyboard.press(key)
    },
  ]) {
    await page.unrouteAll()
    await early(page, widget)
    await page.evaluate(() => localStorage.setItem('anteroom-kept', 'sealed'))
    const leaving = page.waitForRequest((request) => request.url() === AWAY && request.isNavigationRequest())
    await leave()
    await leaving
    await page.unrouteAll()
    await page.goto(widget.home)
    expect(await page.evaluate(() => localStorage.getItem('anteroom-kept'))).toBe(null)
  }
})

test('presses of Shift are counted aloud, and forgotten after five seconds', async ({ page, widget }) => {
  await page.clock.install()
  await early(page, widget)
  const live = page.locator('#ar-live')
  await page.keyboard.press('Shift')
  await expect(live).toHaveText(say('shared.shift_two'))
  await page.keyboard.press('Shift')
  await expect(live).toHaveText(say('shared.shift_one'))
  await page.clock.runFor(5001)
  await expect(live).toHaveText(say('shared.shift_late'))
  await page.keyboard.press('Shift')
  await expect(live).toHaveText(say('shared.shift_two'))
  const leaving = page.waitForRequest((request) => request.url() === AWAY && request.isNavigationRequest())
  await page.keyboard.press('Shift')
  await page.keyboard.press('Shift')
  await leaving
})

test('a page that is put away holds no answer', async ({ page, widget }) => {
  await early(page, widget)
  await widget.begin()
  await widget.input(first, choice('no')).check()
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })))
  await expect(widget.heading).toHaveText(say('start.title'))
  await widget.begin()
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0)
})

test('from another guide than they were drawn from, nobody sees them', async ({ page, widget, site, lang }) => {
  const paths = ['settings.toml', `${lang}/words.toml`, 'screening.toml', `${lang}/screening.toml`]
  for (const path of paths) {
    await page.unrouteAll()
    site.overrides.set(`content/${path}`, `${contentFile(path)}\n`)
    const letIn = await hold(page, WASM)
    const came = Promise.all(paths.map(async (path) => (await page.waitForResponse(`**/content/${path}`)).finished()))
    await page.goto(widget.home)
    await came
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
    await expect(page.locator('#ar-wait')).toBeVisible()
    await expect(widget.button('start.begin')).toHaveCount(0)
    letIn()
    await widget.begin()
    await expect(widget.heading).toHaveText(first.ask)
    site.overrides.delete(`content/${path}`)
  }
})

test('a page that was wished for comes alone', async ({ page, widget }) => {
  const letIn = await hold(page, WASM)
  const address = new URL(widget.home)
  address.searchParams.set('page', 'costs')
  await page.goto(address.href)
  await expect(page.locator('#ar-wait')).toBeVisible()
  letIn()
  await expect(page.getByRole('article')).toBeVisible()
})

test('where the widget cannot start, the page says so, and help that is open stays', async ({ page, widget }) => {
  let refuse
  const refused = new Promise((resolve) => { refuse = resolve })
  await page.route(WASM, async (route) => {
    await refused
    await route.fulfill({ status: 404 })
  })
  await page.addInitScript(() => document.addEventListener('anteroom:failed', () => { window.failed = true }))
  await page.goto(widget.home)
  await widget.begin()
  await widget.input(first, crisis[0]).click()
  await expect(widget.crisisPanel).toBeVisible()
  refuse()
  await page.waitForFunction(() => window.failed)
  for (const link of widget.helpLinks()) await expect(link.first()).toBeVisible()
  expect(helpTitles()).toContain(await widget.heading.textContent())
  // Also by a button that nothing can answer any more.
  await widget.button('deeds.title').click()
  await expect(page.locator('#ar-wait')).toContainText('+1 555 010 0142')
  await expect(widget.heading).toBeFocused()
})

test('a widget that fails takes nobody\'s focus who was not in it', async ({ page, widget }) => {
  await page.clock.install()
  await page.route(WASM, () => {})
  await page.goto(widget.home)
  await widget.isShown()
  await page.clock.fastForward(61_000)
  await expect(page.locator('#ar-wait')).toContainText('+1 555 010 0142')
  await expect(page.locator('body')).toBeFocused()
})

test('a widget that does not come within a minute is given up, and drawn if it comes after all', async ({ page, widget }) => {
  await page.clock.install()
  const letIn = await hold(page, WASM)
  await page.goto(widget.home)
  await widget.isShown()
  await widget.begin()
  await widget.input(first, choice('no')).check()
  await page.clock.fastForward(61_000)
  await expect(page.locator('#ar-wait')).toContainText('+1 555 010 0142')
  await expect(widget.heading).toBeFocused()
  letIn()
  await expect(widget.button('start.begin')).toBeVisible()
})

test('the widget begins with all of its stylesheet there, or without what can not be had', async ({ page, widget, site }) => {
  await page.addInitScript(() => {
    const { instantiateStreaming } = WebAssembly
    WebAssembly.instantiateStreaming = (...given) => {
      window.styled ??= [...document.styleSheets].some(({ href }) => href?.endsWith('/rest.css'))
      return instantiateStreaming.apply(WebAssembly, given)
    }
  })
  const letIn = await hold(page, '**/rest.css')
  const wasm = page.waitForResponse(WASM)
  await page.goto(widget.home)
  await wasm
  await widget.isShown()
  letIn()
  await widget.isWhole()
  expect(await page.evaluate(() => window.styled)).toBe(true)
  await page.unroute('**/rest.css')
  for (const kept of [() => site.overrides.set('rest.css', 404), () => page.route('**/rest.css', () => {})]) {
    await kept()
    await widget.open()
    await widget.begin()
  }
})

test('inside of the sealed frame, in the language that the page wishes for', async ({ page, site, lang }) => {
  const letIn = await hold(page, WASM)
  await open(page, site, one(`data-lang="${lang}"`))
  const widget = framed(page)
  await widget.isShown()
  await widget.begin()
  await widget.choose('no')
  await widget.press(widget.button('common.continue'))
  letIn()
  await expect(widget.heading).toHaveText(second.ask)
})

test('by keyboard alone', async ({ page, widget }) => {
  const letIn = await early(page, widget)
  const tabTo = async (place) => {
    for (let presses = 0; presses < 40 && !await place.evaluate((element) => element === document.activeElement); presses++) await page.keyboard.press('Tab')
    await expect(place).toBeFocused()
  }
  await tabTo(widget.button('start.begin'))
  await page.keyboard.press('Enter')
  await tabTo(widget.input(first, choice('no')))
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await expect(widget.button('common.loading')).toBeVisible()
  await letIn()
  await expect(widget.heading).toHaveText(second.ask)
})
