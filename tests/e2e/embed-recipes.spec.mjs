// Each snippet of docs/embed.md, taken out of that file, on a page built the way that kind of site builds it.

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { brotliCompressSync } from 'node:zlib'
import { expect, test } from './support/fixtures.mjs'
import { framed, host } from './support/host.mjs'

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

test('wordpress-block: saved by an author, who may not save scripts, the clinic\'s words stay', async ({ page, site }) => {
  const filtered = recipe('wordpress-block', site).replace(/<script[^]*?<\/script>/g, '')
  await openOn(page, site, `<div class="entry-content">${filtered}</div>`, theme)
  await expect(page.getByRole('link', { name: 'Get ready to talk with us' })).toBeVisible()
  await expect(page.getByRole('link', { name: '+1 555 010 0142' })).toBeVisible()
})

tried.add('wordpress-shortcode')
test.describe('wordpress-shortcode', () => {
  const php = spawnSync('php', ['--version']).status === 0
  test.skip(!php, 'PHP is not installed, so the plugin cannot be run')

  /** What the plugin makes of a shortcode, with WordPress's own functions stood in for by their plainest forms. */
  const run = (attributes, words, folder) => {
    const program = `define('ABSPATH', '/'); define('ANTEROOM_URL', ${JSON.stringify(folder)});
      function add_shortcode($n, $f) {} function home_url($p) { return $p; } function trailingslashit($u) { return rtrim($u, '/') . '/'; }
      function esc_attr($t) { return htmlspecialchars($t, ENT_QUOTES); } function esc_url($t) { return htmlspecialchars($t, ENT_QUOTES); }
      function sanitize_key($t) { return preg_replace('/[^a-z0-9_\\-]/', '', strtolower($t)); } function wp_kses_post($t) { return strip_tags($t, '<a><p>'); }
      function wp_enqueue_script($h, $src) { echo '<script src="' . esc_attr($src) . '"></script>'; }
      require ${JSON.stringify(new URL('../../embed/wordpress/anteroom.php', import.meta.url).pathname)};
      echo anteroom_shortcode(json_decode(${JSON.stringify(JSON.stringify(attributes))}, true), ${JSON.stringify(words)});`
    const { stdout, stderr, status } = spawnSync('php', ['-r', program], { encoding: 'utf8' })
    expect(status, stdout + stderr).toBe(0)
    return stdout
  }

  test('the plugin makes of it what embed.js finds', async ({ page, site }) => {
    const [, given, words] = /^\[anteroom([^\]]*)\]([^]*)\[\/anteroom\]/.exec(recipe('wordpress-shortcode', site))
    const attributes = Object.fromEntries([...given.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]))
    const html = run(attributes, words, site.url)
    expect(html).toContain('data-phone="+1 555 010 0142" data-lang="en">Call us at')
    await openOn(page, site, `<div class="entry-content">${html}</div>`, theme)
    await framed(page).isReady()
  })

  test('no attribute and no word that an author writes becomes code', async ({ site }) => {
    const html = run({ page: '"><script>alert(1)</script>', 'onclick="x"': 'y', 0: 'data' }, '<script>alert(2)</script>Call', site.url)
    expect(html.replace(/<script src="[^"]*embed\.js"><\/script>/, '')).not.toMatch(/<script|\sonclick=/)
  })
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
