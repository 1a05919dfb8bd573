// A clinic's page around the widget, as the tests of embedding build it.

import { expect } from '@playwright/test'
import { Widget } from './journey.mjs'

export const FALLBACK = 'Call us: +1 555 010 0142'

/** A clinic's page that writes down every event of the widget. */
export const host = (body, head = '', html = 'lang="en"') => `<!DOCTYPE html><html ${html}><meta charset="utf-8"><title>A clinic</title>
<meta name="viewport" content="width=device-width, initial-scale=1">${head}<body>
<script>
  window.heard = []
  for (const name of ['ready', 'started', 'finished', 'handed-off', 'help-opened', 'failed']) {
    addEventListener('anteroom:' + name, ({ type, detail, target }) => heard.push({ type, detail, target: target.id }))
  }
</script>
${body}</body></html>`

/** The line that a clinic pastes. */
export const one = (attributes = '', fallback = FALLBACK) =>
  `<script src="embed.js" async></script><div id="one" data-anteroom ${attributes}>${fallback}</div>`

/** Serves a page of the clinic beside the widget and opens it. */
export const open = async (page, site, body, { head, html, query = '' } = {}) => {
  site.overrides.set('clinic.html', host(body, head, html))
  await page.goto(`${site.url}clinic.html${query}`)
}

export const heard = (page, type) => page.evaluate((type) => window.heard.filter((event) => event.type === `anteroom:${type}`), type)
export const happened = (page, type) => expect.poll(() => heard(page, type)).not.toEqual([])

/** What the console warns of, as it comes. */
export const warnings = (page) => {
  const said = []
  page.on('console', (message) => message.type() === 'warning' && said.push(message.text()))
  return said
}

export const framed = (page, selector = 'iframe') => new Widget(page, page.frameLocator(selector), '')
export const height = (page) => page.locator('iframe').evaluate((frame) => frame.getBoundingClientRect().height)

/** How far the widget's own content reaches inside of its frame, in its own pixels. */
export const contentHeight = (page) =>
  page.frames()[1].evaluate(() => Math.ceil(document.getElementById('anteroom').getBoundingClientRect().bottom + scrollY))
