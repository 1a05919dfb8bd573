// A FHIR endpoint, as far as a hand-off needs one: it carries out a transaction, keeps a collection, and says with an
// OperationOutcome what is wrong. For the tests; a real server does much more.

/** An OperationOutcome of one issue. */
export const outcome = (severity, text) => ({
  resourceType: 'OperationOutcome', issue: [{ severity, code: severity === 'error' ? 'invalid' : 'informational', details: { text } }],
})

/** The first thing that a Bundle leads to and that is not in it, if there is one. */
function missing(bundle) {
  const there = new Set(bundle.entry.map(({ fullUrl }) => fullUrl))
  const led = [...JSON.stringify(bundle.entry.map(({ resource }) => resource)).matchAll(/"reference":"(urn:uuid:[^"]*)"/g)]
  return led.map(([, url]) => url).find((url) => !there.has(url))
}

/** An endpoint. `stored` holds every resource by its place, such as `Consent/3`. */
export function createFhirEndpoint() {
  const stored = new Map()
  const once = new Map()

  const keep = (resource) => {
    const place = `${resource.resourceType}/${stored.size + 1}`
    stored.set(place, resource)
    return place
  }

  /** What becomes of a POST: `{ status, reply }`. */
  function take(headers, body) {
    const no = (status, text) => ({ status, reply: outcome('error', text) })
    if (!/^application\/fhir\+json\b/i.test(headers['content-type'] ?? '')) return no(415, 'Send application/fhir+json.')
    let bundle
    try {
      bundle = JSON.parse(body)
    } catch {
      return no(400, 'The body is no JSON.')
    }
    if (bundle.resourceType !== 'Bundle' || !bundle.entry?.length) return no(422, 'The body is no Bundle.')
    const lost = missing(bundle)
    if (lost) return no(422, `${lost} leads nowhere.`)
    if (bundle.type === 'collection') {
      keep(bundle)
      return { status: 201, reply: outcome('information', 'It is kept.') }
    }
    if (bundle.type !== 'transaction') return no(422, `A Bundle of the type ${bundle.type} cannot be taken.`)
    const entry = bundle.entry.map(({ resource, request }) => {
      // A resource that is there already is not made again.
      const place = once.get(request.ifNoneExist)
      if (request.ifNoneExist && place) return { response: { status: '200 OK', location: place } }
      const made = keep(resource)
      if (request.ifNoneExist) once.set(request.ifNoneExist, made)
      return { response: { status: '201 Created', location: made } }
    })
    return { status: 200, reply: { resourceType: 'Bundle', type: 'transaction-response', entry } }
  }

  return { stored, take }
}
