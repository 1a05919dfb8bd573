//! The questionnaire on paper: every question with boxes to tick, and a sentence in place of each condition. Nothing on
//! it is scored and nothing has a level; this clinic reads it with the person.

use crate::cli::pages::book::Book;
use crate::cli::pages::html::{Html, element, nothing, text};
use crate::cli::pages::prose::some;
use crate::engine::guide::Guide;
use crate::engine::guide::words::{QuestionWords, Say, Words};
use crate::engine::ids::{ChoiceId, QuestionId};
use crate::engine::screening::question::{Bounds, Choice, Kind, Question};
use crate::engine::screening::rule::{Condition, Operand};

/// How many lines a list on paper has at most.
const MOST_LINES: usize = 8;

/// The questions that this guide asks in the language that it speaks, each with its number.
struct Paper<'p> {
    guide: &'p Guide,
    words: &'p Words,
    asked: Vec<&'p Question>,
}

/// The questionnaire. The guide must speak the language of `words`.
pub fn paper(book: &Book, guide: &Guide, words: &Words) -> Html {
    let asked = guide.questions.iter().filter(|question| !guide.is_unspoken(&question.id)).collect();
    let paper = Paper { guide, words, asked };
    let lead: Html = [Say::PaperLead, Say::PaperHow, Say::PaperPrivate]
        .into_iter()
        .map(|say| element("p", &[], text(words.say(say))))
        .collect();
    let sections: Html = guide.sections.iter().map(|section| paper.section(book, section)).collect();
    let who = element(
        "p",
        &[("class", "ar-paper__line")],
        [element("span", &[], text(words.say(Say::PaperName))), blank()],
    );
    Html::from([element("div", &[("class", "ar-paper__lead")], lead), who, sections])
}

fn blank() -> Html {
    element("span", &[("class", "ar-paper__blank")], nothing())
}

impl<'p> Paper<'p> {
    fn section(&self, book: &Book, section: &crate::engine::ids::SectionId) -> Html {
        let questions: Html = self
            .asked
            .iter()
            .enumerate()
            .filter(|(_, question)| question.section == *section)
            .map(|(place, question)| self.question(book, place + 1, question))
            .collect();
        if questions.is_empty() {
            return nothing();
        }
        let said = self.words.section(section);
        let title = if said.title.is_empty() { section.as_str() } else { &said.title };
        element(
            "section",
            &[("class", "ar-paper__section")],
            [element("h2", &[], text(title)), some("p", "ar-paper__intro", text(&said.intro)), questions],
        )
    }

    fn question(&self, book: &Book, number: usize, question: &Question) -> Html {
        let said = self.words.question(&question.id);
        let only = question.ask_if.as_ref().and_then(|condition| self.only_if(condition, false));
        let only = only.map_or_else(nothing, |condition| {
            let sentence = self.words.fill(Say::PaperOnlyIf, &[("condition", &condition)]);
            let unsure = self.words.say(Say::PaperUnsure);
            element("p", &[("class", "ar-paper__only")], text(&format!("{sentence} {unsure}")))
        });
        let hint = match (&question.kind, said.hint.is_empty()) {
            (_, false) => said.hint.as_str(),
            (Kind::Several(_), true) => self.words.say(Say::QuestionSeveral),
            (_, true) if !question.required => self.words.say(Say::QuestionOptional),
            (_, true) => "",
        };
        let terms: Html = said
            .terms
            .iter()
            .map(|(name, meaning)| {
                element("li", &[], [element("strong", &[], text(name)), text(": "), text(meaning)])
            })
            .collect();
        let id = format!("q{number}");
        let ask = [
            some("span", "ar-paper__stem", text(&said.stem)),
            element("span", &[("class", "ar-paper__number")], text(&format!("{number}. "))),
            text(&said.ask),
        ];
        element(
            "section",
            &[("class", "ar-paper__question"), ("aria-labelledby", &id)],
            [
                element("h3", &[("id", &id)], ask),
                only,
                some("p", "ar-paper__hint", text(hint)),
                self.help(book, question, said),
                self.entry(question, said),
                some("ul", "ar-paper__terms", terms),
            ],
        )
    }

