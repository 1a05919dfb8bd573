// Tells a clinic in sentences what is wrong with the widget on its page. It runs in two places:
//
// - on the clinic's own page, when its address has ?anteroom-check: embed.js loads this file before it begins, and a
//   report is drawn at the foot of the page. The check that opened that page, if any, gets the same sentences.
// - in embed-check.html, beside the widget's files: it looks at the folder, and at a page whose address is typed or whose
//   source is pasted.
//
// It reads the page's mark-up and what embed.js says; it never sees an answer, and sends nothing anywhere else.
(() => {
  'use strict';
  const { base, said, known } = window.anteroomEmbed;
  const home = new URL(base);
  const PATIENCE = 25000;
  const HELP = 'docs/embed.md has a recipe for each kind of site.';
  const problem = (text, remedy = '') => ({ level: 'problem', text, remedy });
  const note = (text, remedy = '') => ({ level: 'note', text, remedy });
  const fine = (text) => ({ level: 'fine', text, remedy: '' });

  // ---- The folder: every file that the widget needs -------------------------------------------------

  const get = async (path) => {
    const answer = await fetch(new URL(path, base), { cache: 'no-cache' }).catch(() => null);
    if (!answer) return { path, fault: 'the network did not answer' };
    if (!answer.ok) return { path, fault: 'the server answered ' + answer.status };
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return { path, bytes, text: new TextDecoder().decode(bytes), headers: answer.headers };
  };
  const looksLikePage = (text) => /^\s*<(!doctype|html|head|body)/i.test(text);
  const strings = (text, key) => {
    const list = new RegExp('^\\s*' + key + '\\s*=\\s*\\[([^\\]]*)\\]', 'm').exec(text);
    return list ? [...list[1].matchAll(/"([^"]*)"/g)].map(([, one]) => one) : [];
  };
  const value = (text, key) => (new RegExp('^\\s*' + key + '\\s*=\\s*"([^"]*)"', 'm').exec(text) || [])[1] || '';
  const secure = (address) => /^https:/.test(address) || /^http:\/\/(localhost|127\.0\.0\.1)[:/]/.test(address);

  /** What is wrong with the widget's folder, as far as these widgets use it. `wishes` are the attributes of each. */
  const folder = async (wishes, elsewhere) => {
    const found = [];
    const index = await get('index.html');
    if (index.fault) return [problem('The widget\'s page ' + base + 'index.html cannot be read: ' + index.fault + '.', 'Upload the whole folder, index.html too.')];
    if (!/anteroom/.test(index.text)) {
      return [problem('Another page stands at ' + base + 'index.html.', 'Give the widget a folder of its own, such as /anteroom/, and upload all its files there.')];
    }
    const framing = (index.headers.get('x-frame-options') || '').toUpperCase();
    const ancestors = /frame-ancestors([^;]*)/.exec(index.headers.get('content-security-policy') || '');
    if (framing === 'DENY' || (framing && elsewhere)) {
      found.push(problem('The server sends "X-Frame-Options: ' + framing + '" with the widget\'s page, so browsers refuse to show it inside of another page.',
        'Ask your host to leave that header out for ' + home.pathname + '.'));
    }
    if (ancestors) found.push(note('The server lets only these sites show the widget:' + ancestors[1] + '.', 'Your page\'s site must be among them.'));

    const named = [...index.text.matchAll(/(?:href|src)="([\w./-]+\.(?:js|css))"/g)].map(([, path]) => path);
    const wasm = [...index.text.matchAll(/[\w.-]+\.wasm/g)].map(([path]) => path);
    const settings = await get('content/settings.toml');
    const languages = settings.text ? strings(settings.text, 'languages') : [];
    const words = (languages.length ? languages : ['en']).flatMap((lang) => [lang + '/words.toml', lang + '/screening.toml']);
    const paths = [...new Set([...named, ...wasm, ...['settings.toml', 'screening.toml', ...words].map((path) => 'content/' + path)])];
    const files = await Promise.all(paths.map((path) => path === settings.path ? settings : get(path)));
    for (const { path, fault, text, bytes, headers } of files) {
      if (fault) found.push(problem('The file ' + path + ' cannot be read: ' + fault + '.', 'Upload it again to ' + base + path + '.'));
      else if (looksLikePage(text)) found.push(problem('In place of the file ' + path + ' the server sends a web page.', 'Upload the file. If it is there, ask your host why it is not sent.'));
      else if (path.endsWith('.wasm')) {
        if (String(bytes.slice(0, 4)) !== '0,97,115,109') found.push(problem('The file ' + path + ' is damaged.', 'Upload it again, in binary mode if your program asks.'));
        const type = headers.get('content-type') || 'no type at all';
        if (!/^application\/wasm\b/.test(type)) {
          found.push(note('The server calls ' + path + ' "' + type + '". The widget works, but starts later than it could.', 'Ask your host to send .wasm files as "application/wasm".'));
        }
      }
    }
    if (!found.some(({ level }) => level === 'problem')) found.unshift(fine('All ' + (files.length + 1) + ' files that the widget starts with are in ' + base + '.'));

    const guide = settings.text || '';
    const endpoint = value(guide, 'endpoint');
    if (endpoint && !secure(endpoint)) found.push(problem('Requests would go to ' + endpoint + ', which is not an https address.', 'Write an https address behind endpoint in content/settings.toml.'));
    if (/555 010 0142/.test(value(guide, 'phone'))) found.push(problem('The phone number in content/settings.toml is still the example\'s.', 'Write your own name, phone and hours under [clinic].'));
    for (const { clinic, page, lang } of wishes) {
      let own = { text: '' };
      if (clinic) {
        own = await get('clinics/' + clinic + '/settings.toml');
        if (own.fault) found.push(problem('There is no folder clinics/' + clinic + ' (' + own.fault + ').', 'Upload it, or change data-clinic. Until then no result is milder than "review".'));
        for (const path of own.fault ? [] : strings(own.text, 'files')) {
          const file = await get('clinics/' + clinic + '/' + path);
          if (file.fault) found.push(problem('clinics/' + clinic + '/settings.toml names ' + path + ', which cannot be read: ' + file.fault + '.', 'Upload it, or take it out of the list files.'));
        }
      }
      if (lang && languages.length && !languages.some((one) => one === lang || one === lang.split('-')[0])) {
        found.push(problem('data-lang="' + lang + '" asks for a language that the guide does not have.', 'It has ' + languages.join(', ') + '.'));
      }
      if (page && guide && !(guide + (own.text || '')).includes('"' + page + '"')) {
        found.push(problem('data-page="' + page + '" asks for a page that the guide does not have.', 'The pages are listed under [[page_group]] in content/settings.toml.'));
      }
    }
    return found;
  };

  // ---- The page: its mark-up, and its security policy -----------------------------------------------

  /** The attributes of each widget in a document. */
  const widgets = (root) => [...root.querySelectorAll('[data-anteroom], anteroom-widget')];
  const wishOf = (element) => Object.fromEntries(Object.keys(known).map((key) => [key,
    element.getAttribute('data-' + key) ?? (element.localName === 'anteroom-widget' ? element.getAttribute(key) : null) ?? '']));

  /** Whether a list of sources lets an address through; null where only a browser can tell. */
  const allows = (sources, address, self) => {
    const { protocol, origin, host } = new URL(address);
    if (sources.some((source) => /^'(nonce-|sha\d+-|strict-dynamic)/.test(source))) return null;
    return sources.some((source) => source === '*' || source === protocol || (source === '\'self\'' && origin === self) ||
      source.replace(/\/.*/, '') === host || new URL(source.includes('://') ? source.replace('*.', 'any.') : 'about:blank').origin === origin ||
      (source.includes('*.') && host.endsWith(source.replace(/^.*\*/, '').replace(/\/.*/, ''))));
  };
  /** What a Content-Security-Policy would keep from working. */
  const policy = (text, self) => {
    const directives = new Map(text.split(';').map((one) => one.trim().split(/\s+/)).filter(([name]) => name).map(([name, ...sources]) => [name.toLowerCase(), sources]));
    const need = [[['script-src-elem', 'script-src', 'default-src'], 'load embed.js'], [['frame-src', 'child-src', 'default-src'], 'show the widget\'s frame']];
    if (self === home.origin) need.push([['connect-src', 'default-src'], 'read the widget\'s files']);
    return need.flatMap(([names, what]) => {
      const name = names.find((name) => directives.has(name));
      const ok = !name || allows(directives.get(name), base, self);
      if (ok) return [];
      const remedy = 'Add ' + home.origin + ' to ' + names[0].replace('-elem', '') + ' where your site sets its Content-Security-Policy.';
      return ok === null ? [note('Whether this page may ' + what + ' is decided by a code in its security policy (' + name + ').', 'Open the page with ?anteroom-check to see it.')]
        : [problem('This page\'s security policy (' + name + ') does not let it ' + what + '.', remedy)];
    });
  };

  /** What can be told from a page's source alone. */
  const source = (html, self, header) => {
    const page = new DOMParser().parseFromString(html, 'text/html');
    const found = [];
    const scripts = [...page.querySelectorAll('script')].filter(({ attributes }) => [...attributes].some(({ value }) => /embed\.js/.test(value)));
    const places = widgets(page);
    if (/&lt;(script|div|anteroom)[^<]*(embed\.js|data-anteroom)/.test(html)) {
      found.push(problem('The line stands on the page as text that people read, not as code.', 'Paste it into a block or field for HTML code. ' + HELP));
    }
    if (!scripts.length) {
      found.push(problem('The script is missing: nothing on this page loads embed.js.', places.length
        ? 'Your editor has taken the <script> out. Use the plugin or the field for code of your kind of site. ' + HELP
        : 'Paste the two lines of your recipe. If you did, publish the page and empty the site\'s cache. ' + HELP));
    }
    for (const script of scripts) {
      const src = script.getAttribute('src');
      if (!src) found.push(problem('A cookie banner or a speed plugin holds embed.js back until somebody agrees.', 'Name embed.js as necessary there: it sets no cookie and sends nothing.'));
      else if (script.type && !/javascript|module/.test(script.type)) found.push(problem('embed.js has the type "' + script.type + '", so no browser runs it. A cookie banner does that until somebody agrees.', 'Name embed.js as necessary there: it sets no cookie and sends nothing.'));
      if (/^http:/.test(src) && !secure(src)) found.push(problem('embed.js is loaded from an address that is not https: ' + src + '.', 'Write https.'));
    }
    if (!places.length) found.push(problem('No element on this page has data-anteroom, so the widget has no place.', 'Your editor may have taken the attribute out. ' + HELP));
    for (const element of places) found.push(...attributes(element));
    const policies = [header, ...[...page.querySelectorAll('meta[http-equiv="Content-Security-Policy" i]')].map(({ content }) => content)];
    for (const text of policies) if (text) found.push(...policy(text, self));
    if (!found.some(({ level }) => level === 'problem')) found.unshift(fine('The page\'s source has the script and ' + places.length + (places.length === 1 ? ' place' : ' places') + ' for the widget.'));
    return { found, wishes: places.map(wishOf) };
  };

  const attributes = (element) => [...element.attributes].flatMap(({ name, value }) => {
    const key = name.replace('data-', '');
    if (name === 'data-anteroom' || key === name && !(element.localName === 'anteroom-widget' && known[key])) return [];
    if (!known[key]) return [problem('There is no attribute ' + name + '.', 'There are data-' + Object.keys(known).join(', data-') + '.')];
    return known[key][0].test(value) ? [] : [problem(name + '="' + value + '" is not understood.', 'Write ' + known[key][1] + '.')];
  });

  // ---- On the clinic's page -------------------------------------------------------------------------

  const onPage = async () => {
    const blocked = [];
    document.addEventListener('securitypolicyviolation', (event) => blocked.push(event));
    const states = new Map();
    let again = () => {};
    for (const name of ['ready', 'failed']) {
      document.addEventListener('anteroom:' + name, ({ target }) => {
        states.set(target, name);
        again();
      });
    }
    if (document.readyState !== 'complete') await new Promise((resolve) => addEventListener('load', resolve));
    const places = widgets(document);
    const wishes = places.map(wishOf);
    await new Promise((resolve) => {
      const waited = places.filter((_, index) => !['dialog', 'full'].includes(wishes[index].mode));
      again = () => waited.every((place) => states.has(place)) && resolve();
      again();
      setTimeout(resolve, PATIENCE);
    });
    const found = [fine('embed.js runs on this page. It comes from ' + base + '.')];
    if (!places.length) found.push(problem('No element on this page has data-anteroom, so the widget has no place.', 'Your editor may have taken the attribute out. ' + HELP));
    const bases = [...document.querySelectorAll('script[src*="embed.js"]')].map(({ src }) => new URL('.', src).href);
    if (new Set(bases).size > 1) found.push(note('embed.js is loaded from several folders: ' + [...new Set(bases)].join(', ') + '. Only the first counts.', 'Take the others out.'));
    if (!secure(location.href)) found.push(problem('This page is not opened by https, so some browsers refuse to copy and to send.', 'Switch https on at your host, and link to the https address.'));
    const kinds = { 'frame-src': 'frame-src', 'child-src': 'frame-src', 'connect-src': 'connect-src', 'script-src-elem': 'script-src', 'script-src': 'script-src' };
    for (const { effectiveDirective, blockedURI } of blocked) {
      if (!kinds[effectiveDirective] || !String(blockedURI).startsWith(home.origin)) continue;
      found.push(problem('This page\'s security policy (' + effectiveDirective + ') does not let it load ' + blockedURI + '.',
        'Add ' + home.origin + ' to ' + kinds[effectiveDirective] + ' where your site sets its Content-Security-Policy.'));
    }
    said.forEach((sentence) => found.push(problem(sentence.startsWith('data-') ? sentence : sentence[0].toUpperCase() + sentence.slice(1))));
    places.forEach((place, index) => {
      const which = places.length > 1 ? 'Widget ' + (index + 1) : 'The widget';
      const { mode, button } = wishes[index];
      const frame = place.querySelector('iframe');
      const { width } = place.getBoundingClientRect();
      if (mode === 'dialog' || mode === 'full') found.push(fine(which + ' is a button on this page. Press it to see that it opens.'));
      else if (states.get(place) === 'ready') found.push(fine(which + ' shows its questions.'));
      else if (!states.has(place)) found.push(problem(which + ' has not started within ' + PATIENCE / 1000 + ' seconds.', 'Reload this page. If it stays so, open ' + base + 'embed-check.html.'));
      if (button && !['dialog', 'full'].includes(mode)) found.push(note(which + ' has data-button, but nothing to press.', 'Add data-mode="dialog" or data-mode="full".'));
      if (!width || getComputedStyle(place).visibility === 'hidden') found.push(problem(which + ' stands in a part of the page that is hidden.', 'Show that part, or put the line elsewhere.'));
      else if (width < 260) found.push(note(which + ' has only ' + Math.round(width) + ' pixels of width.', 'Give it a wider column, or use data-mode="dialog".'));
      for (let around = place; frame && around && around !== document.body; around = around.parentElement) {
        if (getComputedStyle(around).overflowY === 'hidden' && around.clientHeight > 0 && around.clientHeight < around.scrollHeight - 2) {
          found.push(problem(which + ' is cut off: the part of the page around it has a fixed height of ' + around.clientHeight + ' pixels.', 'Let that part grow with what it holds.'));
          break;
        }
      }
      if (!place.textContent.replace(place.querySelector('button, a')?.textContent ?? '', '').trim()) {
        found.push(note(which + ' has no words of your own for when it cannot be shown.', 'Write your phone number between the tags. Until then a link and 988 stand in.'));
      }
    });
    if (self === top) found.push(...(home.origin === location.origin ? await folder(wishes, false)
      : [note('The widget\'s files are on another address, so this page cannot look at them.', 'Open ' + base + 'embed-check.html to check them.')]));
    else found.push(note('This page is itself inside of a frame of the site builder, which fixes its height.', 'Make that frame about 900 pixels high, or link to ' + base + 'index.html.'));
    if (window.opener) window.opener.postMessage({ anteroom: 'check', found }, home.origin);
    report(document.body, found, true);
  };

  // ---- The report -----------------------------------------------------------------------------------

  const LOOK = ':host{all:initial;display:block;font:16px/1.5 system-ui,sans-serif;color:#1d1d1b;background:#fffefa}' +
    'section{max-width:46rem;margin:auto;padding:1.25rem}.panel{border-top:4px solid #155e63}h2{font-size:1.35rem;margin:0 0 .5rem}' +
    'ul{list-style:none;margin:1rem 0;padding:0}li{margin:.5rem 0;padding:.6rem .9rem;border-inline-start:5px solid #8a8a80;background:#f4f2ec}' +
    'li.problem{border-color:#b3261e}li.fine{border-color:#2e7d4f}strong{display:inline-block;margin-inline-end:.5em}em{display:block;font-style:normal;color:#4a4a44}' +
    'button{font:inherit;padding:.5rem 1rem;border:1px solid #155e63;border-radius:6px;background:#fff;color:#155e63}:focus-visible{outline:3px solid #155e63;outline-offset:2px}';
  const LABEL = { problem: 'To mend:', note: 'To know:', fine: 'Fine:' };
  const make = (name, ...inner) => {
    const element = document.createElement(name);
    element.append(...inner);
    return element;
  };
  /** Draws the sentences, worst first, apart from the page's own styles; `panel` is null where nobody asked for it yet. */
  const report = (place, found, panel) => {
    const host = make('div');
    const root = host.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(LOOK);
    root.adoptedStyleSheets = [sheet];
    const problems = found.filter(({ level }) => level === 'problem').length;
    const title = make('h2', problems === 0 ? 'The widget is set up well' : problems === 1 ? 'One thing to mend' : problems + ' things to mend');
    title.tabIndex = -1;
    const seen = new Set();
    const list = make('ul', ...['problem', 'note', 'fine'].flatMap((level) => found.filter((one) => one.level === level && !seen.has(one.text) && seen.add(one.text))).map(({ level, text, remedy }) => {
      const item = make('li', make('strong', LABEL[level]), text, ...(remedy ? [make('em', remedy)] : []));
      item.className = level;
      return item;
    }));
    const section = make('section', title, list);
    section.setAttribute('aria-label', 'Check of the widget');
    if (panel) {
      section.className = 'panel';
      section.append(make('p', 'Only who opens this address with ?anteroom-check sees this report. Patients do not. Nothing was sent.'));
      const close = make('button', 'Close this report');
      close.type = 'button';
      close.onclick = () => host.remove();
      section.append(close);
    }
    root.append(section);
    host.id = 'anteroom-report';
    host.lang = 'en';
    host.dir = 'ltr';
    if (panel) place.append(host);
    else place.replaceChildren(host);
    if (panel === null) return;
    host.scrollIntoView();
    title.focus({ preventScroll: true });
  };

  // ---- embed-check.html -----------------------------------------------------------------------------

  const onOwnPage = async (form) => {
    const place = (id) => document.getElementById(id);
    const say = (words) => { place('said').textContent = words; };
    let opened;
    let waiting;
    form.onsubmit = async (event) => {
      event.preventDefault();
      const typed = place('address').value.trim();
      let address;
      try {
        address = new URL(/^https?:/.test(typed) ? typed : 'https://' + typed);
      } catch {
        return say('This is not a web address. Write it as your browser shows it, for example https://clinic.example/ketamine.');
      }
      const answer = address.origin === location.origin && await fetch(address, { cache: 'no-cache' }).catch(() => null);
      const plain = answer && answer.ok ? source(await answer.text(), location.origin, answer.headers.get('content-security-policy')) : null;
      if (answer && !answer.ok) return say('The page ' + address + ' cannot be read: the server answered ' + answer.status + '.');
      if (plain) report(place('report'), plain.found.concat(await folder(plain.wishes, false)), false);
      const missing = plain && plain.found.some(({ text }) => text.startsWith('The script is missing'));
      if (missing) return say('');
      address.searchParams.set('anteroom-check', '1');
      opened = window.open(address);
      if (!opened) return say('Your browser does not let this page open yours. Open this address yourself: ' + address);
      say('Your page is open in another tab. Its report comes here as well, in half a minute at most.');
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        say('');
        report(place('report'), [
          problem('Your page did not answer: embed.js did not run on it.', 'Look into that tab. If there is a report at its foot, all of this is untrue.'),
          note('The script may be missing: some editors take <script> out when a page is saved.', HELP),
          note('The page\'s security policy may refuse it.', 'Add ' + home.origin + ' to script-src and frame-src where your site sets its Content-Security-Policy.'),
          note('A cookie banner or a speed plugin may hold it back.', 'Name embed.js as necessary there.'),
          note('embed.js on your page may be an older one, or come from another folder than ' + base + '.', 'Load it from ' + base + 'embed.js.'),
          note('The page may be for members only, not published, or come out of a cache.', 'Publish it, and empty the site\'s cache.'),
          note('To be told more, paste the page\'s source into the field below.'),
        ], false);
      }, PATIENCE + 10000);
    };
    addEventListener('message', ({ source, data }) => {
      if (source !== opened || !data || data.anteroom !== 'check' || !Array.isArray(data.found)) return;
      clearTimeout(waiting);
      say('');
      const texts = data.found.map(({ level, text, remedy }) => ({ level: String(level), text: String(text), remedy: String(remedy) }));
      report(place('report'), texts, false);
    });
    place('paste').onsubmit = async (event) => {
      event.preventDefault();
      const { found, wishes } = source(place('source').value, '', '');
      report(place('report'), found.concat(await folder(wishes, true)), false);
    };
    const wanted = new URLSearchParams(location.search).get('clinic');
    report(place('folder'), await folder([{ clinic: wanted || '' }], false), null);
  };

  const form = document.getElementById('anteroom-check-form');
  if (form && document.currentScript.src === base + 'embed-check.js' && location.href.startsWith(base)) onOwnPage(form);
  else onPage();
})();
