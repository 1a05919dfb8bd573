// Each snippet of docs/embed.md, taken out of that file, on a page built the way that kind of site builds it.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { expect, test } from './support/fixtures.mjs'
import { framed, host } from './support/host.mjs'
import { DEBIAN } from './support/servers.mjs'
import { all } from './support/vectors.mjs'

const guide = readFileSync(new URL('../../docs/embed.md', import.meta.url), 'utf8')
const recipes = new Map([...guide.matchAll(/^```\w+ recipe=([\w-]+)\n([^]*?)^```/gm)].map(([, name, text]) => [name, text]))
/** The snippet with the address at which the test serves the widget. */
const recipe = (name, site) => {
  const text = recipes.get(name)
  if (!text) throw new Error(`docs/embed.md has no recipe ${name}`)
  return text.replaceAll('https://clinic.example/anteroom/', site.url)
}
const tried = new Set()
/** Opens a page of the clinic's site, which has another address than the widget's files. */
const openOn = async (page, host, body, head = '') => {
  host.overrides.set('page.html', body.startsWith('<!') ? body : document(body, head))
  await page.goto(`${host.url}page.html`)
}
const document = (body, head) => host(`<header><h1>Our clinic</h1></header><main>${body}</main>`, head)

const within = (name, run) => {
  tried.add(name)
  test(`${name}: works as docs/embed.md says`, run)
}

within('link', async ({ page, site, otherSite, widget }) => {
  await openOn(page, otherSite, recipe('link', site))
  await page.getByRole('link', { name: 'Get ready to talk with us' }).click()
  await widget.isReady()
})

for (const [name, head] of [
  ['plain', ''],
  // Webflow's sites have no policy of their own; its reset styles every element.
  ['webflow', '<style>* { box-sizing: border-box } img, iframe { max-width: 100%; vertical-align: middle } .w-embed::before { content: " "; display: table }</style>'],
  ['dialog', ''],
]) {
  within(name, async ({ page, site, otherSite }) => {
    await openOn(page, otherSite, `<div class="w-embed w-script">${recipe(name, site)}</div>`, head)
    if (name === 'dialog') await page.getByRole('button', { name: 'Get ready for your visit' }).click()
    await framed(page).isReady()
    await framed(page).begin()
  })
}

