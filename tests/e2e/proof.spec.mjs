// The proof of the promise that the host page cannot read an answer: a page on the same origin that is full of trackers
// and does its worst, a whole journey with answers like no others, and a search for each of them, in every way it could be
// written down, through all that anything on the page gathered and all that left the browser.
//
// The same page over the same widget with the seal taken off finds them, by every means: so the search can find, and
// the first test can fail.

import { readFileSync } from 'node:fs'
import { expect, contentFile, fewerQuestions, test as base } from './support/fixtures.mjs'
import { question, say } from './support/guide.mjs'
import { isWhole, Widget } from './support/journey.mjs'
import { look } from './support/needles.mjs'
import { record } from './support/proxy.mjs'

const support = (name) => readFileSync(new URL(`support/${name}`, import.meta.url), 'utf8')
const source = (name) => readFileSync(new URL(`../../embed/${name}`, import.meta.url), 'utf8')

const QUESTIONS = `
[[question]]
id = "mass"
section = "goals"
kind = "number"
least = 30
most = 300
units = [ { id = "kg", per = 1 }, { id = "lb", per = 0.45359237 } ]

[[question]]
id = "born"
section = "goals"
kind = "date"
earliest = 1900-01-01
latest = "today"

[[question]]
id = "story"
section = "goals"
kind = "text"
long = true
most = 90
`
const WORDS = `
[question.mass]
ask = "What do you weigh?"
  [question.mass.units]
  kg = "kilograms"
  lb = "pounds"
[question.born]
ask = "When were you born?"
[question.story]
ask = "What happened?"
`
/** Of the shipped questions, one of each kind, and those that are most private. */
const KEPT = ['safety_now', 'age', 'bp_history', 'bp_reading', 'medicines', 'medicine_list', 'goal']
/** As a page's own scripts would write a blood pressure down; the packet has a space in it. */
const COMPACT = ['"systolic":173', '"diastolic":97']
const STORY = 'Grübelnde "Quokkas" & <zebus> on the Öresund'
const CHOSEN = {
  safety_now: 'yes-would-not-act', bp_history: 'yes-high', bp_reading: [173, 97],
}

const test = base.extend({
  proxy: async ({}, use) => {
    const proxy = await record()
    await use(proxy)
    await proxy.close()
  },
  /** A browser whose only way out is the proxy, also to this computer itself. */
  context: async ({ browser, proxy }, use) => {
    const context = await browser.newContext({
      proxy: { server: proxy.server, bypass: '<-loopback>' }, viewport: { width: 1280, height: 900 }, locale: 'en-US',
    })
    await use(context)
    await context.close()
  },
})
test.setTimeout(600_000)

test.beforeEach(async ({ site }) => {
  site.overrides.set('content/screening.toml', fewerQuestions(KEPT) + QUESTIONS)
  site.overrides.set('content/en/screening.toml', contentFile('en/screening.toml') + WORDS)
  site.overrides.set('rrweb.js', readFileSync(new URL('node_modules/rrweb/dist/rrweb.umd.min.cjs', import.meta.url)))
  site.overrides.set('spy.js', support('spy.js'))
  site.overrides.set('worker.js', support('worker.js'))
  site.overrides.set('clinic.html', `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>A clinic</title>
    <script src="rrweb.js"></script><script src="spy.js"></script><script src="embed.js" async></script>
    <body><h1>A clinic</h1><div id="one" data-anteroom data-load="now">Call us.</div></body></html>`)
})

/** What only this person would say, as texts: the words and the ids of choices, what was typed, names and numbers. */
const answers = () => [
  ...['safety_now', 'bp_history'].flatMap((id) => {
    const choice = question(id).choices.find(({ id: choice }) => choice === CHOSEN[id])
    return [choice.words, choice.id]
  }),
  'Xanax (alprazolam)', 'alprazolam', 'zanax', 'benzodiazepines', 'Quibblezine', '37 mg at each dusk',
  '"systolic": 173.0', '"diastolic": 97.0', ...COMPACT, '183.7', '1961-11-17', STORY,
  'Wilhelmina Quackenbush', '+1 555 010 8642', 'quackenbush@mail.example', 'after the ninth bell',
]

