// Names of medicines are found as people type them, by keyboard, and what is chosen reaches the review and the packet.

import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './support/fixtures.mjs'
import { question, say } from './support/guide.mjs'

const toMedicines = async (widget) => {
  await widget.open()
  await widget.begin()
  await widget.walk({}, ({ id }) => id === 'medicines')
}
const box = (page) => page.getByRole('combobox', { name: say('names.label') })

test('a name with a slip is found, chosen by keyboard, and handed over', async ({ widget, page, canSend }) => {
  await toMedicines(widget)
  await box(page).focus()
  await page.keyboard.type('zanax')
  const xanax = page.getByRole('option', { name: /^Xanax \(alprazolam\): / })
  await expect(xanax.first()).toBeVisible()
  // Enter never takes what nobody pointed at.
  await page.keyboard.press('Enter')
  await expect(box(page)).toHaveAttribute('aria-activedescendant', 'n-medicines-0')
  await expect(widget.input(question('medicines'), question('medicines').choices[0])).not.toBeChecked()
  await page.keyboard.press('Enter')
  await expect(widget.input(question('medicines'), question('medicines').choices[0])).toBeChecked()
  await expect(box(page)).toBeFocused()
  await expect(box(page)).toHaveValue('')
  const chip = page.getByRole('button', { name: `${say('names.remove')}: Xanax (alprazolam)` })
  await expect(chip).toBeVisible()
  expect((await chip.boundingBox()).height).toBeGreaterThanOrEqual(44)

  await page.keyboard.type('ibuprofen')
  await expect(page.getByText(say('names.not_listed', { name: question('medicines').choices.find(({ id }) => id === 'other').words })).first()).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('option')).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(box(page)).toHaveValue('')

  await widget.continue()
  await widget.walk()
  await expect(page.getByText('Xanax (alprazolam)')).toBeVisible()
  await widget.button('review.see_result').first().click()
  await widget.toPreview()
  const packet = await widget.preview()
  expect(packet.answers.find((answer) => answer.question === 'medicines').answer)
    .toEqual({ choices: ['benzodiazepines'], names: ['Xanax (alprazolam)'] })
})

test('several names, a chip taken out again, and no barrier at 320 pixels', async ({ widget, page }) => {
  await page.setViewportSize({ width: 320, height: 700 })
  await toMedicines(widget)
  await box(page).fill('xanax, prozac and ozempic')
  for (const name of ['Xanax', 'Prozac', 'Ozempic']) {
    await page.getByRole('option', { name: new RegExp(`^${name} \\(`) }).first().click()
  }
  await expect(page.getByRole('button', { name: new RegExp(`^${say('names.remove')}: `) })).toHaveCount(3)
  await box(page).fill('clonidine')
  await expect(page.getByRole('option', { name: /^clonazepam: / })).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes[0].html])).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
  await page.getByRole('button', { name: /Prozac/ }).click()
  await expect(box(page)).toBeFocused()
  const antidepressants = question('medicines').choices.find(({ id }) => id === 'antidepressants')
  await expect(widget.input(question('medicines'), antidepressants)).not.toBeChecked()
})
