// theme.html: a clinic tries its colours out and takes the lines for settings.toml along. It begins with what the served
// settings.toml has (or, behind ?clinic=springfield, that of the clinic's own folder), asks the engine at each change what
// can be seen (checker_bg.wasm, src/engine/guide/theme.rs), and shows the widget's own pieces by day and by night.
//
// It decides about no colour itself, sends nothing and keeps nothing.
(async () => {
  'use strict';
  /* global anteroomChecker: what checker.js declares */
  const find = (id) => document.getElementById(id);
  const element = (name, attributes, ...inner) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...inner);
    return made;
  };
  const trouble = (why) => {
    find('trouble').textContent = why;
    find('trouble').hidden = false;
  };

  /** What each key is called here, and whether it is one of the few that most clinics need. */
  const WORDS = {
    accent: ['Accent', 'Buttons, links and marks', true],
    accent_text: ['Words on a button', '', true],
    background: ['Page', 'What everything lies on'],
    surface: ['Cards and fields', ''],
    sunken: ['Lower than the page', 'The foot of the page, what is closed'],
    text: ['Words', ''],
    muted: ['Words that say less', 'Hints and small print'],
    line: ['Lines', 'Between things'],
    border: ['Edges', 'Of what can be pressed or filled in'],
    focus: ['Focus', 'The ring around what the keyboard is on'],
    radius: ['Corners', 'How round they are, in pixels: 0 to 28', true],
    font_size: ['Letters', 'How large they are, in pixels: 18 to 24', true],
  };
  const SIZES = ['radius', 'font_size'];

  const clinic = new URLSearchParams(location.search).get('clinic') ?? '';
  const own = /^[a-z0-9_-]{1,64}$/.test(clinic);
  const path = own ? `clinics/${clinic}/settings.toml` : 'content/settings.toml';
  find('path').textContent = path;
  if (own) find('check').href = `index.html?clinic=${clinic}#check`;

  let served = '';
  try {
    if (typeof anteroomChecker === 'undefined') throw Error('checker.js could not be loaded');
    const wasm = await fetch('checker_bg.wasm');
    if (!wasm.ok) throw Error(`checker_bg.wasm: the server answered ${wasm.status}`);
    await anteroomChecker({ module_or_path: wasm });
  } catch (error) {
    trouble(`Colors cannot be judged here: ${error.message}. Check that the whole folder is uploaded.`);
    return;
  }
  try {
    const answer = await fetch(path, { cache: 'no-cache' });
    if (!answer.ok) throw Error(`the server answered ${answer.status}`);
    served = await answer.text();
  } catch (error) {
    trouble(`${path} could not be read (${error.message}), so the fields begin empty.`);
  }
  const judge = (text) => JSON.parse(anteroomChecker.theme(text));

  const fields = new Map();
  for (const { key, written, own } of judge(served).fields) {
    const size = SIZES.includes(key);
    const text = element('input', {
      id: key, class: 'ar-field__input', spellcheck: 'false', autocomplete: 'off',
      ...(size ? { inputmode: 'decimal' } : { maxlength: '7' }), 'aria-describedby': `${key}-own ${key}-fault`,
    });
    text.value = written;
    const picker = size ? null : element('input', { type: 'color', id: `${key}-pick` });
    const fault = element('div', { id: `${key}-fault` });
    fields.set(key, { key, own, size, text, picker, fault });
    text.addEventListener('input', show);
    picker?.addEventListener('input', () => {
      text.value = picker.value;
      show();
    });
  }

  const control = ({ key, own, size, text, picker, fault }, label) => {
    const row = element('div', { class: 'theme__row' }, ...(picker ? [picker] : []), text);
    picker?.setAttribute('aria-label', `${label}: choose a color`);
    return element('div', {},
      element('label', { for: key }, size ? 'Pixels' : key.startsWith('dark_') ? 'By night' : 'By day'),
      row, element('p', { id: `${key}-own`, class: 'theme__own' }, size ? 'Empty: as the screen needs it' : `The widget's own: ${own}`), fault);
  };
  for (const [key, [name, what, first]] of Object.entries(WORDS)) {
    const modes = [[key, name]].concat(SIZES.includes(key) ? [] : [['dark_' + key, `${name} by night`]]);
    find(first ? 'first' : 'more').append(element('fieldset', { class: 'theme__group' },
      element('legend', {}, name), ...(what ? [element('p', { class: 'theme__note' }, what)] : []),
      element('div', { class: 'theme__modes' }, ...modes.map(([mode, label]) => control(fields.get(mode), label)))));
  }
  for (const id of ['day', 'night']) find(id).append(find('pieces').content.cloneNode(true));

  /** `[theme]` with a line for each field that is filled in and not left out, and which key stands on which line. */
  function compose(leftOut = []) {
    const keys = [...fields.values()].filter(({ key, text }) => text.value.trim() && !leftOut.includes(key)).map(({ key }) => key);
    const line = (key) => {
      const { size, text } = fields.get(key);
      const value = text.value.trim();
      // What is no number stands in quotes, so that the engine says what is wrong with it.
      return size && /^\d+(\.\d+)?$/.test(value) ? `${key} = ${value}` : `${key} = ${JSON.stringify(value)}`;
    };
    return { text: ['[theme]', ...keys.map(line)].join('\n') + '\n', keys };
  }

  let set = [];
  let file;
  function show() {
    const { text, keys } = compose();
    const { properties, problems } = judge(text);
    const faults = new Map(problems.map((problem) => [keys[problem.line - 2], problem]));
    for (const { key, own, text, picker, fault } of fields.values()) {
      const problem = faults.get(key);
      if (picker) picker.value = /^#[0-9a-f]{6}$/i.test(text.value.trim()) ? text.value.trim() : own;
      text.toggleAttribute('aria-invalid', false);
      if (problem) text.setAttribute('aria-invalid', 'true');
      const said = problem ? `${problem.what} ${problem.remedy}` : '';
      if (fault.dataset.said === said) continue;
      fault.dataset.said = said;
      fault.className = problem ? 'theme__fault' : '';
      // The remedy names the nearest colour as the line to write.
      const nearest = problem && /`(\w+) = "(#[0-9a-f]{6})"`/.exec(problem.remedy);
      fault.replaceChildren(...(problem ? [element('p', {}, said)] : []));
      if (nearest && fields.has(nearest[1])) {
        const take = element('button', { type: 'button', class: 'ar-button ar-button--quiet' }, `Use ${nearest[2]}`);
        take.onclick = () => {
          fields.get(nearest[1]).text.value = nearest[2];
          show();
          fields.get(nearest[1]).text.focus();
        };
        fault.append(take);
      }
    }
    for (const pieces of [find('day'), find('night')]) {
      for (const name of set) pieces.style.removeProperty(name);
      for (const [name, value] of properties) pieces.style.setProperty(name, value);
    }
    set = properties.map(([name]) => name);

    const sound = compose([...faults.keys()]);
    const count = sound.keys.length;
    find('lines').textContent = sound.text;
    find('said').textContent =
      (count === 0 ? 'No line yet: the widget has its own look.' : count === 1 ? '1 line, and everybody can read it.' : `${count} lines, and everybody can read them.`) +
      (faults.size === 0 ? '' : faults.size === 1 ? ' 1 field is left out. Look at what is said beside it.' : ` ${faults.size} fields are left out. Look at what is said beside each.`);
    if (file) URL.revokeObjectURL(file);
    file = URL.createObjectURL(new Blob([sound.text], { type: 'text/plain' }));
    find('save').href = file;
  }

  find('copy').onclick = async () => {
    try {
      await navigator.clipboard.writeText(find('lines').textContent);
      find('said').textContent = 'Copied.';
    } catch {
      getSelection().selectAllChildren(find('lines'));
      find('said').textContent = 'The lines are marked. Press Ctrl and C, on a Mac Command and C.';
    }
  };
  find('empty').onclick = () => {
    for (const { text } of fields.values()) text.value = '';
    show();
  };
  find('fields').onsubmit = (event) => event.preventDefault();
  show();
  for (const id of ['fields', 'result', 'looks']) find(id).hidden = false;
})();
