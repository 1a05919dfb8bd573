// The pages: what is drawn in them, where their links lead, what can be ticked and printed; and languages that nobody
// speaks (`anteroom pseudo`), laid over the served folder, to see what is not translated, cut off or not mirrored.

import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import AxeBuilder from '@axe-core/playwright'
import { contentFile, expect, test } from './support/fixtures.mjs'
import { say, setting } from './support/guide.mjs'
import { isWhole } from './support/journey.mjs'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

const BLOCKS = `+++
title = "All the blocks"
summary = "One main message."
sources = ["MUR13"]
reviewed_on = 2026-11-21
review_due = 2027-11-21
reviewer = ""
reviewer_role = ""
evidence_level = "Some trials"
funding_note = "Nobody paid."
reading_grade = 5.4
lang = "en"
+++

## Icons

This use is called [off-label](term:off-label). See [the list](#a-list) and [aftercare](aftercare.md).

\`\`\`icons
title = "Of 100 people after a series"
of = 100
rows = [{ count = 54, label = "felt much better" }, { count = 29, label = "got close to a normal mood" }]
note = "From one study."
\`\`\`

## Timeline

\`\`\`timeline
title = "A visit"
steps = [
  { label = "Check-in", text = "You sign in." },
  { label = "The drip", number = "infusion_minutes_mood", text = "You lie back." },
  { label = "Rest", number = "recovery_minutes_min" },
]
\`\`\`

\`\`\`figure
name = "room"
caption = "A chair, a drip and a screen."
\`\`\`

\`\`\`picture
name = "watched"
title = "What staff watch"
parts = [
  { part = "oxygen", label = "Oxygen", text = "A clip reads your [oxygen level](term:oxygen-level)." },
  { part = "heart", label = "Heart rate" },
]
\`\`\`

## Compare

\`\`\`compare
title = "Side by side"
[[option]]
id = "infusion"
name = "Infusion"
[[option]]
id = "tms"
name = "TMS"
[[option]]
id = "talk"
name = "Talk therapy"
[[aspect]]
id = "time"
name = "Time for a visit"
infusion = "2 hours"
tms = "20 minutes"
talk = "An hour"
[[aspect]]
id = "ride"
name = "Ride home"
matters = "Getting home by myself matters to me"
ask = "Can I get home by myself?"
infusion = "Someone must take you"
tms = "You can drive"
talk = "You can drive too"
\`\`\`

## A list

- [ ] Book a ride.
- [ ] Ask about food.

## Words

\`\`\`glossary
\`\`\`

## What you can do now

Call the clinic.
`

