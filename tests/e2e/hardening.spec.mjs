// Every text that a clinic, a person, a file, a packet, a clinic's system or a host page can write holds ways to run as a
// program: none runs, no foreign element appears, and nothing is asked for that is not the widget's own.

import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as jose from 'jose'
import { contentFile, expect, test } from './support/fixtures.mjs'
import { mildest, questions, say } from './support/guide.mjs'
import { anteroom, expectClean, guard, hostileGuide, poison, strangers, turns } from './support/hostile.mjs'
import { all, vectors } from './support/vectors.mjs'
import { isWhole } from './support/journey.mjs'

test.setTimeout(600_000)

/** A phrase of the guide as it begins, whatever stands behind it. */
const begins = (key) => new RegExp(`^\\s*${say(key).split('{')[0].replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`)
const button = (page, key) => page.locator('button, summary, a').filter({ hasText: begins(key) }).first()
const field = (page, key) => page.getByLabel(begins(key)).first()
const openAll = (page) => page.locator('details').evaluateAll((all) => all.forEach((one) => { one.open = true }))
/** Presses what begins with a phrase, and waits for another heading. */
async function go(page, key) {
  const before = await page.locator('#ar-heading').textContent()
  await button(page, key).click()
  await page.waitForFunction((before) => document.getElementById('ar-heading')?.textContent !== before, before)
}

/** From the start to the result, with what a person types hostile as well; `look` is called at every stop. */
async function walk(page, next, look = () => {}) {
  await page.locator('.ar-button--start').click()
  const forward = page.locator('form button[type=submit]')
  await forward.waitFor()
  for (let step = 0; step < 30 && await forward.count() > 0; step++) {
    const title = await page.locator('#ar-heading').textContent()
    await look(title)
    for (const details of await page.locator('main details').all()) await details.evaluate((element) => { element.open = true })
    await look(title)
    const choices = page.locator('main input[type=radio]')
    const ticks = page.locator('main input[type=checkbox]')
    const asked = questions.find(({ ask }) => title.startsWith(ask))
    const mild = asked.choices.length ? asked.choices.indexOf(mildest(asked)) : 0
    if (await choices.count()) await choices.nth(mild).click()
    else if (await ticks.count() && asked.kind === 'several') await ticks.nth(mild).check()
    for (const field of await page.locator('main input:is([type=text], :not([type])), main textarea').all()) {
      if (await field.getAttribute('inputmode') !== 'numeric' && await field.getAttribute('role') !== 'combobox') await field.fill(next())
    }
    if (await page.locator('.ar-crisis, #ar-help').count()) {
      await look('help')
      await page.locator('main button').first().click()
      continue
    }
    await forward.click()
    await page.waitForFunction((before) => document.getElementById('ar-heading')?.textContent !== before || document.getElementById('ar-errors'), title)
    if (await page.locator('#ar-errors').count()) {
      await look('an error')
      for (const field of await page.locator('main input[inputmode]').all()) await field.fill('')
      await forward.click()
    }
  }
  await look('review')
  await page.locator('.ar-button').first().click()
  await page.locator('#ar-heading').waitFor()
}

test('the checks of this file find what is not escaped: each vector that brings in an element, on a page that has it as it is', async ({ page, site }) => {
  await guard(page)
  // An answer without content, so that what sends the page elsewhere leaves it where it is.
  await page.route('**/pwned*', (route) => route.fulfill({ status: 204 }))
  site.overrides.set('naked.html', '<!DOCTYPE html><title>Naked</title>')
  await page.goto(`${site.url}naked.html`)
  const missed = []
  for (const text of all) {
    await page.evaluate((text) => {
      document.open()
      document.write(`<!DOCTYPE html><html><head><meta charset="utf-8"><title>Naked</title></head><body>${text}</body></html>`)
      document.close()
    }, text)
    if (await expectClean(page, text, []).then(() => true, () => false)) missed.push(text)
  }
  // What no parser of HTML makes an element of: Markdown, templates, bare names, encodings, and two that browsers have given up.
  expect(missed.filter((text) => /<[a-z/]/i.test(text) && !/^(\[x\]|<%=|<javascript:|<frameset)/.test(text))).toEqual([])
  expect(all.length - missed.length).toBeGreaterThan(70)
})

