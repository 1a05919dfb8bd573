// The ways to embed: in the page, from a button in a dialog, as a link, by a tag of its own; and what a clinic's page may
// ask for by attributes and by its address.

import { expect, test } from './support/fixtures.mjs'
import { FALLBACK, framed, happened, heard, height, one, open, warnings } from './support/host.mjs'
import { twoFrames } from './support/journey.mjs'

const article = (page, selector = 'iframe') => page.frameLocator(selector).getByRole('article')

test.describe('in a dialog', () => {
  const dialogs = 'data-mode="dialog" data-button="Get ready for your visit"'
  const button = (page) => page.getByRole('button', { name: 'Get ready for your visit' })
  const dialog = (page) => page.getByRole('dialog', { name: 'Get ready for your visit' })

  test('a button opens it, and it is loaded only then', async ({ page, site, asked }) => {
    await open(page, site, one(dialogs))
    await expect(button(page)).toBeVisible()
    await expect(page.getByText(FALLBACK)).toBeHidden()
    await twoFrames(page)
    expect(asked.filter((url) => url.includes('.wasm'))).toEqual([])
    await button(page).click()
    await expect(dialog(page)).toBeVisible()
    await framed(page).isReady()
  })

  test('closed and opened again it holds the same answers, and the focus goes back to the button', async ({ page, site }) => {
    await open(page, site, `<p style="height: 700px">Above</p>${one(dialogs)}<p style="height: 3000px">Below</p>`)
    await button(page).scrollIntoViewIfNeeded()
    const scroll = () => page.evaluate(() => [scrollX, scrollY, document.body.clientWidth])
    const before = await scroll()
    await button(page).click()
    const widget = framed(page)
    await widget.isReady()
    await widget.begin()
    await widget.choose('no')
    await widget.continue()
    const second = await widget.heading.textContent()
    expect(await scroll(), 'the page behind has not moved').toEqual(before)

    await page.getByRole('button', { name: 'Close' }).click()
    await expect(dialog(page)).toBeHidden()
    await expect(button(page)).toBeFocused()
    expect(await scroll()).toEqual(before)

    await page.keyboard.press('Enter')
    await expect(widget.heading).toHaveText(second)
    await widget.button('common.back').click()
    await expect(widget.scope.getByRole('radio', { checked: true })).toHaveCount(1)
  })

  test('Escape closes it, also from inside of the frame; the page behind cannot be reached meanwhile', async ({ page, site }) => {
    await open(page, site, `<button id="before">Before</button>${one(dialogs)}<button id="after">After</button>`)
    await button(page).click()
    await framed(page).isReady()
    for (let presses = 0; presses < 30; presses++) {
      await page.keyboard.press('Tab')
      expect(await page.evaluate(() => document.activeElement.id)).not.toMatch(/before|after/)
    }
    await framed(page).button('start.begin').focus()
    await page.keyboard.press('Escape')
    await expect(dialog(page)).toBeHidden()
    await expect(button(page)).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: 'Close' })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(dialog(page)).toBeHidden()
  })

  test('when it fails the dialog closes, and the focus is on the clinic\'s own words', async ({ page, site }) => {
    const said = warnings(page)
    site.overrides.set('widget.js', 404)
    await open(page, site, one(dialogs))
    await button(page).click()
    await happened(page, 'failed')
    await expect(dialog(page)).toBeHidden()
    await expect(button(page)).toBeHidden()
    await expect(page.getByText(FALLBACK)).toBeFocused()
    expect(said.join()).toContain('?anteroom-check')
    expect(await page.evaluate(() => document.documentElement.style.overflow)).toBe('')
  })

  test('data-button-class gives the button the look of the clinic\'s own', async ({ page, site }) => {
    await open(page, site, one(`${dialogs} data-button-class="pill"`), { head: '<style>.pill { background: rgb(1, 2, 3) }</style>' })
    await expect(button(page)).toHaveCSS('background-color', 'rgb(1, 2, 3)')
  })

  test('at 320 pixels it fills the screen, and nothing is wider than it', async ({ page, site }) => {
    await page.setViewportSize({ width: 320, height: 568 })
    await open(page, site, one(dialogs))
    await button(page).click()
    await framed(page).isReady()
    const box = await dialog(page).boundingBox()
    expect(box).toEqual({ x: 0, y: 0, width: 320, height: 568 })
    expect(await page.frames()[1].evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  })

  test('in Spanish its own words are Spanish', async ({ page, site }) => {
    await open(page, site, one('data-mode="dialog" data-lang="es"'))
    await page.getByRole('button', { name: 'Prepárese para hablar' }).click()
    await expect(page.getByRole('button', { name: 'Cerrar' })).toBeVisible()
  })
})

test('data-mode="full" is a link to the full page with the same wishes; the clinic\'s own words stay beside it', async ({ page, site, asked }) => {
  await open(page, site, one('data-mode="full" data-button="Get ready" data-page="myths" data-lang="es" data-clinic="springfield"'))
  await expect(page.getByText(FALLBACK)).toBeVisible()
  await expect(page.locator('iframe')).toHaveCount(0)
  const link = page.getByRole('link', { name: 'Get ready' })
  await expect(link).toHaveAttribute('href', `${site.url}index.html?page=myths&lang=es&clinic=springfield`)
  expect(asked.filter((url) => url.includes('index.html'))).toEqual([])
  await link.click()
  await expect(page.getByRole('article')).toBeVisible()
})

