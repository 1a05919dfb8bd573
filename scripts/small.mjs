// Makes one of our own scripts small, without a library: comments and spaces go, and local names become short.
//
// It knows as much JavaScript as our scripts use. What it cannot be sure of it leaves alone: a name is made short only
// where each of its uses is plainly a variable. The end-to-end tests run what comes out of it.

const WORD = /[\w$]/
const TOKEN = new RegExp([
  /\/\/[^\n]*|\/\*[^]*?\*\//, // comments
  /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/, // texts
  /[\w$\u00a0-\uffff]+/, // words and numbers
  /\s+/, // spaces
  /=>|\?\.|\.\.\.|\+\+|--|[^\w\s]/, // signs
].map(({ source }) => `(${source})`).join('|'), 'y')
/** After these a slash begins a pattern, and after anything else it divides. */
const BEFORE_PATTERN = new Set(['(', ',', '=', ':', '[', '!', '&', '|', '?', '{', '}', ';', '=>', 'return', undefined])
const PATTERN = /\/(?![*/])(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y

/** The tokens of a script; a line break counts only where it may end a statement. */
function tokens(script) {
  const found = []
  let at = 0
  while (at < script.length) {
    const last = found.findLast(({ kind }) => kind !== 'space')?.text
    PATTERN.lastIndex = TOKEN.lastIndex = at
    const pattern = BEFORE_PATTERN.has(last) && PATTERN.exec(script)
    if (pattern) {
      found.push({ kind: 'text', text: pattern[0] })
      at = PATTERN.lastIndex
      continue
    }
    const match = TOKEN.exec(script)
    if (!match) throw new Error(`small.mjs cannot read: ${script.slice(at, at + 40)}`)
    at = TOKEN.lastIndex
    const [text, comment, quoted, word, space] = match
    if (comment) continue
    found.push({ kind: quoted ? 'text' : word ? 'word' : space ? 'space' : 'sign', text: space ? ' ' : text })
  }
  return found.filter(({ kind }, index) => kind !== 'space' || found[index - 1]?.kind !== 'space')
}

/** Names that are declared in the script, and nowhere used as a property, a key or a shorthand of one. */
function shortenable(code) {
  const uses = new Map()
  const declared = new Set()
  const firm = new Set()
  const inList = new Set()
  const open = []
  code.forEach(({ kind, text }, index) => {
    const [before, after] = [code[index - 1]?.text, code[index + 1]?.text]
    if (kind === 'sign' && '([{'.includes(text)) open.push(text)
    if (kind === 'sign' && ')]}'.includes(text)) open.pop()
    // The names of `let one, other = 0, third;`
    if (text === 'let') {
      for (let at = index + 1, depth = 0; code[at].text !== ';' || depth; at++) {
        depth += '([{'.includes(code[at].text) - ')]}'.includes(code[at].text)
        if (!depth && code[at].kind === 'word' && /^(let|,)$/.test(code[at - 1].text)) inList.add(at)
      }
    }
    // The names of `(one, other) =>`
    if (text === '=>' && before === ')') {
      for (let at = index - 2; /^([\w$]+|,)$/.test(code[at].text); at--) declared.add(code[at].text)
    }
    if (text.startsWith('`')) for (const [word] of text.matchAll(/[\w$]+/g)) firm.add(word)
    if (kind !== 'word') return
    uses.set(text, (uses.get(text) ?? 0) + 1)
    if (['const', 'function'].includes(before) || (before === '(' && code[index - 2].text === 'catch') || after === '=>' || inList.has(index)) declared.add(text)
    const field = open.at(-1) === '{' && /^[{,]$/.test(before) && /^[},:]$/.test(after) && !inList.has(index)
    if (before === '.' || before === '?.' || field) firm.add(text)
  })
  return [...uses].filter(([name]) => declared.has(name) && !firm.has(name) && name.length > 1 && !/^\d/.test(name))
    .sort(([, one], [, other]) => other - one).map(([name]) => name)
}

/** `kept` names what others call it by. `tight` also makes one declaration of several, for scripts that count each byte. */
export function small(script, kept = [], tight = false) {
  const code = tokens(script).filter(({ kind }) => kind !== 'space')
  // Two words need a space between them; our scripts end each statement with a semicolon.
  const taken = new Set(code.map(({ text }) => text))
  const letters = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ']
  const short = [...letters, ...letters.flatMap((one) => letters.map((other) => one + other))].filter((name) => !taken.has(name))
  const renamed = new Map(shortenable(code).filter((name) => !kept.includes(name)).map((name, index) => [name, short[index]]))
  // One declaration after another needs no second `const`. How deep in brackets each declaration began tells whether the
  // semicolon before this one ended it; `const` in the head of a loop stands behind a bracket, not a semicolon.
  const open = []
  let depth = 0
  return code.reduce((text, { kind, text: token }, index) => {
    // What is never set again may as well be declared by the shorter word.
    const next = tight && token === 'const' ? 'let' : kind === 'word' ? renamed.get(token) ?? token : token
    const [last, after] = [code[index - 1]?.text, code[index + 1]?.text]
    if (kind === 'sign') depth += '([{'.includes(token) - ')]}'.includes(token)
    if (kind === 'sign' && ')]}'.includes(token)) open.length = depth + 1
    if (tight && token === 'const') {
      const again = last === ';' && open[depth] === 'const'
      open[depth] = 'const'
      if (again) return text.slice(0, -1) + ','
    } else if (last === ';' || last === '}' && kind === 'word') open[depth] = undefined
    // One plain name needs no brackets before an arrow.
    if (tight && token === '(' && code[index + 1]?.kind === 'word' && code[index + 2]?.text === ')' && code[index + 3]?.text === '=>') return text + (WORD.test(text.at(-1)) ? ' ' : '')
    if (tight && token === ')' && after === '=>' && code[index - 2]?.text === '(' && code[index - 1].kind === 'word') return text
    // Nor is a comma needed before a bracket that closes.
    const done = token === '}' && text.endsWith(';') && !text.endsWith(');;') ? text.slice(0, -1)
      : tight && (token === '}' || token === ']') && text.endsWith(',') ? text.slice(0, -1) : text
    const apart = WORD.test(done.at(-1) ?? '') && WORD.test(next[0]) || (last === token && /^[+-]$/.test(token))
    return done + (apart ? ' ' : '') + next
  }, '') + '\n'
}
