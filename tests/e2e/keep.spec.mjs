// What a person keeps on this device: nothing anywhere until they ask for it, one sealed value while they do, and no trace
// once it is wiped. Found out by looking: every storage of the browser is read before and after.

import AxeBuilder from '@axe-core/playwright'
import * as jose from 'jose'
import { AWAY, contentFile, expect, test } from './support/fixtures.mjs'
import { question, say } from './support/guide.mjs'
import { look } from './support/needles.mjs'
import { Widget } from './support/journey.mjs'

const PASSPHRASE = 'siete verdes ñandúes lentos'
const KEY = 'anteroom-kept'

/** Lets people keep things, as a clinic's settings.toml does. */
const allow = (site) => site.overrides.set('content/settings.toml',
  (site.overrides.get('content/settings.toml') ?? contentFile('settings.toml')).replace(/^keep_on_device = false/m, 'keep_on_device = true'))

/** All that a page can leave in the browser. */
const stored = (page) => page.evaluate(async () => {
  const databases = []
  for (const { name } of await indexedDB.databases()) databases.push(name)
  const cached = []
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) cached.push(name + ' ' + request.url)
  }
  const files = []
  if (navigator.storage.getDirectory) for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name)
  return {
    local: { ...localStorage }, session: { ...sessionStorage }, cookie: document.cookie, databases, cached, files,
    workers: (await navigator.serviceWorker.getRegistrations()).length, name: window.name, state: history.state, url: location.href.split('?')[0],
  }
})
const nothing = (site) => ({
  local: {}, session: {}, cookie: '', databases: [], cached: [], files: [], workers: 0, name: '', state: null, url: site.url,
})

const notice = (page) => page.locator('#ar-notice')
const again = (page) => page.getByLabel(say('keep.again'), { exact: true })
const fresh = (page) => page.locator('#keep-new')
const opening = (page) => page.locator('#kept-open')

/** Answers two questions and goes to the screen of the own file. */
async function answered(widget, answers = {}) {
  await widget.open()
  await widget.begin()
  await widget.walk(answers, ({ id }) => id === 'bp_reading')
  await widget.button('own_file.link').click()
}
async function keep(widget, page, passphrase = PASSPHRASE) {
  await fresh(page).fill(passphrase)
  await again(page).fill(passphrase)
  await again(page).press('Enter')
}
async function kept(widget, page, answers) {
  await answered(widget, answers)
  await keep(widget, page)
  await sealing(notice(page)).toContainText(say('keep.done'))
}
async function unlock(page, passphrase = PASSPHRASE) {
  await opening(page).fill(passphrase)
  await opening(page).press('Enter')
}

test.beforeEach(({ short }) => short)
// A passphrase is hashed 300,000 times on each way, which takes a busy computer a while.
test.describe.configure({ timeout: 240_000 })
const sealing = expect.configure({ timeout: 60_000 })

test('nothing is stored until it is asked for, one sealed value then, and no trace after the wipe', async ({ widget, page, site, asked, allAsked }) => {
  allow(site)
  await answered(widget, { bp_history: 'yes-high' })
  expect(await stored(page)).toEqual(nothing(site))
  await fresh(page).fill(PASSPHRASE)
  await again(page).fill(PASSPHRASE)
  expect(await stored(page), 'not while it is typed').toEqual(nothing(site))
  await allAsked()
  const before = asked.length
  await again(page).press('Enter')
  await sealing(notice(page)).toContainText(say('keep.done'))
  await expect(notice(page)).toBeFocused()

  const now = await stored(page)
  expect({ ...now, local: {} }, 'only there').toEqual(nothing(site))
  expect(Object.keys(now.local)).toEqual([KEY])
  const value = now.local[KEY]
  const { words, id } = question('bp_history').choices.find(({ id }) => id === 'yes-high')
  const answers = [words, id, 'bp_history', '25-to-64', 'anteroom-own-file', 'answers', PASSPHRASE, 'Example Infusion Clinic']
  expect(look({ value }, answers), 'no answer in any way of writing it').toEqual({})
  // It is what the file with a passphrase is, so any JOSE library opens it: then the answers are found.
  const { plaintext } = await jose.compactDecrypt(value, new TextEncoder().encode(PASSPHRASE),
    { keyManagementAlgorithms: ['PBES2-HS512+A256KW'], contentEncryptionAlgorithms: ['A256GCM'], maxPBES2Count: 1_000_000 })
  expect(Object.keys(look({ opened: new TextDecoder().decode(plaintext) }, ['yes-high', 'bp_history']).opened)).toHaveLength(2)
  expect(Object.keys(JSON.parse(new TextDecoder().decode(plaintext)).answers), 'not the question about danger right now').not.toContain('safety_now')
  expect(asked.length, 'nothing was asked for').toBe(before)

  await widget.button('keep.wipe').click()
  await expect(page.getByRole('heading', { name: say('keep.wipe_title') })).toBeFocused()
  await widget.button('keep.wipe_no').click()
  expect((await stored(page)).local).toEqual({ [KEY]: value })
  await widget.button('keep.wipe').click()
  await widget.button('keep.wipe_yes').click()
  await sealing(notice(page)).toContainText(say('keep.wiped'))
  expect(await stored(page)).toEqual(nothing(site))
  // What was answered is still on the screen.
  await expect(widget.button('footer.clear')).toBeVisible()
})

