// Help is one key away everywhere, opens by itself when an answer asks for it, and is there before anything runs.

import { contentFile, expect, test } from './support/fixtures.mjs'
import { questions, resultTitle, say } from './support/guide.mjs'

const crisisAnswers = questions.flatMap((question) => question.choices.filter(({ crisis }) => crisis).map((choice) => [question, choice]))

test('the guide has answers that open the crisis panel', () => {
  expect(crisisAnswers.map(([{ id }, choice]) => `${id} = ${choice.id}`)).toContain('safety_now = yes-might-act')
  expect(crisisAnswers.length).toBeGreaterThanOrEqual(8)
})

for (const [question, choice] of crisisAnswers) {
  test(`${question.id} = ${choice.id} opens the crisis panel at once, keeps the answer and sends nothing`, async ({ widget, asked, allAsked, receiver, canSend }) => {
    await widget.open()
    await widget.begin()
    await widget.walk({}, ({ id }) => id === question.id)
    await allAsked()
    const before = asked.length
    await widget.input(question, choice).click()

    await expect(widget.crisisPanel).toBeFocused()
    await expect(widget.crisisPanel).toHaveText(say(choice.emergency ? 'help.emergency_title' : 'help.title'))
    for (const link of widget.helpLinks()) await expect(link.first()).toBeVisible()
    await expect(widget.scope.getByText(say('help.nobody'))).toBeVisible()
    expect(asked.slice(before), 'no request').toEqual([])
    expect(receiver.requests).toEqual([])

    await widget.button('help.back').click()
    await expect(widget.heading).toHaveText(question.ask)
    await expect(widget.input(question, choice)).toBeChecked()
  })
}

test('help opens from every view with a key, and its Back leads back there', async ({ widget }) => {
  await widget.open()
  for (const place of [() => {}, () => widget.begin(), async () => { await widget.choose('no'); await widget.continue() }]) {
    await place()
    const title = await widget.heading.textContent()
    await widget.button('header.help').press('Enter')
    await expect(widget.crisisPanel).toBeFocused()
    for (const link of widget.helpLinks()) await expect(link.first()).toBeVisible()
    await widget.button('help.back').press('Enter')
    await expect(widget.heading).toHaveText(title)
  }
})

test('the help button is the first thing that Tab reaches', async ({ widget, page }) => {
  await widget.open()
  await page.keyboard.press('Tab')
  await expect(widget.button('header.help')).toBeFocused()
})

test('an answer that asks for help now ends the questions and sells nothing', async ({ widget }) => {
  await widget.open()
  await widget.begin()
  await widget.choose('yes-might-act')
  await expect(widget.crisisPanel).toBeVisible()
  await widget.button('help.back').click()
  await widget.continue()
  await expect(widget.heading).toHaveText(resultTitle('level.get_help_title'))
  for (const link of widget.helpLinks()) await expect(link.first()).toBeVisible()
  await expect(widget.button('result.share')).toHaveCount(0)
  await expect(widget.scope.getByText(say('plan.title'))).toHaveCount(0)
  await expect(widget.scope.getByText(/denied|not eligible|rejected|negad|rechazad|no es elegible/i)).toHaveCount(0)
})

test('nothing stands between a person with answers and a call', async ({ widget, page }) => {
  const dialogs = []
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.type())
    return dialog.dismiss()
  })
  await widget.open()
  await widget.begin()
  await widget.choose('yes-would-not-act')
  for (const address of ['tel:988', 'sms:988', 'tel:911']) {
    const calling = page.waitForRequest(address)
    // Headless Chromium has nothing to call with: the page waits for it, and so would a click that waits for the page.
    await page.locator(`a[href="${address}"]`).first().dispatchEvent('click')
    await calling
  }
  expect(dialogs).toEqual([])
})

