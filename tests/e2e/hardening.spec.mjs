// Every text that a clinic can write, and every wish of a host page, holds ways to run as a program: none runs, no foreign
// element appears, and nothing is asked for that is not the widget's own.

import { readdirSync } from 'node:fs'
import { contentFile, expect, fewerQuestions, test } from './support/fixtures.mjs'
import { mildest, questions } from './support/guide.mjs'
import { all, vectors } from './support/vectors.mjs'

test.setTimeout(240_000)

/** What the widget itself draws. */
const TAGS = new Set(('html head meta title link script body div span p a button h1 h2 h3 h4 h5 h6 ul ol li dl dt dd form fieldset legend label input ' +
  'textarea select option optgroup details summary section article aside header footer main nav strong em b i code pre blockquote table thead tbody tr ' +
  'th td hr br output progress caption figure figcaption noscript time small sup sub svg g path circle rect line text tspan desc ' +
  'ellipse polyline polygon mark').split(' '))

/** A source of vectors that gives each in its turn. */
const turns = () => {
  let at = 0
  return () => all[at++ % all.length]
}
/** TOML with a vector behind every text; lines that hold no words for people are left alone. */
const poisoned = (toml, next, only = () => true) => toml.split('\n').map((line) => {
  const pair = /^(\s*("[^"]*"|[\w-]+)\s*=\s*)("(?:[^"\\]|\\.)*")(.*)$/.exec(line)
  return pair && only(pair[2]) ? pair[1] + JSON.stringify(`${JSON.parse(pair[3])} ${next()}`) + pair[4] : line
}).join('\n')

function poison(site, next) {
  const set = (path, text) => site.overrides.set(`content/${path}`, text)
  const kept = ['safety_now', 'age', 'bp_history', 'bp_reading', 'medicines', 'medicine_list', 'goal']
  set('screening.toml', fewerQuestions(kept))
  set('settings.toml', poisoned(contentFile('settings.toml'), next, (key) => ['name', 'phone', 'address', 'hours', 'en', 'es'].includes(key))
    .replace('[crisis]', 'privacy_url = "javascript:pwned(1)"\n[crisis]')
    .replace(/^endpoint = .*$/m, 'endpoint = "javascript:pwned(1)"')
    .replace(/^\[crisis\]/m, '[theme]\naccent = "red;background:url(/pwned)"\n\n[crisis]'))
  for (const name of ['words', 'screening', 'instruments', 'glossary', 'plan']) set(`en/${name}.toml`, poisoned(contentFile(`en/${name}.toml`), next, (key) => key !== 'reviewed_on'))
  set('sources.toml', poisoned(contentFile('sources.toml'), next))
  for (const file of readdirSync(new URL('../../content/en/pages', import.meta.url))) {
    const [, front, text] = /^\+\+\+\n([\s\S]*?)\n\+\+\+\n([\s\S]*)$/.exec(contentFile(`en/pages/${file}`))
    const middle = text.replace(/\n\n(?=[A-Z])/g, () => `\n\n${next()}\n\n${next()} `)
    set(`en/pages/${file}`, `+++\n${poisoned(front, next, (key) => ['title', 'summary', 'funding_note', 'reviewer'].includes(key))}\n+++\n${middle}\n\n${all.join('\n\n')}\n`)
  }
}

/** What ran, and what stands in the page that the widget did not put there. */
const audit = (page) => page.evaluate(([tags]) => {
  const foreign = []
  const scripts = [...document.scripts].map((script) => script.getAttribute('src')).filter((src) => src !== null && src !== 'widget.js')
  for (const element of document.querySelectorAll('*')) {
    if (!tags.includes(element.localName)) foreign.push(element.outerHTML.slice(0, 200))
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name)) foreign.push(`${element.localName} ${name}=${value}`)
      if (['href', 'src', 'action', 'formaction', 'srcdoc', 'data', 'xlink:href', 'style'].includes(name) && element.localName !== 'link' &&
        element.localName !== 'script' && !/^(https?:|tel:|sms:|mailto:|#)/.test(value) && !(name === 'style' && element === document.documentElement)) {
        foreign.push(`${element.localName} ${name}=${value}`)
      }
    }
  }
  return { ran: window.ran ?? [], foreign, scripts, policies: document.querySelectorAll('meta[http-equiv]').length > 2 }
}, [[...TAGS]])
const CLEAN = { ran: [], foreign: [], scripts: [], policies: false }

const guard = async (page) => {
  const dialogs = []
  page.on('dialog', (dialog) => (dialogs.push(dialog.message()), dialog.dismiss()))
  await page.addInitScript(() => { window.pwned = (...what) => (window.ran ??= []).push(what) })
  return dialogs
}
const strangers = (asked, site) => asked.filter((url) => /pwned/.test(url) || !(url.startsWith(site.url) || /^(data|tel|sms):/.test(url)))

