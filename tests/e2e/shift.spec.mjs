// Nothing on the page moves while the widget comes: what stands there before keeps its place until the widget takes it.

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
