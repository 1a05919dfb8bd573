// FHIR judged by others: the validators of fhir.resources (Python) and of @medplum/core, and LHC-Forms, which draws our
// Questionnaire and shows our QuestionnaireResponse in the browser.

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answers, byFhirResources, byMedplum, drawn, ROOT, run } from './support/fhir.mjs'
import { expect, test as base } from './support/fixtures.mjs'

const LANGUAGES = ['en', 'es']

const anteroom = async (...args) => {
  const { stdout } = await run('cargo', ['run', '--quiet', '--bin', 'anteroom', '--', ...args], { cwd: ROOT, maxBuffer: 1 << 26 })
  return stdout
}

const test = base.extend({
  /** A folder with a file of answers to every question, and the Questionnaires and Bundles of both languages. */
  files: [async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'anteroom-fhir-'))
    const { questions } = JSON.parse(await anteroom('list', '--format', 'json'))
    await writeFile(join(folder, 'answers.json'), JSON.stringify(Object.fromEntries(questions.map(answer))))
    // A clinic that wants all that there can be besides.
    await mkdir(join(folder, 'clinic'))
    await writeFile(join(folder, 'clinic', 'settings.toml'),
      'format = 1\n[handoff.fhir]\ninclude = ["patient", "service-request", "appointment"]\nbase = "https://clinic.example/fhir"\n')
    const answers = ['--answers', join(folder, 'answers.json'), '--clinic', join(folder, 'clinic')]
    const files = { answers: join(folder, 'answers.json') }
    for (const lang of LANGUAGES) {
      files[lang] = { form: join(folder, `${lang}.json`), bundle: join(folder, `${lang}-bundle.json`), transaction: join(folder, `${lang}-transaction.json`) }
      await writeFile(files[lang].form, await anteroom('fhir', '--lang', lang))
      await writeFile(files[lang].bundle, await anteroom('fhir', '--lang', lang, ...answers))
      await writeFile(files[lang].transaction, await anteroom('fhir', '--lang', lang, ...answers, '--transaction'))
    }
    await use(files)
    await rm(folder, { recursive: true })
  }, { timeout: 300_000 }], // cargo may have to build first
})

/** The last choice of each question that does not ask for help now, and something typed for every other kind. */
function answer({ id, kind, choices }) {
  const calm = choices.filter(({ id, level }) => level !== 'get-help' && id !== 'none')
  switch (kind) {
    case 'one': return [id, calm.at(-1).id]
    case 'several': return [id, id === 'medicines' ? { choices: calm.slice(0, 2).map(({ id }) => id), names: ['Somebody’s “own” pill'] } : calm.slice(0, 2).map(({ id }) => id)]
    case 'pair': return [id, { systolic: 128, diastolic: 81 }]
    case 'list': return [id, [{ name: 'Lithium', dose: '300 mg', often: 'Twice a day' }, { name: 'Ibuprofen' }]]
    default: throw new Error(`This test has no answer of the kind ${kind}`)
  }
}

const read = async (file) => JSON.parse(await readFile(file, 'utf8'))
const everyFile = (files) => LANGUAGES.flatMap((lang) => Object.values(files[lang]))

test('fhir.resources takes every Questionnaire and Bundle', async ({ files }) => {
  expect(await byFhirResources(everyFile(files))).toBe('')
  // It does find what is wrong.
  const broken = await read(files.en.bundle)
  delete broken.entry[1].resource.status
  await writeFile(files.answers, JSON.stringify(broken))
  expect(await byFhirResources([files.answers])).toContain('status')
})

test('@medplum/core takes every Questionnaire and Bundle', async ({ files }) => {
  for (const file of everyFile(files)) expect(byMedplum(await read(file)), file).toEqual([])
  const kinds = (await read(files.en.transaction)).entry.map(({ resource }) => resource.resourceType)
  expect(kinds).toEqual(['Questionnaire', 'QuestionnaireResponse', 'Observation', 'ServiceRequest', 'Appointment'])
  const broken = await read(files.en.form)
  broken.item[0].type = 'nothing'
  delete broken.status
  expect(() => byMedplum(broken)).toThrow(/status/)
})

for (const lang of LANGUAGES) {
  test(`LHC-Forms draws the Questionnaire, in ${lang}`, async ({ page, files }) => {
    const form = await read(files[lang].form)
    const { errors, problems } = await drawn(page, form)
    expect(errors).toEqual([])
    expect(problems).toBeNull()
    const asked = []
    const walk = (items = [], shown = true) => items.forEach((item) => {
      const hidden = item.extension?.some(({ url, valueBoolean }) => url.endsWith('questionnaire-hidden') && valueBoolean)
      const there = shown && !hidden && !item.enableWhen
      if (there && item.type !== 'display' && item.type !== 'group') asked.push(item.text)
      if (there) walk(item.item)
    })
    walk(form.item)
    expect(asked.length).toBeGreaterThan(55)
    const told = (await page.locator('#form').innerText()).replaceAll(/\s+/g, ' ')
    for (const words of asked) expect(told).toContain(words.replaceAll(/\s+/g, ' '))
  })

  test(`LHC-Forms shows the answers, in ${lang}`, async ({ page, files }) => {
    const { entry } = await read(files[lang].bundle)
    const [form, response] = ['Questionnaire', 'QuestionnaireResponse'].map((kind) => entry.find(({ resource }) => resource.resourceType === kind).resource)
    const { errors, problems } = await drawn(page, form, response)
    expect(errors).toEqual([])
    expect(problems).toBeNull()
    const back = await page.evaluate(() => LForms.Util.getFormFHIRData('QuestionnaireResponse', 'R4'))
    expect(answers(response).length).toBeGreaterThan(60)
    expect(answers(back)).toEqual(answers(response))
  })
}
