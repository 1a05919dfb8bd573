// Judges packets by docs/packet.schema.json, and an endpoint's replies by docs/endpoint.openapi.json, with ajv.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(new URL('../e2e/package.json', import.meta.url))
const { default: Ajv } = require('ajv/dist/2020.js')
const { default: addFormats } = require('ajv-formats')

const doc = (name) => JSON.parse(readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8'))
const ajv = new Ajv({ strict: true, allErrors: false, allowUnionTypes: true })
addFormats(ajv)
const packet = doc('packet.schema.json')
const isPacket = ajv.compile(packet)
const description = doc('endpoint.openapi.json')
const { post } = description.paths['/']

const sentence = ({ instancePath, message, params }) =>
  `${instancePath || 'The packet'} ${message}${params.additionalProperty ? `: ${params.additionalProperty}` : ''}.`

/** What is wrong with a packet, as sentences. */
export const wrongWithPacket = (candidate) => (isPacket(candidate) ? [] : isPacket.errors.map(sentence))

const replies = new Map(Object.entries(post.responses).map(([status, response]) => {
  const { $ref } = response
  const found = $ref ? description.components.responses[$ref.split('/').at(-1)] : response
  const schema = found.content?.['application/json']?.schema
  const inner = schema?.$ref ? description.components.schemas[schema.$ref.split('/').at(-1)] : schema
  return [status, inner ? ajv.compile(inner) : (value) => value === undefined]
}))

/** What is wrong with a reply to a POST, as sentences. */
export function wrongWithReply(status, body) {
  const fits = replies.get(String(status))
  if (!fits) return [`The description knows no status ${status}.`]
  return fits(body) ? [] : [`The body of a ${status} is not as described: ${JSON.stringify(body)}`]
}
