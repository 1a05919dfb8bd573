// Puts the widget into a clinic's page:
//
//   <script src="https://clinic.example/anteroom/embed.js" async></script>
//   <div data-anteroom data-phone="+1 555 010 0142">What to show when the widget cannot: call us.</div>
//
// or, where a site builder asks for a tag of its own, <anteroom-widget phone="+1 555 010 0142"></anteroom-widget>.
// docs/embed.md has every attribute and a recipe for each kind of site; KNOWN below is the list that is checked.
// The element gets the events anteroom:ready, -:started, -:finished, -:handed-off (detail.reference), -:help-opened
// and -:failed. No event ever holds an answer or a level.
//
// The frame is sandboxed to an origin of its own, so that nothing on this page can read what a person answers
// (docs/decisions/0004-sealed-frame.md). It therefore may fetch nothing, and the files are handed in from here. The contract
// with the frame stands at the top of start.js. What the element held stays until the widget or its first screens
// (early.js) can be used, and comes back if it ever fails. Why the modes are as they are: docs/decisions/0010-ways-to-embed.md.
(() => {
  'use strict';
  // Every file of the widget that is named here: its page, the check of a clinic's page, and what the frame may ask for.
  const PAGE = 'index.html';
  const CHECK = 'embed-check.js';
  const MAY_ASK = /^([\w-]+(\.[\w-]+)*\.wasm|(content|clinics)(\/[\w-]+(\.[\w-]+)*)+)$/;

  const PATIENCE = 20000;
  const AWAY = 'https://www.weather.gov/';
  const ID = /^[\w-]{1,64}$/;
  const LANG = /^[a-z]{2,3}(-[a-z\d]+)*$/i;
  // Each attribute as data-..., and on <anteroom-widget> without it too: what it may be, and how to say so.
  const KNOWN = {
    page: [ID, 'a page, such as "myths"'],
    lang: [LANG, 'a language, such as "es"'],
    phone: [/\d/, 'a phone number'],
    clinic: [ID, 'a folder in clinics/'],
    mode: [/^(page|dialog|full)$/, '"page", "dialog" or "full"'],
    load: [/^(near|now)$/, '"near" or "now"'],
    height: [/^[1-9]\d*$/, 'a number of pixels'],
    button: [/\S/, 'some words'],
    'button-class': [/\S/, 'names of classes'],
  };
  const REMEDY = '. Check that the whole folder is uploaded: open this page with ?anteroom-check.';
  const STATES = /^(ready|started|finished|handed-off|help-opened|failed)$/;
  // Why each stands there: docs/decisions/0004-sealed-frame.md.
  const SANDBOX = 'allow-scripts allow-forms allow-modals allow-downloads allow-popups allow-popups-to-escape-sandbox';
  const ENGLISH = ['Get ready to talk', 'Close', 'Call the clinic: ', 'In a crisis, call or text 988.'];
  const SPANISH = ['Prepárese para hablar', 'Cerrar', 'Llame a la clínica: ', 'En una crisis, llame al 988 y oprima 2.'];
  // Nothing of the host page's styles may reach what we draw, not even what it marks as important.
  const BUTTON = 'display:inline-block;cursor:pointer;padding:12px 20px;border-radius:6px;font:600 17px/1.3 system-ui;color:#fff;background:#155e63';

  const said = [];
  const warn = (sentence) => {
    said.push(sentence);
    console.warn('Anteroom: ' + sentence);
  };
  if (window.anteroomEmbed) return;
  const script = document.currentScript || document.querySelector('script[src*="embed.js"]');
  if (!script || !script.src) return warn('load embed.js by <script src="...">.');
  const { href: base, origin } = new URL('.', script.src);
  const sealed = origin === self.origin;
  const root = document.documentElement;
  window.anteroomEmbed = { base, said, known: KNOWN };

  const frames = new Map();
  const dress = (element, css) => {
    element.style.cssText = ('all:initial;' + css).replace(/;|$/g, '!important;');
  };
  const make = (tag, parent, css) => {
    const element = document.createElement(tag);
    if (css) dress(element, css);
    parent.append(element);
    return element;
  };
  /** One widget on the page. */
  const begin = (element) => {
    const own = element.localName === 'anteroom-widget';
    const wish = {};
    const take = (key, value) => KNOWN[key][0].test(value) && (wish[key] = value);
    for (const { name, value } of element.attributes) {
      const key = name.replace('data-', '');
      if (name === 'data-anteroom' || key === name && !(own && KNOWN[key])) continue;
      if (!KNOWN[key]) warn('there is no ' + name + '. There are data-' + Object.keys(KNOWN).join(', data-') + '.');
      else if (!take(key, value)) warn(name + '="' + value + '" is not understood. Write ' + KNOWN[key][1] + '.');
    }
    // What the address of the clinic's page asks for, as in #anteroom=myths or #anteroom=&lang=es. It is told nothing.
    const asked = new URLSearchParams(location.hash.slice(1));
    const link = !first && asked.has('anteroom');
    first = element;
    if (link) {
      wish.load = 'now';
      take('page', asked.get('anteroom'));
      take('lang', asked.get('lang'));
    }
    const words = /^es\b/i.test(wish.lang) ? SPANISH : ENGLISH;
    const label = wish.button || words[0];
    const full = new URL(PAGE, base);
    ['page', 'lang', 'clinic'].forEach((key) => wish[key] && full.searchParams.set(key, wish[key]));

    if (own) element.style.display = 'block';
    const press = (tag) => {
      const pressed = document.createElement(tag);
      if (wish['button-class']) pressed.className = wish['button-class'];
      else dress(pressed, BUTTON);
      pressed.textContent = label;
      element.prepend(pressed);
      return pressed;
    };
    const inDialog = wish.mode === 'dialog';
    if (wish.mode === 'full' || inDialog && !window.HTMLDialogElement) {
      press('a').href = full;
      return;
    }

    const fallback = document.createElement('div');
    fallback.append(...element.childNodes);
    element.append(fallback);
    let frame, port, timer, opener, dialog, tall, usable;
    const happened = (name, detail) => element.dispatchEvent(
      new CustomEvent('anteroom:' + name, { bubbles: true, composed: true, detail }));
    const hide = (hidden) => fallback.style.setProperty('display', hidden ? 'none' : '', 'important');
    const show = (event) => {
      if (!frame) return;
      // On paper the widget opens what is folded, and nobody can tell how long that is: rather room left than text cut.
      const room = event && event.type === 'beforeprint' && frame.offsetWidth > 500 ? 1.5 : 1;
      dress(frame, 'display:block;border:0;width:100%;' + (dialog ? 'flex:1;min-height:0' : 'height:' + (usable ? (tall || wish.height || 640) * room : 0) + 'px'));
    };
    // Shift pressed three times leaves, also while the focus is on this page. The frame counts, and hears of other keys only
    // that there was one; nobody leaves who never touched it.
    ['keydown', 'keyup', 'beforeprint', 'afterprint'].forEach((name) => addEventListener(name, (event) => {
      const { type, key } = event;
      if (!key) show(event);
      else if (port) port.postMessage({ type, key: key === 'Shift' });
    }, true));
    const fail = (sentence) => {
      clearTimeout(timer);
      if (!frame || !element.isConnected) return;
      warn(sentence);
      frames.delete(frame);
      const shown = dialog && dialog.open;
      if (shown) dialog.close();
      (dialog || frame).remove();
      if (opener) opener.remove();
      frame = port = null;
      element.style.minHeight = '';
      hide(false);
      if (!fallback.textContent.trim()) {
        const to = (href, text) => {
          const link = make('a', make('p', fallback));
          link.href = href;
          link.textContent = text;
        };
        to(full, words[0]);
        if (wish.phone) to('tel:' + wish.phone.replace(/[^\d+]/g, ''), words[2] + wish.phone);
        to('tel:988', words[3]);
      }
      if (shown) {
        fallback.tabIndex = -1;
        fallback.focus();
      }
      happened('failed');
    };
    const wait = (time) => {
      clearTimeout(timer);
      timer = setTimeout(() => fail('the page ' + frame.src + ' did not start' + REMEDY), time);
    };
    const answer = async (id, path) => {
      try {
        const bytes = await file(path);
        if (port) port.postMessage({ id, bytes }, [bytes]);
      } catch (error) {
        if (port) port.postMessage({ id, error: error.message ? 'the network did not answer' : error });
      }
      if (!usable) wait(PATIENCE);
    };
    const appear = (alone) => {
      clearTimeout(timer);
      usable = true;
      hide(alone);
      show();
    };
    const heard = ({ data }) => {
      if (!frame || !data) return;
      const { type, name, px, reference } = data;
      // Whatever it may be that comes: an object put where a text belongs throws when it is made one.
      if (type === 'file' && sealed && typeof data.path === 'string') answer(data.id, data.path);
      if (type === 'height' && Number.isFinite(px) && px > 0 && px < 1e5) {
        tall = px;
        show();
      }
      if (type === 'early') appear(true);
      if (type === 'escape' && dialog) dialog.close();
      if (type === 'state' && typeof name === 'string' && STATES.test(name)) {
        if (name === 'ready') appear(true);
        if (name === 'failed') {
          // Without its questions the widget still has its pages and the help; the clinic's own words stay beside it.
          appear();
          warn('the questions cannot be read. Open ' + full + ' to see why.');
        }
        happened(name, name === 'handed-off' && typeof reference === 'string' && ID.test(reference) ? { reference } : null);
      }
      if (type === 'broken' && typeof data.why === 'string') fail('the widget did not start (' + data.why + ')' + REMEDY);
      if (type === 'leave') {
        // The person wants to be gone from this whole page. A site builder may itself have put it into a frame.
        try { top.location.replace(AWAY); } catch { location.replace(AWAY); }
      }
    };
    const bring = () => {
      if (frame) return;
      frame = make('iframe', dialog || element);
      show();
      frame.title = label;
      frame.allow = 'clipboard-write';
      frame.referrerPolicy = 'no-referrer';
      frame.sandbox = sealed ? SANDBOX : SANDBOX + ' allow-same-origin';
      // A page that is not the widget has loaded without a word: there is nothing to wait for.
      frame.onload = () => { if (!port) wait(3000); };
      frame.src = base + PAGE + (sealed ? '#sealed' : '#framed');
      frames.set(frame, () => {
        const { port1, port2 } = new MessageChannel();
        port = port1;
        port.onmessage = heard;
        wait(PATIENCE);
        frame.contentWindow.postMessage({ ...wish, anteroom: 1 }, sealed ? '*' : origin, [port2]);
      });
      wait(PATIENCE);
    };
    if (inDialog) {
      hide(true);
      opener = press('button');
      opener.type = 'button';
      dialog = make('dialog', element, 'display:none');
      dialog.setAttribute('aria-label', label);
      const shut = make('button', dialog, BUTTON + ';align-self:flex-end;color:CanvasText;background:none');
      shut.type = 'button';
      shut.textContent = words[1];
      shut.onclick = () => dialog.close();
      let before;
      dialog.onclose = () => {
        dress(dialog, 'display:none');
        root.style.cssText = before;
      };
      opener.onclick = () => {
        if (dialog.open) return;
        bring();
        // The page behind stands still, and keeps the room of its scroll bar.
        before = root.style.cssText;
        if (innerWidth > root.clientWidth) root.style.scrollbarGutter = 'stable';
        root.style.overflow = 'hidden';
        dress(dialog, 'display:flex;flex-direction:column;position:fixed;inset:0;margin:auto;width:min(100%,50rem);height:min(100%,60rem);background:Canvas;color-scheme:light dark;box-shadow:0 0 0 100vmax #000a');
        dialog.showModal();
      };
      if (link) opener.click();
      else if (wish.load === 'now') bring();
      return;
    }
    // Who followed a link to the widget finds it at the top, though it still has to grow.
    if (wish.height || link) element.style.minHeight = wish.height ? wish.height + 'px' : '100vh';
    if (link) element.scrollIntoView();
    if (wish.load === 'now') return bring();
    new IntersectionObserver((entries, observer) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      bring();
    }, { rootMargin: '800px' }).observe(element);
  };
  let first;

  /** A file that the sealed frame may have: the wasm and the guide, nothing else of this site. */
  const file = async (path) => {
    if (!MAY_ASK.test(path)) throw 'the path is not one of the widget\'s';
    const answer = await fetch(base + path, { cache: path.endsWith('.wasm') ? 'default' : 'no-cache' });
    if (!answer.ok) throw 'the server answered ' + answer.status;
    return answer.arrayBuffer();
  };

  addEventListener('message', (event) => {
    if (event.data === 'anteroom:hello') frames.forEach((connect, frame) => frame.contentWindow === event.source && connect());
  });
  const begun = new WeakSet();
  const once = (element) => {
    if (begun.has(element)) return;
    begun.add(element);
    begin(element);
  };
  const look = () => document.querySelectorAll('[data-anteroom]').forEach(once);
  const go = () => {
    new MutationObserver(look).observe(document, { childList: true, subtree: true, attributeFilter: ['data-anteroom'] });
    look();
    customElements.define('anteroom-widget', class extends HTMLElement {
      connectedCallback() { once(this); }
    });
  };
  if (!/[?&]anteroom-check\b/.test(location.search)) return go();
  const check = make('script', document.head);
  check.onload = check.onerror = go;
  check.src = base + CHECK;
})();
