// What a web server should say of each file of a release, once, and the same written for the servers that clinics have.

/** A hashed name: what stands under it never changes. */
export const HASHED = /-[0-9a-f]{10}\.(?:js|css|wasm)$/

const FOR_ALL = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
}
const FOREVER = { 'Cache-Control': 'public, max-age=31536000, immutable' }
const ASK = { 'Cache-Control': 'no-cache' }
// A page on another origin may check embed.js by its SRI string only if the answer says that it may read it.
const FOR_OTHERS = { 'Access-Control-Allow-Origin': '*' }
// What index.html says of itself in its <meta>; a header says the same of pages that have no scripts at all.
const NO_SCRIPT = { 'Content-Security-Policy': "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'" }

/** The headers of a file, by its path in the release. */
export function headersOf(path) {
  return {
    ...FOR_ALL,
    ...(HASHED.test(path) ? FOREVER : ASK),
    ...(path === 'embed.js' ? FOR_OTHERS : {}),
    ...(path.startsWith('pages/') ? NO_SCRIPT : {}),
  }
}

const lines = (headers, line) => Object.entries(headers).map(([name, value]) => line(name, value)).join('\n')

/** The files for the servers, by name. `hashed` are the hashed names; `at` is the folder on the web space. */
export function hostingFiles(hashed, at = '/anteroom') {
  const nginx = (headers) => lines(headers, (name, value) => `        add_header ${name} "${value}" always;`)
  const netlify = (headers) => lines(headers, (name, value) => `  ${name}: ${value}`)
  const apache = (headers, inset = '  ') => lines(headers, (name, value) => `${inset}Header always set ${name} "${value.replaceAll('"', '\\"')}"`)
  return {
    'nginx.conf': `# For nginx: put this file beside your site's own and write, inside of its server { }:
#   include /etc/nginx/anteroom.conf;
# Change ${at} if the folder lies elsewhere. gzip_static sends the .gz files that lie beside; with the brotli module
# add "brotli_static on;" beside it.
location ${at}/ {
    gzip_static on;
    gzip_vary on;
    autoindex off;
    include mime.types;
    types { text/plain toml md; }
    charset utf-8;
    charset_types text/css text/plain text/javascript application/javascript;

    location ~ -[0-9a-f]+\\.(js|css|wasm)$ {
${nginx(headersOf('x-0123456789.js'))}
    }
    location = ${at}/embed.js {
${nginx(headersOf('embed.js'))}
    }
    location ${at}/pages/ {
${nginx(headersOf('pages/x.html'))}
    }
    location ${at}/ {
${nginx(headersOf('index.html'))}
    }
}
`,
    'apache.htaccess': `# For Apache 2.4: copy this file into the widget's folder under the name .htaccess
# If the folder then answers "500", take the file away again: your host does not allow it, and all works without it.
AddType application/wasm .wasm
AddType "text/plain; charset=utf-8" .toml .md
AddType "text/javascript; charset=utf-8" .js
AddType "text/css; charset=utf-8" .css
AddDefaultCharset utf-8
<IfModule mod_headers.c>
${apache(headersOf('index.html'))}
  <FilesMatch "-[0-9a-f]{10}\\.(js|css|wasm)(\\.(br|gz))?$">
${apache(FOREVER, '    ')}
  </FilesMatch>
  <FilesMatch "^embed\\.js(\\.(br|gz))?$">
${apache(FOR_OTHERS, '    ')}
  </FilesMatch>
  <FilesMatch "\\.(js|css|wasm)(\\.(br|gz))?$">
    Header always merge Vary Accept-Encoding
  </FilesMatch>
  <If "%{REQUEST_URI} =~ m#/pages/#">
${apache(NO_SCRIPT, '    ')}
  </If>
</IfModule>
<IfModule mod_rewrite.c>
  RewriteEngine On
  # No list of what is in a folder.
  RewriteCond %{REQUEST_FILENAME} -d
  RewriteCond %{REQUEST_FILENAME}/index.html !-f
  RewriteRule ^ - [R=404,L]
  RewriteCond %{HTTP:Accept-Encoding} \\bbr\\b
  RewriteCond %{REQUEST_FILENAME}.br -f
  RewriteRule ^(.+)\\.(js|css|wasm)$ $1.$2.br [L]
  RewriteCond %{HTTP:Accept-Encoding} \\bgzip\\b
  RewriteCond %{REQUEST_FILENAME}.gz -f
  RewriteRule ^(.+)\\.(js|css|wasm)$ $1.$2.gz [L]
</IfModule>
${[['js', 'text/javascript; charset=utf-8'], ['css', 'text/css; charset=utf-8'], ['wasm', 'application/wasm']].flatMap(([end, type]) => [['br', 'br'], ['gz', 'gzip']].map(([file, coding]) => `<FilesMatch "\\.${end}\\.${file}$">
  ForceType "${type}"
  RemoveEncoding .${file}
  SetEnv no-gzip 1
  SetEnv no-brotli 1
  <IfModule mod_headers.c>
    Header set Content-Encoding ${coding}
  </IfModule>
</FilesMatch>`)).join('\n')}
`,
    '_headers': `# For Netlify and Cloudflare Pages: put these lines into the file _headers at the top of your site.
# Change ${at} if the folder lies elsewhere. Both compress by themselves, and both say "ask each time" of what no line here
# names. No file gets the same header from two lines: one of the two would join them, and the other choose.
${at}/*
${netlify(FOR_ALL)}
${hashed.map((name) => `${at}/${name}\n${netlify(FOREVER)}`).join('\n')}
${at}/embed.js
${netlify(FOR_OTHERS)}
${at}/pages/*
${netlify(NO_SCRIPT)}
`,
    's3.sh': `#!/bin/sh
# For S3: sh s3.sh BUCKET [FOLDER]   (inside of the unpacked release, with the aws command set up)
# CloudFront: choose the managed cache policy "CachingOptimized", which keeps what these headers say (a file with "no-cache" for
# one second), and set "Compress objects automatically"; add a response headers policy with
${lines(FOR_ALL, (name, value) => `#   ${name}: ${value}`)}
# S3 knows no first page of a folder: link to ${at}/index.html and ${at}/pages/index.html.
# The clinic's own folders content/ and clinics/ are sent only if they are not there yet: an update leaves them alone.
set -eu
to="s3://$1/\${2:-anteroom}"
send() { aws s3 sync anteroom "$to" --exclude '*' "$@"; }
send ${hashed.filter((name) => !name.endsWith('.wasm')).map((name) => `--include '${name}'`).join(' ')} --cache-control '${FOREVER['Cache-Control']}'
send ${hashed.filter((name) => name.endsWith('.wasm')).map((name) => `--include '${name}'`).join(' ')} --content-type application/wasm --cache-control '${FOREVER['Cache-Control']}'
send --include '*.html' --include '*.css' --include '*.js' --include '*.txt' --include '*.zip' --exclude '*-??????????.*' --exclude 'content/*' --exclude 'clinics/*' --exclude 'hosting/*' --cache-control no-cache
if ! aws s3 ls "$to/content/settings.toml" >/dev/null 2>&1; then
  send --include 'content/*' --include 'clinics/*' --content-type 'text/plain; charset=utf-8' --cache-control no-cache
fi
`,
  }
}
