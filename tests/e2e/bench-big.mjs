// What a big guide costs: 500 questions and 300 pages beside the shipped guide, on an old phone and a bad line. Cost must
// grow by what is shown, not by what there is. Prints figures, judges nothing:
//
//   make bench-big            RUNS=3 runs; needs: make build
//
// As in bench-web.mjs, each run visits both in turn, each in a browser with a fresh profile.

import { execFileSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { release } from '../../scripts/release.mjs'
import { DIST, serve } from '../../scripts/serve.mjs'
import { bigGuide, shippedGuide } from './bench/big-guide.mjs'
import { cell, median, ratio, table } from './bench/table.mjs'
import { CPU, visit } from './bench/visit.mjs'
import { shippedPages } from './support/fixtures.mjs'
import { pageTitle, questions, say } from './support/guide.mjs'

const RUNS = Number(process.env.RUNS ?? 3)
const [QUESTIONS, PAGES] = [500, 300]
const CLICKS = 9

const folder = await mkdtemp(join(tmpdir(), 'anteroom-bench-'))
await release({ from: DIST, out: folder, fast: true })

/** The changed files of a guide, and the page with the first screens made of them, as a clinic makes it. */
async function withFirstScreens(overrides) {
  const place = await mkdtemp(join(tmpdir(), 'anteroom-bench-'))
  await cp(join(folder, 'content'), join(place, 'content'), { recursive: true })
  for (const [path, text] of overrides) {
    await mkdir(dirname(join(place, path)), { recursive: true })
    await writeFile(join(place, path), text)
  }
  await cp(join(folder, 'index.html'), join(place, 'index.html'))
  const places = ['--content', join(place, 'content'), '--out', join(place, 'pages'), '--index', join(place, 'index.html')]
  execFileSync('cargo', ['run', '--quiet', '--bin', 'anteroom', '--', 'pages', ...places], { cwd: join(DIST, '..'), stdio: 'ignore' })
  const made = new Map([...overrides, ['index.html', await readFile(join(place, 'index.html'), 'utf8')]])
  await rm(place, { recursive: true, force: true })
  return made
}

const sites = {
  shipped: await serve({ dir: folder, brotli: true, overrides: await withFirstScreens(shippedGuide()) }),
  big: await serve({ dir: folder, brotli: true, overrides: await withFirstScreens(bigGuide({ questionCount: QUESTIONS, pageCount: PAGES })) }),
}
const steps = { begin: say('start.begin'), ask: questions[0].ask, next: questions[1].ask, goOn: say('common.continue') }

/** Once all is there: some questions, help and back, the start page, the list of all pages, a page of it. */
const walk = async (_, press) => {
  const [option, goOn] = [[], []]
  for (let at = 1; at <= CLICKS; at += 1) {
    option.push(await press(0))
    goOn.push(await press(steps.goOn, questions[at + 1].ask))
  }
  const help = await press(say('header.help'), say('help.title'))
  const back = await press(say('help.back'), questions[CLICKS + 1].ask)
  const start = await press(say('header.home'), say('start.title'))
  const list = await press(say('pages.all'), say('pages.title'))
  const opened = await press(pageTitle('what-to-expect'), pageTitle('what-to-expect'))
  return { option: median(option), goOn: median(goOn), help, back, start, list, opened }
}

const figures = { shipped: [], big: [] }
try {
  // The server compresses what is asked for the first time.
  for (const site of Object.values(sites)) await visit(site.url, { steps, slow: false })
  for (let run = 1; run <= RUNS; run += 1) {
    for (const [name, site] of Object.entries(sites)) {
      process.stderr.write(`\rrun ${run} of ${RUNS}: ${name.padEnd(8)}`)
      figures[name].push(await visit(site.url, { steps, press: true, then: walk }))
    }
  }
} finally {
  process.stderr.write('\n')
  await Promise.all(Object.values(sites).map((site) => site.close()))
  await rm(folder, { recursive: true, force: true })
}

const rows = [
  ['first contentful paint', 'ms', ({ contentfulPaint }) => contentfulPaint],
  ['start button there', 'ms', ({ begin }) => begin],
  ['first question answerable', 'ms', ({ question }) => question],
  ['blocked until answerable', 'ms', ({ blocked }) => blocked],
  ['longest task until answerable', 'ms', ({ longest }) => longest],
  ['longest task of all', 'ms', ({ longestEver }) => longestEver],
  ['an option to next paint', 'ms', ({ option }) => option],
  ['Continue to the next question', 'ms', ({ goOn }) => goOn],
  ['help opened', 'ms', ({ help }) => help],
  ['back from help', 'ms', ({ back }) => back],
  ['start page', 'ms', ({ start }) => start],
  ['list of all pages', 'ms', ({ list }) => list],
  ['a page', 'ms', ({ opened }) => opened],
  ['scripts and wasm in memory', 'MB', ({ heap }) => heap],
  ['bytes until answerable', 'KB', ({ bytesFirst }) => bytesFirst],
  ['requests until answerable', 'count', ({ requestsFirst }) => requestsFirst],
  ['bytes in the end', 'KB', ({ bytes }) => bytes],
  ['of it content', 'KB', ({ kinds }) => kinds.content],
  ['requests in the end', 'count', ({ requests }) => requests],
  ['until nothing more comes', 'ms', ({ settled }) => settled],
]
console.log(`Processor ${CPU} times slower, slow 4G, brotli 11, fresh profile; medians of ${RUNS} with least and most.\n`)
console.log(table([
  ['', '', `shipped: ${questions.length} questions, ${shippedPages('en').length} pages`, `big: ${QUESTIONS} questions, ${PAGES} pages`, 'big / shipped'],
  ...rows.map(([what, unit, read]) => {
    const [shipped, big] = ['shipped', 'big'].map((name) => figures[name].map(read))
    return [what, unit === 'count' ? '' : unit, cell(shipped, unit), cell(big, unit), ratio(big, shipped)]
  }),
]))
