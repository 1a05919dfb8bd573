// The reference receiver for the soak of tests/soak: judges every packet, and every reply of its own, by the published
// descriptions. Writes its port, and answers GET with what it filed and what was wrong.

import { createServer } from 'node:http'
import { createReceiver } from './receiver.mjs'
import { wrongWithPacket, wrongWithReply } from './judge.mjs'

const wrong = []
const receiver = createReceiver({
  check: (packet) => {
    const problems = wrongWithPacket(packet)
    wrong.push(...problems)
    return problems
  },
})
let posts = 0
const server = createServer(async (request, response) => {
  if (request.method === 'GET') {
    const filed = [...receiver.filed].map(([key, { packet }]) => ({ key, reference: packet.reference }))
    return response.end(JSON.stringify({ posts, filed, wrong }))
  }
  posts += 1
  const end = response.end.bind(response)
  response.end = (text) => {
    wrong.push(...wrongWithReply(response.statusCode, text ? JSON.parse(text) : undefined))
    return end(text)
  }
  return receiver.handle(request, response)
})
server.listen(0, '127.0.0.1', () => console.log(server.address().port))
// It ends with whoever started it.
process.stdin.resume()
process.stdin.on('end', () => process.exit(0))