/** The whole way to the preview, typed key by key where something is typed. */
async function answerEverything(widget, page) {
  const type = async (label, text) => {
    const field = widget.scope.getByLabel(label, { exact: true })
    await field.click()
    await field.pressSequentially(text)
  }
  const steps = {
    'What do you weigh?': async () => {
      await type('What do you weigh?', '183.7')
      await widget.scope.getByLabel('kilograms').check()
    },
    'When were you born?': async () => {
      await type(say('date.day'), '17')
      await type(say('date.month'), '11')
      await type(say('date.year'), '1961')
    },
    'What happened?': () => type('What happened?', STORY),
    [question('bp_reading').ask]: async () => {
      for (const [index, part] of question('bp_reading').parts.entries()) await type(part, String(CHOSEN.bp_reading[index]))
    },
    [question('medicines').ask]: async () => {
      const box = widget.scope.getByRole('combobox', { name: say('names.label') })
      await box.click()
      await box.pressSequentially('zanax')
      await widget.scope.getByRole('option', { name: /^Xanax \(alprazolam\): / }).first().click()
    },
    [question('medicine_list').ask]: async () => {
      const [name, dose] = await widget.scope.locator('input[type=text]').all()
      await name.pressSequentially('Quibblezine')
      await dose.pressSequentially('37 mg at each dusk')
    },
  }
  await widget.begin()
  for (;;) {
    const title = (await widget.heading.textContent()).trim()
    if (title === say('review.title')) break
    // The focus scrolls the page to the heading when that is drawn; a pointer that is under way to a choice would miss it.
    await expect(widget.heading).toBeFocused()
    if (steps[title]) await steps[title]()
    else await widget.choose(CHOSEN[question(title).id])
    if (await widget.crisisPanel.isVisible()) await widget.button('help.back').click()
    await widget.continue()
  }
  await expect(widget.scope.getByText(STORY)).toBeVisible()
  await widget.button('review.see_result').first().click()
  await widget.button('result.share').click()
  for (const box of await widget.scope.getByRole('checkbox').all()) await box.check()
  await widget.continue()
  await type(say('contact.name'), 'Wilhelmina Quackenbush')
  await type(say('contact.phone'), '+1 555 010 8642')
  await type(say('contact.email'), 'quackenbush@mail.example')
  await widget.scope.locator('summary', { hasText: say('contact.when_title') }).click()
  await type(say('contact.best_time'), 'after the ninth bell')
  await widget.continue()
  await expect(widget.heading).toHaveText(say('preview.title'))
  await widget.consent('share').check()
  await page.mouse.wheel(0, 300)
}

/** Opens the clinic's page with its service worker in charge, as at a second visit. */
async function open(page, site) {
  await page.goto(`${site.url}clinic.html`)
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.goto(`${site.url}clinic.html`)
  expect(await page.evaluate(() => Boolean(navigator.serviceWorker.controller))).toBe(true)
  const widget = new Widget(page, page.frameLocator('iframe'), '')
  // So many listeners make a page slow.
  await widget.button('start.begin').waitFor({ timeout: 240_000 })
  await widget.isReady()
  return widget
}

/** All that the page gathered, by who gathered it, without the widget's own files, which hold the words of every choice. */
async function gathered(page, asked, site) {
  const all = await page.evaluate(async () => {
    const worker = await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel()
      port1.addEventListener('message', ({ data }) => resolve(data))
      port1.start()
      navigator.serviceWorker.controller.postMessage('tell', [port2])
    })
    return { ...window.gathered, worker, storage: [...window.gathered.storage ?? [], JSON.stringify({ ...localStorage, ...sessionStorage })],
      history: [...window.gathered.history ?? [], location.href, document.title, String(history.state)] }
  })
  const files = await Promise.all([...new Set(asked)].filter((url) => url.startsWith(site.url)).map(async (url) =>
    Buffer.from(await (await fetch(url)).arrayBuffer()).toString('latin1')))
  all.port = (all.port ?? []).map((text) => files.reduce((rest, file) => file.length > 20 ? rest.replaceAll(file, () => '') : rest, text))
  return all
}

