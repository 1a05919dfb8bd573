// The shipped guide as the tests see it: the words by their keys, and the questions with their choices.
//
// Tests find things by the words a person reads, and take those words from content/, so that a better sentence in the
// content breaks no test. This reads as much TOML as content/ uses, on purpose without the engine: it is a second opinion.

import { readFileSync } from 'node:fs'

const text = (path) => readFileSync(new URL(`../../../content/${path}`, import.meta.url), 'utf8')

/** `{ "section.key": "value" }` of a file of texts and numbers. */
function flat(toml) {
  const values = {}
  let section = ''
  for (const line of toml.split('\n')) {
    const header = /^\s*\[([^[\]]+)\]\s*(?:#.*)?$/.exec(line)
    const pair = /^\s*("[^"]*"|[\w-]+)\s*=\s*("(?:[^"\\]|\\.)*"|-?[\d.]+)/.exec(line)
    if (header) section = header[1]
    else if (pair) values[`${section}.${pair[1].replaceAll('"', '')}`] = JSON.parse(pair[2])
  }
  return values
}

const settings = flat(text('settings.toml'))
const languages = {}
let spoken = 'en'

/** Makes everything in here speak this language. A test says which in its `lang`. */
export const speak = (lang) => { spoken = lang }

/** The words of the language that is spoken: of the interface and of the screening. */
const words = () => languages[spoken] ??= { interface: flat(text(`${spoken}/words.toml`)), screening: flat(text(`${spoken}/screening.toml`)),
  instruments: flat(text(`${spoken}/instruments.toml`)),
}

const number = (key) => {
  const [name, end] = key.split('.')
  const of = (field) => settings[`numbers.${name}.${field}`]
  if (of('value') !== undefined) return String(of('value'))
  return end ? String(of(end)) : `${of('from')} ${words().interface['common.range_to']} ${of('to')}`
}
const fill = (phrase) => phrase.replace(/\{([\w.]+)\}/g, (whole, key) => {
  if (key.startsWith('clinic.')) return settings[key]
  return settings[`numbers.${key.split('.')[0]}.unit`] === undefined ? whole : number(key)
})

/** The title of a page. */
export const pageTitle = (id) => /^title = "(.*)"$/m.exec(text(`${spoken}/pages/${id}.md`))[1]

/** The clinic's settings by `section.key`. */
export const setting = (key) => settings[key]

/** The interface's words, such as `say('common.continue')`; `values` fills in what the widget fills in. */
export function say(key, values = {}) {
  const phrase = words().interface[key]
  if (phrase === undefined) throw new Error(`${spoken}/words.toml has no ${key}`)
  return fill(phrase).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole)
}

/** The heading of the result, which begins with what it is; `key` is that of the level's title. */
export const resultTitle = (key) => `${say('result.your_result')}: ${say(key)}`

/** The heading of the plan at this moment. */
export const todayTitle = (title) => `${say('dated.today')}: ${title}`

// The items of the instruments that are switched on; each scale's answers in order, which raise nothing.
const on = [.../^on\s*=\s*\[(.*)\]/m.exec(text('settings.toml'))[1].matchAll(/"([^"]+)"/g)].map(([, id]) => id)
const tables = (list) => text('instruments.toml').split(/^\[\[/m).filter((block) => block.startsWith(`${list}]]`))
const idOf = (block) => /^id\s*=\s*"([^"]+)"/m.exec(block)[1]
const itemsOn = tables('instrument').filter((block) => on.includes(idOf(block)))
  .flatMap((block) => [.../^items\s*=\s*\[(.*)\]/m.exec(block)[1].matchAll(/"([^"]+)"/g)].map(([, id]) => id))
const items = tables('item').filter((block) => itemsOn.includes(idOf(block))).map((block) => {
  const scale = /^scale\s*=\s*"([^"]+)"/m.exec(block)[1]
  const choices = [...tables('scale').find((block) => idOf(block) === scale).matchAll(/\{ id = "([^"]+)"/g)]
  return {
    id: idOf(block), kind: 'one', required: false, isPrivate: true, parts: [],
    get ask() { return words().instruments[`item.${idOf(block)}.ask`] },
    choices: choices.map(([, id]) => ({
      id, get words() { return words().instruments[`scale.${scale}.${id}`] },
      level: 'clear', crisis: false, emergency: false, exclusive: false,
    })),
  }
})

/** All questions in order: `{ id, kind, required, isPrivate, ask, choices: [{ id, words, level, crisis, emergency, exclusive }] }`. */
const screening = text('screening.toml').split(/^\[\[/m).filter((block) => block.startsWith('question]]')).map((block) => {
  const field = (name) => new RegExp(`^${name}\\s*=\\s*"?([^"\\n]*)"?`, 'm').exec(block)?.[1]
  const id = field('id')
  const list = /^choices\s*=\s*\[([\s\S]*?)^\]/m.exec(block)?.[1] ?? ''
  const choices = [...list.matchAll(/\{\s*id\s*=\s*"([^"]+)"(.*)\}/g)].map(([, choice, rest]) => ({
    id: choice,
    get words() { return fill(words().screening[`question.${id}.choices.${choice}`]) },
    level: /level\s*=\s*"([\w-]+)"/.exec(rest)?.[1] ?? 'clear',
    crisis: /crisis\s*=\s*true/.test(rest),
    emergency: /emergency\s*=\s*true/.test(rest),
    exclusive: /exclusive\s*=\s*true/.test(rest),
  }))
  return {
    id, choices,
    kind: field('kind'),
    section: field('section'),
    required: field('required')?.trim() !== 'false',
    /** Asked of some people only. */
    conditional: /^ask_if\s*=/m.test(block),
    isPrivate: field('private')?.trim() === 'true',
    /** The condition for those, as the file writes it. */
    askIf: /^ask_if\s*=\s*(.*)$/m.exec(block)?.[1],
    get ask() { return fill(words().screening[`question.${id}.ask`]) },
    get hint() { return fill(words().screening[`question.${id}.hint`] ?? '') },
    get parts() { return [...block.matchAll(/\{\s*id\s*=\s*"(\w+)",\s*unit/g)].map(([, part]) => words().screening[`question.${id}.parts.${part}`]) },
  }
})

const goals = screening.findIndex(({ section }) => section === 'goals')
export const questions = [...screening.slice(0, goals), ...items, ...screening.slice(goals)]

/** A question by its id, or by its words. */
export const question = (idOrWords) => {
  const found = questions.find(({ id, ask }) => id === idOrWords || ask === idOrWords)
  if (!found) throw new Error(`The guide has no question ${idOrWords}`)
  return found
}

/** An answer that raises nothing, where there is one. */
export const mildest = ({ choices }) => choices.find(({ exclusive, level }) => exclusive && level === 'clear') ??
  choices.find(({ level, crisis }) => level === 'clear' && !crisis) ?? choices.find(({ crisis }) => !crisis)
