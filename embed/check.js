// The check of the guide, for the clinic: what `anteroom check` says, in the browser, of the files that this web space
// serves. Opened with #check on the widget's own page, as in index.html#check or index.html?clinic=springfield#check.
//
// start.js loads it in place of the widget and hands in how to read a file. It sends nothing and keeps nothing.
// It speaks English or Spanish, as ?lang=es says or else the browser. What it found is in English, word for word as
// `anteroom check` says it, so that everybody who helps a clinic finds the same sentence.
window.anteroomCheck = async (read, clinic) => {
  'use strict';
  /* global anteroomChecker: what checker.js declares */
  const root = document.getElementById('anteroom');
  const element = (name, attributes, ...inner) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...inner);
    return made;
  };
  const SENTENCES = {
    en: {
      'other': 'es',
      'switch': 'Español',
      'title': 'Check of this guide',
      'failed': 'The check could not be run: {why}. Check that the whole folder is uploaded, or run "anteroom check" on a computer.',
      'reading': 'Reading all files of the guide. One moment.',
      'no_checker': 'checker.js could not be loaded',
      'network': 'the network did not answer',
      'server': 'the server answered {status}',
      'line': '{file}, line {line}',
      'files': '{number} files',
      'nothing': 'nothing',
      'changed': 'What this clinic changed',
      'changed_safety': 'Safety: levels, rules, questions, numbers',
      'changed_rest': 'Words, pages and the rest',
      'sign': 'For the medical director: I have read these changes, and I agree to them.',
      'sign_name': 'Name',
      'sign_date': 'Date',
      'sign_signature': 'Signature',
      'unchanged': 'Nothing.',
      'grades': 'How hard the words are',
      'print': 'Print this report',
      'error_one': '1 error',
      'error_many': '{number} errors',
      'warning_one': '1 warning',
      'warning_many': '{number} warnings',
      'patient_one': '1 virtual patient run.',
      'patient_many': '{number} virtual patients run.',
      'laid': 'The folder "{clinic}" is laid over the guide.',
      'when': 'Checked on {date}, in this browser. Nothing was sent.',
      'in_english': 'The sentences of the check are in English.',
      'plain': 'The plain pages',
      'plain_lead': 'The same texts for browsers that run no scripts, and for search engines. They do not change by themselves. After you changed a text or a number, save them here, unpack the file, delete the folder "pages" on your web space, and upload the new one and index.html in its place.',
      'plain_now': 'The first screens that stand in index.html are made of these texts: patients see them while the widget is still on its way.',
      'plain_old': 'The first screens that stand in index.html are not made of these texts, so nobody is shown them. On a slow line patients wait a second or two longer for the first question. Save the plain pages to change that.',
      'plain_none': 'In index.html stand no first screens of this guide. Save the plain pages to put them there: on a slow line patients see the first question a second or two sooner. There are none if several clinics share one upload, or if the first question is not one with a single answer to choose.',
      'plain_errors': 'The guide has errors, so something may be missing on them. Mend those first.',
      'plain_save': 'Save the plain pages',
      'plain_failed': 'The plain pages could not be made: {why}. Reload this page and try again.',
      'errors': 'Errors',
      'errors_lead': 'Something cannot be used, or safety is at stake. Mend these before patients see the guide.',
      'warnings': 'Warnings',
      'warnings_lead': 'Mend or sign these before patients see the guide.',
    },
    es: {
      'other': 'en',
      'switch': 'English',
      'title': 'Revisión de esta guía',
      'failed': 'No se pudo hacer la revisión: {why}. Vea que esté toda la carpeta, o use "anteroom check" en una computadora.',
      'reading': 'Se leen todos los archivos de la guía. Un momento.',
      'no_checker': 'no se pudo cargar checker.js',
      'network': 'la red no respondió',
      'server': 'el servidor respondió {status}',
      'line': '{file}, línea {line}',
      'files': '{number} archivos',
      'nothing': 'nada',
      'changed': 'Lo que cambió esta clínica',
      'changed_safety': 'Seguridad: niveles, reglas, preguntas, números',
      'changed_rest': 'Palabras, páginas y lo demás',
      'sign': 'Para quien dirige la parte médica: he leído estos cambios y estoy de acuerdo.',
      'sign_name': 'Nombre',
      'sign_date': 'Fecha',
      'sign_signature': 'Firma',
      'unchanged': 'Nada.',
      'grades': 'Qué tan difíciles son las palabras',
      'print': 'Imprimir este informe',
      'error_one': '1 error',
      'error_many': '{number} errores',
      'warning_one': '1 aviso',
      'warning_many': '{number} avisos',
      'patient_one': '1 paciente virtual.',
      'patient_many': '{number} pacientes virtuales.',
      'laid': 'La carpeta "{clinic}" está puesta sobre la guía.',
      'when': 'Se revisó el {date}, en este navegador. No se envió nada.',
      'in_english': 'Las frases de la revisión están en inglés. Son las mismas que dice "anteroom check".',
      'plain': 'Las páginas sencillas',
      'plain_lead': 'Los mismos textos para navegadores sin JavaScript y para buscadores. No cambian solas. Después de cambiar un texto o un número, guárdelas aquí, abra el archivo, borre la carpeta "pages" de su sitio y suba la nueva y index.html en su lugar.',
      'plain_now': 'Las primeras pantallas que están en index.html son de estos textos: los pacientes las ven mientras llega lo demás.',
      'plain_old': 'Las primeras pantallas que están en index.html no son de estos textos, así que a nadie se le muestran. Con una conexión lenta, los pacientes esperan uno o dos segundos más la primera pregunta. Guarde las páginas sencillas para cambiarlo.',
      'plain_none': 'En index.html no hay primeras pantallas de esta guía. Guarde las páginas sencillas para ponerlas: con una conexión lenta, los pacientes ven la primera pregunta uno o dos segundos antes. No las hay si varias clínicas comparten la misma carpeta, o si en la primera pregunta no se escoge una sola respuesta.',
      'plain_errors': 'La guía tiene errores, así que puede faltar algo en ellas. Arréglelos antes.',
      'plain_save': 'Guardar las páginas sencillas',
      'plain_failed': 'No se pudieron hacer las páginas sencillas: {why}. Vuelva a cargar esta página e intente otra vez.',
      'errors': 'Errores',
      'errors_lead': 'Algo no se puede usar, o está en juego la seguridad. Arréglelo antes de que los pacientes vean la guía.',
      'warnings': 'Avisos',
      'warnings_lead': 'Arréglelos o fírmelos antes de que los pacientes vean la guía.',
    },
  };
  const wished = new URLSearchParams(location.search).get('lang');
  const lang = SENTENCES[wished] ? wished : /^es\b/i.test(navigator.language) ? 'es' : 'en';
  const say = (key, values = {}) => SENTENCES[lang][key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const count = (number, thing) => say(thing + (number === 1 ? '_one' : '_many'), { number });
  const show = (...parts) => root.replaceChildren(element('div', { class: 'ar', lang, dir: 'ltr' },
    element('main', { class: 'ar-main' }, element('div', { class: 'ar-prose ar-check' }, ...parts))));
  const title = () => element('h1', { class: 'ar-title', tabindex: '-1' }, say('title'));
  const failed = (why) => show(title(), element('p', { role: 'alert' }, say('failed', { why })));

  const other = () => {
    const address = new URL(location.href);
    address.searchParams.set('lang', say('other'));
    return element('a', { class: 'ar-link', href: address, lang: say('other'), hreflang: say('other') }, say('switch'));
  };

  document.head.append(element('link', { rel: 'stylesheet', href: 'check.css' }));
  show(title(), element('p', { role: 'status' }, say('reading')));
  try {
    await new Promise((resolve, reject) => {
      const script = element('script', { src: 'checker.js' });
      script.onload = resolve;
      script.onerror = () => reject(Error(say('no_checker')));
      document.head.append(script);
    });
    const answer = await fetch('checker_bg.wasm').catch(() => { throw Error(say('network')); });
    if (!answer.ok) throw Error('checker_bg.wasm: ' + say('server', answer));
    await anteroomChecker({ module_or_path: answer });
  } catch (error) {
    return failed(error.message);
  }
  const { wanted, report, plainPages } = anteroomChecker;

  const files = [];
  for (let paths = wanted(files, !!clinic); paths.length; paths = wanted(files, !!clinic)) {
    files.push(...await Promise.all(paths.map(async (path) => [path, await read(path).catch((error) => error.message)])));
  }
  const today = new Date().toISOString().slice(0, 10);
  const { problems, patients, readability, changes } = JSON.parse(report(files, today, clinic));

  const where = ({ file, line, files }) => files ? say('files', { number: files.length }) : say('line', { file, line });
  const sentence = ({ what, remedy, ...place }) =>
    element('li', {}, element('strong', {}, where(place)), ': ', element('span', { lang: 'en' }, what + ' ', element('em', {}, remedy)));
  const listOf = (severity, heading, lead) => {
    const these = problems.filter((problem) => problem.severity === severity);
    return these.length ? [element('h2', {}, heading), element('p', {}, lead),
      element('ul', { class: 'ar-check__' + severity }, ...these.map(sentence))] : [];
  };
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const words = (text) => text === '' ? say('nothing') : text;
  const change = ({ kind, id, from, to, file, line }) =>
    element('li', {}, element('strong', {}, kind.replaceAll('-', ' ') + ': ' + id), ' ', words(from) + ' \u2192 ' + words(to),
      ' (' + say('line', { file, line }) + ')');
  const changed = (safety, heading) => {
    const these = (changes ?? []).filter((one) => one.safety === safety);
    return these.length ? [element('h3', {}, heading), element('ul', {}, ...these.map(change))] : [];
  };
  const toSign = changes ? [
    element('h2', {}, say('changed')),
    ...(changes.length ? [
      ...changed(true, say('changed_safety')),
      ...changed(false, say('changed_rest')),
      element('p', {}, say('sign')),
      ...['name', 'date', 'signature'].map((line) => element('p', { class: 'ar-check__sign' }, say('sign_' + line) + ':')),
    ] : [element('p', {}, say('unchanged'))]),
  ] : [];
  const named = (name) => name.replaceAll('_', ' ');
  // A language's pages are measured by figures of their own, so each set of figures has a table.
  const cell = (value) => typeof value === 'number' ? value.toFixed(1) : String(value ?? '');
  const kinds = [...new Set(readability.map((row) => Object.keys(row).join()))];
  const table = (kind) => {
    const columns = kind.split(',');
    return element('div', { class: 'ar-table', tabindex: '0', role: 'region', 'aria-label': say('grades') + ': ' + columns.slice(1).map(named).join(', ') },
      element('table', {},
        element('thead', {}, element('tr', {}, ...columns.map((name) => element('th', { scope: 'col' }, named(name))))),
        element('tbody', {}, ...readability.filter((row) => Object.keys(row).join() === kind).map((row) =>
          element('tr', {}, ...columns.map((name) => element('td', {}, cell(row[name]))))))));
  };
  const grades = kinds.length ? [element('h2', {}, say('grades')), ...kinds.map(table)] : [];
  const print = element('button', { type: 'button', class: 'ar-button' }, say('print'));
  print.onclick = () => window.print();

  // What `anteroom pages` writes, for who can run no command.
  const save = element('button', { type: 'button', class: 'ar-button ar-button--quiet' }, say('plain_save'));
  const unsaved = element('p', { role: 'alert' });
  save.onclick = async () => {
    unsaved.textContent = '';
    try {
      const answer = await fetch(location.pathname, { cache: 'no-cache' }).catch(() => { throw Error(say('network')); });
      if (!answer.ok) throw Error(say('server', answer));
      const address = URL.createObjectURL(new Blob([plainPages(files, clinic, await answer.text())], { type: 'application/zip' }));
      element('a', { href: address, download: 'plain-pages.zip' }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    } catch ({ message }) {
      unsaved.textContent = say('plain_failed', { why: message.replace(/\.$/, '') });
    }
  };
  const bytes = new Map(files);
  const drawn = anteroomEarly.all(clinic);
  const isNow = drawn.every((template) => anteroomEarly.fits(template, anteroomEarly.files(template).map((path) => anteroomEarly.print(bytes.get(path) || ''))));
  const plain = [element('h2', {}, say('plain')), element('p', {}, say('plain_lead')), element('p', {}, say(!drawn.length ? 'plain_none' : isNow ? 'plain_now' : 'plain_old')),
    ...(errors ? [element('p', {}, say('plain_errors'))] : []), element('p', { class: 'ar-check__print' }, save), unsaved];

  show(
    title(),
    element('p', { class: 'ar-lead', role: 'status' },
      count(errors, 'error') + ', ' + count(problems.length - errors, 'warning') + ', ' + count(patients, 'patient') + ' ' +
      (clinic ? say('laid', { clinic }) + ' ' : '') + say('when', { date: today })),
    element('p', {}, say('in_english') + ' ', other()),
    element('p', { class: 'ar-check__print' }, print),
    ...listOf('error', say('errors'), say('errors_lead')),
    ...toSign,
    ...listOf('warning', say('warnings'), say('warnings_lead')),
    ...plain,
    ...grades,
  );
  root.querySelector('h1').focus();
};
