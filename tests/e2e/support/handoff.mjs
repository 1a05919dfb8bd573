// The hand-off as a clinic sets it up and a person meets it: what [handoff] says, and what is on the screen of it.

import { contentFile, expect } from './fixtures.mjs'
import { say } from './guide.mjs'

/** Serves settings with these lines under [handoff]; a table such as [handoff.booking] comes last. */
export function settle(site, lines) {
  const settings = site.overrides.get('content/settings.toml') ?? contentFile('settings.toml')
  site.overrides.set('content/settings.toml', settings.replace(/^endpoint = ""/m, () => lines))
}

/** What each channel puts on the screen, as keys of words.toml. A host page's event puts nothing there. */
export const CONTROLS = {
  print: ['preview.print'],
  copy: ['preview.copy'],
  file: ['preview.save', 'preview.save_fhir'],
  send: ['preview.send'],
  sealed: ['sealed.save', 'sealed.copy'],
  qr: ['qr.show'],
  email: ['mail.open'],
  booking: ['booking.open'],
  phone: ['preview.phone_call'],
  'host-page': [],
}

/** The controls of the hand-off that are on the screen, folded away or not. */
export async function offered(widget) {
  const found = []
  for (const key of Object.values(CONTROLS).flat()) {
    const named = (role) => widget.scope.getByRole(role, { name: say(key), exact: true, includeHidden: true })
    if (await named('button').or(named('link')).count()) found.push(key)
  }
  return found
}

/** The controls of these channels, in the order of CONTROLS. */
export const controls = (channels) => Object.keys(CONTROLS).filter((channel) => channels.includes(channel)).flatMap((channel) => CONTROLS[channel])

/** Opens one of the other ways by its name, and gives its part of the screen. */
export async function openWay(widget, key) {
  const way = widget.scope.locator('.ar-way', { has: widget.scope.locator('summary', { hasText: say(key) }) })
  if (!await way.evaluate((element) => element.open)) await way.locator('summary').press('Enter')
  return way
}

/** That one stands before the other on the screen and for a screen reader. */
export async function expectBefore(first, second) {
  await expect(first).toBeVisible()
  await expect(second).toBeVisible()
  const after = await second.elementHandle()
  expect(await first.evaluate((first, second) => Boolean(first.compareDocumentPosition(second) & Node.DOCUMENT_POSITION_FOLLOWING), after)).toBe(true)
}

/** That a text holds no question, answer or reason of the packet that the person sees. */
export function expectNoAnswers(text, packet) {
  const said = packet.answers.flatMap(({ question, words, answer_words: answer }) => [question, words, answer ?? ''])
  const told = [...said, ...packet.reasons.map(({ words }) => words)].filter((words) => words.length > 4)
  expect(told.length).toBeGreaterThan(5)
  for (const words of told) expect(text).not.toContain(words)
}
