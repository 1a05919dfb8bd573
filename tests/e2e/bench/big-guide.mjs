// The shipped guide made big: its questions, rules and pages again and again under new ids, behind the shipped ones, so that
// the first questions are the same ones. In English alone. `anteroom check` finds no error in it but that the virtual
// patients leave the new questions open.

import { readFileSync } from 'node:fs'
import { shippedPages } from '../support/fixtures.mjs'
import { questions } from '../support/guide.mjs'

const file = (path) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')

const inEnglishAlone = (settings) => settings.replace(/^languages = .*$/m, 'languages = ["en"]').replace(/^es = .*\n/m, '')

/** The changed files of the shipped guide, for a fair comparison. */
export const shippedGuide = () => new Map([['content/settings.toml', inEnglishAlone(file('content/settings.toml'))]])

/** The changed files of a guide with this many questions and pages, by path. */
export function bigGuide({ questionCount, pageCount }) {
  let [settings, screening] = ['content/settings.toml', 'content/screening.toml'].map(file)
  let [words, asked] = ['content/en/words.toml', 'content/en/screening.toml'].map(file)

  const blocks = screening.split(/^(?=\[)/m)
  const ids = (text) => text.replace(/\b(question = "[\w-]+)/g, '$1SUFFIX')
  const copied = blocks.filter((block) => /^\[\[(question|rule)\]\]/.test(block))
  const texts = asked.split(/^(?=\[)/m).filter((block) => /^\[(question|rule)\./.test(block))
  const more = [[], []]
  let count = questions.length
  for (let copy = 2; count < questionCount; copy += 1) {
    const kept = new Set()
    for (const block of copied) {
      const id = /^id = "(.*)"/m.exec(block)[1]
      if (block.startsWith('[[question]]')) {
        if (count === questionCount) continue
        count += 1
        kept.add(id)
      } else if (!/question = "([\w-]+)/.test(block) || !kept.has(/question = "([\w-]+)/.exec(block)[1])) continue
      more[0].push(ids(block).replace(/^id = "(.*)"/m, `id = "$1-${copy}"`).replace(/^section = .*/m, 'section = "more"').replaceAll('SUFFIX', `-${copy}`)
        .replace(/^# .*\n/gm, ''))
      more[1].push(...texts.filter((text) => new RegExp(`^\\[\\w+\\.${id}\\]`).test(text)).map((text) => text
        .replaceAll(/^( *\[(?:question|rule)\.[\w-]+)/gm, `$1-${copy}`).replace(/^ask = "(.*)"/m, `ask = "$1 (${copy})"`)))
    }
  }
  screening = screening.replace(/^(?=\[\[question\]\])/m, '[[section]]\nid = "more"\n\n') + `\n${more[0].join('\n')}`
  asked += `\n[section.more]\ntitle = "And more"\nintro = "Once more."\n\n${more[1].join('\n')}`

  const files = new Map()
  const shipped = shippedPages('en')
  const groups = []
  const titles = []
  for (let page = shipped.length, copy = 2; page < pageCount; copy += 1) {
    const group = []
    for (const path of shipped.slice(0, pageCount - page)) {
      const name = `${path.match(/([\w-]+)\.md$/)[1]}-${copy}`
      const text = file(path)
      const title = /^title = "(.*)"/m.exec(text)[1]
      files.set(`content/en/pages/${name}.md`, text.replace(/^title = .*/m, `title = "${title} ${copy}"`))
      titles.push(`${name} = "${title} ${copy}"`)
      group.push(name)
      page += 1
    }
    groups.push(`[[page_group]]\nid = "more-${copy}"\npages = ${JSON.stringify(group)}\n`)
    words += `\n[page_group.more-${copy}]\ntitle = "More to read ${copy}"\nlead = "And more."\n`
  }
  settings = inEnglishAlone(settings).replace(/^\[numbers\./m, `${groups.join('\n')}\n$&`)
  words = words.replace(/^\[page_title\]\n/m, `$&${titles.join('\n')}\n`)
  return files.set('content/settings.toml', settings).set('content/screening.toml', screening)
    .set('content/en/words.toml', words).set('content/en/screening.toml', asked)
}
