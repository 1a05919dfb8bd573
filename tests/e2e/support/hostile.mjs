// A guide, a person and a clinic's system that mean harm: vectors put into every text, and what may be in a page after that.

import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { contentFile, expect, fewerQuestions } from './fixtures.mjs'
import { all } from './vectors.mjs'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** What the widget, the plain pages and the front desk draw themselves. */
const TAGS = ('html ar-early template head meta title link script body div span p a button h1 h2 h3 h4 h5 h6 ul ol li dl dt dd form fieldset legend label input ' +
  'textarea select option optgroup details summary section article aside header footer main nav strong em b i code pre blockquote table caption thead tbody tr ' +
  'th td hr br output progress figure figcaption noscript time small sup sub svg g path circle rect line text tspan desc ' +
  'ellipse polyline polygon mark').split(' ')

/** A source of vectors that gives each in its turn. */
export const turns = () => {
  let at = 0
  return () => all[at++ % all.length]
}
/** TOML with a vector behind every text; lines that hold no words for people are left alone. */
export const poisoned = (toml, next, only = () => true) => toml.split('\n').map((line) => {
  const pair = /^(\s*("[^"]*"|[\w-]+)\s*=\s*)("(?:[^"\\]|\\.)*")(.*)$/.exec(line)
  return pair && only(pair[2]) ? pair[1] + JSON.stringify(`${JSON.parse(pair[3])} ${next()}`) + pair[4] : line
}).join('\n')

const QUESTIONS = ['safety_now', 'age', 'bp_history', 'bp_reading', 'medicines', 'medicine_list', 'goal']

/** Every text of the shipped English guide with a vector behind it, `{ path: text }`; `handoff` are lines for [handoff]. */
export function hostileGuide(next = turns(), handoff = 'endpoint = "javascript:pwned(1)"') {
  const files = { 'screening.toml': fewerQuestions(QUESTIONS) }
  files['settings.toml'] = poisoned(contentFile('settings.toml'), next, (key) => ['name', 'phone', 'address', 'hours', 'en', 'es'].includes(key))
    .replace('[crisis]', 'privacy_url = "javascript:pwned(1)"\n[crisis]')
    .replace(/^endpoint = .*$/m, () => handoff)
    .replace(/^\[crisis\]/m, '[theme]\naccent = "red;background:url(/pwned)"\n\n[crisis]')
  for (const name of ['words', 'screening', 'instruments', 'glossary', 'plan', 'aftercare', 'medicines']) {
    files[`en/${name}.toml`] = poisoned(contentFile(`en/${name}.toml`), next, (key) => key !== 'reviewed_on')
  }
  files['sources.toml'] = poisoned(contentFile('sources.toml'), next)
  for (const file of readdirSync(join(ROOT, 'content/en/pages'))) {
    const [, front, text] = /^\+\+\+\n([\s\S]*?)\n\+\+\+\n([\s\S]*)$/.exec(contentFile(`en/pages/${file}`))
    const middle = text.replace(/\n\n(?=[A-Z])/g, () => `\n\n${next()}\n\n${next()} `)
    files[`en/pages/${file}`] = `+++\n${poisoned(front, next, (key) => ['title', 'summary', 'funding_note', 'reviewer'].includes(key))}\n+++\n${middle}\n\n${all.join('\n\n')}\n`
  }
  return files
}
/** Serves that guide in place of the shipped one. */
export function poison(site, next, handoff) {
  for (const [path, text] of Object.entries(hostileGuide(next, handoff))) site.overrides.set(`content/${path}`, text)
}

/**
 * Expects that nothing ran, and that nothing stands in the page that we do not draw: no element, no handler, no address
 * that does something, no script, stylesheet or frame but `own`, which are the addresses of ours.
 */
export async function expectClean(page, where, own = ['widget.js', 'rest.css']) {
  const found = await page.evaluate(([tags, own]) => {
    const foreign = []
    const heads = [...document.querySelectorAll('script, link, style, iframe, meta[http-equiv], base')]
    for (const element of heads) {
      if (element.localName === 'script' && /pwned/.test(element.text)) foreign.push(element.outerHTML.slice(0, 200))
      const address = element.getAttribute('src') ?? element.getAttribute('href')
      if (element.closest('body') && ['link', 'style', 'meta', 'base', 'iframe'].includes(element.localName)) foreign.push(element.outerHTML.slice(0, 200))
      else if (address !== null && !own.includes(address) && !/^(data:,|(\.\/)?(widget_bg\.wasm|content\/[\w./-]+))$/.test(address)) foreign.push(element.outerHTML.slice(0, 200))
    }
    for (const element of document.querySelectorAll('*')) {
      if (!tags.includes(element.localName) && !heads.includes(element)) foreign.push(element.outerHTML.slice(0, 200))
      for (const { name, value } of element.attributes) {
        if (/^on/i.test(name)) foreign.push(`${element.localName} ${name}=${value}`)
        if (['href', 'src', 'action', 'formaction', 'srcdoc', 'data', 'xlink:href'].includes(name) && !heads.includes(element) &&
          !/^(https?:|tel:|sms:|mailto:|#|[\w./-]*(?:[?#].*)?$)/.test(value)) foreign.push(`${element.localName} ${name}=${value}`)
        if (['href', 'src', 'action', 'formaction', 'xlink:href'].includes(name) && /pwned\b/.test(value) && !/^(https?|mailto|tel|sms):/.test(value)) foreign.push(`${element.localName} ${name}=${value}`)
        // Names that would stand in the way of ours.
        if (['id', 'name'].includes(name) && ['anteroomHost', 'wasm_bindgen', 'children', 'document', 'body', 'attributes', 'parentNode'].includes(value)) foreign.push(`${element.localName} ${name}=${value}`)
        if (name === 'style' && /url|expression|import|javascript/i.test(value)) foreign.push(`${element.localName} style=${value}`)
      }
    }
    return { ran: window.ran ?? [], foreign }
  }, [TAGS, own])
  expect(found, where).toEqual({ ran: [], foreign: [] })
}

/** Watches a page: what runs calls `pwned`, what speaks opens a dialog, what reaches out asks for /pwned. */
export async function guard(page) {
  const dialogs = []
  page.on('dialog', (dialog) => (dialogs.push(dialog.message()), dialog.dismiss()))
  await page.addInitScript(() => { window.pwned = (...what) => (window.ran ??= []).push(what) })
  return dialogs
}
/** The addresses that were asked for and are none of these servers'. */
export const strangers = (asked, ...servers) =>
  asked.filter((url) => /pwned/.test(url) || !(servers.some((server) => url.startsWith(server)) || /^(data|tel|sms|blob):/.test(url)))

/** The clinic's command line; what it has to say of the guide is not at issue, so only its failing is one. */
export function anteroom(...call) {
  const built = join(ROOT, 'target/debug/anteroom')
  const [program, ...first] = existsSync(built) ? [built] : ['cargo', 'run', '--quiet', '--bin', 'anteroom', '--']
  try {
    return execFileSync(program, [...first, ...call], { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    if (error.status !== 1) throw error
    return error.stdout
  }
}
