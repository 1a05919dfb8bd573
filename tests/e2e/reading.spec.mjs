// The pages come when somebody begins to read: the screen is there at once, the focus stays where it is, and who hands the
// files in does not learn what is read.

import { expect, hold, shippedPages, test } from './support/fixtures.mjs'
import { pageTitle, say } from './support/guide.mjs'

const pages = (asked) => asked.filter((url) => url.endsWith('.md')).map((url) => url.slice(url.indexOf('content/')))

test('a page on a slow line has its title and the focus at once, and keeps both when it comes', async ({ widget, page, asked, allAsked, lang }) => {
  const letIn = await hold(page, '**/*.md')
  await widget.open()
  await allAsked()
  expect(pages(asked)).toEqual([])

  await widget.button('pages.all').press('Enter')
  await expect(widget.heading).toHaveText(say('pages.title'))
  await page.getByRole('button', { name: pageTitle('risks') }).press('Enter')
  await expect(widget.heading).toHaveText(pageTitle('risks'))
  await expect(widget.heading).toBeFocused()
  await expect(page.getByRole('article')).toContainText(say('common.loading'))
  letIn()
  await expect(page.getByRole('article').getByRole('heading', { level: 2 }).first()).toBeVisible()
  await expect(page.getByRole('article')).not.toContainText(say('common.loading'))
  await expect(widget.heading).toBeFocused()
  expect(pages(asked).sort()).toEqual(shippedPages(lang).sort())
})

test('whoever looks on sees the same requests in the same order, whichever page is opened', async ({ widget, page, asked, allAsked, lang }) => {
  const orders = []
  for (const name of ['help-now', 'costs']) {
    asked.length = 0
    await widget.open(lang === 'en' ? '?again' : '&again')
    await allAsked()
    await widget.button('pages.all').click()
    await page.getByRole('main').getByRole('button', { name: pageTitle(name) }).click()
    await expect(page.getByRole('article').getByRole('heading', { level: 2 }).first()).toBeVisible()
    await expect.poll(() => pages(asked).length).toBe(shippedPages(lang).length)
    orders.push(pages(asked))
  }
  expect(orders[0]).toEqual(orders[1])
})
