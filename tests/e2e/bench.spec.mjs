// What the benches measure is what they say. No time is tested here.

import { handWrittenSite, survey, surveySite } from './bench/survey.mjs'
import { expect, test } from './support/fixtures.mjs'
import { questions, say } from './support/guide.mjs'

test('the page built with SurveyJS asks as many questions as ours, in the same order and with the same choices', async ({ page, site }) => {
  for (const [path, text] of surveySite()) site.overrides.set(`survey/${path}`, text)
  await page.goto(`${site.url}survey/`)
  await page.getByRole('button', { name: say('start.begin') }).click()
  await expect(page.getByText(questions[0].ask)).toBeVisible()
  for (const { words } of questions[0].choices) await expect(page.getByRole('radio', { name: words, exact: true })).toHaveCount(1)
  await page.getByText(questions[0].choices[0].words, { exact: true }).click()
  await page.getByRole('button', { name: say('common.continue') }).click()
  await expect(page.getByText(questions[1].ask)).toBeVisible()
  const asked = await page.evaluate(() => survey.getAllQuestions().filter(({ name }) => name !== 'lead').map(({ name, title, choices }) => ({ name, title, choices: choices?.map(({ value }) => value) ?? [] })))
  expect(asked).toEqual(questions.map(({ id, ask, choices, kind }) => ({
    name: id, title: ask, choices: kind === 'list' ? [] : choices.map(({ id }) => id),
  })))
  expect(survey().pages).toHaveLength(questions.length + 1)
})

test('the page written by hand asks the first question, and Continue leads to the second', async ({ page, site }) => {
  for (const [path, text] of handWrittenSite()) site.overrides.set(`hand/${path}`, text)
  await page.goto(`${site.url}hand/`)
  await page.getByRole('button', { name: say('start.begin') }).click()
  await page.getByRole('group', { name: questions[0].ask }).getByRole('radio').first().check()
  await page.getByRole('button', { name: say('common.continue') }).click()
  await expect(page.getByRole('group', { name: questions[1].ask })).toBeVisible()
})