test('another day it is opened on the start page, after a passphrase that does not fit, and nothing asks when the page is left', async ({ widget, page, site }) => {
  allow(site)
  await kept(widget, page)
  const dialogs = []
  page.on('dialog', (dialog) => (dialogs.push(dialog.type()), dialog.accept()))
  await page.reload()
  await widget.isReady()
  expect(dialogs, 'what is kept is not lost').toEqual([])
  await expect(page.getByRole('heading', { name: say('keep.offer_title') })).toBeVisible()
  const before = await stored(page)
  await unlock(page, 'four other words entirely')
  await sealing(notice(page)).toContainText(say('keep.no_passphrase'))
  await expect(notice(page)).toBeFocused()
  await unlock(page)
  await expect(widget.heading).toHaveText(say('own_file.title'))
  await sealing(notice(page)).toContainText(say('own_file.opened', { number: '2' }))
  expect(await stored(page), 'opening changes nothing').toEqual(before)
  await expect(page.getByText(say('keep.same'))).toBeVisible()

  // On with it; what has changed is said, and kept again without typing.
  await widget.button('own_file.go_on').click()
  await widget.choose()
  await widget.continue()
  await widget.choose([120, 80])
  await widget.continue()
  await widget.button('own_file.link').click()
  await expect(page.getByText(say('keep.changed'))).toBeVisible()
  await widget.button('keep.keep_again').click()
  await sealing(notice(page)).toContainText(say('keep.done'))
  await expect(page.getByText(say('keep.same'))).toBeVisible()
  expect((await stored(page)).local[KEY]).not.toBe(before.local[KEY])
  await page.reload()
  await widget.isReady()
  expect(dialogs).toEqual([])
  await unlock(page)
  await sealing(notice(page)).toContainText(say('own_file.opened', { number: '3' }))
})

test('what this page did tells the truth before and after, and wipes', async ({ widget, page, site }) => {
  allow(site)
  await answered(widget)
  await widget.button('deeds.title').click()
  await expect(page.getByText(say('deeds.kept_nothing'))).toBeVisible()
  await expect(widget.button('keep.wipe')).toHaveCount(0)
  await widget.button('common.back').click()
  await keep(widget, page)
  await sealing(notice(page)).toContainText(say('keep.done'))
  await widget.button('deeds.title').click()
  await expect(page.getByText(say('deeds.kept_sealed'))).toBeVisible()
  await expect(page.getByText(say('deeds.kept_nothing'))).toHaveCount(0)
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await widget.button('keep.wipe').click()
  await widget.button('keep.wipe_yes').click()
  await expect(page.getByText(say('deeds.kept_nothing'))).toBeVisible()
  expect(await stored(page)).toEqual(nothing(site))
})

for (const [how, leave] of [
  ['the button', (widget) => widget.button('header.leave').click()],
  ['Shift three times', async (widget, page) => { for (let press = 0; press < 3; press++) await page.keyboard.press('Shift') }],
]) {
  test(`${how} takes what is kept away as well`, async ({ widget, page, site }) => {
    allow(site)
    await kept(widget, page)
    const leaving = page.waitForRequest((request) => request.url() === AWAY && request.isNavigationRequest())
    await leave(widget, page)
    await leaving
    // The tests reach no other computer, so what the browser shows in the end is its own page.
    await expect.poll(() => page.url()).toContain('chrome-error')
    await page.goto(`${site.url}demo/`)
    expect((await stored(page)).local).toEqual({})
  })
}

test('without the setting nothing is offered and nothing stored', async ({ widget, page, site }) => {
  await answered(widget)
  await expect(page.getByRole('heading', { name: say('keep.title') })).toHaveCount(0)
  await expect(fresh(page)).toHaveCount(0)
  expect(await stored(page)).toEqual(nothing(site))
})

