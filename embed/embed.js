// Puts the widget into a clinic's page:
//
//   <script src="https://clinic.example/anteroom/embed.js" async></script>
//   <div data-anteroom data-phone="+1 555 010 0142">What to show when the widget cannot: call us.</div>
//
// On the element: data-page (a page to open first), data-lang, data-phone (for when the settings cannot be read),
// data-clinic (the folder below clinics/ that is laid over the guide, where one deployment serves several), data-height (pixels to keep free while it loads), data-load="now" (otherwise it loads when it comes near the view).
// The element gets the events anteroom:ready, -:started, -:finished, -:handed-off (detail.reference), -:help-opened
// and -:failed. No event ever holds an answer or a level.
//
// The frame is sandboxed to an origin of its own, so that nothing on this page can read what a person answers
// (docs/decisions/0004-sealed-frame.md). It therefore may fetch nothing, and the files are handed in from here. The contract
// with the frame stands at the top of start.js. What the element held stays until the widget can be used, and comes
// back if it ever fails.
(() => {
  'use strict';
  const PATIENCE = 20000;
  const AWAY = 'https://www.weather.gov/';
  const KNOWN = ['anteroom', 'page', 'lang', 'phone', 'clinic', 'height', 'load'];
  const STATES = ['ready', 'started', 'finished', 'handed-off', 'help-opened', 'failed'];
  // Why each stands there: docs/decisions/0004-sealed-frame.md.
  const SANDBOX = 'allow-scripts allow-forms allow-modals allow-downloads allow-popups allow-popups-to-escape-sandbox';
  const warn = (sentence) => console.warn('Anteroom: ' + sentence);

  if (window.anteroomEmbed) return;
  window.anteroomEmbed = true;
  const script = document.currentScript || document.querySelector('script[src*="embed.js"]');
  if (!script || !script.src) return warn('embed.js cannot tell where it was loaded from. Load it with a plain <script src="...">.');
  const base = new URL('.', script.src);
  const sealed = base.origin === self.origin;

  const frames = new Map();
  const make = (name, style, parent) => {
    const element = document.createElement(name);
    element.style.cssText = style;
    parent.append(element);
    return element;
  };

  /** One widget on the page. */
  const begin = (element) => {
    const wish = element.dataset;
    Object.keys(wish).filter((key) => !KNOWN.includes(key)).forEach((key) => warn(
      'the widget does not know the attribute data-' + key.replace(/[A-Z]/g, '-$&').toLowerCase() +
      '. It knows ' + KNOWN.slice(1).map((name) => 'data-' + name).join(', ') + '.'));
    const fallback = document.createElement('div');
    fallback.append(...element.childNodes);
    element.append(fallback);
    const reserved = Number(wish.height);
    if (reserved > 0) element.style.minHeight = reserved + 'px';

    let frame, port, timer, height = 0, usable = false, whole = false;
    const happened = (name, reference) => element.dispatchEvent(
      new CustomEvent('anteroom:' + name, { bubbles: true, detail: reference ? { reference } : null }));
    const show = () => {
      fallback.style.display = whole ? 'none' : '';
      fallback.hidden = whole;
      frame.style.height = usable ? (height || reserved || 640) + 'px' : '0';
    };
    const fail = (sentence) => {
      clearTimeout(timer);
      if (!frame) return;
      warn(sentence);
      frames.delete(frame.contentWindow);
      frame.remove();
      frame = port = null;
      element.style.minHeight = '';
      fallback.style.display = '';
      fallback.hidden = false;
      if (!fallback.textContent.trim()) help(fallback, wish.phone);
      happened('failed');
    };
    const wait = (time) => {
      clearTimeout(timer);
      timer = setTimeout(() => fail('the page ' + frame.src + ' did not start. Open that address in a browser, ' +
        'and check that the whole folder is uploaded and that this page\'s security policy allows to frame it.'), time);
    };
    const answer = async (id, path) => {
      try {
        const bytes = await file(path);
        if (port) port.postMessage({ id, bytes }, [bytes]);
      } catch (error) {
        if (port) port.postMessage({ id, error: error.message });
      }
      if (!usable) wait(PATIENCE);
    };
    const heard = ({ data }) => {
      if (!frame || !data) return;
      if (data.type === 'file' && sealed && typeof data.path === 'string') answer(data.id, data.path);
      if (data.type === 'height' && typeof data.px === 'number' && data.px > 0 && data.px < 1e5) {
        height = data.px;
        if (usable) show();
      }
      if (data.type === 'state' && STATES.includes(data.name)) {
        if (data.name === 'ready' || data.name === 'failed') {
          // Without its questions the widget still has its pages and the help; the clinic's own words stay beside it.
          clearTimeout(timer);
          usable = true;
          whole = data.name === 'ready';
          show();
          if (!whole) warn('the questions cannot be read. Open ' + base + 'index.html to see what to mend.');
        }
        happened(data.name, data.name === 'handed-off' && typeof data.reference === 'string' && /^[\w-]{1,40}$/.test(data.reference) ? data.reference : '');
      }
      if (data.type === 'broken' && typeof data.why === 'string') fail('the widget did not start (' + data.why +
        '). Check that the whole folder is uploaded and that this page\'s security policy allows to load from it.');
      if (data.type === 'leave') {
        // The person wants to be gone from this whole page. A site builder may itself have put it into a frame.
        try { top.location.replace(AWAY); } catch { location.replace(AWAY); }
      }
    };
    const load = () => {
      frame = make('iframe', 'display:block;width:100%;height:0;border:0', element);
      frame.title = 'Get ready to talk';
      frame.allow = 'clipboard-write';
      frame.referrerPolicy = 'no-referrer';
      frame.sandbox = sealed ? SANDBOX : SANDBOX + ' allow-same-origin';
      // A page that is not the widget has loaded without a word: there is nothing to wait for.
      frame.onload = () => { if (!port) wait(3000); };
      frame.src = base + 'index.html' + (sealed ? '#sealed' : '#framed');
      frames.set(frame.contentWindow, () => {
        const channel = new MessageChannel();
        port = channel.port1;
        port.onmessage = heard;
        wait(PATIENCE);
        frame.contentWindow.postMessage(
          { anteroom: 1, page: wish.page, lang: wish.lang, phone: wish.phone, clinic: wish.clinic }, sealed ? '*' : base.origin, [channel.port2]);
      });
      wait(PATIENCE);
    };
    if (wish.load === 'now') return load();
    new IntersectionObserver((entries, observer) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      load();
    }, { rootMargin: '800px' }).observe(element);
  };

  /** A file that the sealed frame may have: the wasm and the guide, nothing else of this site. */
  const file = async (path) => {
    if (!/^(widget_bg\.wasm$|(content|clinics)\/)[\w.\-/]*$/.test(path) || path.includes('..')) throw Error('the path is not one of the widget\'s');
    const cache = path.startsWith('c') ? 'no-cache' : 'default';
    const answer = await fetch(new URL(path, base), { cache }).catch(() => { throw Error('the network did not answer'); });
    if (!answer.ok) throw Error('the server answered ' + answer.status);
    return answer.arrayBuffer().catch(() => { throw Error('the network did not answer'); });
  };

  /** What stands in for the widget where the clinic wrote nothing itself. */
  const help = (place, phone) => {
    const line = make('p', '', place);
    const link = make('a', '', line);
    link.href = base + 'index.html';
    link.textContent = 'Get ready to talk: open the questions on a page of their own.';
    if (phone) line.append(' Or call the clinic: ' + phone + '.');
    line.append(' In a crisis, call or text 988, at any time.');
  };

  addEventListener('message', (event) => {
    const connect = event.data === 'anteroom:hello' && frames.get(event.source);
    if (connect) connect();
  });
  const begun = new WeakSet();
  const look = () => document.querySelectorAll('[data-anteroom]').forEach((element) => {
    if (begun.has(element)) return;
    begun.add(element);
    begin(element);
  });
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributeFilter: ['data-anteroom'] });
  look();
})();
