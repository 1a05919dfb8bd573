// The screens of which docs/pictures has a picture: how each is reached, and what is read on it. scripts/pictures.mjs takes
// the pictures; tests/e2e/pictures.spec.mjs goes there again and holds the words against docs/pictures/pictures.json.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from '@playwright/test'
import { say } from './guide.mjs'
import { Widget } from './journey.mjs'

export const PICTURES = fileURLToPath(new URL('../../../docs/pictures/', import.meta.url))
const SEALED = fileURLToPath(new URL('../../others/sealed/', import.meta.url))
/** A busy computer opens a key or reads all files no sooner. */
const SLOW = 60_000
const PHONE = { width: 390, height: 780 }
const DESKTOP = { width: 1000, height: 720 }

const opened = async (page, site) => {
  const widget = new Widget(page, page, site.url)
  await widget.open()
  return widget
}
const ANSWERS = { bp_history: 'yes-high', ride: 'not-yet' }

/** Each screen: its size, its look, and the way there. */
export const SCREENS = {
  start: { viewport: PHONE, show: opened },
  question: { viewport: PHONE, show: async (page, site) => {
    const widget = await opened(page, site)
    await widget.begin()
    await widget.walk({}, ({ id }) => id === 'bp_history')
    await widget.choose('yes-controlled')
  } },
  help: { viewport: PHONE, show: async (page, site) => {
    const widget = await opened(page, site)
    await widget.begin()
    await widget.choose('yes-might-act')
    await expect(widget.crisisPanel).toBeVisible()
  } },
  result: { viewport: PHONE, show: async (page, site) => (await opened(page, site)).toResult(ANSWERS) },
  preview: { viewport: PHONE, show: async (page, site) => {
    const widget = await opened(page, site)
    await widget.toResult(ANSWERS)
    await widget.toPreview({ consent: false })
  } },
  plan: { viewport: PHONE, colorScheme: 'dark', show: async (page, site) => {
    const widget = await opened(page, site)
    await widget.button('dated.open').click()
    await page.getByLabel(say('dated.day'), { exact: true }).fill('2026-12-03')
    await page.getByLabel(say('dated.time'), { exact: true }).fill('09:30')
    await page.getByLabel(say('dated.zone')).selectOption('America/New_York')
    await widget.button('dated.make').click()
    await expect(widget.heading).toHaveText(say('dated.title'))
  } },
  embedded: { viewport: DESKTOP, show: async (page, site) => {
    await page.goto(`${site.url}demo/get-ready.html`)
    await page.locator('iframe').first().scrollIntoViewIfNeeded()
    await new Widget(page, page.frameLocator('iframe').first(), '').button('start.begin').waitFor({ timeout: SLOW })
  } },
  // How many warnings there are, and in which line, is another on each day.
  check: { viewport: DESKTOP, stays: (line) => !/\d/.test(line), show: async (page, site) => {
    await page.goto(`${site.url}index.html?clinic=springfield#check`)
    await page.locator('.ar-check__print').first().waitFor({ timeout: SLOW })
  } },
  'front-desk': { viewport: DESKTOP, show: async (page, site) => {
    await page.goto(`${site.url}front-desk.html`)
    await page.getByLabel('Key file').setInputFiles(`${SEALED}jose-key-512.txt`)
    await page.getByLabel('Passphrase', { exact: true }).fill('four quiet blue lamps')
    await page.getByRole('button', { name: 'Open the key' }).click()
    await expect(page.locator('#fingerprint')).not.toBeEmpty({ timeout: SLOW })
    await page.getByLabel('Or paste or scan it here').fill(readFileSync(`${SEALED}jose.jwe`, 'utf8'))
    await page.getByRole('button', { name: 'Open the request' }).click()
    await page.locator('#note').scrollIntoViewIfNeeded()
    await expect(page.locator('#note')).not.toBeEmpty()
  } },
}

/** How a browser is set up for a screen: the same at each time and place. */
export const contextOf = ({ viewport, colorScheme = 'light' }) =>
  ({ viewport, colorScheme, reducedMotion: 'reduce', locale: 'en-US', timezoneId: 'America/New_York' })

/** Goes to a screen at a fixed time and with fixed dice, so that a reference is the same each time. */
export async function show(page, site, name) {
  await page.clock.setFixedTime(new Date('2026-11-27T15:00:00Z'))
  await page.addInitScript(() => { crypto.getRandomValues = (bytes) => bytes.fill(7) })
  await SCREENS[name].show(page, site)
}

/** The lines that are wholly on the screen, or with `all` every line of it, frames included. */
export async function linesOf(page, all = false) {
  const lines = []
  for (const frame of page.frames()) {
    const place = frame.parentFrame() ? await (await frame.frameElement()).boundingBox() : { x: 0, y: 0 }
    if (!place) continue
    lines.push(...await frame.evaluate(([all, top, bottom]) => {
      const found = []
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const words = node.data.replace(/\s+/g, ' ').trim()
        if (!words || !node.parentElement.checkVisibility({ visibilityProperty: true }) || node.parentElement.closest('script, style, option')) continue
        const range = document.createRange()
        range.selectNodeContents(node)
        const box = range.getBoundingClientRect()
        if (all || (box.height > 0 && box.top >= top && box.bottom <= bottom)) found.push(words)
      }
      return found
    }, [all, -place.y, page.viewportSize().height - place.y]))
  }
  return lines
}
