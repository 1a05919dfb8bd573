// Makes the sealed packets and locked keys of this folder with libraries of others: npm `jose`, and PyPI `jwcrypto` through
// make.py. Run once: node tests/others/sealed/make.mjs "$(scripts/tools.sh python)"
// The keys are for tests alone. The passphrase is "four quiet blue lamps".

import { execFileSync } from 'node:child_process'
import { writeFileSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(new URL('../../e2e/package.json', import.meta.url))
const jose = await import(require.resolve('jose'))
const here = (name) => new URL(name, import.meta.url).pathname
const write = (name, text) => writeFileSync(here(name), text)

const { publicKey, privateKey } = await jose.generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true })
const secret = await jose.exportJWK(privateKey)
const open = await jose.exportJWK(publicKey)
const kid = await jose.calculateJwkThumbprint(open)
write('key.json', JSON.stringify(secret))
write('public.json', JSON.stringify(open))

const packet = readFileSync(here('packet.json'))
const sealed = (header) => new jose.CompactEncrypt(packet)
  .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', ...header })
  .setKeyManagementParameters({ apu: new TextEncoder().encode('someone'), apv: new TextEncoder().encode('clinic') })
  .encrypt(publicKey)
write('jose.jwe', await sealed({ kid }))
write('jose-small.jwe', await sealed({ kid, zip: 'DEF' }))
write('jose-nameless.jwe', await sealed({}))
const passphrase = new TextEncoder().encode('four quiet blue lamps')
for (const [alg, name] of [['PBES2-HS256+A128KW', 'jose-key-256.txt'], ['PBES2-HS512+A256KW', 'jose-key-512.txt']]) {
  write(name, await new jose.CompactEncrypt(new TextEncoder().encode(JSON.stringify(secret)))
    .setProtectedHeader({ alg, enc: 'A256GCM', cty: 'jwk+json' })
    .setKeyManagementParameters({ p2c: 2000 })
    .encrypt(passphrase))
}
execFileSync(process.argv[2], [here('make.py')], { stdio: 'inherit' })
