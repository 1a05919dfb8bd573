// What a clinic uploads: made of dist/ by scripts/release.mjs, packed, unpacked, and served from a folder below a site by
// real Apache and real nginx with the release's own header files. What the file for Netlify and Cloudflare Pages says is
// judged by libraries of those two.

import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { headersOf } from '../../scripts/hosting.mjs'
import { archive, filesBelow, release } from '../../scripts/release.mjs'
import { DIST, serve } from '../../scripts/serve.mjs'
import { expect, shippedPages, test } from './support/fixtures.mjs'
import { pageTitle, say } from './support/guide.mjs'
import { Widget } from './support/journey.mjs'
import { apache, cloudflare, headerLines, nginx } from './support/servers.mjs'

const place = mkdtempSync(join(tmpdir(), 'anteroom-release-'))
const site = join(place, 'site')
const folder = join(site, 'anteroom')
let made

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  test.setTimeout(120_000)
  made = await release({ from: DIST, out: join(place, 'made'), fast: true })
  mkdirSync(site)
  writeFileSync(join(place, 'anteroom.zip'), await archive(join(place, 'made')))
  // Somebody else's unpacking, so that the archive is one.
  execFileSync('unzip', ['-q', join(place, 'anteroom.zip'), '-d', site])
})
test.afterAll(() => rmSync(place, { recursive: true, force: true }))

test('the archive holds what was made, the documents and the licences, with sums that agree', async () => {
  expect(await filesBelow(folder)).toEqual(await filesBelow(join(place, 'made')))
  for (const path of ['README.txt', 'docs/index.html', 'docs/hosting.html', 'docs/changelog.html', 'docs/style.css', 'LICENSE']) expect(existsSync(join(site, path)), path).toBe(true)
  execFileSync('sha256sum', ['--quiet', '-c', 'SHA256SUMS.txt'], { cwd: site })
})

test('every document that something in the archive names lies in it, by that name', async () => {
  const missing = new Set()
  for (const path of await filesBelow(site)) {
    if (/\.(br|gz|webp)$/.test(path)) continue
    // The sentences of the check stand in its wasm, and a comment in the plugin's zip.
    const bytes = readFileSync(join(site, path))
    const text = String(path.endsWith('.zip') ? execFileSync('unzip', ['-p', join(site, path)]) : bytes)
    // What documents say of the sources, for developers, says so: "docs/" followed by what the sources have.
    for (const [, name] of text.matchAll(/(?<![\w.:/-])(docs\/[\w-]+(?:[./][\w-]+)+|(?:README|CHANGELOG|ARCHITECTURE)\.md)/g)) {
      if (!existsSync(join(site, name))) missing.add(`${path}: ${name}`)
    }
  }
  expect([...missing]).toEqual([])
})

test('every name that can stay for ever says what is in the file, and the others are the same as ever', async () => {
  for (const name of made.names.values()) {
    const hash = createHash('sha256').update(readFileSync(join(folder, name))).digest('hex').slice(0, 10)
    expect(name).toContain(`-${hash}.`)
  }
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  for (const [old, name] of made.names) {
    expect(existsSync(join(folder, old)), old).toBe(false)
    if (/^(widget|check\.js)/.test(old)) expect(page).toContain(name)
  }
  // theme.html finds its files under the names they have got.
  const theme = ['theme.html', 'theme.js'].map((name) => readFileSync(join(folder, name), 'utf8')).join('\n')
  const asked = [...theme.matchAll(/(?:href|src)="([\w.-]+\.(?:css|js))"|fetch\('([\w.-]+)'\)/g)].map(([, file, fetched]) => file ?? fetched)
  expect(asked).toHaveLength(5)
  for (const name of asked) expect(existsSync(join(folder, name)), name).toBe(true)
  for (const name of ['index.html', 'embed.js', 'sw.js', 'pages/index.html', 'content/settings.toml']) expect(existsSync(join(folder, name)), name).toBe(true)
  const sri = readFileSync(join(folder, 'embed.sri.txt'), 'utf8').trim()
  expect(sri).toBe('sha384-' + createHash('sha384').update(readFileSync(join(folder, 'embed.js'))).digest('base64'))
})

test('what is compressed ahead is the same file, and nothing that a clinic edits is', async () => {
  const files = await filesBelow(folder)
  const packed = files.filter((path) => /\.(br|gz)$/.test(path))
  expect(packed).toContain('embed.js.br')
  for (const path of packed) {
    const bytes = readFileSync(join(folder, path))
    const open = path.endsWith('.br') ? brotliDecompressSync(bytes) : gunzipSync(bytes)
    expect(open.equals(readFileSync(join(folder, path.slice(0, -3)))), path).toBe(true)
    expect(path).not.toMatch(/^(content|clinics|pages)\/|^index\.html/)
  }
})