    /// Paper can open no panel, so help stands beside each answer that would.
    fn help(&self, book: &Book, question: &Question, said: &QuestionWords) -> Html {
        let quoted = |choices: Vec<&Choice>| {
            let names: Vec<String> =
                choices.iter().map(|choice| format!("\"{}\"", said.choice(&choice.id))).collect();
            names.join(&format!(" {} ", self.words.say(Say::PaperOr)))
        };
        let (emergency, crisis): (Vec<&Choice>, Vec<&Choice>) =
            question.choices().iter().filter(|choice| choice.crisis).partition(|choice| choice.emergency);
        [(emergency, true), (crisis, false)]
            .into_iter()
            .filter(|(choices, _)| !choices.is_empty())
            .map(|(choices, emergency)| {
                let sentence = self.words.fill(Say::PaperHelp, &[("choices", &quoted(choices))]);
                element(
                    "p",
                    &[("class", "ar-paper__help")],
                    [text(&sentence), text(" "), book.help_links(self.words, emergency)],
                )
            })
            .collect()
    }

    fn entry(&self, question: &Question, said: &QuestionWords) -> Html {
        let typed = match &question.kind {
            Kind::One(_) | Kind::Several(_) => nothing(),
            Kind::Number(bounds) if bounds.units.is_empty() => line("", &bounds.unit),
            Kind::Number(bounds) => {
                let units: Html = bounds.units.iter().map(|unit| boxed(said.unit(&unit.id), &[])).collect();
                Html::from([line("", ""), element("ul", &[("class", "ar-plain__boxes")], units)])
            }
            Kind::Pair(parts) => {
                parts.iter().map(|part| line(said.part(&part.id), unit(&part.bounds))).collect()
            }
            Kind::Date(_) => {
                let names = [Say::DateDay, Say::DateMonth, Say::DateYear];
                let fields: Html = self
                    .words
                    .date_order()
                    .into_iter()
                    .filter_map(|field| names.get(field))
                    .map(|say| line(self.words.say(*say), ""))
                    .collect();
                fields
            }
            Kind::Text(letters) => (0..if letters.long { 4 } else { 1 }).map(|_| line("", "")).collect(),
            Kind::List(entries) => {
                let head: Html = entries
                    .fields
                    .iter()
                    .map(|field| element("th", &[("scope", "col")], text(said.part(&field.id))))
                    .collect();
                let rows: Html = (0..entries.most.min(MOST_LINES))
                    .map(|_| {
                        let cells: Html =
                            entries.fields.iter().map(|_| element("td", &[], nothing())).collect();
                        element("tr", &[], cells)
                    })
                    .collect();
                element(
                    "table",
                    &[("class", "ar-paper__list")],
                    [element("thead", &[], element("tr", &[], head)), element("tbody", &[], rows)],
                )
            }
        };
        let choices: Html = question
            .choices()
            .iter()
            .map(|choice| {
                let apart = if choice.exclusive { " ar-paper__apart" } else { "" };
                boxed(said.choice(&choice.id), &[("class", &format!("ar-plain__box{apart}"))])
            })
            .collect();
        Html::from([typed, some("ul", "ar-plain__boxes", choices)])
    }