test('in every text of the clinic\'s files, on every screen, nothing runs and nothing foreign appears', async ({ page, site, asked }) => {
  const next = turns()
  poison(site, next)
  const dialogs = await guard(page)
  let seen = 0
  const look = async (where) => {
    await expectClean(page, where)
    // The vectors are there, as text.
    seen += await page.evaluate(() => (document.body.innerText.match(/pwned/g) ?? []).length)
  }
  await page.goto(site.url)
  await page.locator('.ar-button--start').waitFor()
  await isWhole(page)
  await look('start')
  await page.locator('.ar-header__help').click()
  await look('help')
  await page.locator('main button').first().click()
  await page.locator('.ar-footer .ar-link-button').first().click()
  await look('what this page did')
  await page.locator('.ar-back').click()
  await page.locator('.ar-search-link button').click()
  for (const text of ['<img src=x onerror=pwned(1)>', 'pwned', '"><script>pwned(1)</script>']) {
    await page.locator('#ar-search').fill(text)
    await look('search')
  }
  await page.locator('.ar-back').click()

  await walk(page, next, look)
  await look('result')
  for (const details of await page.locator('main details').all()) await details.evaluate((element) => { element.open = true })
  await look('result, opened')
  expect(seen, 'the vectors are shown').toBeGreaterThan(200)
  expect(dialogs).toEqual([])
  expect(strangers(asked, site.url)).toEqual([])
})

/** Vectors in lines of a bounded length, so that all of them go through a field that takes no more. */
function lines(most) {
  const found = ['']
  for (const text of all) {
    if (found.at(-1).length + text.length + 1 > most) found.push('')
    found[found.length - 1] += `${text} `
  }
  return found
}
const saved = async (page, press) => {
  const coming = page.waitForEvent('download')
  await press()
  return readFileSync(await (await coming).path(), 'utf8')
}
const handoff = (url, more = '') => `endpoint = "${url}"
email = "desk@clinic.example"
purpose = ${JSON.stringify(all.slice(0, 20).join(' '))}
kept_for = ${JSON.stringify(all.slice(20, 60).join(' '))}
withdraw_by = ${JSON.stringify(all.slice(60).join(' '))}
${more}
[handoff.booking]
service = "other"
url = 'https://booking.invalid/"onmouseover="pwned(1)'
`

/**
 * Opens a guide with vectors everywhere. `look(where)` opens what can be opened, and expects that all is clean; `end()` that every
 * place showed vectors, that nothing spoke, and that nobody but these servers was asked for anything.
 */
async function harmed(page, site, asked, url = 'https://clinic.invalid/requests') {
  const next = turns()
  poison(site, next, handoff(url))
  const dialogs = await guard(page)
  const seen = new Map()
  await page.goto(site.url)
  await page.locator('.ar-button--start').waitFor()
  await isWhole(page)
  return {
    next,
    look: async (where) => {
      await openAll(page)
      await expectClean(page, where)
      seen.set(where, await page.evaluate(() => (document.body.innerText.match(/pwned/g) ?? []).length))
    },
    end: () => {
      for (const [where, count] of seen) expect(count, `${where}: the vectors are shown`).toBeGreaterThan(3)
      expect(dialogs).toEqual([])
      expect(strangers(asked, site.url, new URL(url).origin)).toEqual([])
    },
  }
}

