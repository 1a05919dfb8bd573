// Sending on a bad day: every failure has its own sentence, nothing is lost, and a retry is filed once.

import { expect, test } from './support/fixtures.mjs'
import { say } from './support/guide.mjs'

test.beforeEach(async ({ short, canSend, widget }) => {
  await widget.open()
  await widget.toResult({ safety_now: 'yes-would-not-act' })
  await widget.toPreview()
})

const days = [
  ['refuse', () => say('send.refused', { status: '500' })],
  ['drop', () => say('send.unreachable')],
  ['redirect', () => say('send.unreachable')],
  ['nonsense', () => say('send.unclear')],
  ['empty', () => say('send.unclear')],
]
for (const [behaviour, words] of days) {
  test(`${behaviour}: the person is told, nothing is lost, and trying again works`, async ({ widget, receiver }) => {
    const shown = await widget.preview()
    receiver.behaviour = behaviour
    await widget.button('preview.send').click()
    await expect(widget.failure).toBeFocused()
    await expect(widget.failure).toContainText(words())
    await expect(widget.failure).toContainText(say('send.failed_rest', { reference: shown.reference }))
    expect(await widget.preview(), 'everything is still there').toEqual(shown)

    receiver.behaviour = 'accept'
    await widget.button('preview.send_again').click()
    await expect(widget.receipt).toBeVisible()
    const keys = new Set(receiver.posts().map(({ headers }) => headers['idempotency-key']))
    expect(keys.size, 'the same request keeps its key').toBe(1)
    expect(receiver.filed.size, 'it is filed once').toBe(1)
    for (const { body } of receiver.posts()) expect(JSON.parse(body)).toEqual(shown)
  })
}

test('hang: after the time-out the person is told', async ({ widget, page, receiver }) => {
  receiver.behaviour = 'hang'
  await page.clock.install()
  await widget.button('preview.send').click()
  await expect(page.getByText(say('send.under_way')).first()).toBeVisible()
  await expect.poll(() => receiver.posts().length).toBe(1)
  await page.clock.fastForward(19_000)
  await expect(widget.failure).toBeHidden()
  await page.clock.fastForward(2_000)
  await expect(widget.failure).toContainText(say('send.timed_out'))
})

test('pressing Send twice sends once', async ({ widget, receiver }) => {
  await widget.button('preview.send').dblclick()
  await expect(widget.receipt).toBeVisible()
  expect(receiver.posts()).toHaveLength(1)
})

test('offline: the person is told before anything is tried', async ({ widget, context, receiver }) => {
  await context.setOffline(true)
  await widget.button('preview.send').click()
  await expect(widget.failure).toContainText(say('send.offline'))
  expect(receiver.requests).toEqual([])
  await context.setOffline(false)
  await widget.button('preview.send_again').click()
  await expect(widget.receipt).toBeVisible()
})

test('without the consent, or without a way to answer, nothing is sent', async ({ widget, receiver }) => {
  await widget.consent('share').uncheck()
  await widget.button('preview.send').click()
  await expect(widget.errors).toBeFocused()
  await expect(widget.errors).toContainText(say('consent.missing'))

  await widget.consent('share').check()
  await widget.button('common.back').click()
  await widget.scope.getByLabel(say('contact.phone'), { exact: true }).fill('')
  await widget.continue()
  await widget.button('preview.send').click()
  await expect(widget.errors).toContainText(say('consent.no_contact'))
  expect(receiver.requests).toEqual([])
})

test('a private answer travels only when it is ticked', async ({ widget, receiver }) => {
  const answer = (packet) => packet.answers.find(({ question }) => question === 'safety_now')
  const withheld = await widget.preview()
  expect(answer(withheld)).toMatchObject({ shared: false })
  expect(JSON.stringify(withheld), 'not even its reason').not.toContain('yes-would-not-act')
  expect(withheld.complete).toBe(false)
  await widget.button('common.back').click()
  await widget.button('common.back').click()
  await widget.scope.getByRole('checkbox', { name: /ending your life/ }).check()
  await widget.continue()
  await widget.continue()
  await widget.button('preview.send').click()
  await expect(widget.receipt).toBeVisible()
  expect(answer(JSON.parse(receiver.posts()[0].body))).toMatchObject({ shared: true, answer: 'yes-would-not-act' })
})

test('a changed packet gets a key of its own', async ({ widget, receiver }) => {
  receiver.behaviour = 'refuse'
  await widget.button('preview.send').click()
  await expect(widget.failure).toBeVisible()
  await widget.button('common.back').click()
  await widget.scope.getByLabel(say('contact.name'), { exact: true }).fill('Sam')
  await widget.continue()
  receiver.behaviour = 'accept'
  await widget.button('preview.send').click()
  await expect(widget.receipt).toBeVisible()
  const [first, second] = receiver.posts().map(({ headers }) => headers['idempotency-key'])
  expect(first).not.toBe(second)
})
