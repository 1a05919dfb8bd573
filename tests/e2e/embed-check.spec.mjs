// The check of a clinic's page says in sentences what is wrong, on the page itself and in embed-check.html.

import AxeBuilder from '@axe-core/playwright'
import { contentFile, expect, test } from './support/fixtures.mjs'
import { FALLBACK, host, one, open } from './support/host.mjs'

test.beforeEach(({ site, otherSite }) => {
  for (const { overrides } of [site, otherSite]) overrides.set('content/settings.toml', contentFile('settings.toml').replace('+1 555 010 0142', '+1 555 010 0199'))
})

const report = (page) => page.getByRole('region', { name: 'Check of the widget' })
const looked = async (page, site, body, options) => {
  await open(page, site, body, { query: '?anteroom-check', ...options })
  await expect(report(page)).toBeVisible({ timeout: 30_000 })
  return report(page)
}
/** Types the page's address into embed-check.html. */
const typed = async (page, check, address) => {
  await page.goto(`${check.url}embed-check.html`)
  await expect(page.locator('#folder').getByRole('listitem').first()).toBeVisible()
  await page.getByLabel('The address of your page').fill(address)
  await page.getByRole('button', { name: 'Check this page' }).click()
  return page.locator('#report').getByRole('region', { name: 'Check of the widget' })
}

test('a page that is well says so, and nobody sees a report who did not ask for one', async ({ page, site }) => {
  const found = await looked(page, site, one())
  await expect(found).toContainText('The widget is set up well')
  await expect(found).toContainText('The widget shows its questions.')
  await expect(found).toContainText(/All \d+ files that the widget starts with are in/)
  await open(page, site, one())
  await expect(page.getByText(FALLBACK)).toBeHidden()
  await expect(page.locator('#anteroom-report')).toHaveCount(0)
})

test.describe('what is wrong', () => {
  const cases = [
    ['an attribute that does not exist', one('data-pgae="myths"'), {}, 'There is no attribute data-pgae'],
    ['a wrong value', one('data-mode="popup"'), {}, 'data-mode="popup" is not understood'],
    ['a page that the guide lacks', one('data-page="mytsh"'), {}, 'data-page="mytsh" asks for a page that the guide does not have'],
    ['a language that the guide lacks', one('data-lang="fr"'), {}, 'It has en, es.'],
    ['a clinic\'s folder that is missing', one('data-clinic="shelbyville"'), {}, 'There is no folder clinics/shelbyville'],
    ['no place for it', '<script src="embed.js"></script>', {}, 'No element on this page has data-anteroom'],
    ['a policy against frames', one(), { head: '<meta http-equiv="Content-Security-Policy" content="frame-src \'none\'">' }, 'to frame-src where your site sets its Content-Security-Policy'],
    ['a policy against its files', one(), { head: '<meta http-equiv="Content-Security-Policy" content="connect-src \'none\'">' }, 'security policy (connect-src) does not let it load'],
    ['a hidden place', `<div style="visibility: hidden">${one('data-load="now"')}</div>`, {}, 'stands in a part of the page that is hidden'],
    ['a part of the page that cuts it off', `<div style="height: 200px; overflow: hidden">${one()}</div>`, {}, 'is cut off'],
    ['no words for a bad day', one('', ''), {}, 'has no words of your own for when it cannot be shown'],
    ['a narrow column', `<div style="width: 200px">${one()}</div>`, {}, 'has only 200 pixels of width'],
  ]
  for (const [what, body, options, sentence] of cases) {
    test(what, async ({ page, site }) => {
      await expect(await looked(page, site, body, options)).toContainText(sentence)
    })
  }

  for (const [what, path, content, sentence] of [
    ['a file is missing', 'content/es/words.toml', 404, 'The file content/es/words.toml cannot be read: the server answered 404.'],
    ['a file is another page', 'content/screening.toml', '<!DOCTYPE html><title>Not found</title>', 'In place of the file content/screening.toml the server sends a web page.'],
    ['the wasm is damaged', 'widget_bg.wasm', 'not wasm', 'widget_bg.wasm is damaged'],
    ['another page stands there', 'index.html', '<!DOCTYPE html><title>Our clinic</title>', 'Another page stands at'],
  ]) {
    test(what, async ({ page, site }) => {
      site.overrides.set(path, content)
      await expect(await looked(page, site, one())).toContainText(sentence)
    })
  }

  test('an endpoint that is not https, and the example\'s phone', async ({ page, site }) => {
    site.overrides.set('content/settings.toml', contentFile('settings.toml').replace(/^endpoint = ""/m, 'endpoint = "http://clinic.example/in"'))
    const found = await looked(page, site, one())
    await expect(found).toContainText('http://clinic.example/in, which is not an https address')
    await expect(found).toContainText('still the example\'s')
  })

  test('a server that does not know wasm is only a note', async ({ page, site }) => {
    await page.route('**/*.wasm', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, headers: { ...response.headers(), 'content-type': 'application/octet-stream' } })
    })
    const found = await looked(page, site, one())
    await expect(found).toContainText('"application/octet-stream". The widget works, but starts later')
    await expect(found).toContainText('The widget is set up well')
  })

  test('a server that forbids framing', async ({ page, site }) => {
    await page.route('**/index.html', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, headers: { ...response.headers(), 'x-frame-options': 'DENY' } })
    })
    await expect(await looked(page, site, one())).toContainText('X-Frame-Options: DENY')
  })
})

