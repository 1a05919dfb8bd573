// Looks for what a person answered in what somebody gathered, however it was written down.

/** All the ways a text may be written: name of the way and the text, a byte a character, in small letters. */
function written(text) {
  const utf8 = Buffer.from(text, 'utf8')
  const latin = (buffer) => buffer.toString('latin1')
  const wide = Buffer.from(text, 'utf16le')
  const ways = {
    plain: text,
    json: JSON.stringify(text).slice(1, -1),
    'json, ascii': JSON.stringify(text).slice(1, -1).replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
    'json in json': JSON.stringify(JSON.stringify(text).slice(1, -1)).slice(1, -1),
    html: text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    'html attribute': text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    url: encodeURIComponent(text),
    'url, whole': encodeURI(text),
    form: new URLSearchParams({ '': text }).toString().slice(1),
    'url twice': encodeURIComponent(encodeURIComponent(text)),
    hex: utf8.toString('hex'),
    'hex of utf-16': wide.toString('hex'),
    'utf-16le': latin(wide),
    'utf-16be': latin(Buffer.from(wide).swap16()),
    reversed: [...text].reverse().join(''),
  }
  // Base64 depends on how many bytes stand before; the characters at the ends also hold bits of what is beside.
  for (const [name, bytes] of [['base64', utf8], ['base64 of utf-16', wide]]) {
    for (const shift of [0, 1, 2]) {
      const whole = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
      const inner = whole.slice(shift && shift + 1, Math.floor((shift + bytes.length) / 3) * 4)
      if (inner.length < 8) continue
      ways[`${name}, ${shift} before`] = inner
      ways[`${name} for addresses, ${shift} before`] = inner.replaceAll('+', '-').replaceAll('/', '_')
    }
  }
  // As characters of a JavaScript string, and as the bytes of a file.
  return Object.entries(ways).flatMap(([way, as]) => [...new Set([as, latin(Buffer.from(as, 'utf8'))])].map((as) => [way, as.toLowerCase()]))
}

/**
 * Which of `answers` (texts) stand in `gathered` (texts by who gathered them): `{ who: { answer: way } }`, and nothing for
 * whoever has none. Small and capital letters are the same.
 */
export function look(gathered, answers) {
  const needles = answers.map((answer) => [answer, written(answer)])
  const found = {}
  for (const [who, texts] of Object.entries(gathered)) {
    const hay = [texts].flat().join('\n').toLowerCase()
    for (const [answer, ways] of needles) {
      const way = ways.find(([, as]) => hay.includes(as))
      if (way) (found[who] ??= {})[answer] = way[0]
    }
  }
  return found
}