test('<anteroom-widget> is a second way, with its attributes plain or with data-, also inside of a shadow root', async ({ page, site }) => {
  const said = warnings(page)
  await open(page, site, `<script src="embed.js" async></script>
    <anteroom-widget id="one" page="myths" class="wide" style="color: red">${FALLBACK}</anteroom-widget><div id="host"></div>`)
  await expect(article(page)).toBeVisible()
  await expect(page.getByText(FALLBACK)).toBeHidden()
  await page.evaluate(() => {
    document.getElementById('host').attachShadow({ mode: 'open' }).innerHTML = '<anteroom-widget data-page="costs" load="now"></anteroom-widget>'
  })
  await expect(article(page, '#host iframe')).toBeVisible()
  await expect.poll(async () => (await heard(page, 'ready')).map(({ target }) => target)).toEqual(['one', 'host'])
  expect(said).toEqual([])
})

test('wrong values are named one by one with what to write, and the rest works', async ({ page, site }) => {
  const said = warnings(page)
  await open(page, site, one('data-mode="popup" data-lang="english" data-height="tall" data-load="yes" data-page="My page" data-clinic="../x" data-phone="call us"'))
  await framed(page).isReady()
  expect(said.sort()).toEqual([
    'Anteroom: data-clinic="../x" is not understood. Write a folder in clinics/.',
    'Anteroom: data-height="tall" is not understood. Write a number of pixels.',
    'Anteroom: data-lang="english" is not understood. Write a language, such as "es".',
    'Anteroom: data-load="yes" is not understood. Write "near" or "now".',
    'Anteroom: data-mode="popup" is not understood. Write "page", "dialog" or "full".',
    'Anteroom: data-page="My page" is not understood. Write a page, such as "myths".',
    'Anteroom: data-phone="call us" is not understood. Write a phone number.',
  ])
})

test.describe('deep links', () => {
  test('#anteroom=myths&lang=es opens that page in that language, at once and in view, and the address stays', async ({ page, site }) => {
    const query = '#anteroom=myths&lang=es'
    await open(page, site, `<p style="height: 5000px">Text</p>${one()}`, { query })
    await expect(article(page)).toBeInViewport()
    await expect(page.frameLocator('iframe').locator('[lang="es"]').first()).toBeVisible()
    expect(page.url()).toBe(`${site.url}clinic.html${query}`)
  })

  test('#anteroom=&lang=es asks for a language alone, and only of the first widget', async ({ page, site }) => {
    await open(page, site, `${one()}<div id="two" data-anteroom></div>`, { query: '#anteroom=&lang=es' })
    await expect(page.frameLocator('#one iframe').locator('.ar[lang="es"]')).toBeVisible()
    await expect(page.frameLocator('#two iframe').locator('.ar[lang="en"]')).toBeVisible()
  })

  test('a link to a page opens the dialog', async ({ page, site }) => {
    await open(page, site, one('data-mode="dialog"'), { query: '#anteroom=aftercare' })
    await expect(page.getByRole('dialog')).toBeVisible()
    await expect(article(page)).toBeVisible()
  })

  test('nonsense in the address is nothing', async ({ page, site }) => {
    const said = warnings(page)
    await open(page, site, one(), { query: '#anteroom=%3Cscript%3E&lang=../..' })
    await framed(page).isReady()
    expect(said).toEqual([])
  })
})

test.describe('growing without a jump', () => {
  test('what stands below keeps its place on the screen while a widget above it loads', async ({ page, site }) => {
    await open(page, site, `${one()}<p id="mark" style="margin: 0">Read from here</p><p style="height: 3000px">Text</p>`, { query: '#mark' })
    const place = () => page.locator('#mark').evaluate((mark) => Math.round(mark.getBoundingClientRect().top))
    await happened(page, 'ready')
    await expect.poll(() => height(page)).toBeGreaterThan(300)
    expect(Math.abs(await place())).toBeLessThanOrEqual(1)
  })

  test('data-height keeps the room free, and the frame takes its own height in the end', async ({ page, site }) => {
    await page.route('**/index.html', () => {})
    await open(page, site, one('data-height="700"'))
    await expect(page.locator('#one')).toHaveCSS('min-height', '700px')
  })

  test('after Continue the next question is in view, on a page that scrolls, and under a header that stays', async ({ page, site }) => {
    await page.setViewportSize({ width: 412, height: 700 })
    await open(page, site, `<header style="position: fixed; inset: 0 0 auto; height: 80px; background: #eee">Clinic</header>
      <p style="height: 500px">Above</p>${one()}<p style="height: 2000px">Below</p>`, { head: '<style>html { scroll-padding-top: 80px }</style>' })
    const widget = framed(page)
    await widget.isReady()
    await widget.begin()
    for (let steps = 0; steps < 6; steps++) {
      await widget.choose()
      await widget.button('common.continue').scrollIntoViewIfNeeded()
      await widget.continue()
      await expect(widget.heading).toBeInViewport()
      await expect.poll(async () => (await widget.heading.boundingBox()).y).toBeGreaterThanOrEqual(80)
    }
  })
})

test('an element that is taken out and put back starts again', async ({ page, site }) => {
  const said = warnings(page)
  await open(page, site, one())
  await framed(page).isReady()
  await page.evaluate(() => {
    const one = document.getElementById('one')
    one.remove()
    document.body.append(one)
  })
  await framed(page).isReady()
  await framed(page).begin()
  expect(said).toEqual([])
})

test('embed.js twice from two folders works, and each page hears of its own', async ({ page, site, otherSite }) => {
  await open(page, site, `<script src="${otherSite.url}embed.js"></script><script src="embed.js"></script><div id="one" data-anteroom></div>`)
  await framed(page).isReady()
  await expect(page.locator('iframe')).toHaveCount(1)
  await expect(page.locator('iframe')).toHaveAttribute('src', `${otherSite.url}index.html#framed`)
})
