// Starts the widget in its page and is its only way to the outside. Stands inside index.html (scripts/build-static.mjs).
//
// The page runs in one of three ways:
//   full page     opened by itself, or framed by hand: it loads its own files
//   #framed       framed by embed.js from another origin: it loads its own files, and talks with embed.js
//   #sealed       framed by embed.js from its own origin, sandboxed to an origin of its own, so that the host page
//                 cannot look in: it may fetch nothing, so embed.js hands the files in
//
// The contract with the wasm (src/browser): window.anteroomHost has
//   options             Promise of { page, lang, phone, framed }: what the host page wished for; empty texts if nothing
//   file(path)          Promise of the bytes (Uint8Array) of content/<path>; rejects with an Error whose message ends
//                       a sentence, such as "the server answered 404"
//   tell(name, detail)  tells the host page a state's name, and for "handed-off" the reference; nothing else ever
//   leave()             wipes the page and goes to a neutral one
//
// The contract with embed.js: the frame posts "anteroom:hello" to its parent, which answers
// { anteroom: 1, page, lang, phone } with a MessagePort. Over the port go, from here,
//   { type: "file", id, path }   answered { id, bytes } or { id, error }
//   { type: "state", name, reference }   { type: "height", px }   { type: "leave" }   { type: "broken", why }
// On <html> stands data-framed while the page is in a frame of embed.js.
(() => {
  'use strict';
  const AWAY = 'https://www.weather.gov/';
  const WASM = 'widget_bg.wasm';
  const framed = parent !== window && /^#(sealed|framed)$/.exec(location.hash);
  const sealed = framed && framed[1] === 'sealed';
  const text = (value) => typeof value === 'string' ? value : '';
  const dom = new Promise((resolve) => addEventListener('DOMContentLoaded', resolve));
  const root = () => document.getElementById('anteroom');

  // The first message of the parent brings the port. Later ones come over the port only.
  const connected = framed && new Promise((resolve) => {
    addEventListener('message', function first(event) {
      if (event.source !== parent || !event.ports[0] || !event.data || event.data.anteroom !== 1) return;
      removeEventListener('message', first);
      resolve({ port: event.ports[0], wish: event.data });
    });
    document.documentElement.setAttribute('data-framed', '');
    parent.postMessage('anteroom:hello', '*');
  });
  const post = (message) => connected && connected.then(({ port }) => port.postMessage(message));

  const asked = new Map();
  let count = 0;
  const fromHost = async (path) => {
    const { port } = await connected;
    port.onmessage = ({ data }) => {
      const waiting = asked.get(data.id);
      asked.delete(data.id);
      if (waiting) data.error ? waiting.reject(Error(data.error)) : waiting.resolve(new Uint8Array(data.bytes));
    };
    return new Promise((resolve, reject) => {
      asked.set(++count, { resolve, reject });
      port.postMessage({ type: 'file', id: count, path });
    });
  };
  const answerOf = async (path, cache) => {
    const answer = await fetch(path, { cache }).catch(() => { throw Error('the network did not answer'); });
    if (!answer.ok) throw Error('the server answered ' + answer.status);
    return answer;
  };
  // "no-cache" asks the server whether a file changed: an edited sentence shows at the next reload.
  const fetched = async (path) => {
    const answer = await answerOf(path, 'no-cache');
    return new Uint8Array(await answer.arrayBuffer().catch(() => { throw Error('the network did not answer'); }));
  };

  // What the first view needs is asked for before the wasm can ask for it. Each is handed out once.
  const early = new Map();
  const read = (path) => (sealed ? fromHost : fetched)('content/' + path);
  const ask = (path) => {
    const coming = read(path);
    coming.catch(() => {});
    early.set(path, coming);
  };
  const query = new URLSearchParams(location.search);
  const options = framed
    ? connected.then(({ wish }) => ({ page: text(wish.page), lang: text(wish.lang), phone: text(wish.phone), framed: true }))
    : dom.then(() => ({
        page: text(query.get('page')), lang: text(query.get('lang')), phone: text(document.body.dataset.phone), framed: false,
      }));
  const askEarly = (wished) => {
    const lang = /^[A-Za-z0-9-]{2,35}$/.test(wished) ? wished : 'en';
    ['settings.toml', lang + '/words.toml', 'screening.toml', lang + '/screening.toml'].forEach(ask);
  };
  const wasm = sealed ? fromHost(WASM) : answerOf(WASM, 'default');
  wasm.catch(() => {});
  framed ? options.then(({ lang }) => askEarly(lang)) : askEarly(query.get('lang') || '');

  const tell = (name, detail) => {
    if (framed) post({ type: 'state', name, reference: text(detail) });
    else document.dispatchEvent(new CustomEvent('anteroom:' + name, { detail: detail ? { reference: text(detail) } : null }));
  };

  window.anteroomHost = {
    options,
    file(path) {
      const coming = early.get(path) || read(path);
      early.delete(path);
      return coming;
    },
    tell,
    leave() {
      document.body.textContent = '';
      framed ? post({ type: 'leave' }) : location.replace(AWAY);
    },
  };

  // Wasm may be refused or missing: the help links and the way to the clinic are in the page already.
  const broken = async (error) => {
    const { phone } = await options;
    const settings = phone ? '' : new TextDecoder().decode(await window.anteroomHost.file('settings.toml').catch(() => new Uint8Array()));
    const number = phone || (/^\s*phone\s*=\s*"([^"]+)"/m.exec(settings) || [])[1];
    const wait = document.getElementById('ar-wait');
    if (wait) wait.textContent = 'The questions can not be shown in this browser right now. You can call the clinic' + (number ? ': ' + number : '') + '.';
    framed ? post({ type: 'broken', why: text(error && error.message) }) : tell('failed');
  };
  dom.then(async () => {
    if (framed) {
      new ResizeObserver(() => post({ type: 'height', px: Math.ceil(root().getBoundingClientRect().bottom + scrollY) })).observe(root());
    }
    if (typeof wasm_bindgen !== 'function') throw Error('widget.js: the file is missing');
    await wasm_bindgen({ module_or_path: await wasm.catch((error) => { throw Error(WASM + ': ' + error.message); }) });
  }).catch(broken);
})();
