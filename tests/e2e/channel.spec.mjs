// The channel between the host page and the sealed frame, and the frame's own policy: thousands of made-up messages in both
// directions and from anywhere else, and rubbish in place of every file. Nothing is thrown, nothing but the widget's
// own files is handed out, and the widget goes on.

import { readdirSync } from 'node:fs'
import { contentFile, expect, test } from './support/fixtures.mjs'
import { say } from './support/guide.mjs'
import { isWhole, Widget } from './support/journey.mjs'

/** Runs in the page: made-up messages, always the same for a seed. Never "leave" or "broken", which end the widget by right. */
const MESSAGES = `(seed, count) => {
  const random = () => { // mulberry32
    seed = seed + 0x6d2b79f5 | 0
    let t = Math.imul(seed ^ seed >>> 15, 1 | seed)
    t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t
    return ((t ^ t >>> 14) >>> 0) / 4294967296
  }
  const pick = (list) => list[Math.floor(random() * list.length)]
  const PATHS = ['../secret.txt', 'content/../secret.txt', 'content/%2e%2e/secret.txt', 'content/..%2fsecret.txt', 'content/%252e%252e/secret.txt', '/secret.txt', '//127.0.0.1/secret.txt',
    'http://127.0.0.1/secret.txt', 'https://a.example/x', 'content\\\\..\\\\secret.txt', 'content/.\\u002e/secret.txt', 'content/a?x=/../../secret.txt', 'content/a#b', 'content/\\u0000', 'content/ \\n../secret.txt',
    'data:text/plain,x', 'file:///etc/passwd', 'blob:null/x', 'secret.txt', 'clinics/../secret.txt', 'widget_bg.wasm/../secret.txt', 'widget_bg.wasm?../secret.txt', 'content/\\uff0e\\uff0e/secret.txt', 'javascript:1', '', '.', 'content',
    'index.html', 'embed.js', 'content/en/../../secret.txt', 'Content/settings.toml', 'content/....//secret.txt']
  const odd = (depth = 0) => pick([
    () => null, () => undefined, () => NaN, () => -1, () => 1e308, () => 2 ** 53, () => 10n ** 30n, () => true, () => '', () => 'x'.repeat(9000), () => '\\ud800', () => pick(PATHS),
    () => new Date(NaN), () => /x/g, () => new Map([[1, 2]]), () => new ArrayBuffer(8), () => new Uint8Array(5), () => new Error('x'), () => '__proto__', () => ({ toString: 1, valueOf: 1 }),
    () => ({ then: 1 }), () => JSON.parse('{"__proto__":{"type":"file"}}'), () => depth > 2 ? 0 : [odd(depth + 1), odd(depth + 1)], () => depth > 2 ? 0 : ({ [pick(['type', 'id', 'path', 'px', 'bytes'])]: odd(depth + 1) }),
  ])()
  const like = () => {
    const message = { type: pick(['file', 'file', 'height', 'state', 'hello', odd()]), id: pick([1, 2, 3, 999, odd()]) }
    for (const [name, good] of [['path', pick(PATHS)], ['px', 300], ['name', pick(['ready', 'handed-off', 'finished', 'nothing'])], ['reference', 'A1B2'], ['bytes', new ArrayBuffer(3)],
      ['error', 'no'], ['anteroom', 1], ['page', 'myths'], ['lang', 'es'], ['clinic', '../x'], ['phone', '1']]) {
      if (random() < .5) message[name] = random() < .5 ? good : odd()
    }
    return message
  }
  return Array.from({ length: count }, () => random() < .3 ? odd() : like())
}`

/** Keeps each channel's port in \`window.ports\`, as it is first used, and what was thrown in \`window.thrown\`. */
const listen = (page) => page.addInitScript(() => {
  window.ports = []
  window.thrown = []
  addEventListener('error', ({ message }) => thrown.push(message))
  addEventListener('unhandledrejection', ({ reason }) => thrown.push(String(reason)))
  const { postMessage } = MessagePort.prototype
  MessagePort.prototype.postMessage = function (...given) {
    if (!ports.includes(this)) ports.push(this)
    return postMessage.apply(this, given)
  }
})

