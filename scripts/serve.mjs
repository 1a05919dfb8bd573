// A small static server for the built folder, to try the widget and the demo clinic at home:
//
//   node scripts/serve.mjs [--port 8080] [--dir dist]
//
// It sends what the plainest web space sends: no CORS headers and no compression, so that what works here works there.
// It listens on this computer only. The end-to-end tests use `serve` with files of their own laid over the folder.

import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.md': 'text/plain; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.toml': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
}

/** The built folder. */
export const DIST = process.env.ANTEROOM_DIST ?? fileURLToPath(new URL('../dist', import.meta.url))

/**
 * Serves a folder on the loopback address.
 *
 * `port` 0 takes any free port; a taken port moves on to the next. `overrides` maps a path such as
 * `content/settings.toml` to a text or Buffer sent in its place, or to a status such as 404; it may change later.
 * `cache` is the Cache-Control header of every answer.
 * `detours` maps a path to the address that it is answered from, by a redirect.
 * `brotli` sends every file compressed, at the best that brotli can. Each is kept as it was when it was first asked for.
 */
export async function serve({
  dir = DIST, port = 0, overrides = new Map(), cache = 'no-cache', detours = new Map(), brotli = false,
} = {}) {
  const packed = new Map()
  const pack = async (name, bytes) => {
    if (!packed.has(name)) packed.set(name, promisify(brotliCompress)(await bytes()))
    return packed.get(name)
  }
  const server = createServer(async (request, response) => {
    const path = pathOf(request.url)
    const plain = (status, words) => response.writeHead(status, { 'Content-Type': 'text/plain' }).end(words)
    if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'This server only hands out files.')
    if (path === null) return plain(400, 'This address cannot be read.')
    const head = (name) => ({ 'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream', 'Cache-Control': cache })
    const name = path === '' || path.endsWith('/') ? `${path}index.html` : path
    const override = overrides.get(name)
    if (typeof override === 'number') return plain(override, `The test answers ${override}.`)
    const send = async (name, bytes) => {
      const small = await pack(name, bytes)
      response.writeHead(200, { ...head(name), 'Content-Encoding': 'br', 'Content-Length': small.length })
      return response.end(request.method === 'HEAD' ? undefined : small)
    }
    if (override !== undefined && brotli) return send(name, async () => Buffer.from(override))
    if (override !== undefined) return response.writeHead(200, head(name)).end(override)
    if (detours.has(path)) return response.writeHead(308, { Location: detours.get(path) }).end()
    let file = join(dir, path)
    let found = await stat(file).catch(() => null)
    if (found?.isDirectory()) {
      // Without the slash at its end a page's relative links would lead nowhere.
      if (path !== '' && !path.endsWith('/')) return response.writeHead(301, { Location: `/${path}/` }).end()
      file = join(file, 'index.html')
      found = await stat(file).catch(() => null)
    }
    if (!found?.isFile()) return plain(404, 'There is no such file.')
    if (brotli) return send(file, () => readFile(file))
    response.writeHead(200, { ...head(file), 'Content-Length': found.size })
    if (request.method === 'HEAD') return response.end()
    createReadStream(file).on('error', () => response.destroy()).pipe(response)
  })
  const taken = await listen(server, port)
  return {
    port: taken,
    url: `http://127.0.0.1:${taken}/`,
    overrides,
    close: () => new Promise((resolve) => {
      server.closeAllConnections()
      server.close(resolve)
    }),
  }
}

/** A request's path inside the folder, without the first slash; null if it leaves the folder or makes no sense. */
function pathOf(url) {
  try {
    const path = normalize(decodeURIComponent(url.split(/[?#]/)[0])).split(sep).join('/')
    return path.startsWith('/') && !path.includes('\0') ? path.slice(1) : null
  } catch {
    return null
  }
}

function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      if (error.code !== 'EADDRINUSE' || port === 0) return reject(error)
      resolve(listen(server, port + 1))
    })
    server.listen(port, '127.0.0.1', () => {
      server.removeAllListeners('error')
      resolve(server.address().port)
    })
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const option = (name, otherwise) => {
    const at = process.argv.indexOf(name)
    return at < 0 ? otherwise : process.argv[at + 1]
  }
  const port = Number(option('--port', 8080))
  const dir = option('--dir', DIST)
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    console.error('The port must be a number from 0 to 65535, for example: node scripts/serve.mjs --port 8080')
    process.exit(2)
  }
  if (!(await stat(join(dir, 'index.html')).catch(() => null))) {
    console.error(`There is nothing built in ${dir} yet. Run: make build`)
    process.exit(1)
  }
  const { url } = await serve({ dir, port })
  console.log(`Widget: ${url}  Demo clinic: ${url}demo/`)
}
