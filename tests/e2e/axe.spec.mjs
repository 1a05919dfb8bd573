// Accessibility: axe with all its rules of WCAG 2.0 to 2.2, A and AA, and its best practices, on every screen and state,
// narrow and wide, light and dark.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './support/fixtures.mjs'
import { pageTitle, questions, resultTitle, say } from './support/guide.mjs'
import { openWay, settle } from './support/handoff.mjs'

const KEY = `key = '''${readFileSync(fileURLToPath(new URL('../others/sealed/public.json', import.meta.url)), 'utf8').trim()}'''`

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']
const LOOKS = [
  { width: 320, colorScheme: 'light' }, { width: 320, colorScheme: 'dark' },
  { width: 1280, colorScheme: 'light' }, { width: 1280, colorScheme: 'dark' },
]

/** Holds the screen as it is against axe in each look, and against sideways scrolling. */
async function audit(page, screen, looks = LOOKS, ignored = []) {
  for (const { width, height = 800, colorScheme } of looks) {
    await page.setViewportSize({ width, height })
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const { violations } = await new AxeBuilder({ page }).withTags(TAGS).disableRules(ignored).analyze()
    const where = `${screen}, ${width} × ${height}, ${colorScheme}`
    const found = violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${help}\n  ${target}\n  ${failureSummary}`))
    expect.soft(found, where).toEqual([])
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect.soft(wide, `${where}: scrolls sideways by`).toBeLessThanOrEqual(0)
  }
}

test('the page before the widget, and where it cannot start', async ({ page, site }) => {
  site.overrides.set('widget_bg.wasm', 404)
  await page.goto(site.url)
  await expect(page.locator('#ar-wait')).toContainText('call the clinic')
  await audit(page, 'static page')
})

test('the first screens before the widget', async ({ page, widget }) => {
  await page.route('**/widget_bg.wasm', () => {})
  await page.goto(widget.home)
  await widget.isShown()
  await audit(page, 'start, before the widget')
  await widget.begin()
  await audit(page, 'the first question, before the widget')
  await widget.choose()
  await widget.press(widget.button('common.continue'))
  await audit(page, 'the first question, waiting')
  await widget.button('header.help').click()
  await audit(page, 'help, before the widget')
})

test('start, a page, the crisis panel', async ({ widget, page }) => {
  await widget.open()
  await audit(page, 'start')
  await widget.button('header.help').click()
  await expect(widget.crisisPanel).toBeVisible()
  await audit(page, 'crisis panel')
  await widget.button('help.back').click()
  await widget.button('pages.all').click()
  await expect(widget.heading).toHaveText(say('pages.title'))
  await audit(page, 'pages')
  await page.getByRole('button', { name: pageTitle('what-to-expect') }).first().click()
  await expect(page.getByRole('article')).toBeVisible()
  for (const details of await page.locator('summary').all()) await details.click()
  await audit(page, 'page')
})

test('each kind of question, with and without a mistake', async ({ widget, page, short }) => {
  await widget.open()
  await widget.begin()
  const kinds = new Set()
  await widget.walk({}, () => false, async (asked) => {
    if (kinds.has(asked.kind)) return
    kinds.add(asked.kind)
    for (const details of await page.locator('summary').all()) await details.click()
    await audit(page, `a question: ${asked.kind}`)
    if (asked.required) {
      await widget.button('common.continue').click()
    } else {
      await page.getByLabel(asked.parts[0]).fill('abc')
      await widget.button('common.continue').click()
    }
    await expect(widget.errors).toBeFocused()
    await audit(page, `a question with a mistake: ${asked.kind}`)
    if (!asked.required) await page.getByLabel(asked.parts[0]).fill('')
  })
  expect([...kinds].sort()).toEqual([...new Set(questions.filter(({ id }) => short.includes(id)).map(({ kind }) => kind))].sort())
})

test('every question once', async ({ widget, page }) => {
  await widget.open()
  await widget.begin()
  await widget.walk({}, () => false, (asked) => audit(page, asked.id, [LOOKS[0]]))
})

test('the review with and without gaps', async ({ widget, page, short }) => {
  await widget.open()
  await widget.begin()
  await widget.choose('yes-might-act')
  await widget.button('help.back').click()
  await widget.continue()
  await widget.button('result.change').click()
  await widget.change('safety_now').click()
  await widget.choose('no')
  await widget.continue()
  await widget.button('common.back').click()
  await expect(page.getByRole('heading', { name: say('review.missing'), exact: true })).toBeVisible()
  await audit(page, 'review with gaps')
  await widget.change('safety_now').click()
  await widget.continue()
  await widget.walk()
  await audit(page, 'review')
})

for (const [level, answers] of [
  ['clear', {}],
  ['note', { age: '18-to-24' }],
  ['review', { safety_now: 'yes-would-not-act' }],
  ['stop', { bp_history: 'yes-high' }],
]) {
  test(`a result: ${level}`, async ({ widget, page, short }) => {
    await widget.open()
    await widget.toResult(answers)
    await expect(widget.heading).toHaveText(resultTitle(`level.${level}_title`))
    for (const details of await page.locator('summary').all()) await details.click()
    await audit(page, `result ${level}`)
  })
}

test('a result: get help', async ({ widget, page }) => {
  await widget.open()
  await widget.begin()
  await widget.choose('yes-might-act')
  await widget.button('help.back').click()
  await widget.continue()
  await expect(widget.heading).toHaveText(resultTitle('level.get_help_title'))
  await audit(page, 'result get-help')
})

/** The hand-off is where somebody decides whether to trust: narrow, light and dark, and as it is at 400 % zoom. */
const NARROW = [LOOKS[0], LOOKS[1], { width: 320, height: 256, colorScheme: 'light' }]
const EVERYTHING = (endpoint) => `endpoint = "${endpoint}"
${KEY}
format = "json"
email = "desk@clinic.example"
[handoff.booking]
service = "calendly"
url = "https://calendly.com/clinic/talk"`

test.describe('the hand-off', () => {
  test.beforeEach(async ({ short, site, receiver, widget }) => {
    settle(site, EVERYTHING(receiver.url))
    await widget.open()
    await widget.toResult({ safety_now: 'yes-would-not-act' })
  })

  test('share and contact', async ({ widget, page }) => {
    await widget.button('result.share').click()
    await expect(widget.heading).toHaveText(say('share.title'))
    await audit(page, 'share', NARROW)
    for (const box of await page.locator('main input[type=checkbox]').all()) await box.check()
    await audit(page, 'share, all ticked', NARROW)
    await page.locator('input[id^="reason-"]').first().uncheck()
    await widget.continue()
    await audit(page, 'contact', NARROW)
    await page.getByText(say('contact.when_title')).click()
    await page.getByLabel(say('contact.phone'), { exact: true }).fill('+1 555 010 0177')
    await page.getByRole('checkbox', { name: say('contact.monday'), exact: true }).check()
    await audit(page, 'contact, with times', NARROW)
    await widget.continue()
    await expect(page.locator('.ar-preview__note')).toContainText(say('contact.monday'))
    await audit(page, 'preview with all that can be shared', NARROW)
    await widget.button('common.back').click()
    await expect(page.getByRole('checkbox', { name: say('contact.monday'), exact: true }), 'what was said is not folded away').toBeVisible()
  })

  test('the preview, raw and readable, with every way opened', async ({ widget, page }) => {
    await widget.toPreview({ consent: false })
    await audit(page, 'preview', NARROW)
    await widget.preview()
    await page.getByText(say('preview.copied')).click()
    await audit(page, 'preview, raw', NARROW)
    for (const key of ['booking.title', 'mail.title', 'sealed.title', 'qr.title']) await openWay(widget, key)
    await audit(page, 'preview, every way opened', NARROW)
    await widget.button('qr.show').click()
    await expect(page.locator('.ar-qr__code')).toBeVisible()
    await audit(page, 'codes', NARROW)
    await widget.button('qr.larger').click()
    await audit(page, 'codes, larger', NARROW)
    await audit(page, 'preview, wide', [LOOKS[2], LOOKS[3]])
  })

  test('what is missing', async ({ widget, page }) => {
    await widget.toPreview({ phone: '', consent: false })
    await widget.button('preview.send').click()
    await expect(widget.errors).toBeFocused()
    await audit(page, 'preview without contact', NARROW)
    await widget.errors.getByRole('button').click()
    await page.getByLabel(say('contact.email'), { exact: true }).fill('sam@clinic.example')
    await widget.continue()
    await widget.button('preview.send').click()
    await expect(widget.errors).toBeFocused()
    await expect(widget.consent('share')).toHaveAttribute('aria-invalid', 'true')
    await audit(page, 'preview without consent', NARROW)
  })

  test('under way, waiting, and each failure', async ({ widget, page, receiver, context }) => {
    await widget.toPreview()
    receiver.behaviour = 'hang'
    await widget.button('preview.send').click()
    await expect(widget.button('send.stop')).toBeVisible()
    // Once: the widget gives up after 20 seconds, and a busy computer takes long for three looks.
    await audit(page, 'sending', [LOOKS[0]])
    await widget.button('send.stop').click()
    await expect(widget.failure).toContainText(say('send.stopped'))
    await audit(page, 'stopped', NARROW)
    await page.clock.install()
    receiver.behaviour = 'refuse'
    await widget.button('preview.send_again').click()
    await expect(page.getByText(say('send.waiting_title'))).toBeVisible()
    await audit(page, 'waiting', NARROW)
    await widget.button('send.stop').click()
    for (const behaviour of ['mistaken', 'locked', 'gone', 'large', 'redirect', 'nonsense', 'swamped']) {
      receiver.behaviour = behaviour
      await expect(widget.failure).toBeVisible()
      await widget.button('preview.send_again').click()
      await expect.poll(() => receiver.requests.length).toBeGreaterThan(0)
      await expect(widget.failure).toBeFocused()
      await audit(page, `failed: ${behaviour}`, [LOOKS[0]])
    }
    await context.setOffline(true)
    await widget.button('preview.send_again').click()
    await expect(widget.failure).toContainText(say('send.offline'))
    await context.setOffline(false)
    await audit(page, 'offline', NARROW)
  })

  for (const reach of [true, false]) {
    test(`the receipt, ${reach ? 'with' : 'without'} a way to answer`, async ({ widget, page }) => {
      await widget.toPreview()
      if (reach) await widget.consent('phone').check()
      await widget.button('preview.send').click()
      await expect(widget.receipt).toBeVisible()
      await audit(page, `receipt, reach ${reach}`, [...NARROW, LOOKS[3]])
    })
  }
})

test('the own file: empty, opened, compared, in the way, locked, unreadable', async ({ widget, page, short }) => {
  const choose = (text) => page.locator('input[type=file]').setInputFiles({ name: 'my-anteroom-file.json', mimeType: 'application/json', buffer: Buffer.from(text) })
  const file = (answers) => JSON.stringify({ format: 'anteroom-own-file', version: 1, saved: '2026-11-01T10:00:00Z', language: 'en', answers })
  const notice = page.locator('#ar-notice')
  await widget.open()
  await widget.button('own_file.open').click()
  for (const details of await page.locator('main summary').all()) await details.click()
  await audit(page, 'own file', NARROW)
  await choose(file({ age: '25-to-64', bp_history: 'no' }))
  await expect(notice).toBeFocused()
  await audit(page, 'own file, opened', NARROW)
  await choose(file({ age: '18-to-24' }))
  await expect(page.getByRole('heading', { name: say('own_file.ask_title') })).toBeFocused()
  await audit(page, 'own file, in the way', NARROW)
  await widget.button('own_file.ask_keep').click()
  await widget.button('own_file.look').click()
  await widget.change('age').click()
  await widget.choose('65-or-more')
  await widget.continue()
  await widget.button('own_file.link').click()
  await expect(page.locator('.ar-since__row')).toHaveCount(1)
  await audit(page, 'own file, compared', NARROW)
  await choose('{"format": "another"}')
  await expect(notice).toBeFocused()
  await audit(page, 'own file, foreign', NARROW)
})

test('the front desk in every state', async ({ page, site }) => {
  const folder = fileURLToPath(new URL('../others/sealed/', import.meta.url))
  await page.goto(`${site.url}front-desk.html`)
  await audit(page, 'front desk', NARROW)
  await page.getByText('No key yet? Make one').click()
  await page.getByLabel('New passphrase').fill('short')
  await page.getByRole('button', { name: 'Make the keys' }).click()
  await expect(page.locator('#key-said')).not.toBeEmpty()
  await audit(page, 'front desk, making keys, too short', NARROW)
  await page.getByLabel('Key file').setInputFiles(`${folder}jose-key-256.txt`)
  await page.getByLabel('Passphrase', { exact: true }).fill('wrong')
  await page.getByRole('button', { name: 'Open the key' }).click()
  await expect(page.locator('#key-said')).toContainText('does not open')
  await audit(page, 'front desk, wrong passphrase', NARROW)
  await page.getByLabel('Key file').setInputFiles(`${folder}key.json`)
  await page.getByLabel('Passphrase', { exact: true }).fill('')
  await page.getByRole('button', { name: 'Open the key' }).click()
  await expect(page.locator('#fingerprint')).not.toBeEmpty()
  await page.getByText('The line for settings.toml').first().click()
  await audit(page, 'front desk, key open', NARROW)
  const paste = async (text) => {
    await page.getByLabel('Or paste or scan it here').fill(text)
    await page.getByRole('button', { name: 'Open the request' }).click()
  }
  await paste('Hello')
  await expect(page.locator('#packet-said')).toBeFocused()
  await audit(page, 'front desk, no packet', NARROW)
  await paste(readFileSync(`${folder}jose.jwe`, 'utf8'))
  await expect(page.locator('#note')).toBeVisible()
  await audit(page, 'front desk, the note', [...NARROW, LOOKS[2], LOOKS[3]])
})

test('a guide with problems', async ({ widget, page, site }) => {
  site.overrides.set('content/sources.toml', 404)
  await widget.open()
  await page.getByText(say('problems.more')).click()
  await audit(page, 'problems')
})

test('the demo clinic with the widget in its page', async ({ page, site }) => {
  await page.goto(`${site.url}demo/get-ready.html`)
  await expect(page.frameLocator('iframe').getByRole('button', { name: say('start.begin') })).toBeVisible()
  // The widget's page has a header, a main part and a footer of its own, as the clinic's has. axe counts both together;
  // a screen reader names the frame between them.
  await audit(page, 'demo', [LOOKS[0], LOOKS[2]], ['landmark-unique'])
})
