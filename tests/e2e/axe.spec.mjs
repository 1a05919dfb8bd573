// Accessibility: axe with all its rules of WCAG 2.0 to 2.2, A and AA, and its best practices, on every screen and state,
// narrow and wide, light and dark.

import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './support/fixtures.mjs'
import { pageTitle, questions, say } from './support/guide.mjs'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']
const LOOKS = [
  { width: 320, colorScheme: 'light' }, { width: 320, colorScheme: 'dark' },
  { width: 1280, colorScheme: 'light' }, { width: 1280, colorScheme: 'dark' },
]

test.setTimeout(180_000)

/** Holds the screen as it is against axe in each look, and against sideways scrolling. */
async function audit(page, screen, looks = LOOKS, ignored = []) {
  for (const { width, colorScheme } of looks) {
    await page.setViewportSize({ width, height: 800 })
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const { violations } = await new AxeBuilder({ page }).withTags(TAGS).disableRules(ignored).analyze()
    const where = `${screen}, ${width} px, ${colorScheme}`
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
    await expect(widget.heading).toHaveText(say(`level.${level}_title`))
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
  await expect(widget.heading).toHaveText(say('level.get_help_title'))
  await audit(page, 'result get-help')
})

test('the hand-off: share, contact, preview, a failure, the receipt', async ({ widget, page, short, canSend, receiver }) => {
  await widget.open()
  await widget.toResult({ safety_now: 'yes-would-not-act' })
  await widget.button('result.share').click()
  await audit(page, 'share')
  await widget.continue()
  await audit(page, 'contact')
  await page.getByLabel(say('contact.phone'), { exact: true }).fill('+1 555 010 0177')
  await page.getByLabel(say('contact.email'), { exact: true }).fill('sam@clinic.example')
  await widget.continue()
  await widget.preview()
  await audit(page, 'preview')
  await widget.button('preview.send').click()
  await expect(widget.errors).toBeFocused()
  await audit(page, 'preview without consent')
  await widget.consent('share').check()
  receiver.behaviour = 'mistaken'
  await widget.button('preview.send').click()
  await expect(widget.failure).toBeVisible()
  await audit(page, 'send failed')
  receiver.behaviour = 'accept'
  await widget.button('preview.send_again').click()
  await expect(widget.receipt).toBeVisible()
  await audit(page, 'receipt')
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
