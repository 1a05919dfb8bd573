// A clinic's endpoint as docs/packet.md and docs/endpoint.openapi.json describe it: a worked example, with nothing but Node.
//
//   node tests/receiver/receiver.mjs [--port 8787] [--folder requests]
//
// It takes the packets of the widget over HTTP (put it behind your server's https), files each once, and answers with
// the reference. In `--folder` it writes one file a request, readable by the owner alone.

import { createServer } from 'node:http'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A packet of 100 long answers is about 60 KB. */
const MOST_BYTES = 1_000_000

const CORS = {
  // The sealed frame's origin is `null`. This opens nothing that was closed: a form on a website takes posts from anyone.
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'POST',
  'Access-Control-Allow-Headers': 'content-type, idempotency-key',
  'Access-Control-Max-Age': '600',
  // So that the widget may read how long to wait.
  'Access-Control-Expose-Headers': 'retry-after',
}

/**
 * A receiver. `check(packet)` gives what is wrong with a packet, as sentences; `file(packet, key)` keeps it.
 * `receiver.filed` holds every request by its idempotency key: `{ packet, body }`.
 */
export function createReceiver({ check = () => [], file = () => {} } = {}) {
  const filed = new Map()

  /** What becomes of a POST: `{ status, reply }`. */
  function take(headers, body) {
    const no = (status, message) => ({ status, reply: { message } })
    if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) return no(415, 'Send application/json.')
    const key = headers['idempotency-key'] ?? ''
    if (!/^[\w-]{16,64}$/.test(key)) return no(400, 'The header Idempotency-Key is missing.')
    const before = filed.get(key)
    if (before) {
      // The line broke after it was filed, and the same request came again: the same answer, and nothing more.
      if (before.body === body) return { status: 200, reply: { reference: before.packet.reference } }
      return no(409, 'This Idempotency-Key belongs to another request.')
    }
    let packet
    try {
      packet = JSON.parse(body)
    } catch {
      return no(400, 'The body is no JSON.')
    }
    const wrong = check(packet)
    if (wrong.length) return no(422, wrong[0])
    // The same reference with another key: the person changed something and sent again. Keep both; the later one counts.
    filed.set(key, { packet, body })
    file(packet, key)
    return { status: 201, reply: { reference: packet.reference } }
  }

  /** For `createServer`. */
  async function handle(request, response) {
    const answer = (status, reply, headers = {}) => {
      const text = reply === undefined ? '' : JSON.stringify(reply)
      response.writeHead(status, { ...CORS, ...(text && { 'Content-Type': 'application/json' }), ...headers }).end(text)
    }
    if (request.method === 'OPTIONS') return answer(204)
    if (request.method !== 'POST') return answer(405, { message: 'Send a POST.' }, { Allow: 'POST, OPTIONS' })
    const chunks = []
    let bytes = 0
    try {
      for await (const chunk of request) {
        bytes += chunk.length
        if (bytes > MOST_BYTES) return answer(413, { message: 'That is too large.' }, { Connection: 'close' })
        chunks.push(chunk)
      }
    } catch {
      return undefined // The line broke before the whole request was there: nothing is filed.
    }
    const { status, reply } = take(request.headers, Buffer.concat(chunks).toString('utf8'))
    return answer(status, reply)
  }

  return { filed, handle }
}

const option = (name, otherwise) => {
  const place = process.argv.indexOf(`--${name}`)
  return place < 0 ? otherwise : process.argv[place + 1]
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folder = option('folder', 'requests')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const receiver = createReceiver({
    check: (packet) => (packet?.format === 'anteroom-packet/1' && /^[2-9A-HJ-NP-Z]{3}-[2-9A-HJ-NP-Z]{3}$/.test(packet.reference) ? [] : ['This is no packet of the widget.']),
    file: (packet, key) => {
      writeFileSync(join(folder, `${packet.reference}-${key}.json`), JSON.stringify(packet, null, 2), { mode: 0o600 })
      // Never an answer in a log.
      console.log(`${new Date().toISOString()} filed ${packet.reference}`)
    },
  })
  const port = Number(option('port', 8787))
  createServer(receiver.handle).listen(port, () => console.log(`Takes requests at http://127.0.0.1:${port}/`))
}
