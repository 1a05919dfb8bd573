// How long from the press of "See my result" to the result on the screen, over the whole shipped guide, in headless
// Chromium as it comes and with the processor slowed down four times. Prints figures, judges nothing:
//
//   make bench-browser

import { chromium } from '@playwright/test'
import config from './playwright.config.mjs'
import { serve } from '../../scripts/serve.mjs'
import { Widget } from './support/journey.mjs'
import { say } from './support/guide.mjs'

const RUNS = 7
const site = await serve()
const browser = await chromium.launch(config.use.launchOptions)
const page = await browser.newPage({ viewport: { width: 412, height: 900 }, locale: 'en-US' })
const widget = new Widget(page, page, site.url)
await widget.open()
await widget.toResult({ bp_history: 'yes-high', seizures: 'recent' })

/** From the press to the first frame that has the result, in milliseconds, by the page's own clock. */
const once = async () => {
  await widget.button('common.back').first().click()
  await page.getByRole('heading', { level: 1, name: say('review.title') }).waitFor()
  return page.evaluate(({ press, shown }) => new Promise((resolve) => {
    const button = [...document.querySelectorAll('button')].find((one) => one.textContent.trim() === press)
    const before = performance.now()
    button.click()
    const look = () => document.body.innerText.includes(shown)
      ? requestAnimationFrame(() => resolve(performance.now() - before))
      : requestAnimationFrame(look)
    look()
  }), { press: say('review.see_result'), shown: say('result.your_result') })
}
const devtools = await page.context().newCDPSession(page)
for (const rate of [1, 4]) {
  await devtools.send('Emulation.setCPUThrottlingRate', { rate })
  const times = []
  for (let run = 0; run < RUNS; run += 1) times.push(await once())
  times.sort((one, other) => one - other)
  const [least, median, most] = [times[0], times[(RUNS - 1) / 2], times[RUNS - 1]].map((time) => time.toFixed(0))
  console.log(`from the press to the result, processor ${rate === 1 ? 'as it comes' : `${rate} times slower`}: ` +
    `median ${median} ms (${least} to ${most}, ${RUNS} runs)`)
}
await browser.close()
await site.close()
