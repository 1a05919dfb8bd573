// Reads a wasm file as far as its size needs it: sections, the sizes of functions and of data, and the names that the linker
// leaves.

/** What a wasm file holds: { functions: [{ name, bytes }], data: bytes, sections: { name: bytes } }. */
export function readWasm(bytes) {
  let at = 8
  const leb = () => {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = bytes[at++]
      value += (byte & 127) * 2 ** shift
      if (byte < 128) return value
    }
  }
  const text = () => {
    const length = leb()
    at += length
    return Buffer.from(bytes.subarray(at - length, at)).toString('utf8')
  }
  const limits = () => {
    const flags = bytes[at++]
    leb()
    if (flags & 1) leb()
  }
  const functions = []
  const names = new Map()
  const sections = {}
  const KINDS = ['custom', 'type', 'import', 'function', 'table', 'memory', 'global', 'export', 'start', 'element', 'code', 'data', 'count', 'tag']
  let imported = 0
  while (at < bytes.length) {
    const kind = bytes[at++]
    const size = leb()
    const end = at + size
    let section = KINDS[kind] ?? `section ${kind}`
    if (section === 'custom') {
      section = text()
      while (section === 'name' && at < end) {
        const subsection = bytes[at++]
        const past = leb()
        const until = at + past
        if (subsection === 1) for (let count = leb(); count > 0; count--) names.set(leb(), text())
        at = until
      }
    } else if (section === 'import') {
      for (let count = leb(); count > 0; count--) {
        text()
        text()
        const what = bytes[at++]
        if (what === 0) {
          leb()
          imported++
        } else if (what === 1) {
          at++
          limits()
        } else if (what === 2) limits()
        else if (what === 3) at += 2
        else throw new Error('an import of a kind that is not known here')
      }
    } else if (section === 'code') {
      for (let count = leb(); count > 0; count--) {
        const length = leb()
        functions.push({ bytes: length })
        at += length
      }
    }
    sections[section] = (sections[section] ?? 0) + size
    at = end
  }
  functions.forEach((one, index) => { one.name = names.get(imported + index) ?? '' })
  return { functions, data: sections.data ?? 0, sections }
}

const SIGNS = { LT: '<', GT: '>', RF: '&', BP: '*', C: ',', u20: ' ', u27: "'", u5b: '[', u5d: ']', u7b: '{', u7d: '}', LP: '(', RP: ')' }

/** A name of the linker as Rust writes it: `_ZN4core3fmt5write17h0123E` is `core::fmt::write`. */
function asWritten(name) {
  const crate = /^_R.*?C(?:s[0-9A-Za-z]*_)(?=\d)/.exec(name)?.[0]
  if (!crate && !name.startsWith('_ZN')) return name
  if (crate) return asWritten(`_ZN${name.slice(crate.length).replace(/(\d+)_/g, '$1')}0`)
  const parts = []
  for (let at = 3; at < name.length && /\d/.test(name[at]);) {
    const [length] = /^\d+/.exec(name.slice(at))
    at += length.length
    parts.push(name.slice(at, at + Number(length)))
    at += Number(length)
  }
  return parts.slice(0, -1).join('::').replace(/\$(\w+?)\$/g, (all, sign) => SIGNS[sign] ?? all).replace(/\.\./g, '::')
}

/** The place of a function by its name: crate and modules, at most `depth` of them. What is of a trait counts where its type is. */
export function place(name, depth = 3) {
  const written = asWritten(name)
  const path = /(?:[a-z_][a-z0-9_]*::)+/.exec(written.replace(/^[_<&*\s]*(?:mut |const |dyn )*/, ''))?.[0]
  if (!path || written === name) return name ? '(the linker, glue)' : '(no name)'
  return path.split('::').filter(Boolean).slice(0, depth).join('::')
}

/** The biggest places of a wasm file: [[place, bytes, functions]], biggest first. */
export function biggest({ functions }, depth) {
  const sums = new Map()
  for (const { name, bytes } of functions) {
    const where = place(name, depth)
    const [sum, count] = sums.get(where) ?? [0, 0]
    sums.set(where, [sum + bytes, count + 1])
  }
  return [...sums].map(([where, [sum, count]]) => [where, sum, count]).sort(([, one], [, other]) => other - one)
}
