// Nothing on the page moves while the widget comes: what stands there before keeps its place until the widget takes it.

import { expect, test } from './support/fixtures.mjs'

for (const viewport of [{ width: 412, height: 800 }, { width: 1280, height: 900 }]) {
  test(`nothing moves before the widget is there (${viewport.width} px)`, async ({ page, widget }) => {
    await page.setViewportSize(viewport)
    await page.addInitScript(() => {
      window.moved = []
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
    const frames = () => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
    await page.goto(widget.home, { waitUntil: 'commit' })
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await frames()
    letThrough[0]()
    await expect(page.locator('#ar-wait')).toBeVisible()
    await frames()
    letThrough[1]()
    await widget.isReady()
    await frames()
    expect(await page.evaluate(() => moved)).toEqual([])
  })
}
