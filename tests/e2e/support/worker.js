// A service worker of the host page that writes down every request that passes it, and hands the list to whoever asks.
const log = []
addEventListener('install', () => skipWaiting())
addEventListener('activate', (event) => event.waitUntil(clients.claim()))
addEventListener('fetch', (event) => {
  const { request } = event
  const entry = [request.method, request.url, JSON.stringify([...request.headers])]
  log.push(entry)
  event.waitUntil(request.clone().text().then((body) => entry.push(body)))
})
addEventListener('message', ({ ports }) => ports[0].postMessage(log.map((entry) => entry.join(' '))))