test('in every text of the clinic\'s files, on every screen, nothing runs and nothing foreign appears', async ({ page, site, asked }) => {
  const next = turns()
  poison(site, next)
  const dialogs = await guard(page)
  let seen = 0
  const look = async (where) => {
    expect(await audit(page), where).toEqual(CLEAN)
    // The vectors are there, as text.
    seen += await page.evaluate(() => (document.body.innerText.match(/pwned/g) ?? []).length)
  }
  await page.goto(site.url)
  await page.locator('.ar-button--start').waitFor()
  await page.waitForLoadState('networkidle')
  await look('start')
  await page.locator('.ar-header__help').click()
  await look('help')
  await page.locator('main button').first().click()
  await page.locator('.ar-footer .ar-link-button').first().click()
  await look('what this page did')
  await page.locator('.ar-back').click()
  await page.locator('.ar-search-link button').click()
  for (const text of ['<img src=x onerror=pwned(1)>', 'pwned', '"><script>pwned(1)</script>']) {
    await page.locator('#ar-search').fill(text)
    await look('search')
  }
  await page.locator('.ar-back').click()

  await page.locator('.ar-button--start').click()
  const forward = page.locator('form button[type=submit]')
  await forward.waitFor()
  for (let step = 0; step < 30 && await forward.count() > 0; step++) {
    const title = await page.locator('#ar-heading').textContent()
    await look(title)
    for (const details of await page.locator('main details').all()) await details.evaluate((element) => { element.open = true })
    await look(title)
    const choices = page.locator('main input[type=radio]')
    const ticks = page.locator('main input[type=checkbox]')
    const asked = questions.find(({ ask }) => title.startsWith(ask))
    const mild = asked.choices.length ? asked.choices.indexOf(mildest(asked)) : 0
    if (await choices.count()) await choices.nth(mild).click()
    else if (await ticks.count() && asked.kind === 'several') await ticks.nth(mild).check()
    for (const field of await page.locator('main input:is([type=text], :not([type])), main textarea').all()) {
      if (await field.getAttribute('inputmode') !== 'numeric' && await field.getAttribute('role') !== 'combobox') await field.fill(next().slice(0, 60))
    }
    if (await page.locator('.ar-crisis, #ar-help').count()) {
      await look('help')
      await page.locator('main button').first().click()
      continue
    }
    await forward.click()
    await page.waitForFunction((before) => document.getElementById('ar-heading')?.textContent !== before || document.getElementById('ar-errors'), title)
    if (await page.locator('#ar-errors').count()) {
      await look('an error')
      for (const field of await page.locator('main input[inputmode]').all()) await field.fill('')
      await forward.click()
    }
  }
  await look('review')
  await page.locator('.ar-button').first().click()
  await page.locator('#ar-heading').waitFor()
  await look('result')
  for (const details of await page.locator('main details').all()) await details.evaluate((element) => { element.open = true })
  await look('result, opened')
  expect(seen, 'the vectors are shown').toBeGreaterThan(200)
  expect(dialogs).toEqual([])
  expect(strangers(asked, site)).toEqual([])
})

test('on every page of the guide, nothing runs and nothing foreign appears', async ({ page, site, asked }) => {
  poison(site, turns())
  const dialogs = await guard(page)
  for (const file of readdirSync(new URL('../../content/en/pages', import.meta.url))) {
    await page.goto(`${site.url}?page=${file.replace('.md', '')}`)
    await page.locator('article').waitFor()
    for (const details of await page.locator('main details').all()) await details.evaluate((element) => { element.open = true })
    expect(await audit(page), file).toEqual(CLEAN)
    expect(await page.locator('article').innerText(), file).toContain('pwned')
  }
  expect(dialogs).toEqual([])
  expect(strangers(asked, site)).toEqual([])
})

test('wishes of the host page, and of the address, cannot put anything into the widget or the page', async ({ page, site, asked }) => {
  const dialogs = await guard(page)
  const wishes = Object.values(vectors).map((list) => list[0])
  const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
  const boxes = wishes.map((text) => ['page', 'lang', 'phone', 'clinic', 'height'].map((name) => `data-${name}="${escaped(text)}"`).join(' '))
  // What cannot start shows the stand-in, which holds the phone.
  site.overrides.set('widget.js', 404)
  site.overrides.set('clinic.html', `<!DOCTYPE html><meta charset="utf-8"><title>A clinic</title><body><script src="embed.js" async></script>
    ${boxes.map((wish) => `<div data-anteroom data-load="now" ${wish}></div>`).join('\n')}</body></html>`)
  await page.goto(`${site.url}clinic.html`)
  await expect(page.locator('[data-anteroom] a[href$="index.html"]')).toHaveCount(wishes.length)
  expect(await page.evaluate(() => ({
    ran: window.ran ?? [], inside: [...new Set([...document.querySelectorAll('[data-anteroom] *')].map(({ localName }) => localName))].sort(),
    links: [...document.querySelectorAll('[data-anteroom] a')].map(({ href }) => href).filter((href) => !/^(http:\/\/127.0.0.1:\d+\/index\.html|tel:\+?\d*)$/.test(href)),
  }))).toEqual({ ran: [], inside: ['a', 'div', 'p'], links: [] })
  site.overrides.delete('widget.js')
  for (const text of wishes) {
    const wish = encodeURIComponent(text)
    await page.goto(`${site.url}?page=${wish}&lang=${wish}`)
    await page.locator('.ar-button--start').waitFor()
    expect(await audit(page), text).toEqual(CLEAN)
    await page.goto(`${site.url}?clinic=${wish}`)
    await page.locator('.ar-header__help').waitFor()
    expect(await audit(page), text).toEqual(CLEAN)
  }
  expect(dialogs).toEqual([])
  expect(asked.filter((url) => url.includes('/pwned'))).toEqual([])
})
