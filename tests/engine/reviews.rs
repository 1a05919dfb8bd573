//! What is said about the dates of a review, for the screening and for each page.

use crate::support::Folder;

/// What is said about the screening and a page with these dates.
#[track_caller]
fn check(reviewed_on: &str, review_due: &str, expected: &[&str]) {
    for (path, on, due) in
        [("screening.toml", "2026-01-10", "2027-01-10"), ("en/pages/visit.md", "2026-01-10", "2027-01-10")]
    {
        let folder = Folder::small()
            .replaced(path, &format!("reviewed_on = {on}\n"), &format!("{reviewed_on}\n"))
            .replaced(path, &format!("review_due = {due}\n"), &format!("{review_due}\n"));
        let problems = folder.parse().1;
        let said: Vec<&str> = problems.iter().map(|problem| problem.what.as_str()).collect();
        assert_eq!(said, expected, "{path}");
        assert!(problems.iter().all(|problem| problem.file == path && !problem.remedy.is_empty()));
    }
}

#[test]
fn a_review_of_today_for_a_year_is_fine() {
    check("reviewed_on = 2026-12-01", "review_due = 2027-12-01", &[]);
}

#[test]
fn a_review_that_is_missing_or_has_lapsed_is_said() {
    check("", "review_due = 2027-01-10", &["It is not said when this was last reviewed."]);
    check("reviewed_on = 2026-01-10", "", &["It is not said when this must be reviewed again."]);
    check("reviewed_on = 2026-01-10", "review_due = 2026-11-30", &["The review was due on 2026-11-30."]);
    check("reviewed_on = 2026-01-10", "review_due = 2026-12-01", &[]);
}

#[test]
fn a_review_is_good_for_twelve_months_at_most() {
    check(
        "reviewed_on = 2026-01-10",
        "review_due = 2027-01-11",
        &["The next review, on 2027-01-11, is more than twelve months after the last, on 2026-01-10."],
    );
}

#[test]
fn a_review_to_come_or_in_the_wrong_order_is_said() {
    check(
        "reviewed_on = 2026-12-02",
        "review_due = 2027-01-10",
        &["`reviewed_on` is 2026-12-02, which is still to come."],
    );
    check(
        "reviewed_on = 2026-11-20",
        "review_due = 2026-11-10",
        &[
            "The next review, on 2026-11-10, is before the last, on 2026-11-20.",
            "The review was due on 2026-11-10.",
        ],
    );
}
