// A whole visit as a screen reader tells it: at each screen the accessibility tree in order (roles, names, states, what
// describes them), where the focus is, and what was announced, held against tests/e2e/snapshots/speech-LANG.txt.
//
// After a change of words or of a screen read the difference as somebody who sees nothing, then keep it with
//
//   npx playwright test speech.spec.mjs --update-snapshots

import { contentFile, expect, fewerQuestions, test } from './support/fixtures.mjs'
import { pageTitle, question, say } from './support/guide.mjs'
import { all, listen, said, spoken, tree } from './support/speech.mjs'

// The kinds of questions that the shipped guide has none of.
const QUESTIONS = `
[[question]]
id = "mass"
section = "goals"
kind = "number"
least = 30
most = 300
units = [ { id = "kg", per = 1 }, { id = "lb", per = 0.45359237 } ]
unsure_choices = [{ id = "not-sure", level = "review" }]

[[question]]
id = "born"
section = "goals"
kind = "date"
earliest = 1900-01-01
latest = "today"

[[question]]
id = "story"
section = "goals"
kind = "text"
long = true
most = 40

[[question]]
id = "meds"
section = "goals"
kind = "list"
required = false
entry = [ { id = "name", kind = "text" }, { id = "dose", kind = "text" } ]
`
const IN = {
  en: {
    mass: 'What do you weigh?', reason: 'The dose goes by weight.', next: 'Step on a scale.', kg: 'kilograms', lb: 'pounds', unsure: 'I am not sure of my weight',
    born: 'When were you born?', story: 'What happened?', meds: 'What do you take?', name: 'Name', dose: 'How much',
  },
  es: {
    mass: '¿Cuánto pesa usted?', reason: 'La dosis depende del peso.', next: 'Súbase a una báscula.', kg: 'kilogramos', lb: 'libras', unsure: 'No sé cuánto peso',
    born: '¿Cuándo nació usted?', story: '¿Qué pasó?', meds: '¿Qué toma usted?', name: 'Nombre', dose: 'Cuánto',
  },
}
const wordsOf = ({ mass, reason, next, kg, lb, unsure, born, story, meds, name, dose }) => `
[question.mass]
ask = "${mass}"
reason = "${reason}"
next = "${next}"
units = { kg = "${kg}", lb = "${lb}" }
choices = { not-sure = "${unsure}" }
[question.born]
ask = "${born}"
[question.story]
ask = "${story}"
[question.meds]
ask = "${meds}"
parts = { name = "${name}", dose = "${dose}" }
`

// However slow the machine is: nothing in here waits for a time.
test.use({ timezoneId: 'America/New_York', actionTimeout: 0 })
test.setTimeout(600_000)

