// Sending on a bad day: every failure has its own sentence, nothing is lost, and a retry is filed once.

import { expect, test } from './support/fixtures.mjs'
import { say } from './support/guide.mjs'
import { controls, offered, settle } from './support/handoff.mjs'
import { receive } from './support/receiver.mjs'

/** What is offered beside sending. While it can be tried again, that button has other words. */
const OTHERS = controls(['print', 'copy', 'file', 'email', 'booking', 'phone'])

test.beforeEach(async ({ short, site, receiver, widget }) => {
  settle(site, `endpoint = "${receiver.url}"\nemail = "desk@clinic.example"\n[handoff.booking]\nurl = "https://book.example/"`)
  await widget.open()
  await widget.toResult({ safety_now: 'yes-would-not-act' })
  await widget.toPreview()
})

/** Lets the waits pass, each as long as the person is told, until the notice is there. */
async function untilGivenUp(widget, page) {
  const wait = page.locator('.ar-channel__wait', { hasText: say('send.waiting_title') })
  await expect.poll(async () => {
    if (await wait.isVisible()) {
      const told = (await wait.textContent()).match(/\d+/g)
      await page.clock.runFor(told.at(-1) * 1000)
    }
    return widget.failure.isVisible()
  }).toBe(true)
}

/** Each bad day: how the clinic's system behaves, what the person is told, and how often it was tried. */
const days = [
  ['refuse', () => say('send.broken', { status: '500' }), 3],
  ['drop', () => say('send.unreachable'), 3],
  ['half', () => say('send.cut_off'), 3],
  ['busy', () => say('send.busy'), 3],
  ['later', () => say('send.busy_until', { number: '60' }), 1],
  ['swamped', () => say('send.busy_until', { number: '60' }), 1],
  ['mistaken', () => `${say('send.mistaken')} ${say('send.they_say', { what: 'The phone number is too short.' })}`, 1],
  ['locked', () => say('send.not_allowed'), 1],
  ['gone', () => say('send.not_there'), 1],
  ['large', () => say('send.too_large'), 1],
  ['redirect', () => say('send.redirected'), 1],
  ['nonsense', () => say('send.unclear'), 1],
  ['empty', () => say('send.unclear'), 1],
]
for (const [behaviour, words, tries] of days) {
  test(`${behaviour}: the person is told, nothing is lost, and trying again works`, async ({ widget, page, receiver }) => {
    await page.clock.install()
    const shown = await widget.preview()
    receiver.behaviour = behaviour
    await widget.button('preview.send').click()
    await untilGivenUp(widget, page)
    await expect(widget.failure).toBeFocused()
    await expect(widget.failure).toContainText(words())
    await expect(widget.failure).toContainText(say('send.failed_rest', { reference: shown.reference }))
    // On a line that was cut before any answer, a browser may send once more by itself; the key is the same.
    if (behaviour === 'drop') expect(receiver.posts().length).toBeGreaterThanOrEqual(tries)
    else expect(receiver.posts()).toHaveLength(tries)
    expect(receiver.requests.filter(({ path }) => path !== '/requests'), 'no other address is asked').toEqual([])
    expect(await widget.preview(), 'everything is still there').toEqual(shown)
    expect(await offered(widget), 'every other way is there').toEqual(OTHERS)

    receiver.behaviour = 'accept'
    await widget.button('preview.send_again').click()
    await expect(widget.receipt).toBeVisible()
    const keys = new Set(receiver.posts().map(({ headers }) => headers['idempotency-key']))
    expect(keys.size, 'the same request keeps its key').toBe(1)
    expect(receiver.filed.size, 'it is filed once').toBe(1)
    for (const { body } of receiver.posts()) expect(JSON.parse(body)).toEqual(shown)
    expect(receiver.wrong, 'judged by the published schema').toEqual([])
  })
}

test('a try that fails is followed by another by itself, and the person can stop it', async ({ widget, page, receiver }) => {
  await page.clock.install()
  receiver.behaviour = 'refuse'
  await widget.button('preview.send').click()
  await expect(page.getByText(say('send.waiting_title'))).toBeVisible()
  await widget.button('send.stop').click()
  await expect(widget.failure).toContainText(say('send.stopped'))
  await page.clock.runFor(60_000)
  expect(receiver.posts(), 'stopped is stopped').toHaveLength(1)

  await widget.button('preview.send_again').click()
  await expect(page.getByText(say('send.waiting_title'))).toBeVisible()
  receiver.behaviour = 'accept'
  await page.clock.runFor(3_000)
  await expect(widget.receipt).toBeVisible()
  expect(receiver.filed.size).toBe(1)
})

for (const behaviour of ['hang', 'trickle']) {
  test(`${behaviour}: after the time-out the person is told`, async ({ widget, page, receiver }) => {
    receiver.behaviour = behaviour
    await page.clock.install()
    await widget.button('preview.send').click()
    for (let tries = 1; tries <= 3; tries += 1) {
      await expect(page.getByText(say('send.under_way')).last()).toBeVisible()
      await expect.poll(() => receiver.posts().length).toBe(tries)
      await page.clock.fastForward(19_000)
      await expect(page.getByText(say('send.under_way')).last()).toBeVisible()
      await page.clock.fastForward(2_000)
      if (tries < 3) {
        await expect(page.getByText(say('send.waiting_title'))).toBeVisible()
        await page.clock.fastForward(8_000)
      }
    }
    await expect(widget.failure).toContainText(say('send.timed_out'))
    expect(await offered(widget)).toEqual(OTHERS)
    expect(receiver.filed.size).toBe(behaviour === 'trickle' ? 1 : 0)
  })
}

