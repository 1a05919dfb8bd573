// Questions that are typed into: units, dates, a long text, a list, and "not sure" beside them. Asked in a guide of a few
// questions that is laid over the shipped one.

import AxeBuilder from '@axe-core/playwright'
import { contentFile, expect, test } from './support/fixtures.mjs'
import { say } from './support/guide.mjs'

const QUESTIONS = `
[[question]]
id = "mass"
section = "about-you"
kind = "number"
least = 30
most = 300
units = [ { id = "kg", per = 1 }, { id = "lb", per = 0.45359237 } ]
unsure_choices = [{ id = "not-sure", level = "review" }]

[[question]]
id = "born"
section = "about-you"
kind = "date"
earliest = 1900-01-01
latest = "today"

[[question]]
id = "story"
section = "about-you"
kind = "text"
long = true
most = 40

[[question]]
id = "meds"
section = "about-you"
kind = "list"
required = false
entry = [ { id = "name", kind = "text" }, { id = "dose", kind = "text" } ]
`

const WORDS = `
[question.mass]
ask = "What do you weigh?"
reason = "The dose goes by weight."
next = "Step on a scale."
  [question.mass.units]
  kg = "kilograms"
  lb = "pounds"
  [question.mass.choices]
  not-sure = "I am not sure of my weight"

[question.born]
ask = "When were you born?"

[question.story]
ask = "What happened?"

[question.meds]
ask = "What do you take?"
  [question.meds.parts]
  name = "Name"
  dose = "How much"
`

test.beforeEach(async ({ site }) => {
  const blocks = contentFile('screening.toml').split(/^(?=\[\[)/m)
  const stays = (block) => !/^\[\[(?!section)/.test(block) || /^id = "safety_now"/m.test(block)
  site.overrides.set('content/screening.toml', blocks.filter(stays).join('').replace(/\[carer\]\n.*\n.*\n/, '') + QUESTIONS)
  site.overrides.set('content/settings.toml', contentFile('settings.toml').replace(/^on = .*$/m, 'on = []'))
  site.overrides.set('content/en/screening.toml', contentFile('en/screening.toml') + WORDS)
})

const field = (widget, label) => widget.scope.getByLabel(label, { exact: true })

/** Goes on although the question stays the same, and gives the sentence that is shown. */
async function refused(widget) {
  await widget.button('common.continue').click()
  const summary = widget.scope.locator('#ar-errors')
  await expect(summary).toBeFocused()
  const sentence = await summary.getByRole('button').textContent()
  await summary.getByRole('button').click()
  return sentence
}

async function audit(page, what) {
  for (const width of [320, 1280]) {
    for (const colorScheme of ['light', 'dark']) {
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']
      const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze()
      expect.soft(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target)}`), `${what}, ${width}, ${colorScheme}`).toEqual([])
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect.soft(wide, `${what}, ${width}: scrolls sideways by`).toBeLessThanOrEqual(0)
    }
  }
}

test('a number, a date, a text and a list are typed, corrected and reviewed', async ({ widget, page }) => {
  await widget.open()
  await widget.begin()
  await widget.choose()
  await widget.continueTo('What do you weigh?')

  await field(widget, 'What do you weigh?').fill('150')
  expect(await refused(widget)).toBe(say('error.no_unit'))
  await expect(field(widget, 'kilograms')).toBeFocused()
  await field(widget, 'pounds').check()
  await field(widget, 'What do you weigh?').fill('15')
  expect(await refused(widget)).toBe(say('error.out_of_bounds', { least: '67', most: '661', unit: 'pounds' }))
  await audit(page, 'a number with units and a mistake')
  await field(widget, 'I am not sure of my weight').check()
  await expect(field(widget, 'What do you weigh?')).toHaveValue('')
  await field(widget, 'I am not sure of my weight').uncheck()
  await expect(field(widget, 'What do you weigh?')).toHaveValue('15')
  await field(widget, 'What do you weigh?').fill('150.5')
  await widget.continueTo('When were you born?')

  const labels = await widget.scope.locator('.ar-pair label').allTextContents()
  expect(labels).toEqual([say('date.month'), say('date.day'), say('date.year')])
  await field(widget, say('date.month')).fill('2')
  await field(widget, say('date.day')).fill('30')
  expect(await refused(widget)).toBe(say('error.half_a_date', { part: say('date.year') }))
  await expect(field(widget, say('date.year'))).toBeFocused()
  await field(widget, say('date.year')).fill('1984')
  expect(await refused(widget)).toBe(say('error.no_such_date'))
  await audit(page, 'a date with a mistake')
  await field(widget, say('date.day')).fill('29')
  await widget.continueTo('What happened?')

  await field(widget, 'What happened?').fill('a'.repeat(41))
  expect(await refused(widget)).toBe(say('error.too_long', { most: '40', typed: '41' }))
  await audit(page, 'a long text')
  await field(widget, 'What happened?').fill('I fell.\nIt hurt.')
  await widget.continueTo('What do you take?')

  await field(widget, 'Name').fill('Zoloft')
  await field(widget, 'How much').fill('50 mg')
  await page.keyboard.press('Enter')
  await expect(widget.scope.locator('#ar-live')).toHaveText(say('list.added', { entry: 'Zoloft, 50 mg' }))
  await expect(field(widget, 'Name')).toBeFocused()
  await field(widget, 'Name').fill('Advil')
  await widget.button('list.add').click()
  await widget.scope.getByRole('button', { name: /^Change ?: Zoloft, 50 mg/ }).click()
  await expect(field(widget, 'Name')).toBeFocused()
  await expect(field(widget, 'How much')).toHaveValue('50 mg')
  await field(widget, 'How much').fill('100 mg')
  await audit(page, 'a list with an entry that is changed')
  await widget.button('list.save').click()
  await expect(widget.scope.locator('#q-meds-list')).toBeFocused()
  await widget.scope.getByRole('button', { name: /^Remove ?: Advil/ }).click()
  await expect(widget.scope.locator('#ar-live')).toHaveText(say('list.removed', { entry: 'Advil' }))
  await expect(widget.scope.locator('#q-meds-list')).toBeFocused()
  await field(widget, 'Name').fill('Aspirin')
  await widget.continueTo(say('review.title'))

  const said = await widget.scope.locator('.ar-answers__said').allInnerTexts()
  expect(said.slice(1)).toEqual(['150.5 pounds', 'February 29, 1984', 'I fell.\nIt hurt.', 'Zoloft, 100 mg\nAspirin'])
  await audit(page, 'the review')
})
