// What a clinic uploads: made of dist/ by scripts/release.mjs, packed, unpacked, and served from a folder below a site by
// a server that sends the headers of the release's own header files.

import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { headersOf, readHeaders } from '../../scripts/hosting.mjs'
import { archive, filesBelow, release } from '../../scripts/release.mjs'
import { DIST, serve } from '../../scripts/serve.mjs'
import { expect, test } from './support/fixtures.mjs'
import { Widget } from './support/journey.mjs'

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
  for (const path of ['docs/hosting.md', 'LICENSE', 'CHANGELOG.md']) expect(existsSync(join(site, path)), path).toBe(true)
  execFileSync('sha256sum', ['--quiet', '-c', 'SHA256SUMS.txt'], { cwd: site })
})

test('every name that can stay for ever says what is in the file, and the others are the same as ever', async () => {
  for (const name of made.names.values()) {
    const hash = createHash('sha256').update(readFileSync(join(folder, name))).digest('hex').slice(0, 10)
    expect(name).toContain(`-${hash}.`)
  }
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  for (const [old, name] of made.names) {
    expect(existsSync(join(folder, old)), old).toBe(false)
    if (/^(style|widget|check\.js)/.test(old)) expect(page).toContain(name)
  }
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

test('the header files say the same of every file', async () => {
  const read = readHeaders(readFileSync(join(folder, 'hosting/_headers'), 'utf8'))
  for (const path of (await filesBelow(folder)).filter((path) => !/\.(br|gz)$/.test(path))) {
    const wanted = Object.entries(headersOf(path)).map(([name, value]) => [name.toLowerCase(), value]).sort()
    expect([...read(`/anteroom/${path}`)].sort(), path).toEqual(wanted)
  }
})

/** Any port that is free now. */
const freePort = () => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address()
    server.close(() => resolve(port))
  })
})

/** The release behind nginx where it is installed, and behind the test's own server with the same headers where not. */
async function host() {
  if (spawnSync('nginx', ['-v']).error) {
    const read = readHeaders(readFileSync(join(folder, 'hosting/_headers'), 'utf8'))
    return { ...await serve({ dir: site, headers: (path) => Object.fromEntries(read(`/${path}`)), packed: true }), real: false }
  }
  const port = await freePort()
  const types = '/etc/nginx/mime.types'
  const config = readFileSync(join(folder, 'hosting/nginx.conf'), 'utf8').replace('include mime.types', `include ${types}`)
  writeFileSync(join(place, 'anteroom.conf'), config)
  writeFileSync(join(place, 'nginx.conf'), `daemon off; worker_processes 1; user root; pid ${place}/pid; error_log ${place}/log;
    events {} http { access_log off; client_body_temp_path ${place}/t1; proxy_temp_path ${place}/t2; fastcgi_temp_path ${place}/t3;
    uwsgi_temp_path ${place}/t4; scgi_temp_path ${place}/t5;
    server { listen 127.0.0.1:${port}; root ${site}; include ${place}/anteroom.conf; } }`)
  const nginx = spawn('nginx', ['-p', place, '-c', join(place, 'nginx.conf')], { stdio: 'inherit' })
  const url = `http://127.0.0.1:${port}/`
  await expect(async () => { await fetch(url) }).toPass()
  return { url, real: true, close: () => new Promise((resolve) => { nginx.on('exit', resolve); nginx.kill() }) }
}

test('a server with the ready headers sends types, caching and what is compressed ahead, and the widget works there', async ({ page }) => {
  const server = await host()
  try {
    const wasm = made.names.get('widget_bg.wasm')
    for (const [path, type, caching] of [
      [wasm, 'application/wasm', /immutable/],
      [made.names.get('style.css'), 'text/css', /immutable/],
      ['embed.js', 'javascript', /^no-cache$/],
      ['index.html', 'text/html', /^no-cache$/],
      ['content/settings.toml', 'text/plain', /^no-cache$/],
      ['content/en/pages/costs.md', 'text/plain', /^no-cache$/],
      ['pages/en/index.html', 'text/html', /^no-cache$/],
      ['sw.js', 'javascript', /^no-cache$/],
    ]) {
      const { headers, status } = await fetch(`${server.url}anteroom/${path}`, { headers: { 'Accept-Encoding': 'gzip' } })
      expect(status, path).toBe(200)
      expect(headers.get('content-type'), path).toContain(type)
      expect(headers.get('cache-control'), path).toMatch(caching)
      for (const [name, value] of Object.entries(headersOf(path))) expect(headers.get(name), `${path}: ${name}`).toBe(value)
      expect(headers.get('content-encoding'), path).toBe([wasm, made.names.get('style.css'), 'embed.js'].includes(path) ? 'gzip' : null)
    }
    const refused = []
    page.on('console', (message) => refused.push(message.text()))
    const widget = new Widget(page, page, `${server.url}anteroom/`)
    await widget.open()
    await widget.begin()
    expect(refused).toEqual([])
  } finally {
    await server.close()
  }
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
  // The next version: another stylesheet, so other names.
  const next = join(place, 'next')
  cpSync(DIST, next, { recursive: true })
  writeFileSync(join(next, 'style.css'), readFileSync(join(next, 'style.css'), 'utf8') + '\n.ar { --next: 1 }\n')
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
    expect(await page.evaluate(() => getComputedStyle(document.querySelector('.ar')).getPropertyValue('--next'))).toBe('1')
  } finally {
    await server.close()
  }
})

test.describe('without a network', () => {
  test('the full page works after it was loaded once, keeps no answer, and shows an edited text when the network is back', async ({ page, context, widget: unused }) => {
    const server = await serve({ dir: folder })
    const widget = new Widget(page, page, server.url)
    await widget.open()
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready
      if (!navigator.serviceWorker.controller) await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve))
    })
    const kept = () => page.evaluate(async () => {
      const found = []
      for (const name of await caches.keys()) for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname)
      return found.sort()
    })
    await expect.poll(kept).toContain('/content/en/pages/what-to-expect.md')
    await expect.poll(kept).toContain(`/${made.names.get('widget_bg.wasm')}`)
    const before = await kept()
    expect(before.filter((path) => !/^\/(index\.html|(style|widget|widget_bg)-[0-9a-f]{10}\.\w+|content\/[\w./-]+\.(toml|md))$/.test(path))).toEqual([])

    await context.setOffline(true)
    await page.reload()
    await widget.toResult({ bp_history: 'yes-high' })
    expect(await kept(), 'no answer is kept').toEqual(before)
    page.on('dialog', (dialog) => dialog.accept())

    await context.setOffline(false)
    server.overrides.set('content/settings.toml', readFileSync(join(folder, 'content/settings.toml'), 'utf8').replace('Example Infusion Clinic', 'Edited Clinic'))
    await page.reload()
    await expect(page.getByText('Edited Clinic').first()).toBeVisible()
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