test('on a computer for everybody nothing is offered, and what is there can be wiped', async ({ widget, page, site }) => {
  allow(site)
  await widget.open(widget.home.includes('?') ? '&shared' : '?shared')
  await widget.begin()
  await widget.walk({}, ({ id }) => id === 'bp_reading')
  await widget.button('own_file.link').click()
  await expect(page.getByRole('heading', { name: say('own_file.title') })).toBeVisible()
  await expect(fresh(page)).toHaveCount(0)
  expect(await stored(page)).toEqual(nothing(site))
})

test('what a clinic no longer offers can still be opened and wiped', async ({ widget, page, site }) => {
  const settings = site.overrides.get('content/settings.toml')
  allow(site)
  await kept(widget, page)
  site.overrides.set('content/settings.toml', settings)
  await page.reload()
  await widget.isReady()
  await unlock(page)
  await sealing(notice(page)).toContainText(say('own_file.opened', { number: '2' }))
  await expect(widget.button('keep.keep_again')).toHaveCount(0)
  await widget.button('keep.wipe').click()
  await widget.button('keep.wipe_yes').click()
  expect(await stored(page)).toEqual(nothing(site))
})

for (const [where, body, of] of [
  ['in the sealed frame', (lang) => `<script src="embed.js" async></script><div data-anteroom data-lang="${lang}" data-load="now">Call us</div>`, (site) => site],
  ['in a frame from another address', (lang, other) => `<script src="${other.url}embed.js" async></script><div data-anteroom data-lang="${lang}" data-load="now">Call us</div>`, (site, other) => other],
  ['in a frame that was made by hand', (lang) => `<iframe src="index.html?lang=${lang}" width="800" height="900"></iframe>`, (site) => site],
]) {
  test(`${where} nothing is offered, nothing looked at and nothing stored, though something stands there`, async ({ page, site, otherSite, lang }) => {
    const from = of(site, otherSite)
    if (from !== site) from.overrides.set('content/screening.toml', site.overrides.get('content/screening.toml'))
    from.overrides.set('content/settings.toml', site.overrides.get('content/settings.toml'))
    allow(from)
    site.overrides.set('clinic.html', `<!DOCTYPE html><title>A clinic</title><body>${body(lang, otherSite)}`)
    await page.addInitScript((key) => { try { if (!localStorage.getItem(key)) localStorage.setItem(key, 'eyJ.a.b.c.d') } catch { /* a sandbox */ } }, KEY)
    await page.goto(`${site.url}clinic.html`)
    const widget = new Widget(page, page.frameLocator('iframe'), '')
    await widget.isReady()
    await expect(widget.scope.getByText(say('keep.offer_title'))).toHaveCount(0)
    await widget.begin()
    await widget.walk({}, ({ id }) => id === 'bp_reading')
    await widget.button('own_file.link').click()
    await expect(widget.heading).toHaveText(say('own_file.title'))
    await expect(widget.scope.locator('#keep-new')).toHaveCount(0)
    expect((await stored(page)).local).toEqual({ [KEY]: 'eyJ.a.b.c.d' })
  })
}

for (const [what, refuse] of [
  ['is refused altogether', () => Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })],
  ['is missing', () => Object.defineProperty(window, 'localStorage', { get: () => null })],
]) {
  test(`a storage that ${what} is a sentence, and the file is there`, async ({ widget, page, site }) => {
    allow(site)
    await page.addInitScript(refuse)
    await answered(widget)
    await expect(page.getByText(say('keep.refused'))).toBeVisible()
    await expect(fresh(page)).toHaveCount(0)
    await expect(widget.button('own_file.save')).toBeVisible()
  })
}

for (const [what, refuse] of [
  ['has no room', () => { Storage.prototype.setItem = () => { throw new DOMException('no', 'QuotaExceededError') } }],
  ['pretends to keep', () => { Storage.prototype.setItem = () => {} }],
]) {
  test(`a storage that ${what} is a sentence, and the answers stay`, async ({ widget, page, site }) => {
    allow(site)
    await page.addInitScript(refuse)
    await answered(widget)
    await keep(widget, page)
    await sealing(notice(page)).toContainText(say('keep.no_store'))
    await expect(widget.button('own_file.save')).toBeVisible()
    expect(await stored(page)).toEqual(nothing(site))
  })
}

test('passphrases that are short or differ are said, and nothing is stored', async ({ widget, page, site }) => {
  allow(site)
  await answered(widget)
  await keep(widget, page, 'elevenchars')
  await sealing(notice(page)).toContainText(say('keep.no_weak'))
  await expect(fresh(page)).toHaveAttribute('aria-invalid', 'true')
  await fresh(page).fill(PASSPHRASE)
  await again(page).fill(`${PASSPHRASE}.`)
  await again(page).press('Enter')
  await sealing(notice(page)).toContainText(say('keep.no_same'))
  await expect(again(page)).toHaveAttribute('aria-invalid', 'true')
  expect(await stored(page)).toEqual(nothing(site))
})

