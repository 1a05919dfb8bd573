// One measured visit: a browser of its own with a fresh profile, a slow processor, a slow network.
//
// The page is driven from inside by a script that is there before the page's own, so that nothing waits for the tests'
// channel to the browser. Times are the page's own clock, in milliseconds since it was asked for, and are read after the
// frame that shows what is waited for was drawn.

import { chromium } from '@playwright/test'
import config from '../playwright.config.mjs'

/** A phone of some years ago on a bad line. */
export const PHONE = { viewport: { width: 412, height: 900 }, deviceScaleFactor: 2, locale: 'en-US' }
export const CPU = 4
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 }
const PATIENCE = 240_000

/** Runs in the page, before anything else. `steps` are the words to look for; see `visit`. */
function inside({ begin, ask, next, press, goOn }) {
  const bench = { at: {}, tasks: [], shifts: [], paints: {}, memories: [] }
  Object.defineProperty(window, 'bench', { value: bench })
  const observe = (type, each) => new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true })
  observe('longtask', ({ startTime, duration }) => bench.tasks.push([startTime, duration]))
  observe('layout-shift', ({ startTime, value, hadRecentInput, sources }) => hadRecentInput || bench.shifts.push([startTime, value, sources.map(({ node }) => node?.className || node?.nodeName)]))
  observe('paint', ({ name, startTime }) => { bench.paints[name] = startTime })
  // What the wasm holds, which no count of the scripts' heap has in it.
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const own = WebAssembly[name]
    WebAssembly[name] = async (...given) => {
      const made = await own.apply(WebAssembly, given)
      for (const one of Object.values((made.instance ?? made).exports)) if (one instanceof WebAssembly.Memory) bench.memories.push(one)
      return made
    }
  }

  /** After the frame that is drawn next. */
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => resolve(performance.now())
    port2.postMessage(0)
  }))
  const visible = (element) => element?.checkVisibility()
  const says = (one, words) => [one.value, one.textContent.trim(), one.textContent.split(':')[0]].includes(words)
  const button = (words) => [...document.querySelectorAll('button, input[type=button]')].find((one) => says(one, words) && visible(one))
  const asks = (words) => [...document.querySelectorAll('h1, h2, .sd-question__title')].some((one) => one.textContent.includes(words) && visible(one))
  const inputs = () => [...document.querySelectorAll('input[type=radio], input[type=checkbox]')].filter((one) => visible(one.closest('label') ?? one))
  /** Waits for a change of the page after which this holds. */
  const until = (holds) => new Promise((resolve) => {
    const look = () => holds() && (watch.disconnect(), resolve())
    const watch = new MutationObserver(look)
    watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
    look()
  })
  const started = async () => {
    await until(() => button(begin))
    bench.at.begin = await painted()
    if (!press) return benchOver('')
    button(begin).click()
    await until(() => asks(ask) && inputs().length > 1)
    bench.at.question = await painted()
    // That it can be answered is tried, too: an option is chosen, and Continue leads to the next question.
    inputs()[0].click()
    await painted()
    button(goOn).click()
    await until(() => asks(next))
    bench.at.answered = await painted()
    benchOver('')
  }
  started()

  /** From a press to the frame that shows what it leads to. `what` is a button's words or the place of an option. */
  bench.press = async (what, leadsTo) => {
    const target = typeof what === 'number' ? inputs()[what] : button(what)
    if (!target) throw new Error(`There is nothing to press: ${what}`)
    const before = performance.now()
    target.click()
    if (leadsTo) await until(() => asks(leadsTo))
    return await painted() - before
  }
}

/** What a file is by its name. */
const kindOf = (url) => {
  const path = new URL(url).pathname
  if (path.endsWith('/')) return 'page'
  return { html: 'page', css: 'style', js: 'script', wasm: 'wasm', toml: 'content', md: 'content' }[path.split('.').at(-1)] ?? 'other'
}

/**
 * Visits a page and gives its figures.
 *
 * `steps` are the words of the start button, the first question, the second, and Continue. `press` goes on as soon as each
 * is there, as the most impatient person would; without it nothing is touched. `then(page, press)` is called once nothing
 * more is asked for, and gives figures of its own; `press(what, leadsTo)` gives milliseconds. Without `slow` the processor and the
 * network are as they come, which is for a first visit that is not counted.
 */