/** Asks for a file with these codings accepted, as the server sends it: status, headers, bytes. */
const ask = (url, path, codings = 'identity') => new Promise((resolve, reject) => {
  get(url + path, { headers: { 'Accept-Encoding': codings } }, (response) => {
    const parts = []
    response.on('data', (part) => parts.push(part)).on('end', () => resolve({
      status: response.statusCode, headers: new Headers(response.headers), bytes: Buffer.concat(parts),
    })).on('error', reject)
  }).on('error', reject)
})
const CODINGS = { br: brotliDecompressSync, gzip: gunzipSync }

for (const [name, start] of Object.entries({ Apache: apache, nginx })) {
  test(`${name} with its ready file sends types, caching and what is compressed ahead, lists no folder, and the widget works there`, async ({ page }) => {
    const server = await start(site)
    try {
      const wasm = made.names.get('widget_bg.wasm')
      const style = made.names.get('style.css')
      for (const [path, type, caching] of [
        [wasm, /^application\/wasm$/, /immutable/],
        [made.names.get('widget.js'), /^(text|application)\/javascript; charset=utf-8$/, /immutable/],
        [style, /^text\/css; charset=utf-8$/, /immutable/],
        ['embed.js', /^(text|application)\/javascript; charset=utf-8$/, /^no-cache$/],
        ['index.html', /^text\/html; charset=utf-8$/, /^no-cache$/],
        ['content/settings.toml', /^text\/plain; charset=utf-8$/, /^no-cache$/],
        ['content/en/pages/costs.md', /^text\/plain; charset=utf-8$/, /^no-cache$/],
        ['pages/en/index.html', /^text\/html; charset=utf-8$/, /^no-cache$/],
        ['sw.js', /^(text|application)\/javascript; charset=utf-8$/, /^no-cache$/],
      ]) {
        const file = readFileSync(join(folder, path))
        const ahead = [wasm, style, made.names.get('widget.js'), 'embed.js'].includes(path)
        for (const [codings, wanted] of [['identity', null], ['gzip, deflate', 'gzip'], ['gzip, deflate, br, zstd', 'br']]) {
          const { headers, status, bytes } = await ask(`${server.url}anteroom/`, path, codings)
          const what = `${path} as ${codings}`
          expect(status, what).toBe(200)
          expect(headers.get('content-type'), what).toMatch(type)
          expect(headers.get('cache-control'), what).toMatch(caching)
          for (const [name, value] of Object.entries(headersOf(path))) expect(headers.get(name), `${what}: ${name}`).toBe(value)
          const coding = headers.get('content-encoding')
          if (ahead) {
            expect(coding, what).toBe(wanted)
            expect(headers.get('vary'), what).toMatch(/^accept-encoding$/i)
            if (wanted) expect(bytes.equals(readFileSync(join(folder, `${path}.${wanted === 'br' ? 'br' : 'gz'}`))), `${what} is what was compressed ahead`).toBe(true)
          }
          expect((coding ? CODINGS[coding](bytes) : bytes).equals(file), `${what} is the file`).toBe(true)
        }
      }
      // What a clinic edits is sent as it is now, never as it was.
      const settings = join(folder, 'content/settings.toml')
      const before = readFileSync(settings)
      writeFileSync(settings, `${before}\n# edited\n`)
      const { bytes, headers } = await ask(`${server.url}anteroom/`, 'content/settings.toml', 'gzip, br')
      const coding = headers.get('content-encoding')
      expect(String(coding ? CODINGS[coding](bytes) : bytes)).toContain('# edited')
      writeFileSync(settings, before)
      for (const path of ['content/', 'content/en/', 'clinics/', 'hosting/']) {
        const { status, bytes } = await ask(`${server.url}anteroom/`, path)
        expect([403, 404], path).toContain(status)
        expect(String(bytes), path).not.toMatch(/Index of|settings\.toml|nginx\.conf/)
      }
      expect((await ask(`${server.url}anteroom/`, '')).status).toBe(200)
      expect((await ask(`${server.url}anteroom/`, 'pages/')).status).toBe(200)
      expect((await ask(`${server.url}anteroom/`, 'no-such-file-0123456789.js', 'br')).status).toBe(404)

      const refused = []
      page.on('console', (message) => refused.push(message.text()))
      const widget = new Widget(page, page, `${server.url}anteroom/`)
      await widget.open()
      await widget.begin()
      await page.goto(`${server.url}anteroom/demo/get-ready.html`)
      await page.locator('iframe').first().scrollIntoViewIfNeeded()
      await expect(page.frameLocator('iframe').first().getByRole('heading', { level: 1 })).toBeVisible()
      expect(refused).toEqual([])
    } finally {
      await server.close()
    }
  })
}

