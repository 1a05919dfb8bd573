//! A guide that is written and read again is the same guide: the small one, the shipped one and random ones.

use anteroom::engine::guide::reader::Place;
use anteroom::engine::guide::source::Source;
use anteroom::engine::guide::{self, Guide, paths, write};
use anteroom::engine::problem::Problem;
use anteroom::engine::screening::result::result;
use proptest::prelude::*;

use crate::support::random::{Sort, sources};
use crate::support::{Folder, TODAY, all_clear, cases};

/// The files with everything that can be written put in place of what was read.
fn written(files: &[Source], guide: &Guide) -> Vec<Source> {
    let mut new = vec![Source::new(paths::SCREENING, write::screening(guide))];
    if !guide.tasks.is_empty() {
        new.push(Source::new(paths::PLAN, write::plan(guide)));
    }
    if !guide.citations.is_empty() {
        new.push(Source::new(paths::SOURCES, write::citations(guide)));
    }
    for lang in &guide.settings.languages {
        new.push(Source::new(&paths::screening_words(lang), write::screening_words(guide.words(lang))));
        if !guide.tasks.is_empty() {
            new.push(Source::new(&paths::plan_words(lang), write::plan_words(guide.words(lang))));
        }
    }
    let kept = files.iter().filter(|file| new.iter().all(|new| new.path != file.path)).cloned();
    kept.collect::<Vec<_>>().into_iter().chain(new).collect()
}

/// The guide without the lines that its parts stand on.
fn without_lines(guide: &Guide) -> Guide {
    let mut guide = guide.clone();
    let nowhere = Place::default();
    guide.questions.iter_mut().for_each(|question| question.line = nowhere);
    guide.rules.iter_mut().for_each(|rule| rule.line = nowhere);
    guide.advice.iter_mut().for_each(|advice| advice.line = nowhere);
    guide.tasks.iter_mut().for_each(|task| task.line = nowhere);
    guide
}

#[track_caller]
fn check(files: &[Source]) {
    let (guide, problems) = guide::parse(files, Some(TODAY));
    let files = written(files, &guide);
    let (again, found) = guide::parse(&files, Some(TODAY));
    // Lines move; what is said does not. Who signed a translation has not signed what is written anew.
    let said = |problems: &[Problem]| {
        let mut said: Vec<_> =
            problems.iter().map(|problem| (problem.file.clone(), problem.what.clone())).collect();
        said.retain(|(_, what)| what != "Nobody has signed this translation yet.");
        said.sort();
        said
    };
    assert_eq!(said(&problems), said(&found));
    let (one, other) = (without_lines(&guide), without_lines(&again));
    assert_eq!(one.sections, other.sections);
    assert_eq!(one.questions, other.questions);
    assert_eq!(one.rules, other.rules);
    assert_eq!(one.advice, other.advice);
    assert_eq!(one.tasks, other.tasks);
    assert_eq!(one.review, other.review);
    assert_eq!(one.citations, other.citations);
    assert_eq!(one.pages, other.pages);
    for lang in &guide.settings.languages {
        // The written words are the words: written again they are the same text.
        assert_eq!(write::screening_words(guide.words(lang)), write::screening_words(again.words(lang)));
        assert_eq!(write::plan_words(guide.words(lang)), write::plan_words(again.words(lang)));
        for question in &guide.questions {
            let (old, new) =
                (guide.words(lang).question(&question.id), again.words(lang).question(&question.id));
            assert_eq!(
                (&old.ask, &old.hint, &old.why, &old.terms),
                (&new.ask, &new.hint, &new.why, &new.terms)
            );
            for choice in question.choices() {
                assert_eq!(old.choice(&choice.id), new.choice(&choice.id));
            }
        }
    }
}

#[test]
fn the_small_and_the_shipped_guide_are_the_same_when_they_are_read_again() {
    check(&Folder::small().sources);
    check(&Folder::shipped().sources);
}

#[test]
fn a_reason_says_the_same_when_it_is_read_again() {
    let files = Folder::shipped().sources;
    let guide = guide::parse(&files, Some(TODAY)).0;
    let again = guide::parse(&written(&files, &guide), Some(TODAY)).0;
    let mut answers = all_clear(&guide);
    for question in guide.questions.iter().skip(8) {
        if let Some(choice) = question.choices().iter().rfind(|choice| !choice.exclusive && !choice.unsure) {
            let several = matches!(question.kind, anteroom::engine::screening::question::Kind::Several(_));
            let answer = if several {
                crate::support::several(&[choice.id.as_str()])
            } else {
                crate::support::one(choice.id.as_str())
            };
            answers.set(question.id.clone(), answer);
        }
    }
    let (old, new) = (result(&guide, &answers), result(&again, &answers));
    assert_eq!(old, new);
    assert!(old.reasons.len() > 10, "{}", old.reasons.len());
    for lang in &guide.settings.languages {
        for reason in &old.reasons {
            assert_eq!(guide.words(lang).reason(reason), again.words(lang).reason(reason));
            assert_eq!(guide.words(lang).next_step(reason), again.words(lang).next_step(reason));
        }
    }
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn any_guide_is_the_same_when_it_is_read_again(seed in any::<u64>(), size in 1..14_usize) {
        check(&sources(seed, size, Sort::Any));
    }
}
