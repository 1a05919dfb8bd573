// How fast the page is on an old phone and a bad line, beside the same questions built with SurveyJS and beside a page
// written by hand. Prints figures, judges nothing:
//
//   make bench-web            RUNS=5 runs; needs: make build
//
// Each run visits the three pages in turn, each in a browser with a fresh profile, so that what else the machine does
// hits all of them. First untouched, until nothing more comes; then pressing on as soon as there is something to press.
// docs/decisions/0021-page-speed.md says what each figure means.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { release } from '../../scripts/release.mjs'
import { DIST, serve } from '../../scripts/serve.mjs'
import { handWrittenSite, surveySite } from './bench/survey.mjs'
import { cell, median, ratio, table } from './bench/table.mjs'
import { CPU, visit } from './bench/visit.mjs'
import { questions, say } from './support/guide.mjs'

const RUNS = Number(process.env.RUNS ?? 5)
const CLICKS = 9

const folder = await mkdtemp(join(tmpdir(), 'anteroom-bench-'))
// As a clinic uploads it. The server compresses all three alike, so the compressed twins need not be good.
await release({ from: DIST, out: folder, fast: true })
const empty = await mkdtemp(join(tmpdir(), 'anteroom-bench-'))
const sites = {
  ours: await serve({ dir: folder, brotli: true }),
  survey: await serve({ dir: empty, brotli: true, overrides: surveySite() }),
  byHand: await serve({ dir: empty, brotli: true, overrides: handWrittenSite(CLICKS + 4) }),
}
const steps = { begin: say('start.begin'), ask: questions[0].ask, next: questions[1].ask, goOn: say('common.continue') }

/** Walks some questions of one choice from the second one on; gives the time of each choice and of each Continue. */
const walk = async (page, press) => {
  const [option, goOn] = [[], []]
  for (let at = 1; at <= CLICKS; at += 1) {
    option.push(await press(0))
    goOn.push(await press(steps.goOn, questions[at + 1].ask))
  }
  return { option: median(option), goOn: median(goOn), slowest: Math.max(...goOn) }
}

const figures = { ours: [], survey: [], byHand: [] }
try {
  // The server compresses what is asked for the first time.
  for (const site of Object.values(sites)) await visit(site.url, { steps, slow: false })
  for (let run = 1; run <= RUNS; run += 1) {
    for (const [name, site] of Object.entries(sites)) {
      process.stderr.write(`\rrun ${run} of ${RUNS}: ${name.padEnd(8)}`)
      const still = await visit(site.url, { steps })
      const pressed = await visit(site.url, { steps, press: true, then: walk })
      figures[name].push({ still, pressed })
    }
  }
} finally {
  process.stderr.write('\n')
  await Promise.all(Object.values(sites).map((site) => site.close()))
  await Promise.all([folder, empty].map((path) => rm(path, { recursive: true, force: true })))
}

const of = (name, read) => figures[name].map(read)
const rows = [
  ['first paint', 'ms', ({ still }) => still.firstPaint],
  ['first contentful paint', 'ms', ({ still }) => still.contentfulPaint],
  ['start button there', 'ms', ({ pressed }) => pressed.begin],
  ['first question answerable', 'ms', ({ pressed }) => pressed.question],
  ['first question answered', 'ms', ({ pressed }) => pressed.answered],
  ['blocked until answerable', 'ms', ({ pressed }) => pressed.blocked],
  ['longest task until answerable', 'ms', ({ pressed }) => pressed.longest],
  ['longest task, untouched', 'ms', ({ still }) => still.longestEver],
  ['an option to next paint', 'ms', ({ pressed }) => pressed.option],
  ['Continue to the next question', 'ms', ({ pressed }) => pressed.goOn],
  ['the slowest of those', 'ms', ({ pressed }) => pressed.slowest],
  ['layout shift, untouched', 'shift', ({ still }) => still.shift],
  ['scripts and wasm in memory', 'MB', ({ pressed }) => pressed.heap],
  ['of it wasm', 'MB', ({ pressed }) => pressed.memory],
  ['bytes until answerable', 'KB', ({ pressed }) => pressed.bytesFirst],
  ['requests until answerable', 'count', ({ pressed }) => pressed.requestsFirst],
  ['bytes, untouched', 'KB', ({ still }) => still.bytes],
  ...['page', 'style', 'script', 'wasm', 'content'].map((kind) => [`of it ${kind}`, 'KB', ({ still }) => still.kinds[kind]]),
  ['requests, untouched', 'count', ({ still }) => still.requests],
  ['until nothing more comes', 'ms', ({ still }) => still.settled],
]
console.log(`Processor ${CPU} times slower, slow 4G, brotli 11, fresh profile; medians of ${RUNS} with least and most.\n`)
console.log(table([
  ['', '', 'ours', 'SurveyJS', 'by hand', 'ours / SurveyJS', 'ours / by hand'],
  ...rows.map(([what, unit, read]) => [
    what, unit === 'count' || unit === 'shift' ? '' : unit, ...['ours', 'survey', 'byHand'].map((name) => cell(of(name, read), unit)),
    ratio(of('ours', read), of('survey', read)), ratio(of('ours', read), of('byHand', read)),
  ]),
]))

const middle = (name, read) => median(of(name, read))
const times = (read) => middle('ours', read) / middle('byHand', read)
const aims = [
  ['first paint', 'as the page written by hand', `${times(({ still }) => still.firstPaint).toFixed(2)} times`],
  ['first question answerable', '1.5 times the page written by hand, then 1.2', `${times(({ pressed }) => pressed.question).toFixed(2)} times`],
  ['main thread blocked until then', '200 ms', `${middle('ours', ({ pressed }) => pressed.blocked).toFixed(0)} ms`],
  ['click to next paint', '25 ms', `option ${middle('ours', ({ pressed }) => pressed.option).toFixed(0)} ms, Continue ${middle('ours', ({ pressed }) => pressed.goOn).toFixed(0)} ms`],
  ['layout shift', '0', middle('ours', ({ still }) => still.shift).toFixed(3)],
  ['first load', '150 KB, then 100 KB', `${(middle('ours', ({ pressed }) => pressed.bytesFirst) / 1000).toFixed(0)} KB until answerable`],
]
for (const what of figures.ours.at(-1).still.shifted) console.log(`\nours moved by ${what}`)
console.log(`\n${table([['', 'aim', 'ours'], ...aims])}`)