    /// The condition in words; none if no sentence says it, and then the question is for everyone. What cannot be said
    /// of a part makes it hold more often, never less.
    fn only_if(&self, condition: &Condition, denied: bool) -> Option<String> {
        let join = |parts: &[Condition], every: bool| {
            let said = parts.iter().map(|part| self.only_if(part, denied));
            let (parts, say) = if every {
                (said.flatten().collect::<Vec<_>>(), Say::PaperAnd)
            } else {
                (said.collect::<Option<Vec<_>>>()?, Say::PaperOr)
            };
            let joint = format!(", {} ", self.words.say(say));
            (!parts.is_empty()).then(|| parts.join(&joint))
        };
        match condition {
            Condition::All(parts) => join(parts, !denied),
            Condition::Any(parts) => join(parts, denied),
            Condition::Not(part) => self.only_if(part, !denied),
            Condition::Is(question, choice) | Condition::Includes(question, choice) => {
                self.ticked(question, choice, denied)
            }
            Condition::IsNot(question, choice) => self.ticked(question, choice, !denied),
            Condition::AtLeast(operand, least) if !denied => {
                self.compared(operand, Say::PaperAtLeast, &[("value", *least)])
            }
            Condition::AtMost(operand, most) if !denied => {
                self.compared(operand, Say::PaperAtMost, &[("value", *most)])
            }
            Condition::Between(operand, least, most) if !denied => {
                self.compared(operand, Say::PaperBetween, &[("least", *least), ("most", *most)])
            }
            Condition::Before(question, day) if !denied => {
                self.about(question, Say::PaperBefore, &[("value", &self.words.date(*day))])
            }
            Condition::After(question, day) if !denied => {
                self.about(question, Say::PaperAfter, &[("value", &self.words.date(*day))])
            }
            Condition::Answered(question) if !denied => self.about(question, Say::PaperAnswered, &[]),
            // A count or a score is no work for a person who fills in a paper.
            Condition::AtLeast(..)
            | Condition::AtMost(..)
            | Condition::Between(..)
            | Condition::Before(..)
            | Condition::After(..)
            | Condition::Answered(_)
            | Condition::TickedAtLeast(..)
            | Condition::Count(..)
            | Condition::Score(..) => None,
        }
    }

    fn ticked(&self, question: &QuestionId, choice: &ChoiceId, denied: bool) -> Option<String> {
        let say = if denied { Say::PaperNotTicked } else { Say::PaperTicked };
        let choice = self.words.question(question).choice(choice);
        self.about(question, say, &[("choice", choice)])
    }

    fn compared(&self, operand: &Operand, say: Say, numbers: &[(&str, f64)]) -> Option<String> {
        // Of a pair, or of a number with units, one figure alone would not say which is meant.
        let question = self.guide.question(&operand.question)?;
        let Kind::Number(Bounds { units, .. }) = &question.kind else { return None };
        if !units.is_empty() {
            return None;
        }
        let numbers: Vec<(&str, String)> =
            numbers.iter().map(|(key, number)| (*key, number.to_string())).collect();
        let numbers: Vec<(&str, &str)> =
            numbers.iter().map(|(key, number)| (*key, number.as_str())).collect();
        self.about(&operand.question, say, &numbers)
    }

    /// A phrase about a question, which must be on the paper.
    fn about(&self, question: &QuestionId, say: Say, values: &[(&str, &str)]) -> Option<String> {
        let number = self.asked.iter().position(|asked| asked.id == *question)? + 1;
        let number = number.to_string();
        let mut values = values.to_vec();
        values.push(("number", &number));
        Some(self.words.fill(say, &values))
    }
}

fn unit(bounds: &Bounds) -> &str {
    &bounds.unit
}

/// A line to write on, between its name and its unit.
fn line(name: &str, unit: &str) -> Html {
    element(
        "p",
        &[("class", "ar-paper__line")],
        [
            if name.is_empty() { nothing() } else { element("span", &[], text(name)) },
            blank(),
            if unit.is_empty() { nothing() } else { element("span", &[], text(unit)) },
        ],
    )
}

fn boxed(words: &str, attributes: &[(&str, &str)]) -> Html {
    let plain = [("class", "ar-plain__box")];
    element("li", if attributes.is_empty() { &plain } else { attributes }, text(words))
}