test('handing over: in every text of the clinic, of the person and of the clinic\'s system, nothing runs and nothing foreign appears', async ({ page, site, asked, receiver }) => {
  const { next, look, end } = await harmed(page, site, asked, receiver.url)
  await walk(page, next)
  await look('result')

  await go(page, 'result.share')
  for (const box of await page.locator('main input[type=checkbox]').all()) await box.check()
  await look('share')
  await go(page, 'common.continue')
  for (const folded of await page.locator('main details:not([open]) > summary').all()) await folded.click()
  for (const typed of await page.locator('main input:is([type=text], [type=tel], [type=email], :not([type])), main textarea').all()) await typed.fill(all.join(' '))
  await look('contact')
  await go(page, 'common.continue')
  for (const box of await page.locator('main input[type=checkbox]').all()) await box.check()
  await look('preview')
  const payload = await page.locator('pre').filter({ hasText: 'anteroom-packet' }).first().textContent()
  expect(JSON.parse(payload).contact.name).toContain('<script>pwned(1)</script>')

  const send = page.locator('section.ar-channel').filter({ has: page.getByRole('heading', { name: begins('preview.send_title') }) }).locator('button').first()
  for (const [number, what] of lines(180).entries()) {
    receiver.behaviour = ({ json }) => json(400, { message: `#${number}# ${what}` })
    await send.click()
    await expect(page.locator('main')).toContainText(`#${number}#`)
    await expectClean(page, `the clinic's system says ${what}`)
  }
  await look('a failure')
  for (const [what, answered] of [
    ['a reference', { reference: all.join(' '), message: all.join(' ') }], ['a list', all], ['a text', all.join(' ')], ['keys', Object.fromEntries(all.map((text) => [text, text]))],
  ]) {
    let answers = 0
    receiver.behaviour = ({ json }) => (answers++, json(200, answered))
    await send.click()
    await expect.poll(() => answers).toBeGreaterThan(0)
    await expect(send).not.toHaveAttribute('aria-disabled', 'true')
    await look(`the clinic's system answers with ${what}`)
  }
  receiver.behaviour = 'accept'
  await go(page, 'preview.send_again')
  await look('receipt')

  await page.locator('.ar-footer .ar-link-button').first().click()
  await look('what this page did, after sending')
  end()
})

test('own file, plan and after a visit: in every text of the clinic and of the person nothing runs and nothing foreign appears', async ({ page, site, asked }) => {
  const { next, look, end } = await harmed(page, site, asked)
  await walk(page, next)
  await go(page, 'own_file.link')
  await look('own file')
  const own = await saved(page, () => page.locator('section.ar-own-file').filter({ has: page.getByRole('heading', { name: begins('own_file.save_title') }) }).locator('button').first().click())
  expect(own).toContain('pwned')
  await page.locator('main input[type=file]').setInputFiles({ name: '"><img src=x onerror=pwned(1)>.json', mimeType: 'application/json', buffer: Buffer.from(own) })
  await page.locator('section.ar-callout').first().waitFor()
  await look('own file, opened')

  await page.locator('.ar-header__home').click()
  await go(page, 'dated.open')
  await look('appointment')
  await button(page, 'dated.make').click()
  await page.locator('#ar-errors').waitFor()
  await look('appointment, with a mistake')
  await field(page, 'dated.day').fill(all.join(' '))
  await field(page, 'dated.time').fill(all.join(' '))
  await button(page, 'dated.make').click()
  await look('appointment, with nonsense')
  await field(page, 'dated.day').fill('2026-12-03')
  await field(page, 'dated.time').fill('09:30')
  await page.locator('main select').last().selectOption({ value: 'America/New_York' })
  await go(page, 'dated.make')
  for (const box of await page.locator('main input[type=checkbox]').all()) if (await box.isVisible()) await box.check()
  await look('plan with its sheets')
  const calendar = await saved(page, () => button(page, 'dated.calendar_save').click())
  const kinds = new Set(calendar.split('\r\n').filter((line) => /^(BEGIN|URL|ATTACH|ATTENDEE|ORGANIZER)\b/.test(line)))
  expect([...kinds].filter((line) => !/^BEGIN:(VCALENDAR|VTIMEZONE|STANDARD|DAYLIGHT|VEVENT|VALARM)$/.test(line))).toEqual([])
  await go(page, 'dated.today')
  await look('the plan now')

  await page.locator('.ar-header__home').click()
  await go(page, 'after.link')
  await look('after a visit')
  for (const ticks of ['none', 'first', 'second']) {
    await button(page, ticks === 'none' ? 'after.check_start' : 'after.again').click()
    const forward = page.locator('main form button[type=submit]')
    await forward.waitFor()
    for (let list = 0; list < 8 && await forward.count(); list++) {
      const title = await page.locator('#ar-heading').textContent()
      await look(`the check, list ${list}, ${ticks}`)
      if (ticks === 'none' || (ticks === 'second' && list === 0)) await page.getByRole('checkbox', { name: begins('after.none') }).click()
      else await page.locator('main input[type=checkbox]').first().click()
      if (await forward.count() === 0) {
        await look('help, from the check')
        await button(page, 'help.back').click()
        await forward.waitFor()
      }
      await forward.click()
      await page.waitForFunction((before) => document.getElementById('ar-heading')?.textContent !== before, title)
    }
    await look(`what the check says, ${ticks}`)
  }
  await page.locator('.ar-header__home').click()
  await go(page, 'after.link')
  await go(page, 'after.journal_open')
  await look('journal')
  await go(page, 'after.day_new')
  for (const what of lines(480)) {
    await page.locator('main textarea').fill(what)
    await expectClean(page, `the journal says ${what}`)
  }
  await page.getByRole('radio', { name: /^7/ }).first().click()
  await page.getByRole('radio', { name: begins('after.self_harm_no') }).first().click()
  await look('a day')
  await go(page, 'after.day_keep')
  await look('the chart')
  await go(page, 'after.summary_open')
  for (const box of await page.locator('main input[type=checkbox]').all()) await box.check()
  await look('summary')

  end()
})

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const KEY = JSON.parse(readFileSync(here('../others/sealed/public.json'), 'utf8'))
/** A copy with vectors behind every text but the ids. */
const spoiled = (value, next, key = '') => {
  if (typeof value === 'string') return ['format', 'level', 'created', 'reference', 'consent', 'question', 'rule'].includes(key) ? value : `${value} ${next()}`
  if (Array.isArray(value)) return value.map((part) => spoiled(part, next, key))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, spoiled(part, next, key)]))
}

