// The widget as a person uses it: finds things by role and by the words on the screen, and walks the questions.

import { expect } from '@playwright/test'
import { mildest, question, say } from './guide.mjs'

/** The widget in this page or frame is drawn, and nothing is on its way (embed/start.js). */
export const isWhole = (scope) => expect(scope.locator('html:not([data-loading])')).toBeAttached()

/** What stands in the page was drawn, and whoever observes it has had its turn. */
export const twoFrames = (page) => page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))

export class Widget {
  /** `scope` is the page, or the frame that the widget is in; `home` is the full page's address. */
  constructor(page, scope, home) {
    Object.assign(this, { page, scope, home })
  }

  async open(query = '') {
    await this.page.goto(this.home + query)
    await this.isReady()
  }

  /** The start page and the list of pages are there: as one of the first screens, or by the widget. */
  async isShown() {
    await expect(this.button('start.begin')).toBeVisible()
    await expect(this.scope.getByRole('heading', { name: say('start.read'), exact: true })).toBeVisible()
  }

  /** The widget itself is there, and all files of its start page. */
  async isReady() {
    await expect(this.scope.locator('#anteroom:not([data-early]) .ar-button--start')).toBeVisible()
    await this.isShown()
  }

  /** All is there that comes without anybody asking for it. */
  async isWhole() {
    await this.isReady()
    await isWhole(this.scope)
  }

  get heading() {
    return this.scope.getByRole('heading', { level: 1 })
  }

  button(key) {
    return this.scope.getByRole('button', { name: say(key), exact: true })
  }

  get errors() {
    return this.scope.getByRole('group', { name: say('common.problem') })
  }

  /** The help lines, wherever they stand. */
  helpLinks() {
    return ['tel:988', 'sms:988', 'tel:911', 'https://988lifeline.org/chat'].map((address) => this.scope.locator(`a[href="${address}"]`))
  }

  get crisisPanel() {
    const titled = (key) => this.scope.getByRole('heading', { level: 1, name: say(key), exact: true })
    return titled('help.title').or(titled('help.emergency_title'))
  }

  /**
   * Presses something. In a frame that grows with its content by key: the page may scroll between the moment when it is measured
   * where to press, and the press.
   */
  async press(what, key = 'Enter') {
    await (this.home ? what.click() : what.press(key))
  }

  async begin() {
    await this.press(this.button('start.begin'))
    await expect(this.button('common.continue')).toBeVisible()
  }

  /** The question that is shown. */
  async current() {
    return question((await this.heading.textContent()).trim())
  }

  input(asked, choice) {
    const role = asked.kind === 'several' ? 'checkbox' : 'radio'
    return this.scope.getByRole('group', { name: asked.ask }).getByRole(role, { name: choice.words, exact: true })
  }

  /** Answers the question that is shown, without pressing Continue. `wanted` is a choice's id, a list of them, or the numbers of a pair. */
  async choose(wanted) {
    const asked = await this.current()
    if (asked.kind === 'pair') {
      for (const [index, part] of asked.parts.entries()) {
        if (wanted) await this.scope.getByLabel(part).fill(String(wanted[index]))
      }
      return asked
    }
    if (asked.kind === 'list') return asked
    const ids = wanted === undefined ? [mildest(asked).id] : [wanted].flat()
    for (const id of ids) {
      const choice = asked.choices.find((choice) => choice.id === id)
      if (!choice) throw new Error(`${asked.id} has no choice ${id}`)
      // Not `check`, which looks for the input again: a crisis answer puts the panel in its place.
      const input = this.input(asked, choice)
      if (!await input.isChecked()) await this.press(input, 'Space')
    }
    return asked
  }

  async continue() {
    const before = (await this.heading.textContent()).trim()
    await this.press(this.button('common.continue'))
    // Quicker by far than an assertion that is tried again and again: a journey has 57 of these.
    await this.scope.getByRole('heading', { level: 1, name: before, exact: true }).waitFor({ state: 'hidden' })
  }

  /** Goes on, and waits for the next title. */
  async continueTo(title) {
    await this.press(this.button('common.continue'))
    await expect(this.heading).toHaveText(title)
  }

  /**
   * Goes on with answers by question id, and the mildest ones for all others, until `stop(question)` or the review.
   * `look(question)` is called at each question before it is answered.
   */
  async walk(answers = {}, stop = () => false, look = () => {}) {
    for (;;) {
      const title = (await this.heading.textContent()).trim()
      if (title === say('review.title')) return null
      const asked = question(title)
      if (stop(asked)) return asked
      await look(asked)
      await this.choose(answers[asked.id])
      if (await this.crisisPanel.isVisible()) await this.press(this.button('help.back'))
      await this.continue()
    }
  }

  /** The Change link of a question on the review. */
  change(id) {
    const row = this.scope.getByRole('term').filter({ hasText: question(id).ask }).locator('..')
    return row.getByRole('button', { name: say('review.change') })
  }

  /** From the start page to the result. */
  async toResult(answers = {}) {
    await this.begin()
    await this.walk(answers)
    await this.press(this.button('review.see_result').first())
    await expect(this.scope.getByText(say('result.your_result'), { exact: true })).toBeVisible()
  }

  /** From the result to the preview, with a phone number and the consent to share. */
  async toPreview({ phone = '+1 555 010 0177', consent = true } = {}) {
    await this.press(this.button('result.share'))
    await expect(this.heading).toHaveText(say('share.title'))
    await this.continue()
    await expect(this.heading).toHaveText(say('contact.title'))
    if (phone) await this.scope.getByLabel(say('contact.phone'), { exact: true }).fill(phone)
    await this.continue()
    await expect(this.heading).toHaveText(say('preview.title'))
    if (consent) await this.consent('share').check()
  }

  consent(which) {
    return this.scope.getByRole('checkbox', { name: say(`consent.${which}`) })
  }

  /** What the person sees as the payload. */
  async preview() {
    const details = this.scope.locator('details', { hasText: say('preview.raw') })
    if (!await details.evaluate((element) => element.open)) await details.locator('summary').click()
    return JSON.parse(await details.locator('pre').textContent())
  }

  /** The notice that a send failed. */
  get failure() {
    return this.scope.getByRole('heading', { name: say('send.failed_title') }).locator('..')
  }

  get receipt() {
    return this.scope.getByRole('heading', { level: 1, name: say('receipt.title') })
  }
}

/** Presses Tab until the target has the focus. */
export async function tabTo(page, target) {
  for (let presses = 0; presses < 150; presses++) {
    await page.keyboard.press('Tab')
    if (await target.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error(`Tab never reaches ${target}`)
}
