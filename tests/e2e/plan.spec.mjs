// The dated plan: typed, shown, ticked off, at this minute, on paper, and as a calendar file that the readers of others
// read the same. The person's clock is in another zone than the clinic's, and the hours are held against the browser's own.

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import AxeBuilder from '@axe-core/playwright'
import ICAL from 'ical.js'
import { contentFile, expect, test } from './support/fixtures.mjs'
import { say, todayTitle } from './support/guide.mjs'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const python = () => execFileSync(here('../../scripts/tools.sh'), ['python'], { encoding: 'utf8' }).trim()
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']

test.use({ timezoneId: 'Asia/Kathmandu' })
test.setTimeout(300_000)

/** From the start page to the plan. */
async function plan(page, widget, { visits = [['2026-12-03', '09:30']], zone = 'America/New_York' } = {}) {
  await widget.button('dated.open').click()
  await expect(widget.heading).toHaveText(say('dated.form_title'))
  if (visits.length > 1) await page.getByLabel(say('dated.count')).selectOption(String(visits.length))
  for (const [place, [day, time]] of visits.entries()) {
    await page.getByLabel(say('dated.day'), { exact: true }).nth(place).fill(day)
    await page.getByLabel(say('dated.time'), { exact: true }).nth(place).fill(time)
  }
  await page.getByLabel(say('dated.zone')).selectOption(zone)
  await widget.button('dated.make').click()
  await expect(widget.heading).toHaveText(say('dated.title'))
}

async function saved(page, widget) {
  const coming = page.waitForEvent('download')
  await widget.button('dated.calendar_save').click()
  const download = await coming
  expect(download.suggestedFilename()).toBe('appointment.ics')
  return readFileSync(await download.path(), 'utf8')
}

/** The entries as npm's ical.js reads them. */
function entriesOfIcal(text) {
  return new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component)
    const iso = (time) => (time.isDate ? time.toString() : new Date(time.toJSDate()).toISOString())
    return {
      uid: event.uid, start: iso(event.startDate), end: iso(event.endDate), summary: event.summary ?? '',
      description: event.description ?? '', location: event.location ?? '', sequence: event.sequence,
      alarms: component.getAllSubcomponents('valarm').map((alarm) => alarm.getFirstPropertyValue('trigger').toSeconds()),
    }
  })
}

/** The entries as PyPI's icalendar reads them. */
function entriesOfIcalendar(text) {
  const read = JSON.parse(execFileSync(python(), [here('../others/calendar_check.py')], { input: text, encoding: 'utf8' }))
  return read.map(({ errors, ...entry }) => {
    expect(errors).toEqual([])
    const iso = (time) => (time.length === 10 ? time : new Date(time).toISOString())
    return { ...entry, start: iso(entry.start), end: iso(entry.end) }
  })
}

for (const lang of ['en', 'es']) {
  test.describe(lang, () => {
    test.use({ lang })
    test(`the calendar file is read the same by others (${lang})`, async ({ widget, page, site }) => {
      // Long, with letters of more than one octet and all that has to be escaped.
      site.overrides.set('content/settings.toml', contentFile('settings.toml')
        .replace(/^name = .*$/m, 'name = "Clínica de Infusión «Ñandú» 🌿; 漢字, A\\\\B"')
        .replace(/^address = .*$/m, 'address = "Calle Peñón 12; piso 3, Ciudad Larguísima de la Señora del Niño 🏥🏥🏥"'))
      await widget.open()
      await plan(page, widget, { visits: [['2026-12-03', '09:30'], ['2027-03-14', '06:00'], ['2027-03-20', '00:30']] })
      const secret = await saved(page, widget)
      await page.getByLabel(say('dated.calendar_plain')).check()
      const plain = await saved(page, widget)
      for (const text of [secret, plain]) {
        const entries = entriesOfIcal(text)
        expect(entries.length).toBeGreaterThan(20)
        expect(entriesOfIcalendar(text)).toEqual(entries)
        expect(new Set(entries.map(({ uid }) => uid)).size).toBe(entries.length)
      }
      const visit = entriesOfIcal(plain).find(({ location }) => location)
      expect(visit.summary).toContain('Clínica de Infusión «Ñandú» 🌿; 漢字, A\\B')
      expect(visit.location).toContain('Larguísima de la Señora del Niño 🏥🏥🏥')
      expect([...new Set(entriesOfIcal(secret).map(({ summary }) => summary))].sort())
        .toEqual([say('calendar.visit'), say('calendar.private')].sort())
      expect(secret).not.toMatch(/Infusi|ketamin/i)
    })
  })
}