const open = async (page, site) => {
  site.overrides.set('secret.txt', 'THE-SECRET')
  site.overrides.set('clinic.html', '<!DOCTYPE html><title>A clinic</title><body><script src="embed.js" async></script><div id="one" data-anteroom data-load="now">Call us</div>')
  await page.goto(`${site.url}clinic.html`)
  const widget = new Widget(page, page.frameLocator('#one iframe'), '')
  await widget.isWhole()
  return widget
}
const inFrame = (page, act, argument) => page.frames()[1].evaluate(act, argument)

/** The widget still works: a question can be answered. */
async function goesOn(widget) {
  await widget.begin()
  await widget.choose()
  await widget.continue()
  await expect(widget.button('common.continue')).toBeVisible()
}

for (const seed of [1, 20261127, 987654321]) {
  test(`thousands of made-up messages from the frame get no file but the widget's own (seed ${seed})`, async ({ page, site, asked }) => {
    await listen(page)
    const widget = await open(page, site)
    const before = asked.length
    const got = await inFrame(page, async ([messages, seed]) => {
      const [port] = window.ports
      const got = []
      port.addEventListener('message', ({ data }) => { if (data?.bytes) got.push(new TextDecoder().decode(data.bytes).slice(0, 40)) })
      for (const message of eval(messages)(seed, 3000)) {
        try {
          port.postMessage(message)
        } catch { /* not to be cloned: it never left */ }
      }
      // What is asked last is answered last but for the network: a file that is there.
      await new Promise((resolve) => {
        port.addEventListener('message', ({ data }) => data?.id === 'last' && resolve())
        port.postMessage({ type: 'file', id: 'last', path: 'content/settings.toml' })
      })
      return got
    }, [MESSAGES, seed])
    expect(got.filter((text) => text.includes('SECRET'))).toEqual([])
    for (const url of asked.slice(before)) expect(url).toMatch(new RegExp(`^${site.url}(content|clinics)/[\\w.\\-/]*$`))
    expect(asked.filter((url) => url.includes('secret'))).toEqual([])
    expect(await page.evaluate(() => thrown)).toEqual([])
    expect(await inFrame(page, () => thrown)).toEqual([])
    await goesOn(widget)
  })

  test(`thousands of made-up messages to the frame answer nothing and change nothing (seed ${seed})`, async ({ page, site }) => {
    await listen(page)
    const widget = await open(page, site)
    await widget.begin()
    await widget.choose('no')
    const title = await widget.heading.textContent()
    await page.evaluate(async ([messages, seed]) => {
      const port = window.ports.find((port) => port)
      const frame = document.querySelector('iframe').contentWindow
      for (const message of eval(messages)(seed, 3000)) {
        try {
          port.postMessage(message)
          frame.postMessage(message, '*')
          // A second connection is not taken.
          frame.postMessage({ anteroom: 1, page: 'myths', lang: 'es' }, '*', [new MessageChannel().port2])
          window.postMessage(message)
        } catch { /* not to be cloned: it never left */ }
      }
      const late = document.createElement('iframe')
      document.body.append(late)
      late.contentWindow.eval('parent.postMessage("anteroom:hello", "*")')
    }, [MESSAGES, seed])
    await inFrame(page, () => new Promise((resolve) => setTimeout(resolve)))
    expect(await page.evaluate(() => thrown)).toEqual([])
    expect(await inFrame(page, () => thrown)).toEqual([])
    expect(await widget.heading.textContent()).toBe(title)
    await expect(widget.input(await widget.current(), (await widget.current()).choices.find(({ id }) => id === 'no'))).toBeChecked()
    await widget.continue()
    expect(await page.evaluate(() => window.ports.length), 'no second channel').toBe(1)
  })
}

