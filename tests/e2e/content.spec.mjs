// A clinic edits a text file on its server: the change shows at the next reload. A slip in one file is told in a sentence
// and takes down nothing else; help and the clinic's number are there whatever is broken.

import { contentFile, expect, test } from './support/fixtures.mjs'
import { question, resultTitle, say, setting } from './support/guide.mjs'
import { isWhole } from './support/journey.mjs'

test.describe('on a server that lets browsers keep files', () => {
  test.use({ cache: 'max-age=3600' })

  test('an edited word, number and question show at the next reload', async ({ widget, page, site }) => {
    await widget.open()
    site.overrides.set('content/en/words.toml', contentFile('en/words.toml').replace(say('start.begin'), 'Let us begin'))
    site.overrides.set('content/settings.toml', contentFile('settings.toml').replace(setting('clinic.name'), 'Harbor Light Clinic'))
    site.overrides.set('content/en/screening.toml', contentFile('en/screening.toml').replace(question('safety_now').ask, 'How safe are you right now?'))
    await page.reload()
    await expect(page.getByText('Harbor Light Clinic').first()).toBeVisible()
    await page.getByRole('button', { name: 'Let us begin' }).click()
    await expect(widget.heading).toHaveText('How safe are you right now?')
  })
})

const slips = [
  ['settings.toml is missing', 'settings.toml', 404],
  ['settings.toml is not TOML', 'settings.toml', () => contentFile('settings.toml').replace('[crisis]', '[crisis')],
  ['settings.toml has a number out of bounds', 'settings.toml', () => contentFile('settings.toml').replace(/^value = 180/m, 'value = 1800')],
  ['words.toml is missing', 'en/words.toml', 404],
  ['words.toml has a key that does not exist', 'en/words.toml', () => contentFile('en/words.toml').replace('[header]', '[header]\nhlep = "Help"')],
  ['words.toml is cut off', 'en/words.toml', () => contentFile('en/words.toml').slice(0, 3000)],
  ['screening.toml is missing', 'screening.toml', 404],
  ['screening.toml is not TOML', 'screening.toml', () => contentFile('screening.toml').replace('[[question]]', '[[question]')],
  ['the words of the questions are missing', 'en/screening.toml', 404],
  ['the words of the questions are a web page', 'en/screening.toml', () => '<!DOCTYPE html><title>Not here</title>'],
  ['plan.toml is missing', 'plan.toml', 404],
  ['a page is missing', 'en/pages/myths.md', 404],
  ['a page has no front matter', 'en/pages/myths.md', () => '# Myths\n\nHello.'],
  ['a page is a picture', 'en/pages/myths.md', () => Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70])],
  ['a file is empty', 'sources.toml', () => ''],
]
for (const [what, path, slip] of slips) {
  test(`${what}: a sentence says so, and the rest works`, async ({ widget, page, site }) => {
    site.overrides.set(`content/${path}`, typeof slip === 'function' ? slip() : slip)
    await page.goto(site.url)
    // Pages come when somebody reads.
    const isPage = path.includes('/pages/')
    if (isPage) await widget.button('pages.all').click()
    const problems = page.getByRole('complementary').filter({ hasText: 'Part of this guide could not be read' })
    await expect(problems).toBeVisible()
    await isWhole(page)
    await problems.locator('summary').click()
    await expect(problems.getByRole('listitem').filter({ hasText: path }).first()).toBeVisible()

    await page.getByRole('button', { name: 'Need help now?' }).click()
    for (const link of widget.helpLinks()) await expect(link.first()).toBeVisible()
    await page.getByRole('button', { name: 'Back to where I was' }).click()
    await expect(widget.heading).toBeVisible()
    // Without a readable settings file nothing can know the number, unless the page that embeds the widget tells it.
    if (path !== 'settings.toml' || slip !== 404) await expect(page.locator('a[href="tel:+15550100142"]').first()).toBeVisible()

    if (isPage) await page.getByRole('button', { name: say('header.home') }).click()
    if (path === 'screening.toml' && slip === 404) {
      await expect(page.getByText('The questions can not be shown right now.')).toBeVisible()
    } else {
      await page.getByRole('button', { name: 'Start the questions' }).click()
      await expect(page.getByRole('button', { name: 'Continue' })).toBeVisible()
      await expect(page.getByRole('radio').first()).toBeVisible()
    }
  })
}

test('a slip that loses a question never gives a mild result', async ({ widget, site, short }) => {
  const cut = site.overrides.get('content/screening.toml')
  site.overrides.set('content/screening.toml', cut.replace('[[question]]', '[[question]'))
  await widget.open()
  await widget.toResult()
  await expect(widget.heading).toHaveText(resultTitle('level.review_title'))
})

test('with the settings gone, the number that the clinic\'s page gives is shown', async ({ page, site }) => {
  site.overrides.set('content/settings.toml', 404)
  await page.goto(`${site.url}demo/get-ready.html`)
  const frame = page.frameLocator('iframe')
  await expect(frame.getByRole('button', { name: 'Need help now?' })).toBeVisible()
  await expect(frame.locator('a[href="tel:+15550100142"]').first()).toBeVisible()
})

test('the first language is asked for by the address, and an unknown one falls back', async ({ widget, page, site }) => {
  await page.goto(`${site.url}?lang=xx`)
  await widget.isReady()
})

test('a page\'s raw HTML is shown as text and never runs', async ({ page, site }) => {
  const bad = '<img src=x onerror="document.title=1"><script>document.title=2</script> [here](javascript:document.title=3)'
  site.overrides.set('content/en/pages/myths.md', contentFile('en/pages/myths.md') + `\n\n${bad}\n`)
  await page.goto(`${site.url}?page=myths`)
  await expect(page.getByRole('article')).toContainText('<script>')
  expect(await page.locator('article img, article script, article a[href^="javascript"]').count()).toBe(0)
  await expect(page).toHaveTitle('Get ready to talk')
})
