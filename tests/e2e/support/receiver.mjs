// A clinic's endpoint that can be told to behave badly: the reference receiver of tests/receiver behind a real HTTP or
// HTTPS server on the loopback address. It keeps all that comes, and judges each packet by the published schema.
//
// `behaviour` is one of
//   accept     as the reference receiver does
//   refuse     500          mistaken   400 with a message     locked    401          large     413
//   gone       404          busy       429 with Retry-After   swamped   429, come back in an hour
//   drop       files it, then cuts the line                   half      begins its answer, then cuts the line
//   hang       no answer at all                               trickle   files it, then a byte now and then, for ever
//   nonsense   200 and a web page          empty   204        redirect  302 to /elsewhere
//   twice      answers, and then once more on the same line
//   created    201 and an OperationOutcome without an error      warned     200 and one with an error
//   invalid    422 and an OperationOutcome                       partly     a transaction of which an entry failed
//   later      429, come back at a time of day
// A FHIR Bundle is taken by tests/receiver/fhir.mjs.
// or a function `({ answer, json }) => ...` that answers by `answer(status, headers, text)` or `json(status, value)`,
// and can be changed at any time.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { createFhirEndpoint, outcome } from '../../receiver/fhir.mjs'
import { createReceiver } from '../../receiver/receiver.mjs'
import { wrongWithPacket } from '../../receiver/judge.mjs'

/** A certificate that nobody vouches for. */
function selfMade() {
  const folder = mkdtempSync(join(tmpdir(), 'anteroom-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes',
    '-keyout', key, '-out', cert, '-days', '2', '-subj', '/CN=127.0.0.1'], { stdio: 'ignore' })
  const made = { key: readFileSync(key), cert: readFileSync(cert) }
  rmSync(folder, { recursive: true })
  return made
}

export async function receive(behaviour = 'accept', { secure = false } = {}) {
  const receiver = { behaviour, requests: [], wrong: [] }
  const reference = createReceiver({
    check: (packet) => {
      const wrong = wrongWithPacket(packet)
      receiver.wrong.push(...wrong)
      return wrong
    },
  })
  const fhir = createFhirEndpoint()
  const open = (headers = {}) => ({
    'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': 'content-type, idempotency-key',
    'Access-Control-Expose-Headers': 'retry-after', ...headers,
  })
  /** The same request once more, for the reference receiver, whose own answer may be dropped. */
  const again = ({ method, headers }, body) => Object.assign(Readable.from([body]), { method, headers })
  const fileQuietly = (request, body) => new Promise((resolve) => {
    const answer = { writeHead: () => answer, end: resolve }
    reference.handle(again(request, body), answer)
  })
  const handler = async (request, response) => {
    const { method, url: path, headers } = request
    const entry = { method, path, headers, body: '' }
    receiver.requests.push(entry)
    if (method === 'OPTIONS') return reference.handle(request, response)
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    entry.body = body.toString('utf8')
    const answer = (status, headers = {}, text = '') => response.writeHead(status, open(headers)).end(text)
    const json = (status, value, headers = {}) => answer(status, { 'Content-Type': 'application/json', ...headers }, JSON.stringify(value))
    const now = receiver.behaviour
    if (now === 'accept' && /fhir/.test(headers['content-type'])) {
      const { status, reply } = fhir.take(headers, entry.body)
      return json(status, reply, { 'Content-Type': 'application/fhir+json' })
    }
    if (typeof now === 'function') return now({ answer, json })
    if (['accept', 'drop', 'half', 'trickle', 'twice'].includes(now)) {
      if (now === 'accept') return reference.handle(again(request, body), response)
      await fileQuietly(request, body)
      const text = JSON.stringify({ reference: JSON.parse(entry.body).reference })
      const whole = open({ 'Content-Type': 'application/json', 'Content-Length': String(text.length) })
      switch (now) {
        case 'drop': return request.socket.destroy()
        case 'half':
          response.writeHead(200, whole).write(text.slice(0, 9))
          return setImmediate(() => request.socket.destroy())
        case 'trickle': return response.writeHead(200, whole).write(text.slice(0, 9))
        default: {
          const head = Object.entries(whole).map(([name, value]) => `${name}: ${value}\r\n`).join('')
          return request.socket.end(`HTTP/1.1 200 OK\r\n${head}\r\n${text}`.repeat(2))
        }
      }
    }
    switch (now) {
      case 'refuse': return answer(500)
      case 'mistaken': return json(400, { message: 'The phone number is\ntoo short.' })
      case 'locked': return answer(401)
      case 'gone': return answer(404)
      case 'large': return answer(413)
      case 'busy': return json(429, { message: 'Later, please.' }, { 'Retry-After': '30' })
      case 'later': return answer(429, { 'Retry-After': new Date(Date.now() + 3_600_000).toUTCString() })
      case 'created': return json(201, outcome('information', 'It is kept.'))
      case 'warned': return json(200, outcome('error', 'There is no such clinic.'))
      case 'invalid': return json(422, outcome('error', 'The patient has\nno name.'))
      case 'partly': return json(200, { resourceType: 'Bundle', type: 'transaction-response', entry: [{ response: { status: '201' } }, { response: { status: '422' } }] })
      case 'swamped': return answer(429, { 'Retry-After': '3600' })
      case 'hang': return undefined
      case 'nonsense': return answer(200, { 'Content-Type': 'text/html' }, '<!DOCTYPE html><title>Welcome</title>')
      case 'empty': return answer(204)
      case 'redirect': return answer(302, { Location: '/elsewhere' })
      default: throw new Error(`The receiver knows no behaviour ${now}`)
    }
  }
  const server = secure ? createSecureServer(selfMade(), handler) : createServer(handler)
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  receiver.url = `http${secure ? 's' : ''}://127.0.0.1:${server.address().port}/requests`
  /** The requests that were filed, by their idempotency keys. */
  receiver.filed = reference.filed
  /** The FHIR resources that were stored, by their places. */
  receiver.stored = fhir.stored
  /** The POSTs that came. */
  receiver.posts = () => receiver.requests.filter(({ method }) => method === 'POST')
  receiver.close = () => new Promise((resolve) => {
    server.closeAllConnections()
    server.close(resolve)
  })
  return receiver
}