test('rubbish in place of any of the guide\'s files is no error of the widget, and help is there', async ({ page, site }) => {
  const thrown = []
  page.on('pageerror', (error) => thrown.push(error.message))
  const pages = readdirSync(new URL('../../content/en/pages', import.meta.url)).map((name) => `en/pages/${name}`)
  const files = ['settings.toml', 'screening.toml', 'sources.toml', 'instruments.toml', 'plan.toml', 'medicines.toml',
    ...['words', 'screening', 'instruments', 'plan', 'glossary', 'medicines'].map((name) => `en/${name}.toml`), ...pages]
  let seed = 7
  const random = () => (seed = seed * 16807 % 2147483647) / 2147483647
  const rubbish = [
    () => Buffer.from(Array.from({ length: 2000 }, () => random() * 256)),
    () => Buffer.alloc(0), () => Buffer.alloc(3000), () => Buffer.from([0xff, 0xfe, 0x41]), () => Buffer.from('['.repeat(5000)), () => Buffer.from('a = "'), () => Buffer.from('+++\n+++\n' + '> '.repeat(3000)),
    (path) => { const text = Buffer.from(contentFile(path)); return text.subarray(0, random() * text.length) },
    (path) => { const text = Buffer.from(contentFile(path)); for (let n = 0; n < 20; n++) text[Math.floor(random() * text.length)] = random() * 256; return text },
  ]
  for (let round = 0; round < 12; round++) {
    site.overrides.clear()
    // Each file is rubbish in a third of the rounds; the first two rounds have the smallest and the greatest part.
    files.forEach((path, at) => {
      if (round === 0 || (at + round) % 3 === 0) site.overrides.set(`content/${path}`, rubbish[Math.floor(random() * rubbish.length)](path))
    })
    await page.goto(site.url)
    await expect(page.locator('.ar-header__help')).toBeVisible()
    await isWhole(page)
    await page.locator('.ar-header__help').click()
    for (const address of ['tel:988', 'tel:911']) await expect(page.locator(`main a[href="${address}"]`).first()).toBeVisible()
    await page.locator('main button').first().click()
    await expect(page.locator('#ar-heading')).toBeVisible()
  }
  expect(thrown).toEqual([])
})

test('the frame has no storage and no network but the clinic\'s endpoint, and turns no text into a program', async ({ page, site, otherSite, canSend, receiver }) => {
  await open(page, site)
  const tried = await inFrame(page, async ([own, other, endpoint]) => {
    const tell = (act) => { try { act(); return 'done' } catch (error) { return error.name } }
    const reached = (url, how) => fetch(url, how).then(() => 'reached', () => 'refused')
    window.ran = []
    const text = '<img src=x onerror="ran.push(1)">'
    const element = document.createElement('div')
    const script = document.createElement('script')
    return {
      storage: [() => localStorage.length, () => sessionStorage.length, () => document.cookie, () => indexedDB.open('a')].map(tell),
      caches: await Promise.resolve().then(() => caches.keys()).then(() => 'done', (error) => error.name),
      network: [await reached(own, { mode: 'no-cors' }), await reached(other, { mode: 'no-cors' })],
      endpoint: await reached(endpoint, { method: 'POST', body: '{}', mode: 'no-cors' }),
      html: tell(() => { element.innerHTML = text }), inside: element.children.length,
      eval: tell(() => new Function('ran.push(2)')()), text: tell(() => { script.text = 'ran.push(3)' }), address: tell(() => { script.src = 'https://a.example/x.js' }),
      write: tell(() => document.write(text)), policy: tell(() => trustedTypes.createPolicy('mine', { createHTML: (html) => html })),
      plain: tell(() => { element.innerHTML = '<p class="a">b</p>' }),
      ran: window.ran,
    }
  }, [site.url, otherSite.url, receiver.url])
  expect(tried).toEqual({
    storage: ['SecurityError', 'SecurityError', 'SecurityError', 'SecurityError'], caches: 'SecurityError', network: ['refused', 'refused'], endpoint: 'reached',
    html: 'TypeError', inside: 0, eval: 'EvalError', text: 'TypeError', address: 'TypeError', write: 'TypeError', policy: 'TypeError', plain: 'done', ran: [],
  })
})

test('the full page, too, asks nobody but its own server and the clinic\'s endpoint', async ({ widget, page, site, otherSite, canSend, receiver }) => {
  await widget.open()
  // Where the clinic takes requests only the whole widget knows.
  await expect(page.locator('head meta[content^="connect-src"]')).toHaveCount(1)
  const reached = await page.evaluate((urls) => Promise.all(urls.map((url) => fetch(url, { mode: 'no-cors' }).then(() => true, () => false))),
    [otherSite.url, `${site.url}content/settings.toml`, receiver.url])
  expect(reached).toEqual([false, true, true])
})

test('a clinic without an endpoint: the frame can reach nobody', async ({ page, site, otherSite }) => {
  await open(page, site)
  expect(await inFrame(page, (url) => fetch(url, { mode: 'no-cors' }).then(() => true, () => false), otherSite.url)).toBe(false)
})