test('a sealed request: nothing in it or around it runs, in the widget and at the front desk', async ({ page, site, asked }) => {
  const dialogs = await guard(page)
  poison(site, turns(), handoff('https://clinic.invalid/requests', `key = '''${JSON.stringify(KEY)}'''\nchannels = ["print", "copy", "file", "sealed", "qr", "phone"]`))
  await page.goto(site.url)
  await page.locator('.ar-button--start').waitFor()
  await isWhole(page)
  await walk(page, turns())
  await go(page, 'result.share')
  await go(page, 'common.continue')
  await field(page, 'contact.name').fill(all.slice(0, 30).join(' '))
  await go(page, 'common.continue')
  for (const box of await page.locator('main input[type=checkbox]').all()) await box.check()
  await openAll(page)
  const token = await saved(page, () => button(page, 'sealed.save').click())
  await expectClean(page, 'sealed')

  // In a page of its own: the widget asks before it lets anybody leave it.
  const desk = await page.context().newPage()
  dialogs.push(...await guard(desk))
  await desk.goto(`${site.url}front-desk.html`)
  await desk.getByLabel('Key file').setInputFiles(here('../others/sealed/key.json'))
  await desk.getByRole('button', { name: 'Open the key' }).click()
  await expect(desk.locator('#fingerprint')).not.toBeEmpty()
  const show = async (text, where) => {
    await desk.getByLabel('Or paste or scan it here').fill(text)
    await desk.getByRole('button', { name: 'Open the request' }).click()
    await openAll(desk)
    await expectClean(desk, where)
  }
  await show(token, 'what the widget sealed')
  await expect(desk.locator('#note')).toContainText('<script>pwned(1)</script>')
  const key = await jose.importJWK(KEY, 'ECDH-ES')
  const seal = (text) => new jose.CompactEncrypt(new TextEncoder().encode(text)).setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM' }).encrypt(key)
  const packet = JSON.parse(readFileSync(here('../others/sealed/packet.json'), 'utf8'))
  const next = turns()
  const shown = new Set()
  for (let round = 0; round < 14; round++) {
    next() // so that each field gets others each time
    const harm = spoiled(packet, next)
    Object.assign(harm, { language: packet.language, guide_version: packet.guide_version })
    Object.assign(harm.contact, { name: `Round ${round}. ${harm.contact.name}`, days: packet.contact.days, times: packet.contact.times })
    await show(await seal(JSON.stringify(harm)), `a packet of somebody who means harm, ${round}`)
    await expect(desk.locator('#note')).toContainText(`Round ${round}.`)
    await openAll(desk)
    await expectClean(desk, `a packet of somebody who means harm, ${round}, opened`)
    const text = await desk.locator('#note').textContent()
    all.filter((vector) => text.includes(vector)).forEach((vector) => shown.add(vector))
  }
  expect(shown.size).toBeGreaterThan(all.length / 2)
  // What is no packet is named, and shown as text at most.
  const broken = [...lines(600), JSON.stringify(all), JSON.stringify({ format: all[0] })]
  for (const text of broken) await show(text, `pasted ${text}`)
  for (const text of broken.slice(-4)) await show(await seal(text), `sealed ${text}`)
  await show(await seal(JSON.stringify({ ...packet, format: all[9], reference: all[9], level: all[9], created: all[9] })), 'wrong ids')
  expect(dialogs).toEqual([])
  expect(strangers(asked, site.url)).toEqual([])
})

