// Starts the widget in its page and is its only way to the outside. Stands inside index.html (scripts/build-static.mjs), behind
// embed/early.js.
//
// The page runs in one of four ways:
//   full page     opened by itself, or framed by hand: it loads its own files
//   #framed       framed by embed.js from another origin: it loads its own files, and talks with embed.js
//   #check        opened by itself, for the clinic: check.js checks the guide's files in place of the widget
//   #sealed       framed by embed.js from its own origin, sandboxed to an origin of its own, so that the host page
//                 cannot look in: it may fetch nothing, so embed.js hands the files in
//
// The contract with the wasm (src/browser/host.rs): window.anteroomHost has
//   options             Promise of { page, lang, phone, clinic, framed, alone, many }: what the host page wished for; empty
//                       texts if nothing. "alone": opened by itself, in no frame at all, so that something may be kept
//                       on this device. "many": opened with ?shared, on a computer for everybody, so that nothing more is
//   file(path)          Promise of the bytes (Uint8Array) of content/<path>, or for clinic:<path> of
//                       clinics/<clinic>/<path>; rejects with an Error whose message ends a sentence, such as "the server
//                       answered 404"
//   tell(name, detail)  tells the host page a state's name, and for "handed-off" the reference; nothing else ever.
//                       On the full page it becomes an event of the document, such as anteroom:ready
//   part()              Promise of the second part of the widget being there (docs/decisions/0020-two-files.md); rejects if
//                       it cannot be loaded, and may be called again
//   settled()           Promise of no key or button being held down on the first screens
//   early()             what was done on the first screens before the widget ran (embed/early.js), each [what, choice];
//                       the widget draws itself now
//   resume()            it is drawn, with that in it
//   leave()             wipes the page and goes to a neutral one
//   only(endpoint)      from now on nothing goes out of this page but to that address; to none if it is empty
//   keep(paths)         these files of the guide may be fetched in the background, for when there is no network
//   count(told)         calls told(files, others), now and whenever it changes: how many files of the widget's folder
//                       were asked for, this page among them, and the addresses of everything else
//
// The contract with embed.js: the frame posts "anteroom:hello" to its parent, which answers
// { anteroom: 1, page, lang, phone, clinic } with a MessagePort. Over the port go, from here,
//   { type: "file", id, path }           answered { id, bytes } or { id, error }
//   { type: "state", name, reference }   { type: "height", px }   { type: "leave" }   { type: "broken", why }
//   { type: "early" }                    the first screens are there, before the widget
//   { type: "escape" }                   the key was pressed and nothing in here used it: a dialog of embed.js closes
// and to here { type: "keydown" or "keyup", key }: a key of the page around the frame, and whether it was Shift.
// <html> has data-framed while the page is in a frame of embed.js, and data-loading until the widget and what it asks for by
// itself are there.
(() => {
  'use strict';
  const AWAY = 'https://www.weather.gov/';
  const SCRIPT = 'widget.js';
  const REST = 'rest.css';
  const WASM = 'widget_bg.wasm';
  const LATER = 'later.wasm';
  const PLAIN = /^(?:[^<>]|<\/?(?!script|iframe|object|embed|style|link|meta|base)[a-z][a-z0-9]*(?: (?!on|src|href|style|action|formaction)[a-z-]+(?:="[^"<>]*")?)*\/?>)*$/i;
  const framed = parent !== window && /^#(sealed|framed)$/.exec(location.hash);
  const sealed = framed && framed[1] === 'sealed';
  const text = (value) => typeof value === 'string' ? value : '';
  const parsed = new Promise((resolve) => addEventListener('DOMContentLoaded', resolve));

  // Of the sinks that turn a text into HTML or a script, only this much is open where the browser has Trusted Types: what
  // Leptos sets up of the code's own plain elements, and scripts of this folder.
  if (window.trustedTypes) {
    trustedTypes.createPolicy('default', {
      createHTML: (html) => PLAIN.test(html) ? html : null,
      createScriptURL: (address) => /^[\w-][\w.-]*\.js$/.test(address) ? address : null,
    });
  }

  // What was asked for since the page was opened, for the screen "What this page did".
  const own = new URL('.', location.href).href;
  let files = 1, endpoint = '', goal = '', told = () => {};
  const others = [];
  const did = (address) => {
    if (!/^https?:/.test(address)) return;
    if (address === goal) others.push(endpoint);
    else if (address.startsWith(own)) files++;
    else others.push(address);
    told(files, others);
  };
  new PerformanceObserver((list) => list.getEntries().forEach(({ name }) => did(name))).observe({ type: 'resource', buffered: true });
  const tally = (teller) => (told = teller)(files, others);
  const only = (address) => {
    endpoint = address;
    const { href, origin } = address ? new URL(address) : { href: '', origin: '' };
    goal = href;
    const goes = ((sealed ? '' : "'self' ") + origin).trim();
    const policy = document.createElement('meta');
    policy.httpEquiv = 'Content-Security-Policy';
    policy.content = 'connect-src ' + (goes || "'none'");
    document.head.append(policy);
  };

  // Whether somebody has pressed a key in here, or tapped. navigator.userActivation also counts the page around.
  let touched = false;
  for (const name of ['pointerdown', 'keydown']) {
    addEventListener(name, ({ isTrusted }) => { touched = touched || isTrusted; }, true);
  }

  // Over the port: the first message of the parent brings it, and nothing else that is posted here is heard.
  const asked = new Map();
  let count = 0;
  const connected = framed && new Promise((resolve) => {
    addEventListener('message', function first(event) {
      const port = event.ports[0];
      if (event.source !== parent || !port || !event.data || event.data.anteroom !== 1) return;
      removeEventListener('message', first);
      port.onmessage = ({ data }) => {
        const { id, bytes, error, type, key } = data || {};
        // The Shift key while the focus is on the page around this frame. Nobody is taken away from a page for the sake of
        // a frame that they never touched. The widget tells these from keys that were pressed in here (isTrusted).
        if (type === 'keydown' || type === 'keyup') {
          if (touched) dispatchEvent(new KeyboardEvent(type, { key: key === true ? 'Shift' : '' }));
          return;
        }
        const file = asked.get(id);
        asked.delete(id);
        if (!file) return;
        if (bytes instanceof ArrayBuffer) file.resolve(new Uint8Array(bytes));
        else file.reject(Error(typeof error === 'string' ? error : 'the page around it handed in something else'));
      };
      resolve({ port, wish: event.data });
    });
    document.documentElement.setAttribute('data-framed', '');
    parent.postMessage('anteroom:hello', '*');
  });
  const post = async (message) => (await connected).port.postMessage(message);
  const handedIn = (path) => new Promise((resolve, reject) => {
    const id = ++count;
    asked.set(id, { resolve, reject });
    did(own + path);
    post({ type: 'file', id, path });
  });

  const unanswered = () => { throw Error('the network did not answer'); };
  const answerOf = async (path, cache) => {
    const answer = await fetch(path, { cache }).catch(unanswered);
    if (!answer.ok) throw Error('the server answered ' + answer.status);
    return answer;
  };
  // "no-cache" asks the server whether a file changed: an edited sentence shows at the next reload.
  const fetched = async (path) => new Uint8Array(await (await answerOf(path, 'no-cache')).arrayBuffer().catch(unanswered));

  // What the first view needs is asked for before the wasm is there to ask. Each file is handed out once.
  const early = new Map();
  // Only a release names a worker, and only the full page starts it: sw.js says what it keeps.
  const texts = [];
  let worker;
  // In a sandbox the mere question is refused.
  try { if (parent === window) worker = navigator.serviceWorker; } catch {}
  const folder = async () => {
    const { clinic } = await options;
    if (!/^[a-z0-9_-]{1,64}$/.test(clinic)) throw Error('"' + clinic + '" cannot be the name of a clinic\'s folder: use a-z, 0-9, - and _');
    return 'clinics/' + clinic + '/';
  };
  const get = sealed ? handedIn : (path) => (texts.push(path), fetched(path));
  const read = (path) => path.startsWith('clinic:') ? folder().then((folder) => get(folder + path.slice(7))) : get('content/' + path);
  // Pages come when somebody reads. A worker gets them before, so that they can also be read without a network.
  const keep = async (paths) => {
    if (!worker || (navigator.connection && navigator.connection.saveData)) return;
    for (const path of paths) texts.push(path.startsWith('clinic:') ? await folder() + path.slice(7) : 'content/' + path);
    if (worker.controller) worker.controller.postMessage({ keep: texts });
  };
  const quietly = (coming) => (coming.catch(() => {}), coming);
  const query = new URLSearchParams(location.search);
  const ask = (path) => early.get(path) || early.set(path, quietly(read(path))).get(path);
  let smallest;
  const askEarly = (wished, clinic) => {
    const lang = /^[A-Za-z0-9-]{2,35}$/.test(wished) ? wished : 'en';
    smallest = ask('settings.toml');
    [lang + '/words.toml', 'screening.toml', lang + '/screening.toml'].forEach(ask);
    if (clinic) ask('clinic:settings.toml');
  };
  const checking = !framed && location.hash === '#check';
  if (!framed) addEventListener('hashchange', () => location.hash === '#check' && location.reload());
  // The second part enters the first by its memory and its table of functions.
  let started, later;
  const part = () => {
    later = later || (sealed ? handedIn(LATER) : answerOf(LATER, 'default').then((answer) => answer.arrayBuffer()))
      .then(async (bytes) => WebAssembly.instantiate(bytes, { __wasm_split: await started }));
    later.catch(() => { later = null; });
    return load(later);
  };
  const options = framed
    ? connected.then(({ wish }) => ({ page: text(wish.page), lang: text(wish.lang), phone: text(wish.phone), clinic: text(wish.clinic), framed: true, alone: false, many: true }))
    : parsed.then(() => ({
      page: text(query.get('page')), lang: text(query.get('lang')), phone: text(document.body.dataset.phone),
      clinic: text(query.get('clinic')), framed: false, alone: parent === window, many: query.has('shared'),
    }));
  if (framed) options.then(({ lang, clinic }) => askEarly(lang, clinic));
  else askEarly(text(query.get('lang')), text(query.get('clinic')));
  // The wasm and its script are asked for behind them, since the first screens need them alone: once one of the smallest is there, so
  // that the line is never idle.
  const line = options.then(() => smallest).catch(() => {});
  const scriptOf = (src) => new Promise((resolve, reject) => {
    const script = document.createElement('script');
    Object.assign(script, { src, onload: resolve, onerror: () => reject(Error(src + ' could not be loaded')) });
    document.head.append(script);
  });
  // A sheet that does not come keeps nobody from an answer.
  const styles = line.then(() => new Promise((resolve) => {
    const link = document.createElement('link');
    document.head.append(Object.assign(link, { rel: 'stylesheet', href: REST, onload: resolve, onerror: resolve }));
    setTimeout(resolve, 9000);
  }));
  const program = quietly(checking ? Promise.reject(Error()) : line.then(() => scriptOf(SCRIPT)));
  const wasm = quietly(checking ? Promise.reject(Error()) : line.then(() => sealed ? handedIn(WASM) : answerOf(WASM, 'default')));

  // What the widget does with something that came, and asks for then, it does before the next turn.
  let loading = 1;
  const load = (coming) => {
    loading++;
    coming.then(loaded, loaded);
    return coming;
  };
  const loaded = () => setTimeout(() => document.documentElement.toggleAttribute('data-loading', --loading > 0));
  document.documentElement.setAttribute('data-loading', '');
  const file = (path) => {
    const coming = early.get(path) || quietly(read(path));
    early.delete(path);
    return load(coming);
  };
  const tell = (name, detail) => {
    const reference = text(detail);
    if (framed) post({ type: 'state', name, reference });
    else document.dispatchEvent(new CustomEvent('anteroom:' + name, { detail: reference ? { reference } : null }));
  };
  const leave = () => {
    if (worker && worker.controller) worker.controller.postMessage('forget');
    document.body.textContent = '';
    if (framed) post({ type: 'leave' });
    else location.replace(AWAY);
  };
  // The first screens, until the widget takes the page over.
  let screens, taken = false;
  const showFirst = async (root) => {
    const { page, lang, clinic } = await options;
    const template = anteroomEarly.of(lang, clinic);
    if (page || !template || taken) return;
    // Each is looked at while the others are still on their way.
    const prints = await Promise.all(anteroomEarly.files(template).map((path) => ask(path).then(anteroomEarly.print)));
    if (!anteroomEarly.fits(template, prints) || taken) return;
    screens = anteroomEarly.show(root, template, () => {
      // What is kept on this device goes, too (src/browser/keep.rs).
      try { localStorage.removeItem('anteroom-kept'); } catch {}
      screens.taken();
      leave();
    });
    if (framed) post({ type: 'early' });
    // Nobody waits for ever, and no answer stays on a screen that nothing watches. If the widget comes after all, it is drawn.
    setTimeout(() => taken || broken(Error('it did not come within a minute')), 60_000);
  };
  const take = () => {
    taken = true;
    return screens ? screens.taken() : [];
  };
  const settled = () => screens ? screens.settled() : Promise.resolve();
  const resume = () => {
    loaded();
    if (screens) screens.resumed();
  };
  window.anteroomHost = { options, file, part, tell, leave, only, keep, settled, early: take, resume, count: tally };

  // The page that holds this frame in a dialog does not hear the keys that are pressed in here.
  if (framed) addEventListener('keydown', (event) => event.key === 'Escape' && !event.defaultPrevented && post({ type: 'escape' }));

  // Chromium takes a call or text link for leaving the page and asks "Leave site?" while there are answers. Nothing may
  // stand between a person and help, and the page does not go away, so the widget's own listener is passed over.
  let called = -Infinity;
  addEventListener('click', ({ target, timeStamp }) => {
    if (target instanceof Element && target.closest('a[href^="tel:"], a[href^="sms:"]')) called = timeStamp;
  }, true);
  addEventListener('beforeunload', (event) => {
    if (event.timeStamp - called < 1000) event.stopImmediatePropagation();
  }, true);

  // Wasm may be refused or missing. Help and the clinic's number are in the page or in the settings all the same.
  let wait;
  const broken = async ({ message }) => {
    taken = true;
    const told = screens && screens.failed();
    let { phone, lang, clinic } = await options;
    if (!phone) {
      const settings = new TextDecoder().decode(await file((clinic && 'clinic:') + 'settings.toml').catch(() => new Uint8Array()));
      phone = (/^\s*phone\s*=\s*"([^"]+)"/m.exec(settings) || [])[1];
    }
    const words = /^es\b/.test(lang)
      ? 'Las preguntas no se pueden mostrar en este navegador. Puede llamar a la clínica y preguntar'
      : 'The questions can not be shown in this browser. You can call the clinic and ask';
    if (wait) {
      wait.textContent = words + (phone ? ': ' + phone : '') + '.';
      if (/^es\b/.test(lang)) wait.lang = 'es';
    }
    if (!framed) return tell('failed');
    // The page around takes the frame away then, and nobody takes help away.
    await told;
    post({ type: 'broken', why: message });
  };
  parsed.then(async () => {
    const root = document.getElementById('anteroom');
    // With scripts off there is nothing to wait for, so the page says so only from here on.
    wait = document.getElementById('ar-wait');
    if (wait) wait.hidden = false;
    if (framed) {
      new ResizeObserver(() => post({ type: 'height', px: Math.ceil(root.getBoundingClientRect().bottom + scrollY) })).observe(root);
    }
    if (checking) {
      await styles;
      await scriptOf('check.js');
      return anteroomCheck(read, (await options).clinic);
    }
    quietly(showFirst(root));
    await program;
    if (typeof wasm_bindgen !== 'function') throw Error(SCRIPT + ' is not the widget');
    const module_or_path = await wasm.catch((error) => { throw Error(WASM + ': ' + error.message); });
    await styles;
    await (started = wasm_bindgen({ module_or_path }));
    const { worker: file } = document.body.dataset;
    if (file && worker) {
      worker.addEventListener('controllerchange', () => worker.controller && worker.controller.postMessage({ keep: texts }));
      // Without it all works as before, as long as there is a network.
      worker.register(file).catch(() => {});
    }
  }).catch(broken);
})();
