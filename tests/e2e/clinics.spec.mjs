// One deployment, several clinics: a clinic's own folder below clinics/ is laid over the guide, in the widget's page, in
// the sealed frame, and in the check that its medical director signs.

import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { DIST } from '../../scripts/serve.mjs'
import { contentFile, expect, test } from './support/fixtures.mjs'
import { Widget } from './support/journey.mjs'

const SETTINGS = `files = ["screening.toml", "en/screening.toml"]

[clinic]
name = "Springfield Infusion"
phone = "+1 555 010 0123"
`
const SCREENING = `[[question]]
id = "breastfeeding"
choices = [{ id = "yes", level = "stop" }]
`
const WORDS = `[question.breastfeeding]
next = "Springfield waits until you no longer breastfeed."
`

/** Puts the clinic "springfield" into the served folder. */
const laid = (site) => {
  site.overrides.set('clinics/springfield/settings.toml', SETTINGS)
  site.overrides.set('clinics/springfield/screening.toml', SCREENING)
  site.overrides.set('clinics/springfield/en/screening.toml', WORDS)
}

test('the full page shows the clinic that its address names', async ({ page, site }) => {
  laid(site)
  await page.goto(`${site.url}index.html?clinic=springfield`)
  await expect(page.getByText('Springfield Infusion').first()).toBeVisible()
  await expect(page.getByRole('link', { name: /010 0123/ }).first()).toBeVisible()
})

test('the sealed frame shows the clinic that the element names, and asks for its named files only', async ({ page, site, asked }) => {
  laid(site)
  site.overrides.set('host.html', `<!doctype html><title>Clinic</title><script src="/embed.js" async></script>
    <div data-anteroom data-clinic="springfield" data-load="now">Call us.</div>`)
  await page.goto(`${site.url}host.html`)
  const frame = page.frameLocator('iframe')
  await expect(frame.getByText('Springfield Infusion').first()).toBeVisible()
  const own = asked.filter((url) => url.includes('/clinics/')).map((url) => url.split('/clinics/')[1])
  expect(own.sort()).toEqual(['springfield/en/screening.toml', 'springfield/screening.toml', 'springfield/settings.toml'])
})

test('a clinic that is not there shows no other clinic\'s name or phone, and says what to mend', async ({ page, site }) => {
  await page.goto(`${site.url}index.html?clinic=shelbyville`)
  await new Widget(page, page, site.url).isReady()
  const body = page.locator('body')
  await expect(body).not.toContainText('Example Infusion Clinic')
  await expect(body).not.toContainText('010 0142')
  await page.getByText('For the clinic').click()
  await expect(body).toContainText('Check that the clinic\'s folder is uploaded')
})

test('a name that leads out of the folder is refused', async ({ page, site, asked }) => {
  await page.goto(`${site.url}index.html?clinic=..%2Fcontent`)
  await page.getByText('For the clinic').click()
  await expect(page.locator('body')).toContainText('cannot be the name of a clinic\'s folder')
  expect(asked.some((url) => url.includes('clinics/'))).toBe(false)
})

test('#check says what the clinic changed, safety first, to be signed', async ({ page, site }) => {
  laid(site)
  await page.goto(`${site.url}index.html?clinic=springfield#check`)
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await expect(page.getByRole('status')).toContainText('0 errors')
  await expect(page.getByRole('heading', { name: 'What this clinic changed' })).toBeVisible()
  const items = page.locator('.ar-check li')
  await expect(items.first()).toContainText('stricter: question.breastfeeding.choices.yes.level')
  await expect(items.first()).toContainText('review → stop')
  await expect(page.getByText('Signature:')).toBeVisible()
})

test('#check without a clinic checks the guide with the words of the command line', async ({ page, site }) => {
  const screening = contentFile('screening.toml').replace('id = "safety_now"\nsection = "safety"', 'id = "safety_now"\nsection = "safty"')
  site.overrides.set('content/screening.toml', screening)
  await page.goto(`${site.url}index.html#check`)
  await expect(page.getByRole('heading', { name: 'Errors' })).toBeVisible()
  await expect(page.locator('.ar-check__error')).toContainText('Did you mean `safety`?')
  await expect(page.getByRole('heading', { name: 'What this clinic changed' })).toHaveCount(0)
  // What nobody has signed is said once, with all of its files.
  await expect(page.locator('.ar-check__warning li').filter({ hasText: 'No clinician has signed' })).toHaveCount(1)
  await expect(page.locator('.ar-check__warning li').filter({ hasText: 'No clinician has signed' })).toContainText(/^52 files: .* all 24 in es\/pages\./)
  // Each language's pages by the figures of that language.
  await expect(page.getByRole('columnheader', { name: 'inflesz' })).toHaveCount(1)
  expect((await page.getByRole('row').filter({ hasText: '/' }).locator('td').allTextContents()).filter((cell) => !cell)).toEqual([])
})