/** Opens the page with one of each block. */
async function openBlocks(page, site) {
  site.overrides.set('content/en/pages/myths.md', BLOCKS)
  await page.goto(`${site.url}?page=myths`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('All the blocks')
  // Terms can be pressed from when the glossary has come.
  await expect(page.locator('.ar-term').first()).toBeVisible()
  await isWhole(page)
}

for (const [width, colorScheme] of [[320, 'light'], [320, 'dark'], [1280, 'light'], [1280, 'dark']]) {
  test(`one of each block is accessible and fits: ${width} px, ${colorScheme}`, async ({ page, site }) => {
    await page.setViewportSize({ width, height: 800 })
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await openBlocks(page, site)
    await page.locator('.ar-term').first().click()
    await page.getByLabel('Getting home by myself matters to me').check()
    for (const details of await page.locator('main summary').all()) await details.click()
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']).analyze()
    expect(violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target} ${failureSummary}`))).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  })
}

test('a picture draws what is named with its numbers, and is read as a list', async ({ page, site }) => {
  await openBlocks(page, site)
  const picture = page.locator('.ar-picture')
  await expect(picture.getByRole('listitem')).toHaveText([/^Oxygen/, 'Heart rate'])
  await expect(picture.locator('svg')).toHaveAttribute('aria-hidden', 'true')
  expect(await picture.locator('svg text').allTextContents()).toEqual(['1', '2'])
  const drawn = await picture.locator('svg path').evaluateAll((paths) => paths.map((path) => path.getAttribute('d')).join())
  expect(drawn, 'the cuff is not named').not.toContain('M36 104')
  // Seen in forced colours and on paper too: lines have a colour of their own, and no background is needed.
  for (const media of [{ forcedColors: 'active' }, { media: 'print' }]) {
    await page.emulateMedia(media)
    expect(await picture.locator('.ar-picture__line').first().evaluate((line) => getComputedStyle(line).stroke)).not.toBe('none')
  }
})

test('a term opens in place, closes with Escape, and never takes the focus', async ({ page, site }) => {
  await openBlocks(page, site)
  const term = page.getByRole('button', { name: /^off-label/ }).first()
  const meaning = page.locator('.ar-term__meaning').first()
  await expect(meaning).toBeHidden()
  await term.focus()
  await page.keyboard.press('Enter')
  await expect(term).toHaveAttribute('aria-expanded', 'true')
  await expect(meaning).toBeVisible()
  await expect(term).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(meaning).toBeHidden()
  await expect(term).toBeFocused()
})

test('a link to a heading goes there and changes no address', async ({ page, site }) => {
  await openBlocks(page, site)
  const address = page.url()
  await page.getByRole('link', { name: 'the list', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'A list', exact: true })).toBeFocused()
  expect(page.url()).toBe(address)
  const link = page.getByRole('link', { name: 'aftercare', exact: true })
  expect(await link.evaluate((link) => getComputedStyle(link).display), 'so that it breaks with its line').toBe('inline')
  await link.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('All the blocks')
  await page.getByRole('button', { name: say('common.back'), exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('All the blocks')
  expect(page.url()).toBe(address)
  // With the middle button or a key held it opens in here too: another tab would know no clinic.
  for (const how of [{ button: 'middle' }, { modifiers: ['Control'] }]) {
    await link.click(how)
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('All the blocks')
    await page.getByRole('button', { name: say('common.back'), exact: true }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('All the blocks')
  }
  expect(page.context().pages()).toHaveLength(1)
  expect(page.url()).toBe(address)
})

test('what matters comes first and becomes a list to print, and nothing is kept', async ({ page, site }) => {
  await openBlocks(page, site)
  const rows = page.locator('.ar-compare__wide tbody th')
  await expect(rows.first()).toHaveText('Time for a visit')
  await page.getByLabel('Getting home by myself matters to me').check()
  await expect(rows.first()).toContainText('Ride home')
  const list = page.locator('.ar-compare__list')
  await expect(list).toContainText('Can I get home by myself?')
  // What the browser prints is seen while it prints.
  await page.evaluate(() => addEventListener('beforeprint', () => {
    window.printed = document.querySelector('[data-printing]')?.className
  }))
  await page.getByRole('button', { name: say('compare.print'), exact: true }).click()
  await expect.poll(() => page.evaluate(() => window.printed)).toBe('ar-compare__list')
  await expect(page.locator('[data-printing]')).toHaveCount(0)
  await page.emulateMedia({ media: 'print' })
  await list.evaluate((element) => element.setAttribute('data-printing', ''))
  await expect(list.getByText('Can I get home by myself?')).toBeVisible()
  await expect(page.getByText('One main message.')).toBeHidden()
})

test('two options can be picked where it is narrow', async ({ page, site }) => {
  await page.setViewportSize({ width: 320, height: 800 })
  await openBlocks(page, site)
  const cards = page.locator('.ar-compare__cards')
  await expect(cards.getByText('You can drive', { exact: true })).toBeVisible()
  await expect(cards.getByText('You can drive too')).toBeHidden()
  await page.getByLabel(say('compare.second'), { exact: true }).selectOption('Talk therapy')
  await expect(cards.getByText('You can drive too')).toBeVisible()
  await expect(cards.getByText('You can drive', { exact: true })).toBeHidden()
})

test('the timeline follows the clinic\'s numbers', async ({ page, site }) => {
  const from = setting('numbers.infusion_minutes_mood.from')
  site.overrides.set('content/settings.toml', contentFile('settings.toml').replace(`from = ${from}\n`, `from = ${from + 5}\n`))
  await openBlocks(page, site)
  await expect(page.locator('.ar-timeline__length').first()).toContainText(String(from + 5))
})

test('the other language is one press away, and answers stay', async ({ widget, page, short }) => {
  await widget.open()
  await widget.begin()
  await widget.choose('no')
  await page.getByRole('button', { name: 'Español', exact: true }).click()
  await expect(page.locator('.ar')).toHaveAttribute('lang', 'es')
  await expect(page.locator('input:checked')).toHaveCount(1)
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await page.getByRole('button', { name: 'English', exact: true }).click()
  await expect(page.locator('.ar')).toHaveAttribute('lang', 'en')
  await expect(page.locator('input:checked')).toHaveCount(1)
})

/** Lays a language that nobody speaks over the served folder. */
function speak(site, lang, flags) {
  const out = mkdtempSync(join(tmpdir(), 'anteroom-'))
  const built = join(ROOT, 'target/debug/anteroom')
  const call = ['pseudo', '--content', join(ROOT, 'content'), '--out', out, ...flags]
  if (existsSync(built)) execFileSync(built, call)
  else execFileSync('cargo', ['run', '--quiet', '--', ...call], { cwd: ROOT })
  for (const entry of readdirSync(out, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    site.overrides.set(`content/${file.slice(out.length + 1)}`, readFileSync(file))
  }
  site.overrides.set('content/settings.toml',
    contentFile('settings.toml').replace(/^languages = \[.*\]/m, `languages = ["en", "${lang}"]`))
}

/** From the start page to the preview by whatever stands there, with `look` at each screen. */
async function journey(page, look) {
  await expect(page.locator('.ar-button--start')).toBeVisible()
  await expect(page.locator('.ar-card').first()).toBeVisible()
  await isWhole(page)
  await look('start')
  await page.locator('.ar-cards__all button').click()
  await look('pages')
  await page.locator('.ar-card__open').first().click()
  await expect(page.getByRole('article')).toBeVisible()
  for (const details of await page.locator('main summary').all()) await details.click()
  await look('page')
  await page.locator('.ar-header__help').click()
  await look('help')
  await page.locator('.ar-header__home').click()
  await page.locator('.ar-button--start').click()
  while (await page.locator('.ar-question').count()) {
    const id = await page.locator('main h1').textContent()
    await look(`question ${id}`)
    const choices = page.locator('.ar-choice__input')
    if (await choices.count()) await choices.last().click()
    if (await page.locator('.ar-help').count()) await page.locator('.ar-help button').first().click()
    await page.locator('main form button[type="submit"]').click()
    await expect(page.locator('main h1')).not.toHaveText(id)
  }
  await look('review')
  await page.locator('.ar-actions .ar-button').first().click()
  await expect(page.locator('.ar-result, .ar-reasons, .ar-result__share').first()).toBeAttached()
  for (const details of await page.locator('main summary').all()) await details.click()
  await look('result')
}

/** What on the screen is not marked as taken from the content of the language. */
const bare = (page) => page.evaluate(() => {
  // Of the guide's own data, names and units are the same in every language, and sources stand as they are cited.
  const same = '.ar-header__home, .ar-languages, .ar-about__sources, pre, [lang="en"], .ar-problems'
  const walker = document.createTreeWalker(document.querySelector('.ar'), NodeFilter.SHOW_TEXT)
  const found = []
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement
    const text = node.data.trim()
    if (!/[A-Za-z]{3}/.test(text) || /[⟦⟧~áçéíñöšüý]/.test(text)) continue
    if (element.closest(same) || !element.checkVisibility({ checkVisibilityCSS: true })) continue
    found.push(text)
  }
  return found
})

test('nothing on the screens is left untranslated, and a third more letters fit at 320 px', async ({ page, site, short }) => {
  speak(site, 'en-XA', [])
  await page.setViewportSize({ width: 320, height: 800 })
  await page.goto(`${site.url}?lang=en-XA`)
  await journey(page, async (screen) => {
    const left = (await bare(page)).filter((text) => !['mmHg', 'kg', 'lb'].includes(text))
    expect.soft(left, screen).toEqual([])
    expect.soft(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), screen).toBeLessThanOrEqual(0)
  })
})

test('a language from right to left is mirrored and fits at 320 px', async ({ page, site, short }) => {
  speak(site, 'ar-XB', ['--rtl'])
  await page.setViewportSize({ width: 320, height: 800 })
  await page.goto(`${site.url}?lang=ar-XB`)
  await expect(page.locator('.ar')).toHaveAttribute('dir', 'rtl')
  await journey(page, async (screen) => {
    const help = await page.locator('.ar-header__help').boundingBox()
    expect.soft(help.x + help.width, screen).toBeGreaterThan(290)
    expect.soft(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), screen).toBeLessThanOrEqual(0)
  })
})