test('a success that is answered twice is one', async ({ widget, receiver }) => {
  receiver.behaviour = 'twice'
  await widget.button('preview.send').click()
  await expect(widget.receipt).toBeVisible()
  expect(receiver.posts()).toHaveLength(1)
})

test('closing the page while it is sent asks first, and leaves at most one request', async ({ widget, page, receiver }) => {
  receiver.behaviour = 'hang'
  await widget.button('preview.send').click()
  await expect.poll(() => receiver.posts().length).toBe(1)
  const asked = page.waitForEvent('dialog')
  const closing = page.close({ runBeforeUnload: true })
  const dialog = await asked
  expect(dialog.type()).toBe('beforeunload')
  await dialog.dismiss()
  await closing
  await expect(widget.button('send.stop'), 'whoever stays has lost nothing').toBeVisible()
  const gone = page.waitForEvent('close')
  page.on('dialog', (dialog) => dialog.accept())
  await page.close({ runBeforeUnload: true })
  await gone
  expect(receiver.posts()).toHaveLength(1)
})

test.describe('addresses that cannot be reached', () => {
  const opened = []
  const another = async (options) => {
    const receiver = await receive('accept', options)
    opened.push(receiver)
    return receiver.url
  }
  test.afterEach(async () => {
    await Promise.all(opened.splice(0).map((receiver) => receiver.close()))
  })
  const far = [
    ['a name that does not exist', async () => 'https://no-such-clinic.invalid/requests'],
    ['a certificate that nobody vouches for', () => another({ secure: true })],
    ['a port that does not speak TLS', async () => (await another()).replace('http:', 'https:')],
    ['a port at which nobody listens', async () => {
      const receiver = await receive()
      await receiver.close()
      return receiver.url
    }],
  ]
  for (const [name, address] of far) {
    test(`${name}: the person is told, and nothing is lost`, async ({ widget, page, site, receiver }) => {
      const settings = site.overrides.get('content/settings.toml')
      site.overrides.set('content/settings.toml', settings.replace(receiver.url, await address()))
      page.on('dialog', (dialog) => dialog.accept())
      await widget.open()
      await widget.toResult()
      await widget.toPreview()
      await page.clock.install()
      const shown = await widget.preview()
      await widget.button('preview.send').click()
      await untilGivenUp(widget, page)
      await expect(widget.failure).toContainText(say('send.unreachable'))
      expect(await offered(widget)).toEqual(OTHERS)
      expect(await widget.preview()).toEqual(shown)
    })
  }
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
  expect(await offered(widget)).toEqual(OTHERS)
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

test('a reason travels unless it is unticked, and is marked then', async ({ widget, receiver }) => {
  await widget.button('common.back').click()
  await widget.button('common.back').click()
  const answer = widget.scope.getByRole('checkbox', { name: /ending your life/ })
  await expect(widget.scope.getByText(say('share.reason_blocked', { what: '' }).trim()).first(), 'its answer is private').toBeVisible()
  await answer.check()
  const reason = widget.scope.locator('input[id^="reason-"]').first()
  await expect(reason).toBeChecked()
  await reason.uncheck()
  await widget.continue()
  await widget.continue()
  const shown = await widget.preview()
  expect(shown.reasons_not_shared).toEqual([{ answers: ['safety_now'] }])
  expect(shown.level).toBe('incomplete')
  await widget.button('preview.send').click()
  await expect(widget.receipt).toBeVisible()
  expect(JSON.parse(receiver.posts()[0].body)).toEqual(shown)
})

test('days, times and language travel, and each way to answer has a consent of its own', async ({ widget, receiver }) => {
  await widget.button('common.back').click()
  await widget.scope.getByText(say('contact.when_title')).click()
  for (const key of ['contact.tuesday', 'contact.friday', 'contact.morning']) await widget.scope.getByRole('checkbox', { name: say(key), exact: true }).check()
  await widget.scope.getByLabel(say('contact.language'), { exact: true }).fill('Polish')
  await widget.scope.getByLabel(say('contact.email'), { exact: true }).fill('sam@mail.example')
  await widget.continue()
  for (const which of ['phone', 'text', 'email']) await expect(widget.consent(which)).not.toBeChecked()
  await widget.consent('email').check()
  await widget.button('preview.send').click()
  await expect(widget.receipt).toBeVisible()
  const packet = JSON.parse(receiver.posts()[0].body)
  expect(packet.contact).toMatchObject({ days: ['tuesday', 'friday'], times: ['morning'], language: 'Polish' })
  expect(packet.consents.map(({ consent }) => consent)).toEqual(['share-answers', 'contact-by-email'])
  for (const title of ['purpose', 'kept', 'withdraw']) expect(packet.consents[0].words).toContain(say(`consent.${title}_title`))
})

test('a changed packet gets a key of its own', async ({ widget, receiver }) => {
  receiver.behaviour = 'mistaken'
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
