// The widget in a clinic's page: sealed from it, growing with its content, silent about answers, and never in the way
// when something fails.

import { readFileSync } from 'node:fs'
import { AWAY, expect, test } from './support/fixtures.mjs'
import { say } from './support/guide.mjs'
import { FALLBACK, contentHeight, framed, happened, height, one, open, warnings } from './support/host.mjs'
import { twoFrames } from './support/journey.mjs'

test('the demo clinic\'s page works on a plain server, and the page cannot look into the frame', async ({ page, site }) => {
  await page.goto(`${site.url}demo/get-ready.html`)
  const widget = framed(page)
  await widget.isReady()
  expect(await page.evaluate(() => document.querySelector('iframe').contentDocument)).toBe(null)
  expect(await page.evaluate(() => {
    try {
      return window.frames[0].document.title
    } catch (error) {
      return error.name
    }
  })).toBe('SecurityError')
  await widget.begin()
  await expect(page.locator('[data-anteroom]').getByText('The questions are loading')).toBeHidden()
})

test('a whole journey in the sealed frame ends with a receipt, and the page hears states and a reference only', async ({ page, site, short, canSend, receiver }) => {
  await open(page, site, one())
  const widget = framed(page)
  await widget.isReady()
  const trace = () => page.evaluate(() => [history.length, location.href, document.title, document.cookie, localStorage.length])
  const before = await trace()
  await widget.toResult({ safety_now: 'yes-would-not-act', bp_history: 'yes-high' })
  await widget.toPreview()
  const { reference } = await widget.preview()
  expect(receiver.requests).toEqual([])
  await widget.button('preview.send').click()
  await expect(widget.receipt).toBeVisible()
  expect(receiver.posts()).toHaveLength(1)
  expect(receiver.posts()[0].headers.origin).toBe('null')
  expect(await trace()).toEqual(before)

  await happened(page, 'handed-off')
  const events = await page.evaluate(() => window.heard)
  for (const { type, detail, target } of events) {
    expect(target).toBe('one')
    expect(detail).toEqual(type === 'anteroom:handed-off' ? { reference } : null)
  }
  expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['anteroom:ready', 'anteroom:started', 'anteroom:finished']))
})

test('the frame grows and shrinks with its content and never scrolls inside', async ({ page, site }) => {
  await open(page, site, one())
  const widget = framed(page)
  await widget.isReady()
  const content = () => contentHeight(page)
  await expect.poll(async () => (await height(page)) - (await content())).toBe(0)
  const start = await height(page)
  await widget.begin()
  await expect.poll(async () => (await height(page)) - (await content())).toBe(0)
  expect(await height(page)).not.toBe(start)
  expect(await page.frames()[1].evaluate(() => document.documentElement.scrollHeight <= innerHeight)).toBe(true)
})

test('loading takes neither the focus nor the scroll', async ({ page, site }) => {
  await open(page, site, `<label>Name <input id="name" autofocus></label><p style="height: 600px">Text</p>${one()}`)
  await page.locator('#name').focus()
  await happened(page, 'ready')
  await expect(page.locator('#name')).toBeFocused()
  expect(await page.evaluate(() => scrollY)).toBe(0)
})

test('far down the page it loads only when it comes near', async ({ page, site, asked }) => {
  await open(page, site, `<p style="height: 5000px">Text</p>${one()}`)
  await twoFrames(page)
  expect(asked.filter((url) => url.includes('widget_bg.wasm'))).toEqual([])
  await page.locator('#one').scrollIntoViewIfNeeded()
  await framed(page).isReady()
})

test('data-load="now" loads at once, data-page and data-lang are passed on', async ({ page, site }) => {
  await open(page, site, `<p style="height: 5000px">Text</p>${one('data-load="now" data-page="myths" data-lang="en"')}`)
  await happened(page, 'ready')
  await page.locator('#one').scrollIntoViewIfNeeded()
  await expect(page.frameLocator('iframe').getByRole('article')).toBeVisible()
})