test('elapsed hours and days of the calendar, as the browser has them', async ({ widget, page }) => {
  await widget.open()
  await plan(page, widget, { visits: [['2027-03-14', '06:00']] })
  // The night in which the clocks go forward: 6 hours before 6:00 is 23:00 of the day before.
  const meal = page.getByRole('listitem').filter({ has: page.getByText('Last light meal', { exact: false }) }).first()
  await page.locator('details.ar-details').evaluateAll((all) => all.forEach((one) => { one.open = true }))
  await expect(meal).toContainText('11:00 pm')
  // Where the person is it is 9:45 in the morning.
  const there = new Intl.DateTimeFormat('en-US', { timeZone: 'Asia/Kathmandu', hour: 'numeric', minute: '2-digit' }).format(new Date('2027-03-14T04:00:00Z'))
  await expect(meal).toContainText(there.replace('\u202f', ' ').replace(' ', ' ').toLowerCase())
  // A second file changes the first: the same entries at other times.
  const before = entriesOfIcal(await saved(page, widget))
  await widget.button('dated.change').click()
  await page.getByLabel(say('dated.day'), { exact: true }).fill('2027-03-21')
  await widget.button('dated.make').click()
  const after = entriesOfIcal(await saved(page, widget))
  expect(after.map(({ uid }) => uid).sort()).toEqual(before.map(({ uid }) => uid).sort())
  for (const entry of after) {
    const old = before.find(({ uid }) => uid === entry.uid)
    expect(entry.start).not.toBe(old.start)
    expect(entry.sequence).toBeGreaterThanOrEqual(old.sequence)
  }
})

test('a slip is said beside its field, and nothing is lost', async ({ widget, page }) => {
  await widget.open()
  await widget.button('dated.open').click()
  await widget.button('dated.make').click()
  await expect(widget.errors).toBeFocused()
  await expect(widget.errors).toContainText(say('dated.error_day', { number: '1' }))
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel(say('dated.day'), { exact: true })).toBeFocused()
  await page.getByLabel(say('dated.day'), { exact: true }).fill('2026-12-03')
  await widget.button('dated.make').click()
  await expect(widget.errors).toContainText(say('dated.error_time', { number: '1' }))
  await widget.button('common.back').click()
  await expect(widget.button('dated.open')).toBeVisible()
  await widget.button('dated.open').click()
  await expect(page.getByLabel(say('dated.day'), { exact: true })).toHaveValue('2026-12-03')
})

test('the view of the day goes on by the minute, without a network', async ({ widget, page, context }) => {
  await page.clock.install({ time: new Date('2026-12-03T09:00:00Z') }) // 4:00 in New York
  await widget.open()
  await plan(page, widget)
  await context.setOffline(true)
  await widget.button('dated.today').click()
  await expect(widget.heading).toHaveText(todayTitle(say('dated.before', { number: '5 h 30 min' })))
  const part = (key) => page.locator('section', { has: page.getByRole('heading', { name: say(key), exact: true }) })
  await expect(part('dated.not_now')).toContainText('Last light meal')
  await expect(part('dated.not_now')).not.toContainText('Last clear drink')
  await page.clock.runFor('01:00')
  await expect(widget.heading).toHaveText(todayTitle(say('dated.before', { number: '5 h 29 min' })))
  await page.clock.runFor('03:45:00')
  await expect(part('dated.not_now')).toContainText('Last clear drink')
  await page.clock.runFor('02:00:00')
  await expect(widget.heading).toHaveText(todayTitle(say('dated.there')))
  await page.clock.runFor('08:00:00')
  await expect(widget.heading).toHaveText(todayTitle(say('dated.after')))
  await expect(part('dated.not_now')).toContainText('No driving yet')
  await expect(part('dated.calls')).toContainText('911')
})

