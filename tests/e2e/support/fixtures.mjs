// What every test gets: a static server of its own over dist/, a receiving server, the widget as a page object, and a
// watch over every request: a test fails if anything but the loopback address was asked for, whatever else it checks.

import { readFileSync, readdirSync } from 'node:fs'
import { test as base, expect } from '@playwright/test'
import { serve } from '../../../scripts/serve.mjs'
import { speak } from './guide.mjs'
import { Widget } from './journey.mjs'
import { receive } from './receiver.mjs'

/** A file of the shipped content, to be changed and served by `site.overrides`. */
export const contentFile = (path) => readFileSync(new URL(`../../../content/${path}`, import.meta.url), 'utf8')

/** The paths of the shipped pages in a language. */
export const shippedPages = (lang) => readdirSync(new URL(`../../../content/${lang}/pages`, import.meta.url)).map((name) => `content/${lang}/pages/${name}`)

/** screening.toml with these questions only, by their ids. */
export function fewerQuestions(kept) {
  const blocks = contentFile('screening.toml').split(/^(?=\[)/m)
  const named = (block) => [...block.matchAll(/question = "([\w-]+)/g)].map(([, id]) => id)
  const stays = (block) => block.startsWith('[[question]]')
    ? kept.includes(/^id = "(.*)"/m.exec(block)[1])
    // What speaks of a question that is not asked would be an error, and then no result is milder than "review".
    : named(block).every((id) => kept.includes(id)) && !/^\[\[(ask|next_step|alternative)/.test(block)
  return blocks.filter(stays).join('')
}

/** The neutral page that "Leave this page" goes to. Here no browser can reach it. */
export const AWAY = 'https://www.weather.gov/'

export const test = base.extend({
  /** dist/ on a port of its own; `site.overrides.set('content/settings.toml', '...')` changes what is served. */
  site: async ({ cache }, use) => {
    const site = await serve({ cache })
    await use(site)
    await site.close()
  },
  /** The language that the widget is opened in and the test's words are taken from. */
  lang: ['en', { option: true }],
  spoken: [async ({ lang }, use) => {
    speak(lang)
    await use(lang)
  }, { auto: true }],
  /** What that server says of caching. */
  cache: ['no-cache', { option: true }],
  /** The same on another origin. */
  otherSite: async ({}, use) => {
    const site = await serve()
    await use(site)
    await site.close()
  },
  /** A clinic's endpoint. */
  receiver: async ({}, use) => {
    const receiver = await receive()
    await use(receiver)
    await receiver.close()
  },
  /** Makes the served settings name the receiver as the endpoint. */
  canSend: async ({ site, receiver }, use) => {
    site.overrides.set('content/settings.toml',
      (site.overrides.get('content/settings.toml') ?? contentFile('settings.toml')).replace(/^endpoint = ""/m, `endpoint = "${receiver.url}"`))
    await use(true)
  },
  /** Serves a guide of a few questions, where a test is not about the questions. */
  short: async ({ site }, use) => {
    const kept = ['safety_now', 'age', 'bp_history', 'bp_reading', 'goal']
    site.overrides.set('content/screening.toml', fewerQuestions(kept))
    const settings = site.overrides.get('content/settings.toml') ?? contentFile('settings.toml')
    site.overrides.set('content/settings.toml', settings.replace(/^on = .*$/m, 'on = []'))
    await use(kept)
  },
  /** The addresses that were asked for, in order; see the top of this file. */
  asked: [async ({ context }, use) => {
    const asked = []
    context.on('request', (request) => asked.push(request.url()))
    await use(asked)
    const strangers = asked.filter((url) => !/^(https?:\/\/(127\.0\.0\.1|localhost|[\w-]+\.invalid)[:/]|data:|blob:|about:|file:|tel:|sms:|mailto:)/.test(url) && !url.startsWith(AWAY))
    expect(strangers, 'requests to others').toEqual([])
  }, { auto: true }],
  /** Waits until the last files that are asked for without anybody reading have been, so that no later request is one of them. */
  allAsked: async ({ asked, lang }, use) => use(async () => {
    await expect.poll(() => asked.some((url) => url.endsWith(`content/${lang}/aftercare.toml`)), { timeout: 30_000 }).toBe(true)
  }),
  /** The widget on its full page. `await widget.open()` opens it. */
  widget: async ({ page, site, lang }, use) => use(new Widget(page, page, site.url + (lang === 'en' ? '' : `?lang=${lang}`))),
})

/** Holds back what is asked for by these names; the function that lets it through. */
export async function hold(page, names) {
  let letIn
  const held = new Promise((resolve) => { letIn = resolve })
  await page.route(names, async (route) => {
    await held
    await route.continue()
  })
  return letIn
}

export { expect }
