// Lets the full page work without a network once it was loaded. It keeps the widget's own files and the guide's texts, as a
// browser's cache does, and nothing else: no answer, no reply of a clinic's endpoint, no other page of the site.
//
// scripts/release.mjs writes its version and the files of the widget into it. Texts of the guide come from the server as
// long as it answers, so an edited sentence shows at the next reload. What it keeps is taken away by "forget", which the
// way out of the page sends (docs/decisions/0012-static-hosting.md).
const VERSION = '';
const FILES = [];
const root = new URL(registration.scope).pathname;
const mine = 'anteroom ' + root + ' ';
const SHELL = mine + VERSION;
const TEXTS = mine + 'texts';

// Once somebody left in a hurry, a file that is still on its way must not come to be kept after all.
let gone = false;

const isText = (path) => /^(content|clinics)\/[\w./-]+\.(toml|md)$/.test(path);
const keep = async (name, request, response) => {
  if (gone || !response.ok || response.redirected) return;
  await (await caches.open(name)).put(request, response);
  if (gone) await caches.delete(name);
};
const kept = async (name, request) => (await caches.open(name)).match(request, { ignoreSearch: true });

// Some servers send from index.html to the folder's address. A browser takes no answer with such a detour from a worker for
// a page, so it is kept without.
const fetched = async (file) => {
  const response = await fetch(file, { cache: file === 'index.html' ? 'no-cache' : 'default' });
  if (!response.ok) throw new Error(file + ' ' + response.status);
  return response.redirected ? new Response(response.body, { headers: response.headers }) : response;
};

addEventListener('install', (event) => {
  skipWaiting();
  event.waitUntil(caches.open(SHELL).then((cache) => Promise.all(
    FILES.map(async (file) => cache.put(file, await fetched(file))))));
});

addEventListener('activate', (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) {
    if (name.startsWith(mine) && name !== SHELL && name !== TEXTS) await caches.delete(name);
  }
  await clients.claim();
})()));

addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin || !pathname.startsWith(root)) return;
  const path = pathname.slice(root.length);
  if (request.mode === 'navigate') {
    if (path === '' || path === 'index.html') {
      event.respondWith(fetch(request).catch(async () => (await kept(SHELL, 'index.html')) || Response.error()));
    }
  } else if (FILES.includes(path)) {
    event.respondWith(kept(SHELL, request).then((file) => file || fetch(request)));
  } else if (isText(path)) {
    event.respondWith(fetch(request).then((response) => {
      event.waitUntil(keep(TEXTS, pathname, response.clone()));
      return response;
    }, async () => (await kept(TEXTS, pathname)) || Response.error()));
  }
});

addEventListener('message', (event) => {
  const { data } = event;
  if (data === 'forget') {
    gone = true;
    event.waitUntil((async () => {
      await registration.unregister();
      for (const name of await caches.keys()) if (name.startsWith(mine)) await caches.delete(name);
    })());
  } else if (data && Array.isArray(data.keep)) {
    // What the page read before this worker was there, and the pages that nobody has opened yet.
    event.waitUntil(Promise.all(data.keep.map(String).filter(isText).map(async (path) => {
      if (!await kept(TEXTS, root + path)) await fetch(path).then((response) => keep(TEXTS, root + path, response), () => {});
    })));
  }
});