export async function visit(url, { steps, press = false, slow = true, then = async () => ({}) }) {
  const browser = await chromium.launch(config.use.launchOptions)
  try {
    // What a worker fetches passes by the slow network.
    const context = await browser.newContext({ ...PHONE, serviceWorkers: 'block' })
    const page = await context.newPage()
    const devtools = await context.newCDPSession(page)
    await devtools.send('Network.enable')
    if (slow) {
      await devtools.send('Network.emulateNetworkConditions', SLOW_4G)
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: CPU })
    }
    const requests = new Map()
    let quietSince = Infinity
    const under = new Set()
    devtools.on('Network.requestWillBeSent', ({ requestId, request, timestamp }) => {
      if (!request.url.startsWith('http')) return
      requests.set(requestId, { kind: kindOf(request.url), asked: timestamp })
      under.add(requestId)
      quietSince = Infinity
    })
    const ended = ({ requestId, encodedDataLength = 0, timestamp }) => {
      if (requests.has(requestId)) Object.assign(requests.get(requestId), { bytes: encodedDataLength, came: timestamp })
      under.delete(requestId)
      if (!under.size) quietSince = Date.now()
    }
    devtools.on('Network.loadingFinished', ended)
    devtools.on('Network.loadingFailed', ended)
    // The page says itself when it is done: to ask it would take its slow processor while it is measured.
    const over = new Promise((resolve, reject) => {
      devtools.on('Runtime.bindingCalled', resolve)
      setTimeout(reject, PATIENCE, new Error(`${url} was not done in ${PATIENCE / 1000} seconds`)).unref()
    })
    await devtools.send('Runtime.enable')
    await devtools.send('Runtime.addBinding', { name: 'benchOver' })
    await page.addInitScript(inside, { ...steps, press })
    await page.goto(url, { waitUntil: 'commit', timeout: PATIENCE })
    await over
    while (Date.now() - quietSince < 1500 || quietSince === Infinity) await new Promise((resolve) => setTimeout(resolve, 100))

    const found = await page.evaluate(() => ({ at: bench.at, tasks: bench.tasks, shifts: bench.shifts, paints: bench.paints }))
    const more = await then(page, (what, leadsTo) => page.evaluate(([what, leadsTo]) => bench.press(what, leadsTo), [what, leadsTo]))
    await devtools.send('HeapProfiler.collectGarbage')
    const { usedSize } = await devtools.send('Runtime.getHeapUsage')
    const wasm = await page.evaluate(() => [...new Set(bench.memories)].reduce((sum, { buffer }) => sum + buffer.byteLength, 0))

    const came = [...requests.values()].filter(({ bytes }) => bytes !== undefined)
    const begun = Math.min(...came.map(({ asked }) => asked))
    const end = found.at.question ?? found.at.begin
    const before = found.tasks.filter(([start]) => start < end)
    const sum = (list) => list.reduce((total, one) => total + one, 0)
    const bytes = (files) => sum(files.map(({ bytes }) => bytes))
    const kinds = Object.fromEntries(['page', 'style', 'script', 'wasm', 'content', 'other'].map((kind) => [kind, bytes(came.filter((file) => file.kind === kind))]))
    const first = came.filter((file) => (file.came - begun) * 1000 < end)
    return {
      firstPaint: found.paints['first-paint'],
      contentfulPaint: found.paints['first-contentful-paint'],
      begin: found.at.begin,
      question: found.at.question,
      answered: found.at.answered,
      blocked: sum(before.map(([, duration]) => duration)),
      longest: Math.max(0, ...before.map(([, duration]) => duration)),
      longestEver: Math.max(0, ...found.tasks.map(([, duration]) => duration)),
      shift: sum(found.shifts.map(([, value]) => value)),
      shifted: found.shifts.map(([at, value, what]) => `${value.toFixed(3)} at ${at.toFixed(0)} ms: ${what.join(', ')}`),
      scripts: usedSize,
      memory: wasm,
      heap: usedSize + wasm,
      kinds,
      bytesFirst: bytes(first),
      requestsFirst: first.length,
      bytes: bytes(came),
      requests: came.length,
      settled: (Math.max(...came.map(({ came }) => came)) - begun) * 1000,
      ...more,
    }
  } finally {
    await browser.close()
  }
}