test('an own file of somebody else: nothing in it runs', async ({ page, site, asked, short }) => {
  const dialogs = await guard(page)
  const text = all.join(' ')
  const day = { date: '2026-11-01', mood: 5, sleep: 'well', effects: [], self_harm: 'no' }
  const harm = {
    format: 'anteroom-own-file', version: 1, saved: text, clinic: text, guide_version: text, questions_version: text, language: text,
    answers: { ...Object.fromEntries(all.map((one) => [one, one])), age: text, bp_history: 'no', goal: all, medicine_list: [{ name: text, dose: text, often: text }], gone_question: text },
    before: { saved: text, answers: { age: text, bp_history: text } },
    journal: [{ ...day, effects: all, stood_out: text.slice(0, 500) }, { date: text, mood: text, stood_out: text }],
    done: all, appointment: { local: text, zone: text }, [all[9]]: text,
  }
  const files = [JSON.stringify(harm), text, JSON.stringify(all), JSON.stringify({ ...harm, format: text }), JSON.stringify({ ...harm, version: 99 }), all.slice(0, 5).join('.')]
  for (const one of lines(900)) files.push(JSON.stringify({ ...harm, saved: one, clinic: one, journal: [{ ...day, stood_out: one }] }))
  await page.goto(site.url)
  await page.locator('.ar-button--start').waitFor()
  await isWhole(page)
  await button(page, 'own_file.link').click()
  let shown = 0
  for (const [number, file] of files.entries()) {
    const said = () => page.locator('main').evaluate((main) => main.innerText)
    const before = await said()
    await page.locator('main input[type=file]').setInputFiles({ name: `${number} <img src=x onerror=pwned(1)>.json`, mimeType: 'application/json', buffer: Buffer.from(file) })
    if (number === 0) await expect.poll(said).not.toBe(before)
    await openAll(page)
    await expectClean(page, `file ${number}`)
    const replace = button(page, 'own_file.ask_replace')
    if (await page.locator('#ar-own-file-ask, section.ar-callout').count() && await replace.isVisible()) await replace.click()
    await openAll(page)
    await expectClean(page, `file ${number}, opened`)
    shown += ((await said()).match(/pwned/g) ?? []).length
  }
  expect(shown).toBeGreaterThan(20)
  await page.locator('.ar-header__home').click()
  await go(page, 'after.link')
  await go(page, 'after.journal_open')
  await openAll(page)
  await expectClean(page, 'the journal of the file')
  await expect(page.locator('main')).toContainText('pwned')
  expect(dialogs).toEqual([])
  expect(strangers(asked, site.url)).toEqual([])
})

