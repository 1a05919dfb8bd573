// The check of a clinic's page says in sentences what is wrong, on the page itself and in embed-check.html.

import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
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
    ['the script is missing', 'widget.js', 404, 'The file widget.js cannot be read: the server answered 404.'],
    ['a stylesheet is missing', 'rest.css', 404, 'The file rest.css cannot be read: the server answered 404.'],
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

  test('a folder of the clinic\'s own is looked at before the guide\'s settings, and its name stands in the sentence', async ({ page, site }) => {
    site.overrides.set('content/settings.toml', contentFile('settings.toml'))
    const own = (phone) => site.overrides.set('clinics/lakeside/settings.toml', `[clinic]\nphone = "${phone}"\n[handoff]\nendpoint = "http://lakeside.example/in"\n`)
    own('+1 555 010 0188')
    const found = await looked(page, site, one('data-clinic="lakeside"'))
    await expect(found).toContainText('endpoint in clinics/lakeside/settings.toml')
    await expect(found).not.toContainText('the example\'s')
    own('+1 555 010 0123')
    await expect(await looked(page, site, one('data-clinic="lakeside"'))).toContainText('The phone number in clinics/lakeside/settings.toml is still the example\'s.')
    await expect(await looked(page, site, one())).toContainText(/To mend:\s*The phone number in content\/settings.toml is still the example's\./)
    // The folder alone does not know whose page it is.
    await page.goto(`${site.url}embed-check.html`)
    await expect(page.locator('#folder')).toContainText('To know:')
    await expect(page.locator('#folder')).toContainText('The widget is set up well')
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

test.describe('in Spanish', () => {
  const source = (name) => readFileSync(new URL(`../../embed/${name}`, import.meta.url), 'utf8')
  /** The sentences of a script, by language and key. */
  const sentences = (name) => runInNewContext(`(${/const SENTENCES = (\{[^]*?\n {2}\});/.exec(source(name))[1]})`)
  const placeholders = (text) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort().join()
  /** Pieces of English sentences that are long enough to be nothing else. */
  const english = (name) => Object.values(sentences(name).en).flatMap((text) => text.split(/\{\w+\}/))
    .map((piece) => piece.trim()).filter((piece) => piece.split(' ').length > 3)
  const noEnglish = (text, name) => expect(english(name).filter((piece) => text.includes(piece))).toEqual([])

  for (const name of ['embed-check.js', 'check.js']) {
    test(`${name} has each sentence in both languages, with the same places to fill`, () => {
      const { en, es } = sentences(name)
      expect(Object.keys(es)).toEqual(Object.keys(en))
      for (const key of Object.keys(en)) expect(placeholders(es[key]), key).toBe(placeholders(en[key]))
      // A code or an address is the same; a sentence is not.
      for (const piece of english(name)) expect(Object.values(es).filter((text) => text.includes(piece))).toEqual([])
    })
  }

  test('what stands in the page is the English of the table, and embed.js says the same of its attributes', () => {
    const { en } = sentences('embed-check.js')
    const page = source('embed-check.html')
    const said = [...page.matchAll(/data-say="([\w.]+)">([^<]*)</g)]
    expect(said.length).toBeGreaterThan(10)
    for (const [, key, words] of said) expect(words.trim(), key).toBe(en[key])
    for (const [, key, what] of source('embed.js').matchAll(/^ {4}'?([\w-]+)'?: \[[^']*'(.*)'\],$/gm)) expect(en[`known.${key}`]).toBe(what)
  })

  test('the page says nothing in English, is clean by axe, and leads to English', async ({ page, site }) => {
    for (const path of ['content/es/words.toml', 'widget.js']) site.overrides.set(path, 404)
    await page.goto(`${site.url}embed-check.html?lang=es`)
    await expect(page.locator('#folder').getByRole('region', { name: 'La carpeta del programa' })).toContainText('No se puede leer el archivo content/es/words.toml: el servidor respondió 404.', { timeout: 30_000 })
    await page.getByLabel('O pegue el código').fill('<!DOCTYPE html><html><body><script type="text/plain" src="http://clinic.example/embed.js"></script><p>&lt;div data-anteroom&gt;</p><div data-anteroom data-mode="popup" data-x></div></body></html>')
    await page.getByRole('button', { name: 'Revisar este código' }).click()
    await expect(page.locator('#report')).toContainText('No se entiende data-mode="popup".')
    noEnglish(await page.evaluate(() => document.documentElement.innerText + [...document.querySelectorAll('#report > *, #folder > *')].map(({ shadowRoot }) => shadowRoot.textContent).join()), 'embed-check.js')
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('es')
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
    await page.setViewportSize({ width: 320, height: 600 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    await page.getByRole('link', { name: 'English' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Is the widget set up well?')
  })

  test('the report on a clinic\'s page says nothing in English, whatever is wrong', async ({ page, site }) => {
    site.overrides.set('widget.js', 404)
    await open(page, site, `<div style="width: 200px">${one('data-pgae="myths" data-lang="fr" data-button="x"', '')}</div>`, { query: '?anteroom-check=es' })
    const found = page.getByRole('region', { name: 'Revisión del programa' })
    await expect(found).toContainText('No existe el atributo data-pgae.', { timeout: 30_000 })
    await expect(found).toContainText('no se pudo cargar widget.js')
    noEnglish(await found.evaluate(({ textContent }) => textContent), 'embed-check.js')
    await expect(found.getByRole('link', { name: 'English' })).toBeVisible()
  })

  test.describe('in a Spanish browser', () => {
    test.use({ locale: 'es-MX' })
    test('both checks speak Spanish without being asked', async ({ page, site }) => {
      await page.goto(`${site.url}embed-check.html`)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('¿Está bien puesto el programa?')
      await page.goto(`${site.url}index.html#check`)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Revisión de esta guía')
      await expect(page.locator('.ar-lead')).toContainText('0 errores', { timeout: 30_000 })
      await page.getByRole('link', { name: 'English' }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Check of this guide')
    })
  })

  test('the check of the guide says all but what it found in Spanish', async ({ page, site }) => {
    await page.goto(`${site.url}index.html?lang=es#check`)
    await expect(page.locator('.ar-lead')).toContainText('No se envió nada.', { timeout: 30_000 })
    noEnglish(await page.locator('.ar-check').evaluate((check) => {
      const copy = check.cloneNode(true)
      for (const sentence of copy.querySelectorAll('[lang=en]')) sentence.remove()
      return copy.textContent
    }), 'check.js')
  })
})
