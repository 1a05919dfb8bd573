// What a screen reader meets: the accessibility tree of Chromium as lines to read, in order, and what live regions said.
//
//   heading 1 "When is your appointment?"  <- focus
//   textbox "Day", invalid, described "For example 2026-12-03", holds ""
//
// A control that is named by its own words, or by its label, is one line. A text is a line of its own.

/** Roles that are read as one piece when they hold nothing but text. */
const NAMED_BY_CONTENT = new Set(['heading', 'button', 'link', 'radio', 'checkbox', 'DisclosureTriangle', 'term', 'option', 'cell', 'columnheader', 'rowheader', 'row'])
/** Nobody hears of these; what is in them is read. */
const SILENT = new Set(['generic', 'none', 'paragraph', 'RootWebArea', 'LabelText', 'LegendText', 'Legend', 'strong', 'emphasis', 'Section', 'ListMarker', 'DescriptionList', 'LineBreak', 'Abbr', 'time', 'InlineTextBox', 'Ruby'])
const ROLES = { DisclosureTriangle: 'summary', DescriptionListTerm: 'term', DescriptionListDetail: 'definition', Pre: 'text as typed', ComboBoxSelect: 'select', Date: 'date field', InputTime: 'time field' }

const quoted = (text) => `"${text.replace(/\s+/g, ' ').trim()}"`

/** The tree as nested `{ role, name, states, description, value, focused, level, children }`, without what is hidden. */
export async function tree(page) {
  const devtools = await page.context().newCDPSession(page)
  const { nodes } = await devtools.send('Accessibility.getFullAXTree')
  await devtools.detach()
  const byId = new Map(nodes.map((node) => [node.nodeId, node]))
  const read = (node) => {
    const children = (node.childIds ?? []).map((id) => byId.get(id)).filter(Boolean).flatMap(read)
    const role = node.role?.value ?? 'none'
    if (node.ignored || role === 'ListMarker') return children
    // A <details> is a group without a name around its summary, of which nothing is said.
    if (role === 'group' && !node.name?.value && children[0]?.role === 'summary') return children
    const property = (name) => node.properties?.find((one) => one.name === name)?.value.value
    return [{
      role: ROLES[role] ?? role, name: node.name?.value ?? '', description: node.description?.value ?? '', value: node.value?.value,
      level: role === 'heading' ? property('level') : undefined, focused: property('focused') === true && role !== 'RootWebArea',
      invalid: ![undefined, 'false', false].includes(property('invalid')), required: property('required') === true,
      disabled: property('disabled') === true, checked: property('checked'), expanded: property('expanded'), valueText: property('valuetext'),
      children, silent: SILENT.has(role), byContent: NAMED_BY_CONTENT.has(role),
    }]
  }
  return read(nodes[0])
}

/** Every node of a tree, in order. */
export const all = (nodes) => nodes.flatMap((node) => [node, ...all(node.children)])

/** Their own parts are the browser's, and they hold what they hold. */
const WHOLE = new Set(['textbox', 'searchbox', 'combobox', 'select', 'date field', 'time field', 'progressbar', 'spinbutton'])

const onlyText = (node) => node.children.every((child) => child.role === 'StaticText' || child.role === 'InlineTextBox' || (child.silent && onlyText(child)))
const textOf = (node) => node.role === 'StaticText' ? node.name : node.children.map(textOf).join('')

/** A node's own line. */
function line(node) {
  const { role, name, level, checked, expanded, value, valueText, description } = node
  const parts = [[role, level, name && quoted(name)].filter((part) => part !== undefined && part !== '').join(' ')]
  if (['radio', 'checkbox'].includes(role)) parts.push(checked === 'true' || checked === true ? 'checked' : 'not checked')
  if (expanded !== undefined) parts.push(expanded ? 'expanded' : 'collapsed')
  for (const state of ['required', 'invalid', 'disabled']) if (node[state]) parts.push(state)
  if (description) parts.push(`described ${quoted(description)}`)
  if (WHOLE.has(role)) {
    parts.push(`holds ${quoted(String(valueText || (value ?? '')))}`)
  }
  return parts.join(', ') + (node.focused ? '  <- focus' : '')
}

/** A tree as lines. Labels and legends whose words are the name of what they stand beside are left out, as screen readers do. */
export function spoken(nodes) {
  const plain = (text) => text.replace(/\s+/g, '')
  const named = all(nodes).filter(({ role }) => WHOLE.has(role) || ['radio', 'checkbox', 'group'].includes(role))
  const names = new Set(named.map(({ name }) => plain(name)))
  const lines = []
  const walk = (node, depth) => {
    const inset = '  '.repeat(depth)
    if (node.role === 'StaticText') return node.name.trim() && lines.push(inset + quoted(node.name))
    if (node.role === 'InlineTextBox') return
    if (['LabelText', 'Legend'].includes(node.role) && onlyText(node) && names.has(plain(textOf(node)))) return
    if (node.role === 'status' && !textOf(node)) return
    if (node.silent && !node.focused) {
      if (node.children.length && onlyText(node)) return textOf(node).trim() && lines.push(inset + quoted(textOf(node)))
      return node.children.forEach((child) => walk(child, depth))
    }
    lines.push(inset + line(node))
    const told = node.byContent && onlyText(node) || node.role === 'summary' && plain(textOf(node)) === plain(node.name)
    if (!told && !WHOLE.has(node.role)) node.children.forEach((child) => walk(child, depth + 1))
  }
  nodes.forEach((node) => walk(node, 0))
  return lines
}

/** From now on every text that a live region comes to say is kept, in order. To be called before the page is opened. */
export const listen = (page) => page.addInitScript(() => {
  const said = []
  Object.defineProperty(window, 'saidAloud', { value: said })
  const LIVE = '[role=status], [role=alert], [role=log], [aria-live]:not([aria-live=off])'
  const last = new WeakMap()
  const hear = (region) => {
    const words = region.textContent.replace(/\s+/g, ' ').trim()
    if (words && words !== last.get(region)) said.push(words)
    last.set(region, words)
  }
  new MutationObserver((changes) => {
    const regions = new Set()
    for (const { target, addedNodes } of changes) {
      const around = (target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement)?.closest(LIVE)
      if (around) regions.add(around)
      // A region that comes with its words is not read by every screen reader, an alert by most.
      for (const added of addedNodes) {
        if (added.nodeType === Node.ELEMENT_NODE) [added, ...added.querySelectorAll(LIVE)].forEach((one) => one.matches(LIVE) && regions.add(one))
      }
    }
    regions.forEach((region) => region.isConnected && hear(region))
  }).observe(document, { subtree: true, childList: true, characterData: true })
})

/** What was said since the last time. */
export const said = (page) => page.evaluate(() => window.saidAloud.splice(0))