/** What left the browser, one entry a request. */
const requests = (proxy) => Object.fromEntries(proxy.left.map(({ method, url, text }, at) => [`${at} ${method} ${url}`, text]))

test('nothing on a page full of trackers, on the same origin, finds an answer, and none leaves before Send', async ({ page, site, proxy, asked, canSend, receiver }) => {
  const widget = await open(page, site)
  await answerEverything(widget, page)
  const before = await gathered(page, asked, site)
  for (const who of ['rrweb', 'mutations', 'fetch', 'port', 'message', 'worker']) {
    expect(before[who]?.length, `${who} was awake`).toBeGreaterThan(0)
  }
  expect(look(before, answers())).toEqual({})
  expect(look(requests(proxy), answers()), 'nothing left').toEqual({})
  expect(receiver.requests).toEqual([])

  const sentFrom = proxy.left.length
  await widget.button('preview.send').click()
  await expect(widget.receipt).toBeVisible()
  expect(look(await gathered(page, asked, site), answers())).toEqual({})
  const found = look(requests(proxy), answers())
  expect(Object.keys(found), 'one request holds answers, and it goes to the clinic\'s endpoint')
    .toEqual([expect.stringMatching(new RegExp(`^\\d+ POST ${receiver.url}$`))])
  // Chromium itself asks its maker which fields a form may have; without an answer in it, as was looked for above.
  const ofThePage = ({ url }) => url !== 'content-autofill.googleapis.com:443'
  expect(proxy.left.slice(sentFrom).filter(ofThePage).map(({ method, url }) => `${method} ${url}`)).toEqual([`OPTIONS ${receiver.url}`, `POST ${receiver.url}`])
  // The words of choices travel as ids, and what was typed to find a name by stays.
  const { words } = question('safety_now').choices.find(({ id }) => id === CHOSEN.safety_now)
  expect(answers().filter((answer) => !Object.values(found)[0][answer] && answer !== words)).toEqual(['zanax', ...COMPACT])
})

test('the same page over a widget without its seal finds answers by every means', async ({ page, site, proxy, asked, canSend, receiver }) => {
  const edited = (script, before, after) => {
    expect(script).toContain(before)
    return script.replace(before, after)
  }
  // A patched postMessage speaks for the patching page, so that the sender is lost.
  const unsealed = edited(edited(source('embed.js'), 'const sealed = origin === self.origin', 'const sealed = false'),
    'frame.contentWindow === event.source && connect()', 'connect()')
  // All that listens makes this page slow; a busy computer must not be taken for a widget that cannot start.
  site.overrides.set('embed.js', edited(unsealed, 'PATIENCE = 20000', 'PATIENCE = 200000'))
  const widget = await open(page, site)
  await answerEverything(widget, page)
  await widget.button('preview.send').click()
  await expect(widget.receipt).toBeVisible()
  const found = look(await gathered(page, asked, site), answers())
  for (const who of ['rrweb', 'keys', 'keylog', 'mutations', 'fetch', 'worker']) {
    expect(Object.keys(found[who] ?? {}), who).toContain('Wilhelmina Quackenbush')
  }
  for (const who of ['rrweb', 'keys', 'mutations', 'fetch', 'worker']) {
    expect(Object.keys(found[who]).length, who).toBeGreaterThan(5)
  }

  // The widget itself never uses the other means. A widget that did would be found out:
  await page.frames()[1].evaluate((answer) => {
    const quiet = (act) => { try { act() } catch { /* refused: it was heard all the same */ } }
    const request = new XMLHttpRequest()
    request.open('POST', 'xhr')
    request.send(answer)
    navigator.sendBeacon('beacon', answer)
    new Image().src = `image?${encodeURIComponent(answer)}`
    quiet(() => new WebSocket(`ws://127.0.0.1:9/?${encodeURIComponent(answer)}`))
    localStorage.setItem('answer', btoa(answer))
    document.cookie = `answer=${answer}`
    indexedDB.open(answer)
    history.replaceState(answer, '')
    console.log(answer)
    parent.postMessage({ answer }, '*')
    new MessageChannel().port1.postMessage(new TextEncoder().encode(answer))
    new BroadcastChannel('a').postMessage(answer)
  }, 'Wilhelmina Quackenbush')
  await expect.poll(() => proxy.left.filter(({ url }) => /\/(xhr|beacon|image)/.test(url)).length).toBe(3)
  const leaked = look(await gathered(page, asked, site), ['Wilhelmina Quackenbush'])
  expect(Object.keys(leaked).sort()).toEqual(expect.arrayContaining(['xhr', 'beacon', 'image', 'websocket', 'storage', 'cookie',
    'database', 'history', 'console', 'message', 'port', 'broadcast', 'worker', 'fetch', 'keys', 'keylog', 'mutations', 'rrweb']))
  const left = Object.keys(look(requests(proxy), ['Wilhelmina Quackenbush'])).join()
  for (const way of ['xhr', 'beacon', 'image', receiver.url]) expect(left).toContain(way)
})

