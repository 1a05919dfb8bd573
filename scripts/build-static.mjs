// Finishes what Trunk has put together: the stylesheets, and start.js inside index.html. Trunk runs it after each build.
//
// - style.css is style/main.css with every `@import "./x.css";` line replaced by that file: an @import in a
//   stylesheet costs the browser a round trip of its own. rest.css is the part of it that the first screens do not need.
// - early.js, start.js and the other part of the stylesheet stand in index.html itself, allowed by their hashes in the page's CSP, so that the page is
//   painted, and the files of the first view are asked for, as soon as it is read (docs/decisions/0004-sealed-frame.md and
//   0026-before-the-widget-runs.md have the figures).
// - theme.html, with the colours of style/tokens.css by day and by night in theme.css.
// - wordpress-plugin.zip is embed/wordpress/, packed as WordPress takes it under "Upload Plugin".
// - Comments are for readers of the source; they are left out of what a phone downloads.

import { createHash } from 'node:crypto'
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { zip } from './release.mjs'
import { small as smallest } from './small.mjs'

const root = process.env.TRUNK_SOURCE_DIR ?? fileURLToPath(new URL('..', import.meta.url))
const out = process.env.TRUNK_STAGING_DIR ?? join(root, 'dist')

const text = (...path) => readFile(join(...path), 'utf8')

/** A stylesheet with its imports in their places, in order. */
async function joined(path) {
  const lines = (await text(path)).split('\n')
  const parts = await Promise.all(lines.map((line) => {
    const imported = /^@import\s+(?:url\()?["']\.\/([^"']+)["']\)?\s*(?:layer\(([\w.-]+)\))?\s*;/.exec(line.trim())
    if (!imported) return line
    const [, file, layer] = imported
    const inner = joined(join(dirname(path), file))
    return layer ? inner.then((css) => `@layer ${layer} {\n${css}\n}`) : inner
  }))
  return parts.join('\n')
}

const withoutBlockComments = (css) => css.replace(/\/\*[\s\S]*?\*\//g, '')
const withoutBlankLines = (code) => code.replace(/^\s*\n/gm, '').replace(/[ \t]+$/gm, '')
/** Only whole-line comments, so that nothing inside a string can be mistaken for one. */
const withoutLineComments = (script) => script.replace(/^\s*\/\/.*\n/gm, '')
const unindented = (code) => code.replace(/^[ \t]+/gm, '')
const small = (script) => unindented(withoutBlankLines(withoutLineComments(script)))

/** No text in our stylesheets has a line break or ends in a semicolon and a bracket. */
const joinedLines = (css) => css.replace(/([{};,])\n/g, '$1').replaceAll(';}', '}')
const styleOf = async (name) => joinedLines(unindented(withoutBlankLines(withoutBlockComments(await joined(join(root, 'style', name))))))
await writeFile(join(out, 'style.css'), await styleOf('main.css'))
await writeFile(join(out, 'rest.css'), await styleOf('rest.css'))
const style = await styleOf('first.css')
// What wasm-bindgen writes is half comments and long names.
await writeFile(join(out, 'widget.js'), smallest(await text(out, 'widget.js'), ['wasm_bindgen']))
await writeFile(join(out, 'embed.js'), smallest(await text(root, 'embed/embed.js'), [], true))
await writeFile(join(out, 'embed-check.js'), small(await text(root, 'embed/embed-check.js')))
for (const name of ['embed-check.html', 'embed-check.css']) await copyFile(join(root, 'embed', name), join(out, name))

// Where a clinic tries its colours out. Its pieces are seen by day and by night on any screen, so the tokens stand under a name each.
const tokens = withoutBlockComments(await text(root, 'style/tokens.css'))
const tokensOf = (start) => /:root \{([^}]*)\}/.exec(tokens.slice(tokens.indexOf(start)))[1]
const [day, night] = [tokensOf(':root'), tokensOf('(prefers-color-scheme: dark)')]
await writeFile(join(out, 'theme.css'), unindented(withoutBlankLines(withoutBlockComments(
  `.theme-day, .theme-night {${day}}\n.theme-night {${night}}\n${await text(root, 'embed/theme.css')}`))))
await writeFile(join(out, 'theme.js'), small(await text(root, 'embed/theme.js')))
await writeFile(join(out, 'theme.html'), withoutBlankLines((await text(root, 'embed/theme.html')).replace(/<!--[\s\S]*?-->/g, '')))

const plugin = await readFile(join(root, 'embed/wordpress/anteroom.php'))
await writeFile(join(out, 'wordpress-plugin.zip'), zip([['anteroom/anteroom.php', plugin]]))

// With FAST=1 there is no second part, so none is named.
// check.js compares with anteroomEarly.
const start = smallest(await text(root, 'embed/early.js') + await text(root, 'embed/start.js'), ['anteroomEarly'], true).replace("'later.wasm'", (name) => process.env.ANTEROOM_PARTS === '1' ? name : "''")
const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
const LINK = '<link rel="stylesheet" href="style.css">'
const page = (await text(out, 'index.html'))
  .replace(/<!--[\s\S]*?-->/g, '')
  .replace('<script src="start.js"></script>', () => `<script>${start}</script>`)
  .replace(LINK, () => `<style>${style}</style>`)
  .replace("script-src 'self'", `script-src 'self' ${hash(start)}`)
  .replace("style-src 'self'", `style-src 'self' ${hash(style)}`)
if (![start, style, hash(start), hash(style)].every((part) => page.includes(part))) {
  throw new Error(`index.html has no <script src="start.js"></script>, no ${LINK}, or its CSP no "script-src 'self'" or "style-src 'self'".`)
}
await writeFile(join(out, 'index.html'), withoutBlankLines(page))
