// Every way that a request can reach a clinic, over the built files: what each gives away, what it warns of, what becomes of
// it where the browser refuses, and that a clinic's settings switch it on and off.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from './support/fixtures.mjs'
import { wrongWithBundle } from './support/fhir.mjs'
import { say } from './support/guide.mjs'
import { tabTo } from './support/journey.mjs'
import { CONTROLS, controls, expectBefore, expectNoAnswers, offered, openWay, settle } from './support/handoff.mjs'
import { framed, happened, heard, one, open } from './support/host.mjs'
import { scan } from './support/scan.mjs'

const PUBLIC = readFileSync(fileURLToPath(new URL('../others/sealed/public.json', import.meta.url)), 'utf8').trim()
const KEY = `key = '''${PUBLIC}'''`
const NAME = 'Zoë & Söhne ?#%0A+"'

async function toPreview(widget, { name = '', phone = '+1 555 010 0177', email = '' } = {}) {
  await widget.open()
  await widget.toResult({ safety_now: 'yes-would-not-act' })
  await fill(widget, { name, phone, email })
}

async function fill(widget, { name = '', phone = '', email = '' }) {
  await widget.button('result.share').click()
  await widget.continue()
  for (const [key, text] of Object.entries({ name, phone, email })) {
    await widget.scope.getByLabel(say(`contact.${key}`), { exact: true }).fill(text)
  }
  await widget.continue()
  await expect(widget.heading).toHaveText(say('preview.title'))
}

const notice = (widget) => widget.scope.locator('#ar-notice')
const saved = async (page, press) => {
  const coming = page.waitForEvent('download')
  await press()
  const file = await coming
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') }
}

test('with nothing configured there are print, copy, file and phone, and the first is the one next step', async ({ short, widget, page }) => {
  await toPreview(widget)
  expect(await offered(widget)).toEqual(controls(['print', 'copy', 'file', 'phone']))
  await expect(page.locator('.ar-way')).toHaveCount(0)
  await expect(page.locator('main .ar-button:not(.ar-button--quiet)')).toHaveText([say('preview.print')])
})

/** All that a clinic can fill in. */
const everything = (endpoint, channels) => `${channels ? `channels = [${channels.map((id) => `"${id}"`)}]\n` : ''}endpoint = "${endpoint}"
${KEY}
email = "desk@clinic.example"
[handoff.booking]
service = "calendly"
url = "https://calendly.com/clinic/talk"`

for (const channel of Object.keys(CONTROLS)) {
  test(`a clinic that names ${channel} alone offers that and nothing else`, async ({ short, site, receiver, widget }) => {
    settle(site, everything(receiver.url, [channel]))
    await toPreview(widget)
    expect(await offered(widget)).toEqual(controls([channel]))
  })
}

test('a clinic that fills in everything and names nothing offers everything', async ({ short, site, receiver, widget, page }) => {
  settle(site, everything(receiver.url))
  await toPreview(widget)
  expect(await offered(widget)).toEqual(controls(Object.keys(CONTROLS)))
  await expect(page.locator('main .ar-button:not(.ar-button--quiet)'), 'one next step').toHaveText([say('preview.send')])
})

test('print: the note alone, as it is shown, on paper', async ({ short, widget, page }) => {
  await page.addInitScript(() => {
    window.printed = 0
    window.print = () => { window.printed += 1 }
  })
  await toPreview(widget, { name: NAME })
  const note = page.locator('.ar-preview__note')
  const told = await note.textContent()
  await widget.button('preview.print').click()
  await expect.poll(() => page.evaluate(() => window.printed)).toBe(1)
  await page.emulateMedia({ media: 'print' })
  const seen = (await page.locator('body').innerText()).trim()
  expect(seen.replaceAll(/\s+/g, ' ')).toBe(told.replaceAll(/\s+/g, ' ').trim())
  expect(await note.evaluate((element) => element.scrollHeight <= element.clientHeight), 'nothing of it is cut off').toBe(true)
})

