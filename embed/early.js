// The widget's first screens while it is still on its way: the start page, the first question, and help. They stand in
// index.html as templates that the engine and the views drew (src/cli/pages/early.rs); this shows them and writes down what is
// done there. Stands inside index.html before start.js (scripts/build-static.mjs).
//
// Nothing is decided here. Which choice opens which help was asked of the engine when the templates were drawn, and once the
// widget is there, the engine does anew what was written down (src/engine/session/early.rs). What is not of these screens waits
// with "One moment" and is pressed again by itself when the widget is there.
// docs/decisions/0026-before-the-widget-runs.md
const anteroomEarly = {
  // The templates of a clinic's guide, one for each language, the first one's first; `clinic` is empty for the guide as it is.
  all: (clinic) => [...document.querySelectorAll('ar-early > template')].filter(({ dataset }) => (dataset.clinic || '') === clinic),
  // The one of a language, or of the first; none if there is none.
  of: (lang, clinic) => anteroomEarly.all(clinic).find(({ dataset }) => !lang || dataset.lang === lang),
  // The files that one was drawn from.
  files: ({ dataset }) => dataset.files.split(' '),

  // What tells a file from another: FNV-1a of 32 bits. By place, since a processor of an old phone takes thrice as long for `of`.
  print: (file) => {
    let hash = 0x811c9dc5;
    for (let at = 0; at < file.length; at++) hash = Math.imul(hash ^ file[at], 0x01000193);
    return (hash >>> 0).toString(16).padStart(8, '0');
  },
  // Whether these are the prints of the files that a template was drawn from, in order. Else it is old: nobody may see it.
  fits: (template, prints) => prints.join(' ') === template.dataset.print,

  // Shows the start page of a template in the root. `leave` is the quick exit. Gives
  //   settled()  Promise of nothing being held down any more
  //   taken()    ends it and gives what was done, each [what, choice]: the widget draws itself in the root now
  //   resumed()  after that: the focus, what was opened, and what was pressed and had to wait
  //   failed()   ends it: the widget will not come. Promise of what stood in the root before being there again, which is not
  //              as long as somebody looks at help
  show: (root, template, leave) => {
    const plain = [...root.childNodes];
    const drawn = new Map();
    const did = [];
    let shown = '', before = 'start', chosen = '', offered = false, byArrow = false, waits = null, over = false, end = null;

    const screen = (name) => {
      const from = [...template.content.children].find(({ dataset }) => dataset.screen === name);
      if (from && !drawn.has(name)) drawn.set(name, document.importNode(from.content, true).firstElementChild);
      return drawn.get(name);
    };
    const put = (name) => root.replaceChildren(screen(shown = name));
    const live = (words) => { root.querySelector('#ar-live').textContent = words; };
    const goTo = (name) => {
      byArrow = false;
      put(name);
      root.scrollIntoView(true);
      root.querySelector('h1').focus({ preventScroll: true });
    };
    const openHelp = () => {
      offer(false);
      if (!shown.startsWith('help')) before = shown;
      goTo(screen('help-' + chosen) ? 'help-' + chosen : 'help');
    };
    // The panel would be in the way of who only passes by with an arrow key. It is offered, and opens with Continue.
    const offer = (now) => {
      if (offered === now) return;
      offered = now;
      const place = screen('question');
      const offers = screen('offer').querySelector('.ar-help-offer').cloneNode(true);
      if (!now) return place.querySelector('.ar-help-offer').remove();
      place.querySelector('.ar-question').after(offers);
      live(offers.querySelector('p').textContent);
    };
    // Whoever does something else does not wait any more.
    const forget = () => {
      if (!waits) return;
      waits.button.replaceChildren(...waits.words);
      if (waits.lang === null) waits.button.removeAttribute('lang');
      else waits.button.lang = waits.lang;
      live('');
      if (waits.written) did.pop();
      waits = null;
    };
    const write = (...what) => (forget(), did.push(what));
    // What is written down is done by the engine; else the button is pressed.
    const wait = (button, what) => {
      forget();
      if (what) did.push([what]);
      waits = { button, words: [...button.childNodes], lang: button.getAttribute('lang'), written: !!what };
      button.lang = template.dataset.lang;
      button.textContent = template.dataset.moment;
      live(template.dataset.moment);
    };
    const press = (button) => {
      const is = (selector) => button.matches(selector);
      if (is('.ar-header__leave, .ar-help .ar-link-button')) leave();
      else if (is('.ar-header__help, .ar-help-offer button')) (write('help'), openHelp());
      else if (end) end();
      else if (is('.ar-help .ar-button')) (write('helped'), goTo(before));
      // Whoever has answered goes on behind the question, which is the widget's.
      else if (is('.ar-button--start') && chosen) wait(button, 'start');
      else if (is('.ar-button--start')) (write('start'), goTo('question'));
      else if (is('.ar-back')) (offer(false), write('back'), goTo('start'));
      else if (!is('[type=submit]')) wait(button);
    };
    const hear = (place, name, heard, options) => place.addEventListener(name, (event) => over || heard(event), options);
    const on = (name, heard) => hear(root, name, heard);
    on('click', ({ target }) => {
      const button = target.closest('button');
      if (button) press(button);
    });
    on('submit', (event) => {
      event.preventDefault();
      if (offered) (write('continue'), openHelp());
      else wait(event.target.querySelector('[type=submit]'), 'continue');
    });
    on('keydown', ({ key, target }) => { byArrow = key.startsWith('Arrow') && !!target.closest('.ar-choices'); });
    on('pointerdown', () => { byArrow = false; });
    on('change', ({ target }) => {
      chosen = target.value;
      write(byArrow ? 'moved' : 'chose', chosen);
      const asksForHelp = !!screen('help-' + chosen);
      offer(byArrow && asksForHelp);
      if (!byArrow && asksForHelp) openHelp();
    });
    // What is pressed is let go before the widget takes the page over, or it would be lost.
    let down = false, letGo = () => {};
    for (const name of ['pointerdown', 'keydown']) on(name, () => { down = true; });
    for (const name of ['pointerup', 'pointercancel', 'keyup']) on(name, () => {
      down = false;
      letGo();
    });
    const settled = () => new Promise((resolve) => {
      letGo = () => setTimeout(resolve);
      if (down) setTimeout(resolve, 500);
      else resolve();
    });
    // The way out by a key (src/browser/shared.rs).
    let alone = false, presses = 0, late;
    const onWindow = (name, heard) => hear(window, name, heard, true);
    onWindow('keydown', ({ key }) => {
      alone = key === 'Shift';
      if (!alone) presses = 0;
    });
    const [atLast, ...more] = JSON.parse(template.dataset.shift);
    onWindow('keyup', ({ key }) => {
      if (key !== 'Shift' || !alone) return;
      alone = false;
      clearTimeout(late);
      if (presses === more.length) return leave();
      live(more[presses++]);
      late = setTimeout(() => {
        if (presses) live(atLast);
        presses = 0;
      }, 5000);
    });

    // The browser may keep the page as it is, for whoever presses Back.
    const empty = () => {
      did.length = 0;
      drawn.clear();
      [chosen, offered, waits] = ['', false, null];
    };
    onWindow('pagehide', () => end ? end() : (empty(), put('start')));

    for (const [name, value] of JSON.parse(template.dataset.theme)) document.documentElement.style.setProperty(name, value);
    // So that a stylesheet, or a test, can tell them from the widget.
    root.setAttribute('data-early', '');
    put('start');

    // The widget draws the same elements in the same order.
    const all = (kind) => [...root.querySelectorAll(kind)];
    const FOCUSABLE = 'a, button, input, summary, [tabindex]';
    let focused, opened, pressed, goesOn;
    const taken = () => {
      over = true;
      root.removeAttribute('data-early');
      clearTimeout(late);
      focused = all(FOCUSABLE).indexOf(document.activeElement);
      opened = all('details').map(({ open }) => open);
      pressed = waits && !waits.written ? all('button').indexOf(waits.button) : -1;
      goesOn = waits && waits.written;
      const told = [...did];
      empty();
      return told;
    };
    const resumed = () => {
      // The widget has moved the focus.
      if (goesOn) return;
      all('details').forEach((details, at) => { details.open = !!opened[at]; });
      const place = all(FOCUSABLE)[focused];
      if (place) place.focus({ preventScroll: true });
      const button = all('button')[pressed];
      if (button) button.click();
    };
    const failed = () => new Promise((resolve) => {
      forget();
      end = () => {
        over = true;
        root.removeAttribute('data-early');
        empty();
        // Whoever was in here is led to the top; nobody else's focus is taken.
        const inside = root.contains(document.activeElement);
        root.replaceChildren(...plain);
        const title = root.querySelector('h1');
        title.tabIndex = -1;
        if (inside) title.focus();
        resolve();
      };
      if (!shown.startsWith('help')) end();
    });
    return { settled, taken, resumed, failed };
  },
};