test('the plain pages, the questions on paper and the filled-in index.html of a hostile guide hold nothing foreign', async ({ page, site, asked }) => {
  const place = mkdtempSync(join(tmpdir(), 'anteroom-hostile-'))
  const dialogs = await guard(page)
  try {
    const guide = Object.fromEntries(['aftercare.toml', 'instruments.toml', 'medicines.toml', 'plan.toml'].map((path) => [path, contentFile(path)]))
    for (const [path, text] of Object.entries({ ...guide, ...hostileGuide() })) {
      mkdirSync(dirname(join(place, 'content', path)), { recursive: true })
      writeFileSync(join(place, 'content', path), text)
    }
    writeFileSync(join(place, 'index.html'), await (await fetch(site.url)).text())
    anteroom('pages', '--content', join(place, 'content'), '--out', join(place, 'pages'), '--index', join(place, 'index.html'), '--widget', '../../index.html')
    const files = readdirSync(join(place, 'pages'), { recursive: true }).map(String).filter((path) => /\.\w+$/.test(path))
    for (const path of files) site.overrides.set(`pages/${path}`, readFileSync(join(place, 'pages', path)))
    const pages = files.filter((path) => /^en\/.*\.html$/.test(path))
    expect(pages.length).toBeGreaterThan(24)
    expect(pages).toContain('en/paper.html')
    let shown = 0
    for (const path of pages) {
      await page.goto(`${site.url}pages/${path}`)
      await openAll(page)
      await expectClean(page, path, ['../style.css', `../en/${path.slice(3)}`, `../es/${path.slice(3)}`])
      shown += await page.evaluate(() => (document.body.innerText.match(/pwned/g) ?? []).length)
    }
    expect(shown).toBeGreaterThan(2000)
    // What index.html says before the widget comes, and where it does not come.
    site.overrides.set('index.html', readFileSync(join(place, 'index.html')))
    site.overrides.set('widget.js', 404)
    await page.goto(site.url)
    await expectClean(page, 'index.html')
    await expect(page.locator('body')).toContainText('pwned')
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
  expect(dialogs).toEqual([])
  expect(strangers(asked, site.url)).toEqual([])
})

test('a FHIR Questionnaire of somebody else, read by "anteroom import": nothing in it runs', async ({ page, site, asked }) => {
  const dialogs = await guard(page)
  const place = mkdtempSync(join(tmpdir(), 'anteroom-import-'))
  const next = turns()
  try {
    const item = (number) => ({
      linkId: number % 3 ? `q${number}` : `${next()}${number}`, type: 'choice', prefix: next(), text: `${next()} ${next()} (${number})`,
      answerOption: [{ valueCoding: { code: `no${number}`, display: `No ${next()}` } }, { valueCoding: { code: next(), display: next() } }, { valueString: next() }],
      item: [{ linkId: `d${number}`, type: 'display', text: next() }],
    })
    writeFileSync(join(place, 'form.json'), JSON.stringify({
      resourceType: 'Questionnaire', id: 'harm', status: 'active', language: 'en', title: all.slice(0, 5).join(' '), description: all.join(' '), copyright: all[9],
      item: [{ linkId: 'g', type: 'group', text: all.slice(5, 12).join(' '), item: Array.from({ length: 20 }, (_, number) => item(number)) }],
    }))
    anteroom('import', join(place, 'form.json'), '--out', join(place, 'out'))
    for (const path of ['screening.toml', 'en/screening.toml']) site.overrides.set(`content/${path}`, readFileSync(join(place, 'out', path), 'utf8'))
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
  site.overrides.set('content/settings.toml', contentFile('settings.toml').replace(/^on = .*$/m, 'on = []').replace(/^languages = .*$/m, 'languages = ["en"]'))
  await page.goto(site.url)
  await page.locator('.ar-button--start').click()
  const forward = page.locator('form button[type=submit]')
  await forward.waitFor()
  let shown = ''
  let questions = 0
  for (; questions < 60 && await forward.count(); questions++) {
    const title = await page.locator('#ar-heading').textContent()
    await openAll(page)
    await expectClean(page, title)
    shown += await page.locator('main').textContent()
    await page.locator('main input[type=radio], main input[type=checkbox]').first().click()
    await forward.click()
    await page.waitForFunction((before) => document.getElementById('ar-heading')?.textContent !== before, title)
  }
  expect(questions).toBeGreaterThanOrEqual(20)
  expect(all.filter((text) => shown.includes(text)).length).toBeGreaterThan(all.length / 2)
  await expectClean(page, 'review')
  await page.locator('main .ar-button').first().click()
  await openAll(page)
  await expectClean(page, 'result')
  expect(dialogs).toEqual([])
  expect(strangers(asked, site.url)).toEqual([])
})

test('what a host page writes on the button, the dialog and the tag stays text', async ({ page, site, asked }) => {
  const dialogs = await guard(page)
  const attribute = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
  const names = ['page', 'lang', 'phone', 'clinic', 'height', 'load', 'button', 'button-class', 'unheard-of']
  const boxes = all.map((text, number) => `<div data-anteroom data-mode="${number % 2 ? 'dialog' : 'full'}" ${names.map((name) => `data-${name}="${attribute(text)}"`).join(' ')}></div>`)
  const tags = all.slice(0, 20).map((text) => `<anteroom-widget mode="dialog" ${names.map((name) => `${name}="${attribute(text)}"`).join(' ')}></anteroom-widget>`)
  site.overrides.set('clinic.html', `<!DOCTYPE html><meta charset="utf-8"><title>A clinic</title><body>${boxes.join('\n')}${tags.join('\n')}<script src="embed.js" async></script></body></html>`)
  await page.goto(`${site.url}clinic.html`)
  const made = '[data-anteroom] :is(a, button), anteroom-widget :is(a, button)'
  await expect.poll(() => page.locator(made).count()).toBeGreaterThanOrEqual(all.length)
  expect(await page.evaluate(() => {
    const inside = [...document.querySelectorAll('[data-anteroom] *, anteroom-widget *')]
    return {
      ran: window.ran ?? [],
      inside: [...new Set(inside.map(({ localName }) => localName))].filter((name) => !['a', 'button', 'div', 'p', 'dialog', 'span'].includes(name)),
      handlers: inside.flatMap((element) => [...element.attributes]).map(({ name }) => name).filter((name) => /^on/.test(name)),
      links: [...document.querySelectorAll('a')].map(({ href }) => href).filter((href) => !/^(http:\/\/127.0.0.1:\d+\/(index\.html)?(\?[^<>"']*)?|tel:\+?\d*)$/.test(href)),
      scripts: [...document.scripts].map((script) => script.getAttribute('src')),
    }
  })).toEqual({ ran: [], inside: [], handlers: [], links: [], scripts: ['embed.js'] })
  expect(dialogs).toEqual([])
  expect(strangers(asked, site.url)).toEqual([])
})

test('on every page of the guide, nothing runs and nothing foreign appears', async ({ page, site, asked }) => {
  poison(site, turns())
  const dialogs = await guard(page)
  for (const file of readdirSync(new URL('../../content/en/pages', import.meta.url))) {
    await page.goto(`${site.url}?page=${file.replace('.md', '')}`)
    await page.locator('article').waitFor()
    for (const details of await page.locator('main details').all()) await details.evaluate((element) => { element.open = true })
    await expectClean(page, file)
    expect(await page.locator('article').innerText(), file).toContain('pwned')
  }
  expect(dialogs).toEqual([])
  expect(strangers(asked, site.url)).toEqual([])
})

test('wishes of the host page, and of the address, cannot put anything into the widget or the page', async ({ page, site, asked }) => {
  const dialogs = await guard(page)
  const wishes = Object.values(vectors).map((list) => list[0])
  const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
  const boxes = wishes.map((text) => ['page', 'lang', 'phone', 'clinic', 'height'].map((name) => `data-${name}="${escaped(text)}"`).join(' '))
  // What cannot start shows the stand-in, which holds the phone.
  site.overrides.set('widget.js', 404)
  site.overrides.set('clinic.html', `<!DOCTYPE html><meta charset="utf-8"><title>A clinic</title><body><script src="embed.js" async></script>
    ${boxes.map((wish) => `<div data-anteroom data-load="now" ${wish}></div>`).join('\n')}</body></html>`)
  await page.goto(`${site.url}clinic.html`)
  await expect(page.locator('[data-anteroom] a[href$="index.html"]')).toHaveCount(wishes.length)
  expect(await page.evaluate(() => ({
    ran: window.ran ?? [], inside: [...new Set([...document.querySelectorAll('[data-anteroom] *')].map(({ localName }) => localName))].sort(),
    links: [...document.querySelectorAll('[data-anteroom] a')].map(({ href }) => href).filter((href) => !/^(http:\/\/127.0.0.1:\d+\/index\.html|tel:\+?\d*)$/.test(href)),
  }))).toEqual({ ran: [], inside: ['a', 'div', 'p'], links: [] })
  site.overrides.delete('widget.js')
  for (const text of wishes) {
    const wish = encodeURIComponent(text)
    await page.goto(`${site.url}?page=${wish}&lang=${wish}`)
    await page.locator('.ar-button--start').waitFor()
    await expectClean(page, text)
    await page.goto(`${site.url}?clinic=${wish}`)
    await page.locator('.ar-header__help').waitFor()
    await expectClean(page, text)
  }
  expect(dialogs).toEqual([])
  expect(asked.filter((url) => url.includes('/pwned'))).toEqual([])
})