test('in the sealed frame a link of a text leads on within it, by key and by click', async ({ page, site }) => {
  await open(page, site, one('data-load="now" data-page="what-to-expect"'))
  const { scope, heading } = framed(page)
  const link = scope.getByRole('article').getByRole('link', { name: 'getting ready', exact: true })
  await link.press('Enter')
  await expect(heading).toHaveText('Getting ready')
  await expect(heading).toBeFocused()
  await scope.getByRole('button', { name: say('common.back'), exact: true }).press('Enter')
  await expect(heading).toHaveText('What to expect')
  await link.click()
  await expect(heading).toHaveText('Getting ready')
  expect(page.context().pages()).toHaveLength(1)
  expect(page.url()).toBe(`${site.url}clinic.html`)
})

test('several on one page each have a frame of their own, also with the script twice, and one that is added later', async ({ page, site }) => {
  const twice = '<script src="embed.js" async></script><script src="embed.js" async></script>'
  await open(page, site, `${twice}<div id="one" data-anteroom>A</div><div id="two" data-anteroom data-page="myths">B</div>`)
  await framed(page, '#one iframe').isReady()
  await expect(page.frameLocator('#two iframe').getByRole('article')).toBeVisible()
  await page.evaluate(() => {
    const late = document.createElement('div')
    late.id = 'three'
    late.dataset.anteroom = ''
    document.body.prepend(late)
  })
  await framed(page, '#three iframe').isReady()
  await expect(page.locator('iframe')).toHaveCount(3)
  const first = framed(page, '#one iframe')
  await first.begin()
  await expect(framed(page, '#three iframe').button('start.begin'), 'each has a session of its own').toBeVisible()
})

for (const [what, path, content] of [
  ['the page is missing', 'index.html', 404],
  ['another page stands there', 'index.html', '<!DOCTYPE html><title>Our clinic</title><p>Welcome'],
  ['the wasm is missing', 'widget_bg.wasm', 404],
  ['the wasm is not wasm', 'widget_bg.wasm', 'This is not wasm.'],
  ['the script is missing', 'widget.js', 404],
]) {
  test(`${what}: the clinic's own words stay, and a warning says what to do`, async ({ page, site }) => {
    const said = warnings(page)
    site.overrides.set(path, content)
    await open(page, site, one())
    await happened(page, 'failed')
    await expect(page.getByText(FALLBACK)).toBeVisible()
    await expect(page.locator('iframe')).toHaveCount(0)
    expect(said.join('\n')).toContain('Anteroom:')
    expect(said.join('\n')).toMatch(/[Cc]heck that the whole folder is uploaded/)
  })
}

for (const policy of ["frame-src 'none'", "connect-src 'none'"]) {
  test(`a page whose security policy says ${policy}: the clinic's own words stay, and a warning says where it is explained`, async ({ page, site }) => {
    const said = warnings(page)
    await open(page, site, one(), { head: `<meta http-equiv="Content-Security-Policy" content="${policy}">` })
    await happened(page, 'failed')
    await expect(page.getByText(FALLBACK)).toBeVisible()
    expect(said.join()).toContain('?anteroom-check')
  })
}

test('questions that cannot be read: the pages and the help are there, beside the clinic\'s own words', async ({ page, site }) => {
  const said = warnings(page)
  site.overrides.set('content/screening.toml', 404)
  await open(page, site, one())
  await happened(page, 'failed')
  await expect(page.getByText(FALLBACK)).toBeVisible()
  await framed(page).button('header.help').click()
  await expect(framed(page).crisisPanel).toBeVisible()
  expect(said.join()).toContain('to see why')
})

test('no words of the clinic\'s own: a link, the number and 988 stand in', async ({ page, site }) => {
  site.overrides.set('widget.js', 404)
  await open(page, site, one('data-phone="+1 555 010 0142"', ''))
  const place = page.locator('#one')
  await expect(place).toContainText('+1 555 010 0142')
  await expect(place).toContainText('988')
  const links = await place.getByRole('link').evaluateAll((links) => links.map(({ href }) => href))
  expect(links).toEqual([`${site.url}index.html`, 'tel:+15550100142', 'tel:988'])
})