test('what is ticked off stays until the person forgets it, and help leads back', async ({ widget, page }) => {
  await widget.open()
  await plan(page, widget)
  const box = page.getByRole('checkbox', { name: /^Check the plan the day before/ })
  await box.focus()
  await page.keyboard.press('Space')
  await expect(box).toBeChecked()
  await widget.button('header.help').click()
  await expect(widget.crisisPanel).toBeVisible()
  await widget.button('help.back').click()
  await expect(box).toBeChecked()
  await widget.button('footer.clear').click()
  await widget.button('dated.open').click()
  await expect(page.getByLabel(say('dated.day'), { exact: true })).toHaveValue('')
})

test('each sheet is printed alone', async ({ widget, page }) => {
  await page.addInitScript(() => { window.print = () => { window.printed = document.querySelectorAll('[data-printing]').length } })
  await widget.open()
  await plan(page, widget)
  for (const sheet of ['you', 'driver', 'desk']) {
    await page.locator('summary', { hasText: new RegExp(`^${say(`sheet.${sheet}`)}$`) }).click()
    await page.locator(`#ar-sheet-${sheet}`).getByRole('button').click()
    await expect.poll(() => page.evaluate(() => window.printed)).toBe(1)
  }
  await expect(page.locator('#ar-sheet-driver')).toContainText('911')
})

for (const lang of ['en', 'es']) {
  test.describe(`on paper, ${lang}`, () => {
    test.use({ lang, viewport: { width: 390, height: 800 }, colorScheme: 'dark' })
    test(`each sheet fits a page of A4 and of Letter, printed from a phone (${lang})`, async ({ widget, page }) => {
      const visits = ['12-03', '12-05', '12-08', '12-10', '12-12', '12-15'].map((day) => [`2026-${day}`, '09:30'])
      await widget.open()
      await plan(page, widget, { visits })
      for (const sheet of ['you', 'driver', 'desk']) {
        const one = page.locator(`#ar-sheet-${sheet}`)
        await one.evaluate((element) => { element.closest('details').open = true; element.setAttribute('data-printing', '') })
        for (const format of ['A4', 'Letter']) {
          const pdf = await page.pdf({ format, preferCSSPageSize: false })
          expect.soft(pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g), `${sheet} on ${format}`).toHaveLength(1)
        }
        await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
        const colours = await one.evaluate((element) => {
          const style = (at) => getComputedStyle(at)
          return [style(document.documentElement).backgroundColor, style(document.body).backgroundColor, style(element).color]
        })
        expect(colours.slice(0, 2).every((colour) => ['rgb(255, 255, 255)', 'rgba(0, 0, 0, 0)'].includes(colour)), colours.join()).toBe(true)
        expect(colours[2], 'black on white').toBe('rgb(0, 0, 0)')
        await page.emulateMedia({ media: null, colorScheme: 'dark' })
        await one.evaluate((element) => element.removeAttribute('data-printing'))
      }
    })
  })
}

test('in low-energy mode the plan is one task at a time, with a pause anywhere', async ({ widget, page }) => {
  await page.clock.install({ time: new Date('2026-12-01T14:00:00Z') })
  await page.setViewportSize({ width: 320, height: 700 })
  const piece = page.locator('#ar-piece')
  const clean = async (screen) => {
    const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze()
    expect.soft(violations.map(({ id, nodes }) => `${id} ${nodes[0].html}`), screen).toEqual([])
    expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), screen).toBeLessThanOrEqual(320)
  }
  await widget.open()
  await widget.button('calm.switch').click()
  await widget.button('dated.open').click()
  await clean('form')
  await widget.button('calm.next').press('Enter')
  await page.getByLabel(say('dated.time'), { exact: true }).fill('09:30')
  await widget.button('calm.next').click()
  await page.getByLabel(say('dated.zone')).selectOption('America/New_York')
  await widget.button('dated.make').click()
  // What is missing is the piece that is shown.
  await expect(widget.errors).toBeFocused()
  await page.getByLabel(say('dated.day'), { exact: true }).fill('2026-12-03')
  await widget.button('calm.next').click()
  await widget.button('dated.make').click()
  await expect(widget.heading).toHaveText(say('dated.title'))
  await clean('plan')
  await expect(piece).toContainText("The clinic's own plan comes first.")
  await widget.button('calm.next').press('Enter')
  await expect(piece).toBeFocused()
  await expect(piece.getByRole('listitem')).toHaveCount(1)
  // What is over comes last.
  await expect(piece).not.toContainText(say('dated.past'))
  const task = await piece.textContent()
  await widget.button('calm.pause').click()
  await widget.button('calm.go_on').click()
  await expect(piece).toHaveText(task)
  await clean('a task')
  await widget.button('dated.today').click()
  await expect(piece).toContainText(say('dated.now'))
  await expect(piece.getByRole('listitem')).toHaveCount(1)
  await clean('the day')
  await widget.button('calm.not_now').click()
  await expect(page.locator('main a[href^="tel:"]').first()).toBeVisible()
  await widget.button('calm.keep').click()
  const coming = page.waitForEvent('download')
  await widget.button('own_file.save').click()
  const file = JSON.parse(readFileSync(await (await coming).path(), 'utf8'))
  expect(file.plan).toEqual({ zone: 'America/New_York', visits: [{ local: '2026-12-03T09:30', done: [] }] })
})

