// A whole visit: read, answer, check, see the result, choose what to share, send, get a receipt.

import { AWAY, expect, test } from './support/fixtures.mjs'
import { pageTitle, question, questions, resultTitle, say } from './support/guide.mjs'

test('a person answers every question, sees a result and hands over what they ticked', async ({ widget, receiver, canSend }) => {
  await widget.open()
  await widget.toResult()
  await expect(widget.heading).toHaveText(resultTitle('level.clear_title'))

  await widget.toPreview()
  const shown = await widget.preview()
  expect(shown.contact.phone).toBe('+1 555 010 0177')
  for (const answer of shown.answers) expect(answer.shared, answer.question).toBe(!question(answer.question).isPrivate)

  expect(receiver.requests, 'nothing is sent before the button is pressed').toEqual([])
  await widget.button('preview.send').click()
  await expect(widget.receipt).toBeVisible()
  await expect(widget.scope.getByText(shown.reference, { exact: true })).toBeVisible()
  expect(receiver.posts()).toHaveLength(1)
  expect(JSON.parse(receiver.posts()[0].body), 'the preview is the payload').toEqual(shown)
})

test('an answer that needs a talk is shown with its reason, its rule and its source', async ({ widget }) => {
  await widget.open()
  await widget.toResult({ bp_history: 'yes-high' })
  await expect(widget.heading).toHaveText(resultTitle('level.stop_title'))
  const reason = widget.scope.getByRole('listitem').filter({ hasText: say('level.stop_tag') }).first()
  await reason.getByText(say('result.why')).click()
  await expect(reason.getByText(question('bp_history').ask)).toBeVisible()
  await expect(reason.getByText(say('result.rule_name', { what: 'bp_history.yes-high' }))).toBeVisible()
  await expect(widget.scope.getByRole('link', { name: say('result.call_clinic') })).toHaveAttribute('href', 'tel:+15550100142')
})

test('an early answer can be changed without losing the later ones', async ({ widget }) => {
  await widget.open()
  await widget.begin()
  await widget.walk()
  await widget.change('age').click()
  await expect(widget.heading).toHaveText(question('age').ask)
  await widget.choose('65-or-more')
  await widget.continue()
  await expect(widget.heading).toHaveText(say('review.title'))
  const rows = widget.scope.getByRole('term')
  await expect(rows).toHaveCount(questions.filter(({ conditional }) => !conditional).length)
  await widget.button('review.see_result').first().click()
  await expect(widget.heading).toHaveText(resultTitle('level.review_title'))
})

test('Back goes to the question before and keeps its answer', async ({ widget }) => {
  await widget.open()
  await widget.begin()
  const first = await widget.choose('no')
  await widget.continue()
  await widget.button('common.back').click()
  await expect(widget.heading).toHaveText(first.ask)
  await expect(widget.input(first, first.choices[0])).toBeChecked()
})

test('Continue without an answer stays, says so and moves the focus to it', async ({ widget }) => {
  await widget.open()
  await widget.begin()
  await widget.button('common.continue').click()
  await expect(widget.errors).toBeFocused()
  await expect(widget.errors).toContainText(say('error.nothing_chosen'))
})

test('a reload asks first while there are answers, and not before', async ({ widget, page }) => {
  const asked = []
  page.on('dialog', (dialog) => {
    asked.push(dialog.type())
    return dialog.accept()
  })
  await widget.open()
  await widget.page.reload()
  await widget.isReady()
  expect(asked).toEqual([])
  await widget.begin()
  await widget.choose('no')
  await widget.page.reload()
  await widget.isReady()
  expect(asked).toEqual(['beforeunload'])
})

test('a page opens by its address and leads to the questions', async ({ widget, page, site, lang }) => {
  await page.goto(`${site.url}?page=myths&lang=${lang}`)
  await expect(widget.heading).toHaveText(pageTitle('myths'))
  await expect(page.getByRole('article')).toBeVisible()
  await widget.begin()
})

test('clearing forgets every answer, and leaving wipes the page', async ({ widget, page }) => {
  await widget.open()
  await widget.begin()
  await widget.walk({}, ({ id }) => id === 'age')
  await widget.button('footer.clear').click()
  await expect(widget.button('start.begin')).toBeVisible()
  await expect(widget.button('footer.clear')).toBeHidden()
  await widget.begin()
  await widget.choose('no')
  const leaving = page.waitForRequest(AWAY)
  await widget.button('header.leave').click()
  await leaving
})
