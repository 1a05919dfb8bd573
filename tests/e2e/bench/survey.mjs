// The same questions as a page built with SurveyJS, and as a page written by hand, for the bench to measure beside ours.
//
// Both hold what our first view holds: help first, a title, a start button, then one question at a time.

import { readFileSync } from 'node:fs'
import { questions, say } from '../support/guide.mjs'

const library = (path) => readFileSync(new URL(`../node_modules/${path}`, import.meta.url))
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/** `ask_if` in SurveyJS' words, where it is one condition over one question. */
function visibleIf({ id, askIf }) {
  if (!askIf) return {}
  const [, not, question, operator, choice] = /^\{ (not = \{ )?question = "([\w-]+)", (is|includes) = "([\w-]+)"/.exec(askIf) ??
    (() => { throw new Error(`${id}: this condition has no counterpart here: ${askIf}`) })()
  const verb = { is: ['=', '<>'], includes: ['contains', 'notcontains'] }[operator][not ? 1 : 0]
  return { visibleIf: `{${question}} ${verb} '${choice}'` }
}

const KINDS = {
  one: ({ choices }) => ({ type: 'radiogroup', choices: choices.map(({ id, words }) => ({ value: id, text: words })) }),
  several: ({ choices }) => {
    const choice = ({ id, words }) => ({ value: id, text: words })
    return { type: 'checkbox', choices: choices.map((one) => one.exclusive ? { ...choice(one), isExclusive: true } : choice(one)) }
  },
  pair: ({ parts }) => ({ type: 'multipletext', items: parts.map((part) => ({ name: part, title: part, inputType: 'number' })) }),
  number: () => ({ type: 'text', inputType: 'number' }),
  date: () => ({ type: 'text', inputType: 'date' }),
  text: () => ({ type: 'text' }),
  list: () => ({ type: 'paneldynamic', templateElements: ['name', 'dose', 'often'].map((name) => ({ type: 'text', name })), panelCount: 1 }),
}

/** The survey in SurveyJS' JSON: a start page, then each question of the guide on a page of its own, in order. */
export const survey = () => ({
  firstPageIsStartPage: true,
  startSurveyText: say('start.begin'),
  pageNextText: say('common.continue'),
  pagePrevText: say('common.back'),
  showProgressBar: true,
  progressBarType: 'questions',
  widthMode: 'static',
  pages: [
    { name: 'start', elements: [{ type: 'html', name: 'lead', html: `<p>${escaped(say('start.lead'))}</p>` }] },
    ...questions.map((question) => ({
      name: `page-${question.id}`,
      elements: [{
        name: question.id, title: question.ask, isRequired: question.required,
        ...(question.hint ? { description: question.hint } : {}), ...visibleIf(question), ...KINDS[question.kind](question),
      }],
    })),
  ],
})

const page = (head, body) => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Get ready to talk</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
${head}
</head>
<body>
<p><strong>${escaped(say('header.help'))}</strong> <a href="tel:988">Call 988</a>, <a href="sms:988">text 988</a>. In danger right now? <a href="tel:911">Call 911</a>.</p>
<h1>Get ready to talk</h1>
${body}
</body>
</html>
`

/** The files of the page built with SurveyJS, by path: as its own guide says, with its default theme and without its fonts. */
export const surveySite = () => new Map([
  ['index.html', page(`<link rel="stylesheet" href="survey-core.css">
<script src="survey.core.js" defer></script>
<script src="survey-js-ui.js" defer></script>
<script src="survey.js" defer></script>`, '<div id="survey"></div>')],
  ['survey-core.css', library('survey-core/survey-core.fontless.min.css')],
  ['survey.core.js', library('survey-core/survey.core.min.js')],
  ['survey-js-ui.js', library('survey-js-ui/survey-js-ui.min.js')],
  ['survey.js', `const survey = new Survey.Model(${JSON.stringify(survey())});
document.addEventListener('DOMContentLoaded', () => survey.render(document.getElementById('survey')));
`],
])

/** The files of a page of the first questions that are one choice of several, written by hand: the least that it can cost. */
export function handWrittenSite(count = 20) {
  const form = ({ id, ask, choices }) => `<form hidden>
<fieldset><legend><h2>${escaped(ask)}</h2></legend>
${choices.map((choice) => `<p><label><input type="radio" name="${id}" value="${choice.id}" required> ${escaped(choice.words)}</label></p>`).join('\n')}
</fieldset>
<button>${escaped(say('common.continue'))}</button>
</form>`
  const first = questions.filter(({ kind }) => kind === 'one').slice(0, count)
  return new Map([
    ['index.html', page('<link rel="stylesheet" href="style.css">\n<script src="page.js" defer></script>',
      `<form><p>${escaped(say('start.lead'))}</p>\n<button>${escaped(say('start.begin'))}</button></form>\n${first.map(form).join('\n')}`)],
    ['style.css', `body { font: 1.125rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 0 auto; padding: 1rem; color: #222; background: #fffdf9; }
h1 { font-size: 1.75rem; } h2 { font-size: 1.375rem; margin: 0; } fieldset { border: 0; padding: 0; margin: 0 0 1rem; }
label { display: block; padding: .75rem; border: 1px solid #bbb; border-radius: .5rem; }
button { font: inherit; padding: .75rem 1.5rem; border: 0; border-radius: .5rem; color: #fff; background: #245; }
`],
    ['page.js', `const steps = [...document.forms];
steps.forEach((step, at) => step.addEventListener('submit', (event) => {
  event.preventDefault();
  step.hidden = true;
  steps[at + 1].hidden = false;
}));
`],
  ])
}