test('no answer at all: after twenty seconds the clinic\'s own words are back', async ({ page, site }) => {
  await page.clock.install()
  await page.route('**/index.html', () => {})
  await open(page, site, one())
  await expect(page.locator('iframe')).toHaveCount(1)
  await expect(page.getByText(FALLBACK)).toBeVisible()
  await page.clock.fastForward(19_000)
  await expect(page.locator('iframe')).toHaveCount(1)
  await page.clock.fastForward(2_000)
  await happened(page, 'failed')
  await expect(page.getByText(FALLBACK)).toBeVisible()
  await expect(page.locator('iframe')).toHaveCount(0)
})

test('a misspelt attribute is named', async ({ page, site }) => {
  const said = warnings(page)
  await open(page, site, one('data-pgae="myths"'))
  await framed(page).isReady()
  expect(said).toEqual([expect.stringContaining('data-pgae')])
})

test('from another origin the frame loads its own files', async ({ page, site, otherSite, asked }) => {
  await open(page, site, `<script src="${otherSite.url}embed.js" async></script><div id="one" data-anteroom>${FALLBACK}</div>`)
  const widget = framed(page)
  await widget.isReady()
  await happened(page, 'ready')
  await expect(page.getByText(FALLBACK)).toBeHidden()
  expect(asked.filter((url) => url.startsWith(site.url))).toEqual([`${site.url}clinic.html`])
  expect(await page.evaluate(() => document.querySelector('iframe').contentDocument)).toBe(null)
  await widget.begin()
})

test('the sealed frame gets the widget\'s own files and no others of the site', async ({ page, site }) => {
  site.overrides.set('content/../secret.txt', 'secret')
  site.overrides.set('secret.txt', 'secret')
  await open(page, site, one())
  await framed(page).isReady()
  const asking = (path) => page.frames()[1].evaluate((path) => window.anteroomHost.file(path).then(() => 'read', (error) => error.message), path)
  for (const path of ['../secret.txt', '..%2Fsecret.txt', '/../secret.txt', 'en/../../secret.txt', 'a?b', 'http://127.0.0.1/']) {
    expect(await asking(path), path).not.toBe('read')
  }
  expect(await asking('settings.toml')).toBe('read')
  expect(await asking('nothing.toml')).toBe('the server answered 404')
})

test('copying, saving and calling work from the sealed frame', async ({ page, site, short }) => {
  const dialogs = []
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.type())
    return dialog.dismiss()
  })
  await open(page, site, `${one()}<label>Paste <textarea></textarea></label>`)
  const widget = framed(page)
  await widget.isReady()
  await widget.toResult()
  await widget.toPreview()
  const { reference } = await widget.preview()

  await widget.button('preview.copy').click()
  await expect(widget.scope.getByText(say('notice.copied'))).toBeVisible()
  await page.getByLabel('Paste').press('Control+V')
  await expect(page.getByLabel('Paste')).toHaveValue(new RegExp(reference))

  const saving = page.waitForEvent('download')
  await widget.button('preview.save').click()
  const saved = await saving
  expect(saved.suggestedFilename()).toBe(`anteroom-${reference}.json`)
  expect(JSON.parse(readFileSync(await saved.path(), 'utf8'))).toEqual(await widget.preview())

  const calling = page.waitForRequest('tel:988')
  await widget.button('header.help').click()
  await widget.scope.locator('a[href="tel:988"]').first().dispatchEvent('click')
  await calling
  expect(dialogs).toEqual([])
})

test('leaving wipes the frame and takes the whole page away', async ({ page, site }) => {
  const dialogs = []
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.type())
    return dialog.dismiss()
  })
  await open(page, site, one())
  const widget = framed(page)
  await widget.isReady()
  await widget.begin()
  await widget.choose('no')
  const leaving = page.waitForRequest((request) => request.url() === AWAY && request.frame() === page.mainFrame())
  await widget.button('header.leave').click()
  await leaving
  expect(dialogs).toEqual([])
})