/** The files of the zip that the check saves, by their paths. */
async function savedPages(page) {
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save the plain pages' }).click()
  const saved = await saving
  expect(saved.suggestedFilename()).toBe('plain-pages.zip')
  const zip = await saved.path()
  const list = execFileSync('unzip', ['-Z1', zip]).toString().trim().split('\n')
  return new Map(list.map((path) => [path, execFileSync('unzip', ['-p', zip, path]).toString()]))
}

test('#check saves the plain pages as the command line writes them', async ({ page, site }) => {
  await page.goto(`${site.url}index.html#check`)
  const saved = await savedPages(page)
  const built = readdirSync(join(DIST, 'pages'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = built.map((entry) => relative(DIST, join(entry.parentPath, entry.name)))
  expect([...saved.keys()].sort()).toEqual([...paths, 'index.html'].sort())
  for (const [path, text] of saved) expect(text, path).toBe(readFileSync(join(DIST, path), 'utf8'))
})

test('#check saves the plain pages of a clinic, which lead to its own questions', async ({ page, site }) => {
  laid(site)
  await page.goto(`${site.url}index.html?clinic=springfield#check`)
  const saved = await savedPages(page)
  expect(saved.get('index.html')).toContain('Springfield Infusion')
  expect(saved.get('pages/en/index.html')).toContain('href="../../index.html?clinic=springfield')
  expect(saved.get('pages/en/index.html')).not.toContain('These pages are an example')
})

test('with the page that #check saves, the clinic\'s first screens are there before the widget', async ({ page, site }) => {
  laid(site)
  const check = `${site.url}index.html?clinic=springfield#check`
  await page.goto(check)
  const says = (words) => expect(page.getByText(words)).toBeVisible()
  await says('In index.html stand no first screens of this guide.')
  const saved = await savedPages(page)
  site.overrides.set('index.html', saved.get('index.html'))
  await page.reload()
  await says('The first screens that stand in index.html are made of these texts')
  site.overrides.set('clinics/springfield/settings.toml', `${SETTINGS}\n`)
  await page.reload()
  await says('The first screens that stand in index.html are not made of these texts')
  laid(site)

  await page.route('**/widget_bg.wasm', () => {})
  for (const lang of ['en', 'es']) {
    await page.goto(`${site.url}index.html?clinic=springfield&lang=${lang}`)
    await expect(page.locator('.ar-header__home')).toContainText('Springfield Infusion')
    await page.locator('.ar-button--start').click()
    await expect(page.getByRole('radio').first()).toBeVisible()
  }
  // Another clinic's, and those of a file that the clinic changed since, are not shown.
  const isNotShown = async (address) => {
    const files = ['content/settings.toml', 'content/en/words.toml', 'content/screening.toml', 'content/en/screening.toml']
    const came = Promise.all(files.map(async (file) => (await page.waitForResponse(`**/${file}`)).finished()))
    await page.goto(address)
    await came
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
    await expect(page.locator('#ar-wait')).toBeVisible()
    await expect(page.locator('.ar-header__home')).toHaveCount(0)
  }
  await isNotShown(`${site.url}index.html`)
  site.overrides.set('clinics/springfield/settings.toml', `${SETTINGS}\n`)
  await isNotShown(`${site.url}index.html?clinic=springfield`)
})

test('#check says in a sentence when the plain pages cannot be made', async ({ page, site }) => {
  await page.goto(`${site.url}index.html#check`)
  await page.getByRole('button', { name: 'Save the plain pages' }).waitFor()
  site.overrides.set('index.html', 404)
  await page.getByRole('button', { name: 'Save the plain pages' }).click()
  await expect(page.getByRole('alert')).toHaveText('The plain pages could not be made: the server answered 404. Reload this page and try again.')
})

test('#check says in a sentence when it cannot run', async ({ page, site }) => {
  site.overrides.set('checker_bg.wasm', 404)
  await page.goto(`${site.url}index.html#check`)
  await expect(page.getByRole('alert')).toContainText('checker_bg.wasm: the server answered 404')
})

test('the wasm of the check is not loaded by who does not check', async ({ page, site, asked }) => {
  await new Widget(page, page, site.url).open()
  expect(asked.some((url) => url.includes('check'))).toBe(false)
})
