// The widget in two files: the questions wait for nothing of the second, what needs it waits and says so, and nothing is lost.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DIST } from '../../scripts/serve.mjs'
import { expect, hold, test } from './support/fixtures.mjs'
import { say } from './support/guide.mjs'
import { isWhole } from './support/journey.mjs'

// Built with FAST=1 the widget is one file.
test.skip(!existsSync(join(DIST, 'later.wasm')), 'the widget is one file here')

test('the questions are answered and help opens while the second file is still coming', async ({ widget, page }) => {
  await page.route('**/later.wasm', () => {})
  await widget.open()
  await widget.begin()
  const first = await widget.choose('no')
  await widget.continue()
  await expect(widget.heading).not.toHaveText(first.ask)
  await widget.scope.getByRole('button', { name: say('header.help') }).click()
  await expect(widget.scope.getByRole('link', { name: say('help.call') })).toBeVisible()
})

test('how many questions there are is said once all are known, and never more after that', async ({ widget, page }) => {
  const letIn = await hold(page, '**/later.wasm')
  await widget.open()
  await widget.begin()
  const progress = widget.scope.locator('.ar-progress__count')
  const bar = widget.scope.locator('.ar-progress__bar')
  await expect(progress).toHaveText(say('question.so_far', { number: 1 }))
  letIn()
  await isWhole(page)
  await widget.choose('no')
  await widget.continue()
  const [number, total] = (await progress.textContent()).match(/\d+/g).map(Number)
  await expect(progress).toHaveText(say('question.progress', { number, total }))
  expect(number).toBe(2)
  await expect(bar).toHaveAttribute('max', `${total}`)
  await widget.button('common.back').click()
  await expect(progress).toHaveText(say('question.progress', { number: 1, total }))
})

test('who presses what has not come waits a moment and then gets it', async ({ widget, page }) => {
  const letIn = await hold(page, '**/later.wasm')
  await widget.open()
  await widget.scope.getByRole('button', { name: say('deeds.title') }).click()
  await expect(widget.heading).toHaveText(say('common.loading'))
  await expect(widget.heading).toBeFocused()
  await expect(page.locator('html')).toHaveAttribute('data-loading')
  letIn()
  await isWhole(page)
  await expect(widget.heading).toHaveText(say('deeds.title'))
  await expect(widget.heading).toBeFocused()
})

test('a second file that cannot be had is said, loses nothing and can be tried again', async ({ widget, site }) => {
  site.overrides.set('later.wasm', 404)
  await widget.open()
  await widget.begin()
  const first = await widget.choose('no')
  await widget.scope.getByRole('button', { name: say('deeds.title') }).click()
  await expect(widget.heading).toHaveText(say('part.title'))
  await widget.button('part.again').click()
  await expect(widget.heading).toHaveText(say('part.title'))
  await widget.button('common.back').click()
  await expect(widget.heading).toHaveText(first.ask)
  site.overrides.delete('later.wasm')
  await widget.scope.getByRole('button', { name: say('deeds.title') }).click()
  await expect(widget.heading).toHaveText(say('deeds.title'))
  await widget.button('common.back').click()
  await expect(widget.heading).toHaveText(first.ask)
  await expect(widget.input(first, first.choices.find(({ id }) => id === 'no') ?? first.choices[0])).toBeVisible()
})
