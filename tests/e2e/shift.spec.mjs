// Nothing on the page moves while the widget comes: what stands there before keeps its place until the widget takes it.

import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { DIST } from '../../scripts/serve.mjs'
import { contentFile, expect, test } from './support/fixtures.mjs'
import { twoFrames } from './support/journey.mjs'

for (const [viewport, early] of [412, 1280].flatMap((width) => [true, false].map((early) => [{ width, height: 850 }, early]))) {
  test(`nothing moves before the widget is there (${viewport.width} px, ${early ? 'with' : 'without'} its first screens)`, async ({ page, site, widget }) => {
    await page.setViewportSize(viewport)
    // From another guide than they were drawn from they are not shown.
    if (!early) site.overrides.set('content/settings.toml', `${contentFile('settings.toml')}\n`)
    await page.addInitScript(() => {
      window.moved = []
      document.addEventListener('anteroom:ready', () => { window.taken = true })
      new PerformanceObserver((list) => {
        for (const { value, sources } of list.getEntries()) moved.push(value, ...sources.map(({ node }) => node?.className ?? node?.nodeName))
      }).observe({ type: 'layout-shift', buffered: true })
    })
    // The script, and then the wasm, wait until the page was drawn without them.
    const letThrough = []
    for (const file of [/\/widget\.js$/, /\/widget_bg\.wasm$/]) {
      const drawn = new Promise((resolve) => letThrough.push(resolve))
      await page.route(file, async (route) => {
        await drawn
        await route.continue()
      })
    }
    await page.goto(widget.home, { waitUntil: 'commit' })
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await twoFrames(page)
    letThrough[0]()
    await expect(early ? widget.button('start.begin') : page.locator('#ar-wait')).toBeVisible()
    await twoFrames(page)
    letThrough[1]()
    await page.waitForFunction(() => window.taken)
    await widget.isReady()
    await twoFrames(page)
    expect(await page.evaluate(() => moved)).toEqual([])
  })
}

// On a bad line the page comes in pieces, and whoever reads the number to call must not lose the place.
for (const width of [320, 412]) {
  test(`help does not move while the page comes in pieces (${width} px)`, async ({ browser }) => {
    const html = readFileSync(join(DIST, 'index.html'), 'utf8')
    const [from, to] = [html.indexOf('<header'), html.indexOf('</header>')]
    const cuts = [...html.slice(from, to).matchAll(/<\/(?:strong|a)>|\.(?=\s)/g)].map(({ index, 0: what }) => from + index + what.length)
    let cut, goOn
    const server = createServer((request, response) => {
      // Of everything else nothing comes.
      if (request.url !== '/') return
      response.setHeader('content-type', 'text/html')
      response.write(html.slice(0, cut))
      goOn = () => response.end(html.slice(cut))
    })
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
    try {
      for (cut of cuts) {
        const page = await browser.newPage({ viewport: { width, height: 850 } })
        await page.addInitScript(() => {
          window.moved = []
          new PerformanceObserver((list) => {
            for (const { value, sources } of list.getEntries()) moved.push(value, ...sources.map(({ node }) => node?.textContent))
          }).observe({ type: 'layout-shift', buffered: true })
        })
        await page.goto(`http://127.0.0.1:${server.address().port}/`, { waitUntil: 'commit' })
        await expect(page.locator('.ar-header__static').first()).toBeVisible()
        await twoFrames(page)
        goOn()
        await page.waitForLoadState('domcontentloaded')
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await twoFrames(page)
        expect(await page.evaluate(() => moved), `cut behind ${html.slice(cut - 30, cut)}`).toEqual([])
        await page.close()
      }
    } finally {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  })
}
