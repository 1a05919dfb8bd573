//! Conditions as FHIR's `enableWhen`: a flat list of tests, of which all or any must hold.
//!
//! The guide's conditions are three-valued and nested. What FHIR cannot say is left out in the direction of asking: a
//! question is never hidden in FHIR that the guide would ask. An answer of "not sure" or a question passed by is
//! unknown in the guide, and asks; so both are tests of their own here. What is denied holds in the guide for whoever
//! is not asked the question it looks at. Where FHIR asks that question of more people, their answers would hide what
//! the guide asks, so it is not said then.

use crate::engine::handoff::fhir::json::{Json, Object, texts};
use crate::engine::handoff::fhir::layout::Layout;
use crate::engine::ids::{ChoiceId, QuestionId};
use crate::engine::screening::question::{Choice, Kind, Question};
use crate::engine::screening::rule::{Condition, Operand};

/// When an item is asked, as far as FHIR can say it.
pub struct EnableWhen {
    /// The tests; none if it is always asked.
    pub tests: Vec<Object>,
    /// Whether all of them must hold, and not one of them.
    pub all: bool,
    /// Whether FHIR can say the whole condition.
    pub whole: bool,
}

/// A flat form of a condition.
enum Form {
    /// All of these hold. One test alone is this too.
    All(Vec<Object>),
    /// At least one of these holds.
    Any(Vec<Object>),
    /// FHIR cannot say it, so it counts as holding.
    Unsaid,
}

/// The condition of a question.
pub fn enable_when(layout: &Layout, condition: &Condition) -> EnableWhen {
    let mut whole = true;
    let told = Teller { layout, whole: &mut whole }.tell(condition, false, &[]);
    match told {
        Form::All(tests) => EnableWhen { tests, all: true, whole },
        Form::Any(tests) => EnableWhen { tests, all: false, whole },
        Form::Unsaid => EnableWhen { tests: Vec::new(), all: true, whole: false },
    }
}

struct Teller<'l, 'g> {
    layout: &'l Layout<'g>,
    whole: &'l mut bool,
}