/** Every file that a browser can ask for by its name. */
const askable = async () => (await filesBelow(folder)).filter((path) => !/\.(br|gz)$/.test(path))
// What both servers say of a file of which no line says it.
const ASK_EACH_TIME = 'public, max-age=0, must-revalidate'
const wantedOf = (path) => {
  const headers = new Headers(headersOf(path))
  if (headers.get('cache-control') === 'no-cache') headers.delete('cache-control')
  return [...headers].sort()
}

test('Netlify reads the ready file without an error, and no file gets the same header from two lines', async () => {
  const lines = await headerLines(join(folder, 'hosting/_headers'))
  for (const path of await askable()) {
    const said = lines.filter(({ forRegExp }) => forRegExp.test(`/anteroom/${path}`)).flatMap(({ values }) => Object.entries(values))
    expect(said.map(([name, value]) => [name.toLowerCase(), value]).sort(), path).toEqual(wantedOf(path))
  }
  expect(lines.filter(({ forRegExp }) => forRegExp.test('/another-page.html'))).toEqual([])
})

test('Cloudflare Pages says of each file what the ready file says, and of the others "ask each time"', async () => {
  const file = join(folder, 'hosting/_headers')
  const lines = await headerLines(file)
  // Its limits: https://developers.cloudflare.com/pages/configuration/headers/
  expect(lines.length).toBeLessThanOrEqual(100)
  expect(Math.max(...readFileSync(file, 'utf8').split('\n').map(({ length }) => length))).toBeLessThanOrEqual(2000)
  const answer = await cloudflare(lines, (path) => path.startsWith('/anteroom/') && existsSync(join(site, path)) && !path.endsWith('/'))
  for (const path of await askable()) {
    let response = await answer(`/anteroom/${path}`)
    // It sends people from a page's file to its address without ".html".
    if (path.endsWith('.html')) {
      expect(response.status, path).toBe(308)
      const to = response.headers.get('location')
      expect(to, path).toBe(`/anteroom/${path.replace(/(^|\/)index\.html$/, '$1').replace(/\.html$/, '')}`)
      response = await answer(to)
    }
    expect(response.status, path).toBe(200)
    for (const [name, value] of wantedOf(path)) expect(response.headers.get(name), `${path}: ${name}`).toBe(value)
    if (!/-[0-9a-f]{10}\./.test(path)) expect(response.headers.get('cache-control'), path).toBe(ASK_EACH_TIME)
  }
  const { headers, status } = await answer('/anteroom/index.html?clinic=springfield&lang=es')
  expect([status, headers.get('location')]).toEqual([308, '/anteroom/?clinic=springfield&lang=es'])
})

test('unpacked below a folder of a site, the demo clinic embeds it', async ({ page }) => {
  const server = await serve({ dir: site })
  try {
    await page.goto(`${server.url}anteroom/demo/get-ready.html`)
    const frame = page.frameLocator('iframe').first()
    await page.locator('iframe').first().scrollIntoViewIfNeeded()
    await expect(frame.getByRole('heading', { level: 1 })).toBeVisible()
  } finally {
    await server.close()
  }
})

