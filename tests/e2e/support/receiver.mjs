// A clinic's endpoint, as a real HTTP server on the loopback address. It keeps all it gets, and can be told to behave badly.
//
// `behaviour` is one of
//   accept    201 {"reference": ...}, the reference of the packet; the same Idempotency-Key is filed once
//   refuse    500          hang      no answer at all        drop    files it, then cuts the line
//   nonsense  200 and a web page     empty   204             redirect  302 to /elsewhere
// and can be changed at any time.

import { createServer } from 'node:http'

export async function receive(behaviour = 'accept') {
  const receiver = { behaviour, requests: [], filed: new Map() }
  const open = (status, headers = {}) => ({
    status,
    headers: { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': 'content-type, idempotency-key', ...headers },
  })
  const server = createServer(async (request, response) => {
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks).toString('utf8')
    const { method, url: path, headers } = request
    receiver.requests.push({ method, path, headers, body })
    const answer = ({ status, headers }, text = '') => response.writeHead(status, headers).end(text)
    if (method === 'OPTIONS') return answer(open(204, { 'Access-Control-Allow-Methods': 'POST' }))
    const packet = (() => {
      try {
        return JSON.parse(body)
      } catch {
        return {}
      }
    })()
    const file = () => receiver.filed.set(headers['idempotency-key'], packet)
    switch (receiver.behaviour) {
      case 'accept':
        file()
        return answer(open(201, { 'Content-Type': 'application/json' }), JSON.stringify({ reference: packet.reference }))
      case 'refuse': return answer(open(500))
      case 'hang': return undefined
      case 'drop':
        file()
        return request.socket.destroy()
      case 'nonsense': return answer(open(200, { 'Content-Type': 'text/html' }), '<!DOCTYPE html><title>Welcome</title>')
      case 'empty': return answer(open(204))
      case 'redirect': return answer(open(302, { Location: '/elsewhere' }))
      default: throw new Error(`The receiver knows no behaviour ${receiver.behaviour}`)
    }
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  receiver.url = `http://127.0.0.1:${server.address().port}/requests`
  /** The POSTs that came. */
  receiver.posts = () => receiver.requests.filter(({ method }) => method === 'POST')
  receiver.close = () => new Promise((resolve) => {
    server.closeAllConnections()
    server.close(resolve)
  })
  return receiver
}