impl<'g> Teller<'_, 'g> {
    /// What makes the condition, or its opposite if `denied`, hold or be unknown. The `answered` questions are known to
    /// have an answer.
    fn tell(&mut self, condition: &Condition, denied: bool, answered: &[&QuestionId]) -> Form {
        match condition {
            Condition::Is(id, choice) => self.choice(id, choice, denied, answered),
            Condition::IsNot(id, choice) => self.choice(id, choice, !denied, answered),
            Condition::Includes(id, choice) => self.choice(id, choice, denied, answered),
            Condition::AtLeast(operand, least) => {
                self.number(operand, if denied { "<" } else { ">=" }, *least, denied)
            }
            Condition::AtMost(operand, most) => {
                self.number(operand, if denied { ">" } else { "<=" }, *most, denied)
            }
            Condition::Between(operand, least, most) => {
                let [low, high] = if denied { ["<", ">"] } else { [">=", "<="] };
                let parts = vec![
                    self.number(operand, low, *least, denied),
                    self.number(operand, high, *most, denied),
                ];
                if denied { self.any(parts) } else { self.all(parts) }
            }
            Condition::Before(id, day) => {
                self.date(id, if denied { ">=" } else { "<" }, day.to_string(), denied)
            }
            Condition::After(id, day) => {
                self.date(id, if denied { "<=" } else { ">" }, day.to_string(), denied)
            }
            Condition::Answered(id) => {
                let Some(question) = self.asked(id) else { return Form::Unsaid };
                if denied && !self.layout.is_exact(id) {
                    return Form::Unsaid;
                }
                let mut tests = vec![exists(self.first_link(question), !denied)];
                if self.beside(question) {
                    tests.push(exists(self.layout.unsure_link(id), !denied));
                }
                if denied || tests.len() == 1 { Form::All(tests) } else { Form::Any(tests) }
            }
            Condition::TickedAtLeast(id, 1) if !denied => {
                let Some(question) = self.asked(id) else { return Form::Unsaid };
                let counts = question.choices().iter().filter(|choice| choice.unsure || !choice.exclusive);
                let tests = counts.map(|choice| self.is(question, choice, "=")).collect();
                self.or_open(Form::Any(tests), question, self.is_optional(question))
            }
            Condition::Count(parts, 1) => self.several(parts, denied, denied, answered),
            Condition::Count(parts, least) if *least == parts.len() => {
                self.several(parts, !denied, denied, answered)
            }
            Condition::All(parts) => self.several(parts, !denied, denied, answered),
            Condition::Any(parts) => self.several(parts, denied, denied, answered),
            Condition::Not(part) => self.tell(part, !denied, answered),
            Condition::TickedAtLeast(..) | Condition::Count(..) | Condition::Score(..) => Form::Unsaid,
        }
    }

    fn several(&mut self, parts: &[Condition], all: bool, denied: bool, answered: &[&QuestionId]) -> Form {
        let mut known = answered.to_vec();
        let mut parts: Vec<&Condition> = parts.iter().collect();
        if all && !denied {
            // That a question is answered need not be said beside a test of its answer.
            let tested = parts.clone();
            parts.retain(|part| match part {
                Condition::Answered(id) => {
                    known.push(id);
                    !tested.iter().any(|test| is_test_of(test, id))
                }
                _ => true,
            });
        }
        let forms: Vec<Form> = parts.into_iter().map(|part| self.tell(part, denied, &known)).collect();
        if all { self.all(forms) } else { self.any(forms) }
    }

    /// All of these. Where one of several is itself a choice, it is left out: then more is asked.
    fn all(&mut self, mut forms: Vec<Form>) -> Form {
        if forms.len() == 1 {
            return forms.pop().unwrap_or(Form::Unsaid);
        }
        let mut tests = Vec::new();
        for form in forms {
            match form {
                Form::All(more) => tests.extend(more),
                Form::Any(more) if more.len() == 1 => tests.extend(more),
                Form::Any(_) | Form::Unsaid => *self.whole = false,
            }
        }
        if tests.is_empty() { Form::Unsaid } else { Form::All(tests) }
    }

    /// Any of these. With one that cannot be said, nothing is: it may be the one that asks.
    fn any(&mut self, mut forms: Vec<Form>) -> Form {
        if forms.len() == 1 {
            return forms.pop().unwrap_or(Form::Unsaid);
        }
        let mut tests = Vec::new();
        for form in forms {
            match form {
                Form::Any(more) => tests.extend(more),
                // All of several is more than FHIR can say in here; one of them alone asks more.
                Form::All(more) => {
                    *self.whole &= more.len() == 1;
                    tests.extend(more.into_iter().take(1));
                }
                Form::Unsaid => return Form::Unsaid,
            }
        }
        Form::Any(tests)
    }

    /// The answer is, or with `denied` is not, this choice.
    fn choice(&mut self, id: &QuestionId, choice: &ChoiceId, denied: bool, answered: &[&QuestionId]) -> Form {
        let Some(question) = self.asked(id) else { return Form::Unsaid };
        let Some(meant) = question.choice(choice) else { return Form::Unsaid };
        let open = !answered.contains(&id);
        if denied {
            // FHIR's "not equal" of several answers means different things to different readers, but for a choice that
            // stands alone.
            let alone = matches!(question.kind, Kind::One(_)) || meant.exclusive;
            if !alone {
                return Form::Unsaid;
            }
            if open && !self.layout.is_exact(id) {
                return Form::Unsaid;
            }
            let test = self.is(question, meant, "!=");
            let may_be_open = self.is_optional(question) || question.ask_if.is_some();
            // Not sure beside what is typed: the number itself is another answer.
            let mut form = Form::All(vec![test]);
            if question.kind.is_typed() {
                form =
                    Form::Any(vec![self.is(question, meant, "!="), exists(self.first_link(question), true)]);
            }
            return self.or_open(form, question, open && may_be_open);
        }
        let others = question.choices().iter().filter(|other| other.unsure && other.id != meant.id);
        let mut tests = vec![self.is(question, meant, "=")];
        tests.extend(others.map(|other| self.is(question, other, "=")));
        let form = if tests.len() == 1 { Form::All(tests) } else { Form::Any(tests) };
        self.or_open(form, question, open && self.is_optional(question))
    }

    fn number(&mut self, operand: &Operand, operator: &'static str, number: f64, denied: bool) -> Form {
        let Some(question) = self.asked(&operand.question) else { return Form::Unsaid };
        let link = match &operand.part {
            Some(part) => self.layout.part_link(&question.id, part.as_str()),
            None => self.layout.link(&question.id),
        };
        let answer = match &question.kind {
            Kind::Number(bounds) if !bounds.units.is_empty() => (
                "answerQuantity",
                Json::from(super::questionnaire::quantity(number, &bounds.unit, &bounds.unit)),
            ),
            _ => ("answerDecimal", Json::from(number)),
        };
        self.compared(question, link, operator, answer, denied)
    }

    fn date(&mut self, id: &QuestionId, operator: &'static str, day: String, denied: bool) -> Form {
        let Some(question) = self.asked(id) else { return Form::Unsaid };
        let link = self.layout.link(id);
        self.compared(question, link, operator, ("answerDate", Json::from(day)), denied)
    }

    /// A comparison, or "not sure" in place of what is compared.
    fn compared(
        &mut self,
        question: &Question,
        link: String,
        operator: &'static str,
        answer: (&'static str, Json),
        denied: bool,
    ) -> Form {
        if denied && !self.layout.is_exact(&question.id) {
            return Form::Unsaid;
        }
        let test = texts(&[("question", link.as_str()), ("operator", operator)]).with(answer.0, answer.1);
        let mut form = Form::All(vec![test]);
        if self.beside(question) {
            form = self.any(vec![form, Form::All(vec![exists(self.layout.unsure_link(&question.id), true)])]);
        }
        let may_be_open = self.is_optional(question) || denied && question.ask_if.is_some();
        self.or_open(form, question, may_be_open)
    }

    /// The form, or the question has no answer at all.
    fn or_open(&mut self, form: Form, question: &Question, may_be_open: bool) -> Form {
        if !may_be_open {
            return form;
        }
        let link = self.first_link(question);
        self.any(vec![form, Form::All(vec![exists(link, false)])])
    }

    fn asked(&self, id: &QuestionId) -> Option<&'g Question> {
        self.layout.guide.question(id).filter(|_| self.layout.is_asked(id))
    }

    fn is_optional(&self, question: &Question) -> bool {
        !question.required
    }

    /// Whether it has a "not sure" of its own beside what is typed.
    fn beside(&self, question: &Question) -> bool {
        question.kind.is_typed() && !question.unsure_choices.is_empty()
    }

    /// The item that has an answer when the question has one: groups never have.
    fn first_link(&self, question: &Question) -> String {
        match &question.kind {
            Kind::Pair([first, _]) => self.layout.part_link(&question.id, first.id.as_str()),
            Kind::List(entries) => match entries.fields.first() {
                Some(field) => self.layout.part_link(&question.id, field.id.as_str()),
                None => self.layout.link(&question.id),
            },
            Kind::One(_) | Kind::Several(_) | Kind::Number(_) | Kind::Date(_) | Kind::Text(_) => {
                self.layout.link(&question.id)
            }
        }
    }

    fn is(&self, question: &Question, choice: &Choice, operator: &'static str) -> Object {
        let link = if question.kind.is_typed() {
            self.layout.unsure_link(&question.id)
        } else {
            self.layout.link(&question.id)
        };
        texts(&[("question", link.as_str()), ("operator", operator)])
            .with("answerCoding", self.layout.coding(question, choice))
    }
}

fn is_test_of(condition: &Condition, id: &QuestionId) -> bool {
    match condition {
        Condition::Is(question, _)
        | Condition::IsNot(question, _)
        | Condition::Includes(question, _)
        | Condition::Before(question, _)
        | Condition::After(question, _)
        | Condition::TickedAtLeast(question, _) => question == id,
        Condition::AtLeast(operand, _) | Condition::AtMost(operand, _) | Condition::Between(operand, ..) => {
            operand.question == *id
        }
        Condition::Answered(_)
        | Condition::Count(..)
        | Condition::Score(..)
        | Condition::All(_)
        | Condition::Any(_)
        | Condition::Not(_) => false,
    }
}

fn exists(link: String, answer: bool) -> Object {
    texts(&[("question", link.as_str()), ("operator", "exists")]).with("answerBoolean", answer)
}
