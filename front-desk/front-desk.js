// The front desk: opens what people sealed for the clinic. All that is true is in the wasm (src/desk); this draws it.
// It reaches no network and keeps nothing: the key and the note live in this page alone, until it is closed.
(async () => {
  'use strict';
  /* global anteroomDesk: what build-desk.mjs puts in front of this */
  const $ = (id) => document.getElementById(id);
  const bytes = Uint8Array.from(atob($('wasm').textContent), (letter) => letter.charCodeAt(0));
  $('wasm').remove();
  try {
    await anteroomDesk({ module_or_path: bytes });
  } catch {
    say('key-said', 'This browser cannot run this page. Use a newer one, or run "anteroom open" on a computer.', true);
    return;
  }
  const { Key, open, fewest_letters: fewest } = anteroomDesk;
  let key = null;
  let opened = null;

  function say(place, words, trouble = false) {
    const element = $(place);
    element.textContent = words;
    element.classList.toggle('desk__said--trouble', trouble);
    if (trouble) element.focus();
  }
  const sentence = (error) => typeof error === 'string' ? error : 'This could not be done. Load the page again and try once more.';
  /** Lets the browser draw before something takes long. */
  const drawn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const random = (count) => crypto.getRandomValues(new Uint8Array(count));

  function save(name, text, type) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  async function copy(text, place, done) {
    try {
      await navigator.clipboard.writeText(text);
      say(place, done);
    } catch {
      say(place, 'This browser does not allow copying here. Mark the text and copy it with Ctrl+C.', true);
    }
  }

  function useKey(next) {
    key?.free();
    key = next;
    $('key-none').hidden = !!key;
    $('key-open').hidden = !key;
    $('fingerprint').textContent = key?.fingerprint() ?? '';
    $('settings-line').textContent = key?.settings_line() ?? '';
    for (const field of ['passphrase', 'new-passphrase', 'again', 'key-file']) $(field).value = '';
  }

  $('new-hint').textContent = `${fewest()} letters or more.`;

  $('key-form').onsubmit = async (event) => {
    event.preventDefault();
    const [file] = $('key-file').files;
    if (!file) return say('key-said', 'Choose your key file first.', true);
    say('key-said', 'Opening the key. One moment.');
    const text = await textOf(file);
    await drawn();
    try {
      useKey(Key.read(text, $('passphrase').value));
      say('key-said', 'The key is open. Now open a request.');
      $('key-said').focus();
    } catch (error) {
      say('key-said', sentence(error), true);
    }
  };

  $('make-form').onsubmit = async (event) => {
    event.preventDefault();
    const passphrase = $('new-passphrase').value;
    if ([...passphrase].length < fewest()) {
      return say('key-said', `The passphrase is too short. Choose one of ${fewest()} letters or more, such as four words.`, true);
    }
    if (passphrase !== $('again').value) return say('key-said', 'The two passphrases are not the same. Type them again.', true);
    say('key-said', 'Making the keys. One moment.');
    await drawn();
    let made;
    while (!made) made = Key.make(random(32));
    save(made.file_name(), made.locked(passphrase, random(60)) + '\n', 'text/plain');
    const name = made.file_name();
    useKey(made);
    $('public').open = true;
    say('key-said', `The key file ${name} is in your downloads. Move it to where only your clinic gets at it, and keep a second copy. Then put the line above into settings.toml.`);
    $('key-said').focus();
  };

  $('close-key').onclick = () => {
    useKey(null);
    closeNote();
    say('key-said', 'The key is closed.');
    $('key-file').focus();
  };
  $('copy-line').onclick = () => copy($('settings-line').textContent, 'key-said', 'The line is copied.');

  const MOST = 4_000_001;
  const textOf = (file) => file.slice(0, MOST).text().catch(() => '');

  function show(text) {
    closeNote();
    try {
      opened = key ? key.open(text) : open(text);
    } catch (error) {
      return say('packet-said', sentence(error), true);
    }
    const withheld = new Set(opened.withheld);
    $('note').replaceChildren(...opened.note.split('\n').flatMap((line) => {
      if (!withheld.has(line)) return [line, '\n'];
      const mark = document.createElement('mark');
      mark.className = 'desk__withheld';
      mark.textContent = line;
      return [mark, '\n'];
    }));
    $('note-how').textContent = opened.sealed
      ? 'It was sealed for this key, and nothing in it was changed since.'
      : 'It was not sealed, so nobody can tell whether something in it was changed.';
    $('note-part').hidden = false;
    $('packet-text').value = '';
    $('packet-file').value = '';
    say('packet-said', `The request ${opened.reference} is open.`);
    $('note-title').focus();
  }

  function closeNote() {
    opened?.free();
    opened = null;
    $('note').textContent = '';
    $('note-part').hidden = true;
    for (const place of ['packet-said', 'note-said']) say(place, '');
  }

  $('packet-form').onsubmit = async (event) => {
    event.preventDefault();
    const [file] = $('packet-file').files;
    show(file && !$('packet-text').value.trim() ? await textOf(file) : $('packet-text').value);
  };
  $('packet-file').onchange = async () => {
    const [file] = $('packet-file').files;
    if (file) show(await textOf(file));
  };
  document.ondragover = (event) => {
    event.preventDefault();
    document.body.classList.add('desk--over');
  };
  document.ondragleave = () => document.body.classList.remove('desk--over');
  document.ondrop = async (event) => {
    event.preventDefault();
    document.body.classList.remove('desk--over');
    const [file] = event.dataTransfer.files;
    show(file ? await textOf(file) : event.dataTransfer.getData('text'));
  };

  $('print').onclick = () => print();
  $('copy').onclick = () => copy(opened.note, 'note-said', 'The note is copied.');
  const saveNote = (end, text, type) => {
    save(`anteroom-${opened.reference.replace(/[^A-Za-z0-9-]/g, '')}${end}.json`, text, type);
    say('note-said', 'The file is in your downloads. It is not sealed: keep it where your charts are.');
  };
  $('save').onclick = () => saveNote('', opened.json, 'application/json');
  $('save-fhir').onclick = () => saveNote('-fhir', opened.fhir, 'application/fhir+json');
  $('close').onclick = () => {
    closeNote();
    $('packet-file').focus();
  };
})();