test('an update replaces the widget and leaves the clinic\'s folders as they are', async ({ page }) => {
  const mine = join(place, 'mine')
  cpSync(folder, mine, { recursive: true })
  const settings = join(mine, 'content/settings.toml')
  const edited = readFileSync(settings, 'utf8').replace('Example Infusion Clinic', 'Harbor Light Clinic')
  writeFileSync(settings, edited)
  mkdirSync(join(mine, 'clinics/harbor'))
  writeFileSync(join(mine, 'clinics/harbor/settings.toml'), 'format = 1\n')
  // The next version: another script, so other names.
  const next = join(place, 'next')
  cpSync(DIST, next, { recursive: true })
  writeFileSync(join(next, 'widget.js'), readFileSync(join(next, 'widget.js'), 'utf8') + '\nwindow.next = 1\n')
  const newer = await release({ from: next, out: join(place, 'newer'), fast: true })
  expect(newer.version).not.toBe(made.version)
  // As docs/hosting.md says: upload everything but content/ and clinics/.
  for (const name of readdirSync(join(place, 'newer')).filter((name) => !['content', 'clinics'].includes(name))) {
    cpSync(join(place, 'newer', name), join(mine, name), { recursive: true })
  }
  expect(readFileSync(settings, 'utf8')).toBe(edited)
  expect(existsSync(join(mine, 'clinics/harbor/settings.toml'))).toBe(true)
  const server = await serve({ dir: mine })
  try {
    const widget = new Widget(page, page, server.url)
    await widget.open()
    await expect(page.getByText('Harbor Light Clinic').first()).toBeVisible()
    expect(await page.evaluate(() => window.next)).toBe(1)
  } finally {
    await server.close()
  }
})

test.describe('without a network', () => {
  /** The paths that the worker keeps. */
  const kept = (page) => page.evaluate(async () => {
    const found = []
    for (const name of await caches.keys()) for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname)
    return found.sort()
  })

  /** Waits for the worker, and until it keeps all that it takes; the paths. */
  const allKept = async (page) => {
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready
      if (!navigator.serviceWorker.controller) await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve))
    })
    const files = ['widget_bg.wasm', 'later.wasm'].filter((name) => made.names.has(name)).map((name) => made.names.get(name))
    const wanted = [...shippedPages('en'), ...files].map((path) => `/${path}`)
    await expect.poll(async () => {
      const found = await kept(page)
      return wanted.filter((path) => !found.includes(path))
    }, { timeout: 30_000 }).toEqual([])
    return kept(page)
  }

  test('the full page works after it was loaded once, keeps no answer, and shows an edited text when the network is back', async ({ page, context, widget: unused }) => {
    const server = await serve({ dir: folder })
    const widget = new Widget(page, page, server.url)
    await widget.open()
    const before = await allKept(page)
    expect(before.filter((path) => !/^\/(index\.html|(rest|widget|widget_bg|later)-[0-9a-f]{10}\.\w+|content\/[\w./-]+\.(toml|md))$/.test(path))).toEqual([])

    await context.setOffline(true)
    await page.reload()
    await widget.toResult({ bp_history: 'yes-high' })
    expect(await kept(page), 'no answer is kept').toEqual(before)
    await widget.scope.getByRole('button', { name: say('header.home') }).click()
    await widget.button('pages.all').click()
    await page.getByRole('button', { name: pageTitle('risks') }).click()
    await expect(page.getByRole('article').getByRole('heading', { level: 2 }).first(), 'a page that nobody opened before').toBeVisible()
    page.on('dialog', (dialog) => dialog.accept())

    await context.setOffline(false)
    server.overrides.set('content/settings.toml', readFileSync(join(folder, 'content/settings.toml'), 'utf8').replace('Example Infusion Clinic', 'Edited Clinic'))
    await page.reload()
    await expect(page.getByText('Edited Clinic').first()).toBeVisible()
    await server.close()
  })

  test('where a server sends from index.html to the folder, as Cloudflare Pages does, it works too', async ({ page, context }) => {
    const server = await serve({ dir: folder, detours: new Map([['index.html', '/']]) })
    await new Widget(page, page, server.url).open()
    await allKept(page)
    await context.setOffline(true)
    await page.reload()
    await new Widget(page, page, server.url).isReady()
    await server.close()
  })

  test('a frame starts no worker, and the way out takes what was kept away', async ({ page, context }) => {
    const server = await serve({ dir: site })
    await page.goto(`${server.url}anteroom/demo/get-ready.html`)
    await page.locator('iframe').first().scrollIntoViewIfNeeded()
    await expect(page.frameLocator('iframe').first().getByRole('heading', { level: 1 })).toBeVisible()
    const workers = () => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)
    expect(await workers()).toBe(0)

    const widget = new Widget(page, page, `${server.url}anteroom/`)
    await widget.open()
    await expect.poll(() => page.evaluate(() => !!navigator.serviceWorker.controller)).toBe(true)
    expect(await workers()).toBe(1)
    await widget.button('header.leave').click()
    const other = await context.newPage()
    await other.goto(`${server.url}anteroom/pages/`)
    await expect.poll(() => other.evaluate(async () => [(await navigator.serviceWorker.getRegistrations()).length, (await caches.keys()).length])).toEqual([0, 0])
    await server.close()
  })
})
