// Medians with their least and most, as a table of Markdown.

export const median = (list) => {
  const sorted = [...list].sort((one, other) => one - other)
  const middle = sorted.length / 2
  return sorted.length % 2 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2
}

const UNITS = {
  ms: (value) => value.toFixed(0),
  KB: (value) => (value / 1000).toFixed(1),
  MB: (value) => (value / 1e6).toFixed(1),
  count: (value) => value.toFixed(0),
  shift: (value) => value.toFixed(3),
}

/** `median (least to most)` of some figures in a unit; a dash if there are none. */
export function cell(values, unit) {
  const found = values.filter((value) => value !== undefined)
  if (!found.length) return '–'
  const [least, middle, most] = [Math.min(...found), median(found), Math.max(...found)].map(UNITS[unit])
  return least === most ? middle : `${middle} (${least} to ${most})`
}

/** How many times as much the one is as the other, by their medians. */
export function ratio(ones, others) {
  const [one, other] = [ones, others].map((list) => list.filter((value) => value !== undefined))
  if (!one.length || !other.length || !median(other)) return '–'
  const times = median(one) / median(other)
  return times.toFixed(times < 10 ? 2 : 0)
}

export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`
  return [line(rows[0]), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.slice(1).map(line)].join('\n')
}