test('print, copy and file: where the browser refuses, a sentence says what to do, and nothing is lost', async ({ short, widget, page }) => {
  await page.addInitScript(() => {
    const refuse = () => { throw new DOMException('No.', 'NotAllowedError') }
    window.print = refuse
    URL.createObjectURL = refuse
    Clipboard.prototype.writeText = () => Promise.reject(new DOMException('No.', 'NotAllowedError'))
  })
  await toPreview(widget)
  const shown = await widget.preview()
  for (const [button, words] of [
    ['preview.print', 'notice.print_refused'], ['preview.copy', 'notice.copy_refused'],
    ['preview.save', 'notice.save_refused'], ['preview.save_fhir', 'notice.save_refused'],
  ]) {
    await widget.button(button).click()
    await expect(notice(widget)).toHaveText(say(words))
    await expect(notice(widget)).toBeFocused()
    expect(await widget.preview()).toEqual(shown)
    expect(await offered(widget)).toEqual(controls(['print', 'copy', 'file', 'phone']))
  }
})

test('copy for the chart: what is on the clipboard is what is shown', async ({ short, widget, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await toPreview(widget)
  await page.getByText(say('preview.copied')).click()
  await widget.button('preview.copy').click()
  await expect(notice(widget)).toHaveText(say('notice.copied'))
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  await expect(page.locator('details', { hasText: say('preview.copied') }).locator('pre')).toHaveText(copied)
  expect(copied.split('\n').length).toBeLessThanOrEqual(10)
})

test('file: it is the packet that is shown', async ({ short, widget, page }) => {
  await toPreview(widget, { name: NAME })
  const shown = await widget.preview()
  const { name, text } = await saved(page, () => widget.button('preview.save').click())
  expect(name).toBe(`anteroom-${shown.reference}.json`)
  expect(JSON.parse(text)).toEqual(shown)
  await expect(notice(widget)).toHaveText(say('notice.saved'))
})

test('the FHIR file is judged by others, and holds nothing that is not shared', async ({ short, widget, page }) => {
  await toPreview(widget, { name: NAME, email: 'sam@mail.example' })
  await widget.consent('share').check()
  const shown = await widget.preview()
  const { text } = await saved(page, () => widget.button('preview.save_fhir').click())
  const bundle = JSON.parse(text)
  expect(await wrongWithBundle(bundle)).toEqual([])
  expect(bundle.type).toBe('collection')
  const { resource } = bundle.entry.find(({ resource }) => resource.resourceType === 'QuestionnaireResponse')
  const given = JSON.stringify(resource)
  expect(given).toContain('25-to-64')
  expect(shown.answers.find(({ question }) => question === 'safety_now').shared).toBe(false)
  expect(given, 'what is not shared is not there').not.toContain('yes-would-not-act')
})

test.describe('e-mail', () => {
  test.beforeEach(({ site }) => settle(site, 'email = "desk@clinic.example"'))

  test('it is warned of first, and holds name, phone and reference, letter by letter', async ({ short, widget, page, asked }) => {
    await toPreview(widget, { name: NAME, email: 'sam@mail.example' })
    const shown = await widget.preview()
    const way = await openWay(widget, 'mail.title')
    const link = way.getByRole('link', { name: say('mail.open') })
    await expectBefore(way.getByText(say('mail.warning')), link)
    const href = await link.getAttribute('href')
    // RFC 6068: only ASCII, every other byte in percent-encoding; lines end with %0D%0A; a plus stands for itself.
    expect(href).toMatch(/^mailto:desk@clinic\.example\?subject=([\w.~-]|%[0-9A-F]{2})*&body=([\w.~-]|%[0-9A-F]{2})*$/)
    const [subject, body] = /subject=(.*)&body=(.*)$/.exec(href).slice(1).map(decodeURIComponent)
    expect(subject).toBe(say('mail.subject'))
    expect(body.split('\r\n')).toEqual([
      say('mail.text'), '',
      `${say('contact.name')}: ${NAME}`, `${say('contact.phone')}: +1 555 010 0177`, `${say('mail.reference')}: ${shown.reference}`,
    ])
    expect(body.replaceAll('\r\n', ''), 'no line break but these').not.toMatch(/[\r\n]/)
    await expect(way.getByRole('region', { name: say('mail.shown') }), 'the person sees all of it').toHaveText(body)
    expectNoAnswers(decodeURIComponent(href), shown)
    const before = asked.length
    await link.click()
    expect(asked.slice(before).filter((url) => !url.startsWith('mailto:')), 'nothing but the mail program is asked').toEqual([])
    expect(await widget.preview()).toEqual(shown)
  })

  test('however long the name is, the address stays short enough for every mail program', async ({ short, widget }) => {
    await toPreview(widget, { name: '\u{1F642}'.repeat(4_000), phone: '5'.repeat(4_000) })
    const way = await openWay(widget, 'mail.title')
    const href = await way.getByRole('link').getAttribute('href')
    expect(href.length).toBeLessThan(2_000)
    expect(() => decodeURIComponent(href), 'no letter is cut in two').not.toThrow()
    expect(decodeURIComponent(href)).toContain('\u{1F642}…')
  })
})

test.describe('booking', () => {
  /** What each service documents, with everything that the person gave; the reference where the clinic says. */
  const services = [
    ['calendly', 'reference_field = "a1"', { name: 'Zoë Marie Söhne', email: 'zoe+x@mail.example', a1: 'REFERENCE' }],
    ['cal.com', '', { name: 'Zoë Marie Söhne', email: 'zoe+x@mail.example', notes: 'REFERENCE' }],
    ['acuity', 'reference_field = "field:123"', { firstName: 'Zoë', lastName: 'Marie Söhne', email: 'zoe+x@mail.example', phone: '+1 555 010 0177', 'field:123': 'REFERENCE' }],
    ['other', 'reference_field = "a1"', {}],
  ]
  const person = { name: 'Zoë Marie Söhne', email: 'zoe+x@mail.example' }
  const set = (site, service, field, page) => settle(site, `[handoff.booking]\nservice = "${service}"\nurl = "${page}"\n${field}`)

  for (const [service, field, expected] of services) {
    test(`${service}: a warning first, and then its own parameters, if the person ticks that`, async ({ short, site, otherSite, widget, page, context }) => {
      otherSite.overrides.set('book.html', '<!DOCTYPE html><title>Book</title>')
      set(site, service, field, `${otherSite.url}book.html?month=2026-12`)
      await toPreview(widget, person)
      const shown = await widget.preview()
      const way = await openWay(widget, 'booking.title')
      const link = way.getByRole('link', { name: say('booking.open') })
      await expectBefore(way.getByText(say('booking.warning')), link)
      await expect(link).toHaveAttribute('href', `${otherSite.url}book.html?month=2026-12`)
      await expect(link).toHaveAttribute('rel', 'noopener noreferrer')
      const fill = way.getByRole('checkbox', { name: say('booking.fill') })
      if (service === 'other') await expect(fill, 'nothing can go along').toHaveCount(0)
      else await fill.check()

      const address = new URL(await link.getAttribute('href'))
      const given = Object.fromEntries(address.searchParams)
      expect(given).toEqual({ month: '2026-12', ...JSON.parse(JSON.stringify(expected).replace('REFERENCE', shown.reference)) })
      expectNoAnswers(decodeURIComponent(address.href), shown)

      const [coming, asking] = [context.waitForEvent('page'), context.waitForEvent('request', (request) => request.url().startsWith(`${otherSite.url}book.html`))]
      await link.click()
      const [tab, request] = [await coming, await asking]
      expect(request.headers().referer, 'it learns no address').toBeUndefined()
      expect(request.url()).toBe(address.href)
      await tab.waitForLoadState()
      expect(await tab.evaluate(() => [window.opener, document.referrer])).toEqual([null, ''])
      await tab.close()
      expect(await widget.preview()).toEqual(shown)
    })
  }

  test('from the sealed frame it opens in a tab of its own as well', async ({ short, site, otherSite, page, context }) => {
    otherSite.overrides.set('book.html', '<!DOCTYPE html><title>Book</title>')
    set(site, 'calendly', '', `${otherSite.url}book.html`)
    await open(page, site, one())
    const widget = framed(page)
    await widget.isReady()
    await widget.toResult()
    await fill(widget, person)
    const way = await openWay(widget, 'booking.title')
    const coming = context.waitForEvent('page')
    await way.getByRole('link', { name: say('booking.open') }).press('Enter')
    const tab = await coming
    await tab.waitForURL(`${otherSite.url}book.html`)
    expect(await tab.evaluate(() => [window.opener, document.referrer, self.origin])).toEqual([null, '', new URL(otherSite.url).origin])
  })

  test('where the browser opens no tab, the address is there to copy, and nothing is lost', async ({ short, site, otherSite, widget, page, context }) => {
    set(site, 'calendly', '', `${otherSite.url}book.html`)
    await page.addInitScript(() => addEventListener('click', (event) => event.target.closest('[target=_blank]') && event.preventDefault(), true))
    await toPreview(widget, person)
    const shown = await widget.preview()
    const way = await openWay(widget, 'booking.title')
    await way.getByRole('link', { name: say('booking.open') }).click()
    expect(context.pages()).toHaveLength(1)
    await expect(way.getByText(say('booking.address'))).toBeVisible()
    await expect(way.getByText(`${otherSite.url}book.html`, { exact: true })).toBeVisible()
    expect(await widget.preview()).toEqual(shown)
  })
})

test('phone: a link to call, with the reference to say', async ({ short, widget, page }) => {
  await toPreview(widget)
  const { reference } = await widget.preview()
  await expect(page.getByText(say('preview.phone_lead', { reference }))).toBeVisible()
  await expect(page.getByRole('link', { name: say('preview.phone_call'), exact: true })).toHaveAttribute('href', 'tel:+15550100142')
})

test.describe('codes', () => {
  test('without a key there is one code, with contact and reference and no answer', async ({ short, site, widget, page, context }) => {
    settle(site, 'channels = ["qr", "phone"]')
    await toPreview(widget, { name: 'Zoë Söhne' })
    const shown = await widget.preview()
    const way = await openWay(widget, 'qr.title')
    await expectBefore(way.getByText(say('qr.lead_plain')), widget.button('qr.show'))
    await widget.button('qr.show').click()
    await expect(page.locator('.ar-qr__code')).toBeVisible()
    await expect(widget.button('qr.next')).toHaveCount(0)
    const read = await scan(page, context)
    expect(read.split('\n')).toEqual([
      say('mail.text'), '',
      `${say('contact.name')}: Zoë Söhne`, `${say('contact.phone')}: +1 555 010 0177`, `${say('mail.reference')}: ${shown.reference}`,
    ])
    expectNoAnswers(read, shown)
  })

  test('a sealed request is several codes, none of which can be read by itself', async ({ short, site, widget, page, context }) => {
    test.slow() // each code is read by a program of others
    settle(site, KEY)
    await toPreview(widget, { name: NAME.repeat(9) })
    const shown = await widget.preview()
    await openWay(widget, 'qr.title')
    await widget.button('qr.show').click()
    const code = page.locator('.ar-qr__code')
    await expect(code).toBeVisible()
    await widget.button('qr.larger').click()
    const total = Number(/(\d+)\D*$/.exec(await page.locator('.ar-qr__number').textContent())[1])
    expect(total).toBeGreaterThan(1)
    const read = new Set()
    for (let number = 1; number <= total; number += 1) {
      await expect(page.locator('.ar-qr__number')).toHaveText(say('qr.numbered', { number, total }))
      const part = await scan(page, context)
      expectNoAnswers(part, shown)
      expect(part).not.toContain('555 010 0177')
      read.add(part)
      await widget.button('qr.next').click()
    }
    expect(read.size).toBe(total)
    await widget.button('qr.hide').click()
    await expect(code).toHaveCount(0)
    await expect(widget.button('qr.show')).toBeFocused()
  })
})

test.describe('the host page', () => {
  for (const [channels, told] of [['["send", "host-page"]', 1], ['["send"]', 0]]) {
    test(`with ${channels} it hears of ${told}, and never more than the reference`, async ({ short, site, receiver, page }) => {
      settle(site, `endpoint = "${receiver.url}"\nchannels = ${channels}`)
      await open(page, site, one())
      const widget = framed(page)
      await widget.isReady()
      await widget.toResult()
      await fill(widget, { phone: '+1 555 010 0177' })
      await widget.consent('share').press('Space')
      const { reference } = await widget.preview()
      await widget.button('preview.send').press('Enter')
      await expect(widget.receipt).toBeVisible()
      await happened(page, 'finished')
      if (told) await happened(page, 'handed-off')
      expect((await heard(page, 'handed-off')).map(({ detail }) => detail)).toEqual(told ? [{ reference }] : [])
    })
  }
})

test.describe('FHIR over https', () => {
  const fhir = (receiver, more = '') => `endpoint = "${receiver.url}"\nformat = "fhir"\n[handoff.fhir]\ninclude = ["patient", "service-request", "appointment"]\n${more}`
  const sent = (receiver) => JSON.parse(receiver.posts().at(-1).body)

  test('a transaction is carried out, and a second press makes nothing twice', async ({ short, site, receiver, widget }) => {
    settle(site, fhir(receiver, 'base = "https://clinic.example/fhir"\ntransaction = true'))
    await toPreview(widget, { name: NAME })
    await widget.consent('share').check()
    const shown = await widget.preview()
    expect(shown.resourceType, 'the preview is the payload').toBe('Bundle')
    receiver.behaviour = 'nonsense'
    await widget.button('preview.send').click()
    await expect(widget.failure).toBeVisible()
    receiver.behaviour = 'accept'
    await widget.button('preview.send_again').click()
    await expect(widget.receipt).toBeVisible()
    expect(receiver.posts().at(-1).headers['content-type']).toContain('application/fhir+json')
    expect(sent(receiver)).toEqual(shown)
    expect(shown.type).toBe('transaction')
    expect(await wrongWithBundle(shown)).toEqual([])
    const kinds = [...receiver.stored.keys()].map((place) => place.split('/')[0])
    expect(kinds.sort()).toEqual(shown.entry.map(({ resource }) => resource.resourceType).sort())
  })

  test('a collection is kept, and an OperationOutcome without an error says so', async ({ short, site, receiver, widget }) => {
    settle(site, fhir(receiver))
    await toPreview(widget)
    await widget.consent('share').check()
    await widget.button('preview.send').click()
    await expect(widget.receipt).toBeVisible()
    expect(sent(receiver).type).toBe('collection')
  })

  for (const [behaviour, words] of [
    ['created', null],
    ['warned', () => `${say('send.mistaken')} ${say('send.they_say', { what: 'There is no such clinic.' })}`],
    ['invalid', () => `${say('send.mistaken')} ${say('send.they_say', { what: 'The patient has no name.' })}`],
    ['partly', () => say('send.unclear')],
  ]) {
    test(`${behaviour}: ${words ? 'a sentence says what the server says' : 'it has arrived'}`, async ({ short, site, receiver, widget }) => {
      settle(site, fhir(receiver, 'transaction = true'))
      await toPreview(widget)
      await widget.consent('share').check()
      const shown = await widget.preview()
      receiver.behaviour = behaviour
      await widget.button('preview.send').click()
      if (!words) return expect(widget.receipt).toBeVisible()
      await expect(widget.failure).toContainText(words())
      expect(receiver.posts()).toHaveLength(1)
      expect(await widget.preview()).toEqual(shown)
      expect(await offered(widget)).toEqual(controls(['print', 'copy', 'file', 'phone']))
    })
  }
})

test.describe('consent', () => {
  test('what goes along, who gets it, what for, how long, and how to take it back: shown, and kept with the consent', async ({ short, site, receiver, widget, page }) => {
    settle(site, `endpoint = "${receiver.url}"\nreceived_by = "Our clinic, and Example Forms Inc, which passes it on."\npurpose = "To plan a talk."\nkept_for = "Ninety days."\nwithdraw_by = "Write to us."`)
    await toPreview(widget, { email: 'sam@mail.example' })
    const boxes = page.locator('.ar-share input[type=checkbox]')
    await expect(boxes, 'one for sharing, one for each way to answer').toHaveCount(4)
    for (const box of await boxes.all()) await expect(box).not.toBeChecked()
    const rows = page.locator('.ar-terms__row')
    await expect(rows.locator('dt')).toHaveText(['what', 'who', 'purpose', 'kept', 'withdraw'].map((key) => say(`consent.${key}_title`)))
    await expect(rows.nth(0)).toContainText('About you')
    await expect(rows.nth(0), 'what is not shared is not named').not.toContainText('Safety first')
    await expect(rows.nth(1)).toContainText('Example Forms Inc')
    await widget.consent('share').check()
    const { consents } = await widget.preview()
    expect(consents).toHaveLength(1)
    for (const words of ['About you', 'Example Forms Inc', 'To plan a talk.', 'Ninety days.', 'Write to us.']) expect(consents[0].words).toContain(words)
  })

  test('each consent stands alone: none ticks another', async ({ short, canSend, widget }) => {
    await toPreview(widget, { email: 'sam@mail.example' })
    const all = ['share', 'phone', 'text', 'email']
    for (const which of all) {
      await widget.consent(which).check()
      for (const other of all.filter((other) => other !== which)) await expect(widget.consent(other)).not.toBeChecked()
      expect((await widget.preview()).consents).toHaveLength(1)
      await widget.consent(which).uncheck()
    }
  })
})

test.describe('by keyboard alone', () => {
  test('a mistake leads to its field, says there what is wrong, and is told once', async ({ short, canSend, widget, page }) => {
    await widget.open()
    await widget.toResult()
    await fill(widget, {})
    await tabTo(page, widget.button('preview.send'))
    await page.keyboard.press('Enter')
    await expect(widget.errors).toBeFocused()
    await expect(widget.errors).toContainText(say('consent.no_contact'))
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect(widget.heading).toHaveText(say('contact.title'))
    await expect(page.getByLabel(say('contact.phone'), { exact: true })).toBeFocused()
    await page.keyboard.type('+1 555 010 0177')
    await page.keyboard.press('Enter')
    await expect(widget.heading).toBeFocused()
    await expect(widget.heading).toHaveText(say('preview.title'))

    await tabTo(page, widget.button('preview.send'))
    await page.keyboard.press('Enter')
    await expect(widget.errors).toBeFocused()
    const box = widget.consent('share')
    await expect(box).toHaveAttribute('aria-invalid', 'true')
    await expect(box).toHaveAccessibleDescription(say('consent.missing'))
    // Whoever hears the summary, which has the focus, hears it in no live region as well.
    for (const live of await page.locator('[aria-live], [role=status], [role=alert]').all()) await expect(live).not.toContainText(say('consent.missing'))
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect(box).toBeFocused()
    await page.keyboard.press('Space')
    await expect(box).not.toHaveAttribute('aria-invalid')
    await expect(widget.errors).toHaveCount(0)
    await expect(box).toBeFocused()
  })

  test('every other way is opened and used', async ({ short, site, receiver, widget, page }) => {
    settle(site, everything(receiver.url))
    await toPreview(widget)
    for (const [title, target] of [
      ['booking.title', page.getByRole('link', { name: say('booking.open') })],
      ['mail.title', page.getByRole('link', { name: say('mail.open') })],
      ['sealed.title', widget.button('sealed.save')],
      ['qr.title', widget.button('qr.show')],
    ]) {
      await tabTo(page, page.locator('.ar-way__name', { hasText: say(title) }))
      await page.keyboard.press('Enter')
      await tabTo(page, target)
    }
    await page.keyboard.press('Enter')
    await expect(page.locator('.ar-qr__code')).toBeVisible()
  })
})
