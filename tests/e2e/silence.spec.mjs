// Silence: from the first paint to the button that sends, the widget asks for nothing but its own files, stores nothing
// anywhere, and leaves no trace in the address, the title, the history or the console.

import { expect, shippedPages, test } from './support/fixtures.mjs'
import { pageTitle, say } from './support/guide.mjs'

/** Everything that a page can leave behind. */
const traces = (page) => page.evaluate(async () => ({
  cookie: document.cookie,
  local: { ...localStorage },
  session: { ...sessionStorage },
  databases: await indexedDB.databases(),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  history: history.length,
  state: history.state,
  title: document.title,
  url: location.href,
  name: window.name,
}))

test('a whole journey leaves no trace and asks for nothing but the widget\'s own files', async ({ widget, page, context, site, asked, allAsked, receiver, canSend }) => {
  const said = []
  page.on('console', (message) => said.push(message.text()))
  page.on('pageerror', (error) => said.push(error.message))
  page.on('websocket', (socket) => said.push(socket.url()))

  await widget.open()
  await allAsked()
  const before = await traces(page)
  const files = [...asked]
  for (const url of files) {
    expect(url).toMatch(new RegExp(`^(data:,|${site.url}((index\\.html|rest\\.css|widget\\.js|widget_bg\\.wasm|later\\.wasm)?|content/[\\w./-]+))$`))
  }
  expect(files.length, 'each file once').toBe(new Set(files).size)

  await widget.button('pages.all').click()
  await page.getByRole('button', { name: pageTitle('what-to-expect') }).first().click()
  await expect(page.getByRole('article').getByRole('heading', { level: 2 }).first()).toBeVisible()
  // Reading asks for the pages, all of them, whichever is read.
  files.push(...shippedPages('en').map((path) => site.url + path))
  await expect.poll(() => [...asked].sort()).toEqual([...files].sort())
  files.splice(0, files.length, ...asked)
  await widget.button('header.help').click()
  await expect(widget.crisisPanel).toBeVisible()
  await widget.button('help.back').click()
  await widget.button('common.back').click()
  await widget.button('common.back').click()
  await widget.button('search.open').click()
  await page.getByRole('textbox', { name: say('search.label') }).fill('overdose')
  await page.keyboard.press('Enter')
  await expect(page.getByText(say('search.lead'))).toBeVisible()
  await widget.button('common.back').click()
  await widget.toResult({ bp_history: 'yes-high', safety_now: 'yes-would-not-act' })
  await widget.toPreview()
  expect(asked, 'no request before Send').toEqual(files)
  expect(receiver.requests).toEqual([])
  expect(await traces(page)).toEqual(before)
  expect(before).toMatchObject({
    cookie: '', local: {}, session: {}, databases: [], caches: [], workers: 0, state: null, name: '', title: 'Get ready to talk', url: site.url,
  })
  expect(await context.cookies()).toEqual([])
  expect(said).toEqual([])

  await widget.button('preview.send').click()
  await expect(widget.receipt).toBeVisible()
  expect(asked.slice(files.length)).toEqual([receiver.url])
  expect(await traces(page)).toEqual(before)
  expect(said).toEqual([])

  const [{ headers }] = receiver.posts()
  expect(headers).not.toHaveProperty('cookie')
  expect(headers).not.toHaveProperty('referer')
})

test('the title says nothing of the treatment', async ({ widget, page }) => {
  await widget.open()
  await expect(page).toHaveTitle('Get ready to talk')
  await widget.begin()
  await expect(page).toHaveTitle('Get ready to talk')
})