test.describe('with scripts off', () => {
  test.use({ javaScriptEnabled: false })

  test('the help links and the way to the clinic are there', async ({ page, site, widget }) => {
    await page.goto(site.url)
    for (const link of widget.helpLinks()) await expect(link.first()).toBeVisible()
    const [english, spanish] = [page.locator('noscript p:not([lang])'), page.locator('noscript p[lang="es"]')]
    await expect(english).toBeVisible()
    await expect(english).toContainText('call the clinic and ask')
    await expect(spanish).toContainText('llamar a la clínica')
    await expect(page.getByRole('link', { name: 'The questions on paper' })).toBeVisible()
    await expect(page.locator('#ar-wait'), 'there is nothing to wait for').toBeHidden()
  })

  test('the demo page shows the clinic\'s own fallback', async ({ page, site }) => {
    await page.goto(`${site.url}demo/get-ready.html`)
    const fallback = page.locator('[data-anteroom]')
    await expect(fallback.getByRole('link', { name: '988' })).toBeVisible()
  })
})

test('the help links are there while the wasm is still coming, and if it never comes', async ({ page, site, widget }) => {
  await page.route('**/widget_bg.wasm', () => {})
  // Another guide than the first screens were drawn from: the page that needs no script.
  site.overrides.set('content/settings.toml', `${contentFile('settings.toml')}\n`)
  await page.goto(widget.home)
  for (const link of widget.helpLinks()) await expect(link.first()).toBeVisible()
  await expect(page.locator('#ar-wait')).toBeVisible()
  // And on the first screens.
  site.overrides.delete('content/settings.toml')
  await page.goto(widget.home)
  await widget.button('header.help').click()
  await expect(widget.crisisPanel).toBeFocused()
  for (const link of widget.helpLinks()) await expect(link.first()).toBeVisible()
})

test('a refused wasm leaves the help links and tells the clinic\'s number', async ({ page, site, widget }) => {
  site.overrides.set('widget_bg.wasm', 404)
  await page.goto(site.url)
  await expect(page.locator('#ar-wait')).toContainText('+1 555 010 0142')
  for (const link of widget.helpLinks()) await expect(link.first()).toBeVisible()
})

test('help and the way to the clinic are in Spanish, too, before the widget and where it cannot start', async ({ page, site }) => {
  site.overrides.set('widget_bg.wasm', 404)
  await page.goto(`${site.url}?lang=es`)
  await expect(page.locator('[lang=es] a[href="tel:988"]')).toHaveText('Llame al 988 y oprima 2')
  await expect(page.locator('#ar-wait[lang=es]')).toContainText('Puede llamar a la clínica y preguntar: +1 555 010 0142.')
})

test('a lost words file leaves the crisis panel in Spanish', async ({ page, site }) => {
  site.overrides.set('content/es/words.toml', 404)
  await page.goto(`${site.url}?lang=es`)
  await page.getByRole('button', { name: '¿Necesita ayuda ahora?' }).click()
  await expect(page.getByRole('link', { name: 'Llame al 988 y oprima 2' })).toHaveAttribute('href', 'tel:988')
  await expect(page.getByRole('link', { name: 'Mande AYUDA por texto al 988' })).toBeVisible()
})

test('a missing widget.js leaves the help links and tells the clinic\'s number', async ({ page, site, widget }) => {
  site.overrides.set('widget.js', 404)
  await page.goto(site.url)
  await expect(page.locator('#ar-wait')).toContainText('+1 555 010 0142')
  for (const link of widget.helpLinks()) await expect(link.first()).toBeVisible()
})

test('arrow keys pass a crisis answer with help beside it, and Continue opens the panel for who stays', async ({ widget, page }) => {
  await widget.open()
  await widget.begin()
  const [question] = questions
  const input = (id) => widget.input(question, question.choices.find((choice) => choice.id === id))
  await input('no').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(input('yes-might-act')).toBeFocused()
  await expect(widget.scope.getByText(say('help.offered'))).toHaveCount(2) // beside the question, and announced
  await expect(widget.crisisPanel).toHaveCount(0)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(input('no')).toBeChecked()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(widget.crisisPanel).toBeFocused()
})
