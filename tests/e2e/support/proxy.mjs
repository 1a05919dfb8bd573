// A recording HTTP proxy on the loopback address, given to Chromium as its only way out: what left the browser is what
// stands in `left`, whoever in the page sent it, and whether or not anything inside the browser noticed.

import { createServer, request } from 'node:http'
import { connect } from 'node:net'

/**
 * Starts it. `left` holds what left in order: `{ method, url, text }`, where `text` is the request line, the headers and
 * the body, a byte a character. `url` of a tunnel (CONNECT) is its host, and its text all that went through it.
 */
export async function record() {
  const left = []
  const server = createServer(async (incoming, response) => {
    const chunks = []
    for await (const chunk of incoming) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const { method, url, rawHeaders } = incoming
    left.push({ method, url, text: [method, url, ...rawHeaders, ''].join('\n') + body.toString('latin1') })
    const headers = { ...incoming.headers }
    delete headers['proxy-connection']
    const outgoing = request(url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.rawHeaders)
      answer.pipe(response)
    })
    outgoing.on('error', () => response.destroy())
    outgoing.end(body)
  })
  server.on('connect', ({ url }, socket, head) => {
    const entry = { method: 'CONNECT', url, text: `CONNECT ${url}\n${head.toString('latin1')}` }
    left.push(entry)
    const [host, port] = url.split(':')
    // No way to any other computer.
    if (host !== '127.0.0.1') return socket.destroy()
    const far = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connected\r\n\r\n')
      if (head.length) far.write(head)
      socket.on('data', (data) => { entry.text += data.toString('latin1') })
      socket.pipe(far).pipe(socket)
    })
    far.on('error', () => socket.destroy())
    socket.on('error', () => far.destroy())
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    left,
    server: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((resolve) => {
      server.closeAllConnections()
      server.close(resolve)
    }),
  }
}