for (const lang of ['en', 'es']) {
  test.describe(lang, () => {
    test.use({ lang })

    test(`a whole visit as a screen reader tells it (${lang})`, async ({ widget, page, site, canSend, allAsked }) => {
      const words = IN[lang]
      site.overrides.set('content/screening.toml', fewerQuestions(['safety_now', 'bp_history', 'bp_reading', 'goal']) + QUESTIONS)
      site.overrides.set('content/settings.toml', site.overrides.get('content/settings.toml').replace(/^on = .*$/m, 'on = []'))
      for (const each of ['en', 'es']) {
        site.overrides.set(`content/${each}/screening.toml`, contentFile(`${each}/screening.toml`) + wordsOf(IN[each]))
      }
      await page.clock.setFixedTime('2026-11-25T15:00:00Z')
      await listen(page)

      const story = []
      const before = {}
      let reference
      const masked = (text) => text
        .replaceAll(reference ?? '\0', 'REFERENCE')
        .replace(/http:\/\/127\.0\.0\.1:\d+/g, 'ENDPOINT')
        .replace(/\b(?=[0-9a-f]*\d)[0-9a-f]{12,64}\b/g, 'VERSION')
      /** Hears what is there now. `focus` is where the focus must be; without it, on the heading of a new screen. */
      const hear = async (what, focus = widget.heading, errors = []) => {
        await expect(focus, what).toBeFocused()
        const announced = await said(page)
        const nodes = await tree(page)
        const everything = all(nodes)
        const headings = everything.filter(({ role, level }) => role === 'heading' && level === 1)
        expect.soft(headings.map(({ name }) => name), `${what}: one heading of level 1`).toHaveLength(1)
        expect.soft(everything.filter(({ focused }) => focused), `${what}: one place has the focus`).toHaveLength(1)
        for (const { name } of everything) expect.soft(name, `${what}: no space before a comma or a stop`).not.toMatch(/\S\s+[,.:;](?!\d)/)
        for (const { role, name, children } of everything.filter(({ role }) => ['group', 'region', 'complementary'].includes(role))) {
          const titles = all(children).filter((node) => node.role === 'heading' && node.level > 1 && node.name === name)
          expect.soft(role === 'group' && name === say('common.problem') ? [] : titles, `${what}: a ${role} is not named once more by a heading`).toEqual([])
        }
        for (const { role, name } of everything.filter(({ role }) => ['button', 'link', 'radio', 'checkbox', 'textbox', 'combobox', 'searchbox', 'group', 'region', 'alertdialog'].includes(role))) {
          expect.soft(name.trim(), `${what}: a ${role} has a name`).not.toBe('')
        }
        for (const error of errors) {
          const told = (nodes) => nodes.filter(({ role, name }) => role === 'StaticText' && name.includes(error))
          expect.soft(announced.filter((words) => words.includes(error)), `${what}: what has the focus is not announced besides`).toEqual([])
          const summary = everything.find(({ role, name }) => role === 'group' && name === say('common.problem'))
          expect.soft(told(all(summary.children)), `${what}: the summary says it once`).toHaveLength(1)
          // The browser's own parts of a date field say what the field says.
          const parts = everything.filter(({ role }) => role === 'date field').flatMap(({ children }) => all(children))
          const marked = everything.filter((node) => node.description.includes(error) && !parts.includes(node))
          expect.soft(marked.every(({ description }) => description.split(error).length === 2), `${what}: what describes a field says it once`).toBe(true)
          const invalid = everything.filter(({ invalid }) => invalid)
          expect.soft(invalid, `${what}: one field or group is marked`).toHaveLength(1)
          expect.soft(invalid.every(({ description }) => description.includes(error)), `${what}: what is marked says why`).toBe(true)
          expect.soft(marked, `${what}: and nothing else says it`).toHaveLength(1)
        }
        // What stands around each screen is told where it changes.
        const lines = []
        for (const part of spoken(nodes).join('\n').split(/\n(?=\S)/)) {
          const role = /^(banner|complementary|contentinfo)/.exec(part)?.[1]
          if (role && before[role] === part) lines.push(`${role} as before`)
          else lines.push(part)
          if (role) before[role] = part
        }
        story.push([`# ${what}`, ...announced.map((words) => `announced "${words}"`), ...lines].join('\n'))
        return everything
      }
      /** Hears a question: its name once, and how far along it is once. */
      const hearQuestion = async (id, what = '', focus, errors) => {
        const ask = words[id] ?? question(id).ask
        await expect(widget.heading).toHaveText(ask)
        const everything = await hear(`${id}${what}`, focus, errors)
        expect.soft(everything.filter(({ role, name }) => ['group', 'textbox'].includes(role) && name === ask), `${id}: a group or the one field is named by it, once`).toHaveLength(1)
        const radios = everything.filter(({ role }) => role === 'radio').map(({ name }) => name)
        expect.soft(new Set(radios).size, `${id}: no radio is read twice`).toBe(radios.length)
        const progress = new RegExp(say('question.progress', { number: '\\d+', total: '\\d+' }))
        expect.soft(everything.filter(({ role, name }) => role === 'StaticText' && progress.test(name)), `${id}: progress has a value, once`).toHaveLength(1)
      }
      const field = (label) => page.getByLabel(label, { exact: true })
      /** Presses Continue on something that is missing or wrong. */
      const refused = async (id, error) => {
        await widget.button('common.continue').click()
        await hearQuestion(id, `, and Continue: ${error}`, widget.errors, [error])
      }

      await widget.open()
      await allAsked()
      await widget.button('pages.all').click()
      const summary = page.locator('.ar-card__summary').last()
      await expect(summary).not.toBeEmpty()
      // The accessibility tree follows the page.
      const last = await summary.textContent()
      await expect.poll(async () => all(await tree(page)).some(({ name }) => name === last)).toBe(true)
      await hear('all pages')
      await page.getByRole('button', { name: pageTitle('for-your-driver'), exact: true }).click()
      await expect(page.getByRole('article')).toBeVisible()
      await hear('a page')
      await page.getByRole('button', { name: say('header.home') }).click()
      await hear('start')

      await widget.begin()
      await hearQuestion('safety_now')
      await refused('safety_now', say('error.nothing_chosen'))
      await widget.choose('yes-would-not-act')
      await hear('the crisis panel, opened by an answer', widget.crisisPanel)
      await widget.button('help.back').click()
      await hearQuestion('safety_now', ', back from help')
      await widget.continue()
      await hearQuestion('bp_history')
      await widget.choose('yes-controlled')
      await widget.continue()
      await hearQuestion('bp_reading')
      const [systolic, diastolic] = question('bp_reading').parts
      await field(systolic).fill('abc')
      await widget.button('common.continue').click()
      const wrong = await widget.errors.getByRole('button').textContent()
      await hearQuestion('bp_reading', ', and Continue with a mistake', widget.errors, [wrong])
      await field(systolic).fill('120')
      await field(diastolic).fill('80')
      await widget.continue()
      await hearQuestion('goal')
      await widget.choose(['ptsd', 'anxiety'])
      await widget.continue()

      await hearQuestion('mass')
      await field(words.mass).fill('150')
      await refused('mass', say('error.no_unit'))
      await field(words.lb).check()
      await widget.continue()
      await hearQuestion('born')
      await field(say('date.month')).fill('2')
      await field(say('date.day')).fill('29')
      await refused('born', say('error.half_a_date', { part: say('date.year') }))
      await field(say('date.year')).fill('1984')
      await widget.continue()
      await hearQuestion('story')
      await field(words.story).fill('x'.repeat(41))
      await refused('story', say('error.too_long', { most: '40', typed: '41' }))
      await field(words.story).fill('I fell.')
      await widget.continue()
      await hearQuestion('meds')
      await field(words.name).fill('Zoloft')
      await field(words.dose).fill('50 mg')
      await widget.button('list.add').click()
      await hearQuestion('meds', ', an entry added', field(words.name))
      await page.getByRole('button', { name: new RegExp(`^${say('list.remove')}`) }).click()
      await expect(page.locator('#ar-live')).toHaveText(say('list.removed', { entry: 'Zoloft, 50 mg' }))
      await hearQuestion('meds', ', the entry removed', page.locator(':focus'))
      await widget.continue()

      await expect(widget.heading).toHaveText(say('review.title'))
      await hear('review')
      await widget.button('review.see_result').first().click()
      await hear('result')

      await widget.button('dated.open').click()
      await expect(widget.heading).toHaveText(say('dated.form_title'))
      await hear('the appointment')
      await widget.button('dated.make').click()
      await hear('the appointment, and nothing filled in', widget.errors, [say('dated.error_day', { number: '1' })])
      await field(say('dated.day')).fill('2026-12-03')
      await field(say('dated.time')).fill('09:30')
      await field(say('dated.zone')).selectOption('America/New_York')
      await widget.button('dated.make').click()
      await expect(widget.heading).toHaveText(say('dated.title'))
      await hear('the plan')
      while (!await widget.button('result.share').isVisible()) await widget.button('common.back').first().click()

      await widget.button('result.share').click()
      await expect(widget.heading).toHaveText(say('share.title'))
      await hear('what to share')
      await widget.continue()
      await expect(widget.heading).toHaveText(say('contact.title'))
      await hear('contact')
      await field(say('contact.phone')).fill('+1 555 010 0177')
      await widget.continue()
      await expect(widget.heading).toHaveText(say('preview.title'))
      reference = (await widget.preview()).reference
      await page.locator('details', { hasText: say('preview.raw') }).locator('summary').click()
      await widget.heading.focus()
      await hear('preview')
      await widget.button('preview.send').click()
      await hear('preview, and Send without the consent', widget.errors)
      await widget.consent('share').check()
      await widget.button('preview.send').click()
      await expect(widget.receipt).toBeVisible()
      await hear('receipt')

      expect(masked(story.join('\n\n')) + '\n').toMatchSnapshot(`speech-${lang}.txt`)
    })
  })
}