test.describe('embed-check.html', () => {
  test('looks at the folder by itself, is clean by axe, and keeps its own policy', async ({ page, site }) => {
    const said = []
    page.on('console', (message) => said.push(message.text()))
    await page.goto(`${site.url}embed-check.html`)
    await expect(page.locator('#folder')).toContainText('All ')
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
    await page.setViewportSize({ width: 320, height: 600 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    expect(said).toEqual([])
  })

  test('on the same site it reads the page: a script that the editor took out', async ({ page, site }) => {
    site.overrides.set('clinic.html', host('<div data-anteroom>Call us</div>'))
    const found = await typed(page, site, `${site.url}clinic.html`)
    await expect(found).toContainText('nothing on this page loads embed.js')
    await expect(found).toContainText('Your editor has taken the <script> out')
  })

  test('from another site it opens the page, and that page tells what it found', async ({ page, site, otherSite }) => {
    site.overrides.set('clinic.html', host(`<script src="${otherSite.url}embed.js" async></script><div data-anteroom data-mode="popup">Call us</div>`))
    const found = await typed(page, otherSite, `${site.url}clinic.html`)
    await expect(found).toContainText('embed.js runs on this page')
    await expect(found).toContainText('data-mode="popup" is not understood')
  })

  test('a page of another site that does not answer: what may be the reason', async ({ page, site, otherSite }) => {
    await page.clock.install()
    site.overrides.set('clinic.html', host('<p>Nothing here</p>'))
    const found = await typed(page, otherSite, `${site.url}clinic.html`)
    await expect(page.getByText('Your page is open in another tab')).toBeVisible()
    await page.clock.fastForward(40_000)
    await expect(found).toContainText('embed.js did not run on it')
  })

  test('an address that is none', async ({ page, site }) => {
    await typed(page, site, 'http://')
    await expect(page.getByText('This is not a web address')).toBeVisible()
  })

  for (const [what, source, sentence] of [
    ['as text', '<p>&lt;script src="embed.js"&gt;&lt;/script&gt;</p>', 'stands on the page as text'],
    ['held back by a cookie banner', '<script type="text/plain" data-category="marketing" src="/anteroom/embed.js"></script><div data-anteroom></div>', 'has the type "text/plain"'],
    ['by plain http', '<script src="http://clinic.example/anteroom/embed.js"></script><div data-anteroom></div>', 'is loaded from an address that is not https'],
    ['without its attribute', '<script src="/anteroom/embed.js"></script><div>Call us</div>', 'No element on this page has data-anteroom'],
    ['with a policy', '<meta http-equiv="Content-Security-Policy" content="default-src \'self\'; script-src *"><script src="/anteroom/embed.js"></script><div data-anteroom></div>', 'security policy (default-src) does not let it show the widget'],
  ]) {
    test(`pasted source: the line ${what}`, async ({ page, site }) => {
      await page.goto(`${site.url}embed-check.html`)
      await page.getByLabel('Or paste your page').fill(`<!DOCTYPE html><html><body>${source}</body></html>`)
      await page.getByRole('button', { name: 'Check this source' }).click()
      await expect(page.locator('#report')).toContainText(sentence)
    })
  }
})
