// A browser may refuse: storage, the clipboard, a file, printing. Nothing breaks, and the person is told what to do instead.

import { expect, test } from './support/fixtures.mjs'
import { say } from './support/guide.mjs'

/** The chart note as it is shown, to be copied by hand. */
const note = (widget) => widget.scope.locator('.ar-preview__note')

async function atPreview(widget) {
  await widget.open()
  await widget.toResult()
  await widget.toPreview()
}

test('a browser that refuses storage loses nothing', async ({ widget, page, short }) => {
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
      Object.defineProperty(window, name, { get() { throw new DOMException('refused', 'SecurityError') } })
    }
    Object.defineProperty(document, 'cookie', { get() { throw new DOMException('refused', 'SecurityError') }, set() { throw new DOMException('refused', 'SecurityError') } })
  })
  const errors = []
  page.on('pageerror', (error) => errors.push(error.message))
  await atPreview(widget)
  expect(errors).toEqual([])
})

test('a refused clipboard shows the text to copy by hand', async ({ widget, page, context, short }) => {
  // To grant one permission is to refuse all others.
  await context.grantPermissions(['geolocation'])
  await atPreview(widget)
  const { reference } = await widget.preview()
  await widget.button('preview.copy').click()
  await expect(page.getByText(say('notice.copy_refused'))).toBeVisible()
  await expect(note(widget)).toContainText(reference)
  expect(await note(widget).evaluate((element) => getComputedStyle(element).userSelect)).not.toBe('none')
})

test('a browser without a clipboard says so too', async ({ widget, page, short }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
  await atPreview(widget)
  await widget.button('preview.copy').click()
  await expect(page.getByText(say('notice.copy_refused'))).toBeVisible()
})

test('a refused file says so, and the text stays', async ({ widget, page, short }) => {
  await page.addInitScript(() => { URL.createObjectURL = () => { throw new TypeError('refused') } })
  await atPreview(widget)
  await widget.button('preview.save').click()
  await expect(page.getByText(say('notice.save_refused'))).toBeVisible()
  await expect(note(widget)).toBeVisible()
})

test('refused printing says so', async ({ widget, page, short }) => {
  await page.addInitScript(() => { window.print = () => { throw new DOMException('refused', 'SecurityError') } })
  await atPreview(widget)
  await widget.button('preview.print').click()
  await expect(page.getByText(say('notice.print_refused'))).toBeVisible()
})

test('printing asks the browser to print', async ({ widget, page, short }) => {
  await page.addInitScript(() => addEventListener('beforeprint', () => { window.printed = true }))
  await atPreview(widget)
  await widget.button('preview.print').click()
  await expect.poll(() => page.evaluate(() => window.printed)).toBe(true)
})