test('from the start to a task that is ticked off on the day, by keyboard alone', async ({ widget, page }) => {
  await page.clock.install({ time: new Date('2026-12-02T14:00:00Z') })
  const tabTo = async (target) => {
    for (let presses = 0; presses < 200; presses++) {
      await page.keyboard.press('Tab')
      if (await target.evaluate((element) => element === document.activeElement)) return
    }
    throw new Error(`Tab never reaches ${target}`)
  }
  const press = async (target) => {
    await tabTo(target)
    await page.keyboard.press('Enter')
  }
  await widget.open()
  await press(widget.button('dated.open'))
  await expect(widget.heading).toBeFocused()
  await tabTo(page.getByLabel(say('dated.day'), { exact: true }))
  await page.keyboard.type('12032026')
  await tabTo(page.getByLabel(say('dated.time'), { exact: true }))
  await page.keyboard.type('0930AM')
  await tabTo(page.getByLabel(say('dated.zone')))
  await page.keyboard.type('New York')
  await press(widget.button('dated.make'))
  await expect(widget.heading).toHaveText(say('dated.title'))
  await expect(widget.heading).toBeFocused()
  await press(widget.button('dated.today'))
  await expect(widget.heading).toBeFocused()
  const now = page.locator('section', { has: page.getByRole('heading', { name: say('dated.now'), exact: true }) })
  const box = now.getByRole('checkbox', { name: /^Check the plan the day before/ })
  await tabTo(box)
  await page.keyboard.press('Space')
  await expect(now).not.toContainText('Check the plan the day before')
  await press(widget.button('dated.whole'))
  await expect(widget.heading).toBeFocused()
  await expect(page.getByRole('checkbox', { name: /^Check the plan the day before/ })).toBeChecked()
})

for (const lang of ['en', 'es']) {
  test.describe(`barriers, ${lang}`, () => {
    test.use({ lang })
    test(`no barrier on the screens of the plan (${lang})`, async ({ widget, page }) => {
      const audit = async (screen) => {
        for (const [width, colorScheme] of [[320, 'light'], [320, 'dark'], [1280, 'light'], [1280, 'dark']]) {
          await page.setViewportSize({ width, height: 800 })
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
          const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze()
          expect.soft(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target}`)), `${screen} ${width} ${colorScheme}`).toEqual([])
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
          expect.soft(wide, `${screen} ${width}: scrolls sideways by`).toBeLessThanOrEqual(0)
        }
      }
      await widget.open()
      await widget.button('dated.open').click()
      await audit('form')
      await page.getByLabel(say('dated.count')).selectOption('2')
      await widget.button('dated.make').click()
      await audit('form with a mistake')
      await page.getByLabel(say('dated.count')).selectOption('1')
      await widget.button('common.back').click()
      await plan(page, widget)
      await page.locator('details').evaluateAll((all) => all.forEach((one) => { one.open = true }))
      await audit('days')
      await widget.button('dated.today').click()
      await audit('today')
    })
  })
}
