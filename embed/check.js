// The check of the guide, for the clinic: what `anteroom check` says, in the browser, of the files that this web space
// serves. Opened with #check on the widget's own page, as in index.html#check or index.html?clinic=springfield#check.
//
// start.js loads it in place of the widget and hands in how to read a file. It sends nothing and keeps nothing.
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
  const count = (number, thing) => number + ' ' + thing + (number === 1 ? '' : 's');
  const show = (...parts) => root.replaceChildren(element('div', { class: 'ar', lang: 'en', dir: 'ltr' },
    element('main', { class: 'ar-main' }, element('div', { class: 'ar-prose ar-check' }, ...parts))));
  const title = () => element('h1', { class: 'ar-title', tabindex: '-1' }, 'Check of this guide');
  const failed = (why) => show(title(), element('p', { role: 'alert' }, 'The check could not be run: ' + why +
    '. Check that the whole folder is uploaded, or run "anteroom check" on a computer.'));

  document.head.append(element('link', { rel: 'stylesheet', href: 'check.css' }));
  show(title(), element('p', { role: 'status' }, 'Reading all files of the guide. One moment.'));
  try {
    await new Promise((resolve, reject) => {
      const script = element('script', { src: 'checker.js' });
      script.onload = resolve;
      script.onerror = () => reject(Error('checker.js could not be loaded'));
      document.head.append(script);
    });
    const answer = await fetch('checker_bg.wasm').catch(() => { throw Error('the network did not answer'); });
    if (!answer.ok) throw Error('checker_bg.wasm: the server answered ' + answer.status);
    await anteroomChecker({ module_or_path: answer });
  } catch (error) {
    return failed(error.message);
  }
  const { wanted, report } = anteroomChecker;

  const files = [];
  for (let paths = wanted(files, !!clinic); paths.length; paths = wanted(files, !!clinic)) {
    files.push(...await Promise.all(paths.map(async (path) => [path, await read(path).catch((error) => error.message)])));
  }
  const today = new Date().toISOString().slice(0, 10);
  const { problems, patients, readability, changes } = JSON.parse(report(files, today, clinic));

  const sentence = ({ file, line, what, remedy }) =>
    element('li', {}, element('strong', {}, file + ', line ' + line), ': ' + what + ' ', element('em', {}, remedy));
  const listOf = (severity, heading, lead) => {
    const these = problems.filter((problem) => problem.severity === severity);
    return these.length ? [element('h2', {}, heading), element('p', {}, lead),
      element('ul', { class: 'ar-check__' + severity }, ...these.map(sentence))] : [];
  };
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const words = (text) => text === '' ? 'nothing' : text;
  const change = ({ kind, id, from, to, file, line }) =>
    element('li', {}, element('strong', {}, kind.replaceAll('-', ' ') + ': ' + id), ' ', words(from) + ' \u2192 ' + words(to),
      ' (' + file + ', line ' + line + ')');
  const changed = (safety, heading) => {
    const these = (changes ?? []).filter((one) => one.safety === safety);
    return these.length ? [element('h3', {}, heading), element('ul', {}, ...these.map(change))] : [];
  };
  const toSign = changes ? [
    element('h2', {}, 'What this clinic changed'),
    ...(changes.length ? [
      ...changed(true, 'Safety: levels, rules, questions, numbers'),
      ...changed(false, 'Words, pages and the rest'),
      element('p', {}, 'For the medical director: I have read these changes, and I agree to them.'),
      ...['Name', 'Date', 'Signature'].map((line) => element('p', { class: 'ar-check__sign' }, line + ':')),
    ] : [element('p', {}, 'Nothing.')]),
  ] : [];
  const columns = readability.length ? Object.keys(readability[0]) : [];
  const cell = (value) => typeof value === 'number' ? value.toFixed(1) : String(value ?? '');
  const grades = columns.length ? [
    element('h2', {}, 'How hard the words are'),
    element('div', { class: 'ar-table', tabindex: '0', role: 'region', 'aria-label': 'How hard the words are' },
      element('table', {},
        element('thead', {}, element('tr', {}, ...columns.map((name) => element('th', { scope: 'col' }, name.replaceAll('_', ' '))))),
        element('tbody', {}, ...readability.map((row) =>
          element('tr', {}, ...columns.map((name) => element('td', {}, cell(row[name])))))))),
  ] : [];
  const print = element('button', { type: 'button', class: 'ar-button' }, 'Print this report');
  print.onclick = () => window.print();

  show(
    title(),
    element('p', { class: 'ar-lead', role: 'status' },
      count(errors, 'error') + ', ' + count(problems.length - errors, 'warning') + ', ' + count(patients, 'virtual patient') +
      ' run. ' + (clinic ? 'The folder "' + clinic + '" is laid over the guide. ' : '') +
      'Checked on ' + today + ', in this browser. Nothing was sent.'),
    element('p', { class: 'ar-check__print' }, print),
    ...toSign,
    ...listOf('error', 'Errors', 'Something cannot be used, or safety is at stake. Mend these before patients see the guide.'),
    ...listOf('warning', 'Warnings', 'Mend or sign these before patients see the guide.'),
    ...grades,
  );
  root.querySelector('h1').focus();
};