test('plain: with scripts off, or under a policy that names the widget\'s address, it does what the text says', async ({ page, site, otherSite, browser }) => {
  const { origin } = new URL(site.url)
  await openOn(page, otherSite, recipe('plain', site),
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline' ${origin}; frame-src ${origin}">`)
  await framed(page).isReady()
  const without = await browser.newContext({ javaScriptEnabled: false })
  const plain = await without.newPage()
  await plain.goto(page.url())
  await expect(plain.getByRole('link', { name: '988' })).toBeVisible()
  await without.close()
})

// As WordPress prints a block, on the clinic's own address, under a theme's content styles.
const theme = '<style>.entry-content > * { max-width: 620px; margin: 1rem auto } .entry-content iframe { max-width: 100%; height: auto }</style>'
within('wordpress-block', async ({ page, site }) => {
  const block = recipe('wordpress-block', site).replace(/<!-- \/?wp:html -->/g, '')
  await openOn(page, site, `<div class="entry-content wp-block-post-content">${block}</div>`, theme)
  await framed(page).isReady()
})

const WORDPRESS = join(DEBIAN, 'usr/share/wordpress')
const PLUGIN = new URL('../../embed/wordpress/anteroom.php', import.meta.url).pathname
/** WordPress's own code, on a text: tests/others/wordpress.php says what it can do. */
const wordpress = (request) => {
  const { stdout, stderr, status } = spawnSync('php', [new URL('../others/wordpress.php', import.meta.url).pathname, WORDPRESS, PLUGIN],
    { input: JSON.stringify(request), encoding: 'utf8' })
  expect([status, stderr], stdout).toEqual([0, ''])
  return JSON.parse(stdout)
}
/** A page of a WordPress site with this content, as it prints it: its scripts at the foot. */
const printed = (text, site) => {
  const { html, scripts } = wordpress({ do: 'show', text, define: site.url })
  return `<div class="entry-content wp-block-post-content">${html}</div>${scripts}`
}

test('wordpress-block: saved by somebody who may not save scripts, WordPress takes the script out and leaves the clinic\'s words and attributes', async ({ page, site }) => {
  const saved = wordpress({ do: 'save', text: recipe('wordpress-block', site) })
  expect(saved).not.toContain('<script')
  expect(saved).toContain('<div data-anteroom data-phone="+1 555 010 0142">')
  expect(wordpress({ do: 'save', text: '<anteroom-widget phone="1"></anteroom-widget>' })).toBe('')
  await openOn(page, site, printed(saved, site), theme)
  await expect(page.getByRole('link', { name: 'Get ready to talk with us' })).toBeVisible()
  await expect(page.getByRole('link', { name: '+1 555 010 0142' })).toBeVisible()
})

within('wordpress-shortcode', async ({ page, site }) => {
  // Saved by an author, who may not save scripts.
  const saved = wordpress({ do: 'save', text: `Welcome.\n\n${recipe('wordpress-shortcode', site)}\nThank you.` })
  const body = printed(saved, site)
  expect(body).toContain('<div data-anteroom data-phone="+1 555 010 0142" data-lang="en">Call us at +1 555 010 0142. In a crisis, call or text 988.</div>')
  expect(body.match(/<script[^>]*embed\.js/g)).toHaveLength(1)
  await openOn(page, site, body, theme)
  await framed(page).isReady()
})

test('wordpress-shortcode: twice on a page it brings embed.js once, and without words it has a link and a number of its own', async ({ page, site }) => {
  const body = printed('[anteroom]\n\n[anteroom mode="dialog" button="Get ready"]', site)
  expect(body.match(/<script/g)).toHaveLength(1)
  expect(body).toContain(`<div data-anteroom><a href="${site.url}">Get ready to talk</a>. In a crisis, call or text <a href="tel:988">988</a>.</div>`)
  await openOn(page, site, body, theme)
  await framed(page).isReady()
  await expect(page.getByRole('button', { name: 'Get ready' })).toBeVisible()
})

test('wordpress-shortcode: no attribute and no word that anybody writes into it becomes code', async ({ page, site }) => {
  await page.addInitScript(() => { window.pwned = (...what) => (window.ran ??= []).push(what) })
  const written = (text) => `[anteroom page="${text.replaceAll('"', "'")}" lang='${text.replaceAll("'", '"')}' ${text}]${text}[/anteroom]`
  // By somebody who may not save scripts: whatever it is. By an administrator: what stays inside of the shortcode.
  const inside = all.filter((text) => !/[[\]]/.test(text))
  expect(inside.length).toBeGreaterThan(80)
  for (const text of [wordpress({ do: 'save', text: all.map(written).join('\n\n') }), inside.map(written).join('\n\n')]) {
    site.overrides.set('embed.js', '')
    const body = printed(text, site)
    await openOn(page, site, body, theme)
    expect(await page.evaluate(() => ({
      ran: window.ran ?? [],
      // The page that the test puts around it has one of its own.
      scripts: [...document.scripts].map((script) => script.getAttribute('src') ?? script.text).filter((text) => !text.includes('window.heard')),
      handlers: [...document.querySelectorAll('*')].flatMap((element) => [...element.attributes]).map(({ name }) => name).filter((name) => /^on/.test(name)),
      foreign: [...document.querySelectorAll('iframe, object[data], object[type], embed, base, form, style:not(head style), link, svg, math')].map(({ outerHTML }) => outerHTML),
      places: document.querySelectorAll('[data-anteroom]').length > 80,
    }))).toEqual({ ran: [], scripts: [`${site.url}embed.js`], handlers: [], foreign: [], places: true })
  }
})

test('wordpress-plugin.zip is what WordPress takes under "Upload Plugin"', () => {
  const dist = process.env.ANTEROOM_DIST ?? new URL('../../dist/', import.meta.url).pathname
  const into = mkdtempSync(join(tmpdir(), 'anteroom-plugin-'))
  try {
    const { files, data } = wordpress({ do: 'plugin', zip: join(dist, 'wordpress-plugin.zip'), into })
    expect(files).toEqual(['anteroom/anteroom.php'])
    expect(data).toMatchObject({ Name: 'Anteroom', RequiresPHP: '7.0' })
    expect(readFileSync(join(into, 'anteroom/anteroom.php'), 'utf8')).toBe(readFileSync(PLUGIN, 'utf8'))
  } finally {
    rmSync(into, { recursive: true })
  }
})

within('squarespace', async ({ page, site, otherSite }) => {
  // It changes pages by fetching them and putting their parts in; scripts in them are made anew.
  await openOn(page, otherSite, '<div id="page">Home</div>')
  await page.evaluate((html) => {
    const place = document.getElementById('page')
    place.innerHTML = `<div class="sqs-block code-block sqs-block-code"><div class="sqs-block-content">${html}</div></div>`
    for (const old of place.querySelectorAll('script')) {
      const script = document.createElement('script')
      for (const { name, value } of old.attributes) script.setAttribute(name, value)
      old.replaceWith(script)
    }
  }, recipe('squarespace', site))
  await framed(page).isReady()
})

within('wix-element', async ({ page, site, otherSite }) => {
  await openOn(page, otherSite, `<div id="comp-custom" style="display: grid; width: 100%; min-height: 400px">${recipe('wix-element', site)}</div>`)
  await framed(page).isReady()
})

// Both put the code into a sandboxed frame of another address; Google Sites into a frame of that frame.
const SANDBOX = 'allow-scripts allow-popups allow-forms allow-same-origin allow-popups-to-escape-sandbox allow-downloads allow-modals'
for (const [name, depth] of [['wix-embed', 1], ['google-sites', 2]]) {
  within(name, async ({ page, site, otherSite }) => {
    otherSite.overrides.set('code.html', `<!DOCTYPE html><html><body>${recipe(name, site)}</body></html>`)
    otherSite.overrides.set('frame.html', '<!DOCTYPE html><html><body style="margin: 0"><iframe src="code.html" style="width: 100%; height: 900px; border: 0"></iframe></body></html>')
    site.overrides.set('outer.html', host(`<h1>Our clinic</h1><iframe title="Code" sandbox="${SANDBOX}" src="${otherSite.url}${depth === 1 ? 'code' : 'frame'}.html" style="width: 100%; height: 900px"></iframe>`))
    await page.goto(`${site.url}outer.html`)
    const inner = depth === 1 ? page.frameLocator('iframe') : page.frameLocator('iframe').frameLocator('iframe')
    const button = inner.frameLocator('iframe').getByRole('button', { name: 'Start the questions' })
    await button.click()
    await expect(inner.frameLocator('iframe').getByRole('button', { name: 'Continue' })).toBeVisible()
    await expect(inner.getByText('Get ready to talk with us')).toBeHidden()
  })
}

test('every recipe of docs/embed.md is tried, and every attribute is in its table', () => {
  expect([...recipes.keys()].sort()).toEqual([...tried].sort())
  const script = readFileSync(new URL('../../embed/embed.js', import.meta.url), 'utf8')
  const known = /const KNOWN = \{([^]*?)\n {2}\};/.exec(script)[1]
  const attributes = [...known.matchAll(/^ {4}'?([\w-]+)'?: \[/gm)].map(([, name]) => `data-${name}`)
  expect(attributes.length).toBe(9)
  const table = [...guide.matchAll(/^\| `(data-[\w-]+)` \|/gm)].map(([, name]) => name)
  expect(table.sort()).toEqual(attributes.sort())
})

test('embed.js weighs 3 KB at most', () => {
  const dist = process.env.ANTEROOM_DIST ?? new URL('../../dist/', import.meta.url).pathname
  expect(brotliCompressSync(readFileSync(`${dist}/embed.js`)).length).toBeLessThanOrEqual(3072)
})