for (const [what, value, sentence] of [
  ['is not ours', '{"cart": []}', 'keep.offer_other'],
  ['is empty', '', 'keep.offer_other'],
]) {
  test(`a value that ${what} is a sentence, and stays until it is wiped`, async ({ widget, page, site }) => {
    await page.addInitScript(([key, value]) => {
      if (!sessionStorage.getItem('put')) localStorage.setItem(key, value)
      sessionStorage.setItem('put', 'once')
    }, [KEY, value])
    await widget.open()
    await expect(page.getByText(say(sentence))).toBeVisible()
    await expect(opening(page)).toHaveCount(0)
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
    expect((await stored(page)).local).toEqual({ [KEY]: value })
    await widget.button('keep.wipe').click()
    await widget.button('keep.wipe_yes').click()
    expect((await stored(page)).local).toEqual({})
  })
}

test('a value that was changed, is of another kind, or holds something else is a sentence and stays', async ({ widget, page, site }) => {
  allow(site)
  await kept(widget, page)
  const value = (await stored(page)).local[KEY]
  const seal = (text, header = {}) => new jose.CompactEncrypt(new TextEncoder().encode(text))
    .setProtectedHeader({ alg: 'PBES2-HS512+A256KW', enc: 'A256GCM', ...header }).encrypt(new TextEncoder().encode(PASSPHRASE))
  const at = value.length - 30
  for (const [changed, sentence] of [
    [value.slice(0, at) + (value[at] === 'A' ? 'B' : 'A') + value.slice(at + 1), 'keep.no_passphrase'],
    [value.slice(0, -9), 'keep.no_passphrase'],
    [await seal('{"cart": []}'), 'keep.no_ours'],
    [await seal('{}', { enc: 'A128GCM' }), 'keep.no_open'],
  ]) {
    await page.evaluate(([key, changed]) => localStorage.setItem(key, changed), [KEY, changed])
    await page.reload()
    await widget.isReady()
    await unlock(page)
    await sealing(notice(page)).toContainText(say(sentence))
    expect((await stored(page)).local).toEqual({ [KEY]: changed })
  }
})

test('two windows: what the other kept is not written over unasked', async ({ widget, page, context, site, lang }) => {
  allow(site)
  await answered(widget)
  const other = await context.newPage()
  const theirs = new Widget(other, other, site.url + (lang === 'en' ? '' : `?lang=${lang}`))
  await kept(theirs, other)
  const value = (await stored(other)).local[KEY]
  await keep(widget, page)
  await sealing(notice(page)).toContainText(say('keep.no_other'))
  expect((await stored(page)).local).toEqual({ [KEY]: value })
  await widget.button('keep.keep_over').click()
  await sealing(notice(page)).toContainText(say('keep.done'))
  expect((await stored(page)).local[KEY]).not.toBe(value)
})

test('answers that are wiped for want of a touch leave the sealed value and nothing that can be read', async ({ widget, page, site }) => {
  allow(site)
  await page.clock.install()
  await kept(widget, page)
  const value = (await stored(page)).local
  for (const minutes of [29, 3]) await page.clock.fastForward(minutes * 60_000)
  await expect(page.getByText(say('shared.wiped')).first()).toBeVisible()
  await expect(page.getByRole('heading', { name: say('keep.offer_title') })).toBeVisible()
  await expect(opening(page)).toHaveValue('')
  expect((await stored(page)).local).toEqual(value)
})

for (const [width, scheme] of [[320, 'light'], [412, 'dark'], [1280, 'light'], [1280, 'dark']]) {
  test(`each state is accessible and fits ${width} pixels, ${scheme}`, async ({ widget, page, site }) => {
    allow(site)
    await page.emulateMedia({ colorScheme: scheme })
    await page.setViewportSize({ width, height: 800 })
    const check = async (name) => {
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => [id, nodes[0].html])).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}-${width}-${scheme}.png`, fullPage: true })
    }
    await answered(widget)
    await check('new')
    await keep(widget, page, 'short')
    await expect(notice(page)).toBeVisible()
    await check('weak')
    await keep(widget, page)
    await sealing(notice(page)).toContainText(say('keep.done'))
    await check('kept')
    await widget.button('keep.wipe').click()
    await check('wipe')
    await page.reload()
    await widget.isReady()
    await check('start')
  })
}
