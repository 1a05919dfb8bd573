// The web servers that clinics have, each as a child of the test on a port of its own, with the release's own header file as
// docs/hosting.md says to use it, and otherwise set up as a shared web space is. They come from Debian's packages,
// unpacked by scripts/tools.sh test and not installed.

import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseAllHeaders } from '@netlify/headers-parser'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const tool = (name) => execFileSync(join(ROOT, 'scripts/tools.sh'), [name], { cwd: ROOT, encoding: 'utf8' })
/** The folder of Debian's packages. */
export const DEBIAN = tool('debian')
if (!existsSync(join(DEBIAN, 'complete'))) throw new Error('The web servers are not there yet. Run: scripts/tools.sh test')
const libraries = readdirSync(join(DEBIAN, 'usr/lib')).filter((name) => name.endsWith('-linux-gnu')).map((name) => join(DEBIAN, 'usr/lib', name)).join(':')

/** Any port that is free now. */
const freePort = () => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address()
    server.close(() => resolve(port))
  })
})

/** Starts a server and waits until it answers; gives its address and how to end it. */
async function start(program, options, url, place) {
  const server = spawn(join(DEBIAN, program), options, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, LD_LIBRARY_PATH: libraries } })
  const ended = new Promise((resolve) => server.on('exit', resolve))
  let running = true
  ended.then(() => { running = false })
  const answers = () => fetch(url).then(() => true, () => false)
  while (running && !(await answers()));
  if (!running) throw new Error(`${program} ended at once: ${existsSync(`${place}/log`) ? readFileSync(`${place}/log`, 'utf8') : ''}`)
  return {
    url,
    close: async () => {
      server.kill()
      await ended
      rmSync(place, { recursive: true, force: true })
    },
  }
}
const root = process.getuid() === 0

/** Apache 2.4: `site` is the web space, the widget's folder `anteroom` in it gets the release's .htaccess. */
export async function apache(site) {
  const place = mkdtempSync(join(tmpdir(), 'anteroom-apache-'))
  const port = await freePort()
  copyFileSync(join(site, 'anteroom/hosting/apache.htaccess'), join(site, 'anteroom/.htaccess'))
  const modules = ['mpm_event', 'authz_core', 'mime', 'dir', 'autoindex', 'negotiation', 'headers', 'rewrite', 'filter', 'deflate', 'env', 'setenvif']
  // With what a shared web space has: lists of folders, compression on the way, and a type for brotli's files of its own.
  writeFileSync(join(place, 'apache.conf'), `ServerName 127.0.0.1
Listen 127.0.0.1:${port}
PidFile ${place}/pid
ErrorLog ${place}/log
DefaultRuntimeDir ${place}
${modules.map((name) => `LoadModule ${name}_module ${DEBIAN}/usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
${root ? 'User nobody\nGroup nogroup' : ''}
TypesConfig ${DEBIAN}/etc/mime.types
AddEncoding x-gzip .gz .tgz
AddOutputFilterByType DEFLATE text/html text/plain text/css text/javascript application/javascript application/wasm
DirectoryIndex index.html
DocumentRoot ${site}
<Directory ${site}>
  Options Indexes FollowSymLinks MultiViews
  AllowOverride All
  Require all granted
</Directory>
`)
  for (const folder of [place, site, join(site, '..')]) chmodSync(folder, 0o755)
  const server = await start('usr/sbin/apache2', ['-X', '-f', join(place, 'apache.conf')], `http://127.0.0.1:${port}/`, place)
  return { ...server, close: () => server.close().finally(() => rmSync(join(site, 'anteroom/.htaccess'))) }
}

/** nginx, with its module for brotli. */
export async function nginx(site) {
  const place = mkdtempSync(join(tmpdir(), 'anteroom-nginx-'))
  const port = await freePort()
  const config = readFileSync(join(site, 'anteroom/hosting/nginx.conf'), 'utf8').replace('include mime.types', `include ${DEBIAN}/etc/nginx/mime.types`)
  writeFileSync(join(place, 'anteroom.conf'), config.replace('gzip_static on;', 'gzip_static on; brotli_static on;'))
  mkdirSync(join(place, 'temporary'))
  writeFileSync(join(place, 'nginx.conf'), `load_module ${DEBIAN}/usr/lib/nginx/modules/ngx_http_brotli_static_module.so;
    daemon off; worker_processes 1; ${root ? 'user root;' : ''} pid ${place}/pid; error_log ${place}/log;
    events {} http { access_log off; ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${place}/temporary/${name};`).join(' ')}
    server { listen 127.0.0.1:${port}; root ${site}; include ${place}/anteroom.conf; } }`)
  return start('usr/sbin/nginx', ['-p', place, '-c', join(place, 'nginx.conf')], `http://127.0.0.1:${port}/`, place)
}

/** The lines of a _headers file, read by Netlify's own library: `[{ for, forRegExp, values }]`. */
export async function headerLines(file) {
  const { headers, errors } = await parseAllHeaders({ headersFiles: [file], configHeaders: [], minimal: false })
  if (errors.length) throw new Error(errors.map(String).join('\n'))
  return headers
}

/**
 * Cloudflare Pages, by its own library: gives its answer to a path of a site whose files are `has(path)`.
 * The library is handed what its command line makes of a _headers file, which is not a part of it.
 */
export async function cloudflare(lines, has) {
  const folder = tool('pages')
  const { createMetadataObject } = await import(join(folder, 'metadata-generator/createMetadataObject.js'))
  const { generateHandler } = await import(join(folder, 'asset-server/handler.js'))
  const rules = lines.map(({ for: path, values }) => ({ path, headers: values, unsetHeaders: [] }))
  const metadata = createMetadataObject({ headers: { rules, invalid: [] }, deploymentId: 'test' })
  return (path) => generateHandler({
    request: new Request(`https://clinic.example${path}`),
    metadata,
    logError: (error) => { throw error },
    findAssetEntryForPath: async (path) => has(path) ? path : null,
    getAssetKey: (path) => path,
    negotiateContent: () => ({ encoding: null }),
    fetchAsset: async () => ({ body: new Blob(['x']).stream(), contentType: 'text/plain' }),
  })
}