for (const where of ['on the full page', 'in the sealed frame']) {
  test(`what this page did is what the proxy saw, ${where}`, async ({ page, site, proxy, canSend, receiver, short }) => {
    const sealed = where === 'in the sealed frame'
    site.overrides.set('clinic.html', '<!DOCTYPE html><title>A clinic</title><body><script src="embed.js" async></script><div data-anteroom data-load="now">Call us</div>')
    await page.goto(sealed ? `${site.url}clinic.html` : site.url)
    const widget = new Widget(page, sealed ? page.frameLocator('iframe') : page, '')
    await widget.isWhole()
    const seen = () => proxy.left.filter(({ method, url }) => method === 'GET' && url.startsWith(site.url) && !/(clinic\.html|embed\.js|favicon\.ico)$/.test(url)).length
    const count = (which) => widget.scope.locator(`[data-count=${which}]`)
    // Pages come on their own while nobody waits for them, so both numbers may still grow.
    const agrees = () => expect.poll(async () => Number(await count('files').textContent()) - seen(), 'files more than the proxy saw').toBe(0)
    await widget.button('deeds.title').click()
    await agrees()
    await expect(count('sent')).toHaveText('0')
    await expect(count('strangers')).toHaveText('0')
    await expect(widget.scope.getByText(say('deeds.where_to', { what: receiver.url }))).toBeVisible()
    // It is live: what comes while it is looked at is counted.
    const before = seen()
    await widget.scope.getByRole('button', { name: 'Español', exact: true }).click()
    await expect.poll(seen).toBeGreaterThan(before)
    await isWhole(widget.scope)
    await agrees()
    await widget.scope.getByRole('button', { name: 'English', exact: true }).click()
    await widget.button('common.back').click()
    await widget.toResult()
    await widget.toPreview()
    await widget.button('preview.send').click()
    await expect(widget.receipt).toBeVisible()
    await widget.button('deeds.title').click()
    await expect(count('sent')).toHaveText(String(receiver.posts().length))
    await expect(count('sent')).toHaveText('1')
    await expect(count('strangers')).toHaveText('0')
    await agrees()
  })
}

test('an answer is found however it is written down', () => {
  const b = (text, encoding) => Buffer.from(text, encoding)
  const ways = {
    plain: `x ${STORY}`, url: encodeURIComponent(STORY), form: new URLSearchParams({ a: STORY }).toString(),
    json: JSON.stringify({ a: STORY }), nested: JSON.stringify(JSON.stringify({ a: STORY })),
    hex: b(STORY).toString('hex').toUpperCase(), utf16: b(STORY, 'utf16le').toString('latin1'),
    base64: b(STORY).toString('base64'), later: b(`a${STORY}`).toString('base64'), last: b(`ab${STORY}c`).toString('base64'),
    address: b(`a${STORY}`).toString('base64url'), wide: b(`ab${STORY}`, 'utf16le').toString('base64'),
    bytes: b(STORY).toString('latin1'), html: `<p>${STORY.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</p>`,
  }
  expect(Object.keys(look(ways, [STORY]))).toEqual(Object.keys(ways))
  expect(look({ other: 'Grübelnde Quokkas' }, [STORY])).toEqual({})
})
