//! Days of the calendar, counted. The engine has no clock: today always comes from outside.

use crate::engine::guide::reader::Date;

/// Whether the calendar has this day: not the 30th of February.
pub fn is_real(date: Date) -> bool {
    (1..=12).contains(&date.month) && (1..=month_length(date.year, date.month)).contains(&date.day)
}

/// How many days a month has.
fn month_length(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The day so many days later, or earlier if `days` is less than zero; none before the year 0 or after 9999.
pub fn plus_days(date: Date, days: i64) -> Option<Date> {
    from_days(to_days(date).checked_add(days)?)
}

/// How many days a day comes after 1 January 1970; less than zero before it.
pub fn day_number(date: Date) -> i64 {
    to_days(date) - EPOCH
}

/// The day that comes so many days after 1 January 1970; none before the year 0 or after 9999.
pub fn day_of(number: i64) -> Option<Date> {
    from_days(number.checked_add(EPOCH)?)
}

/// The day of the week, 0 for Sunday to 6 for Saturday.
pub fn weekday(date: Date) -> usize {
    // 1 January 1970 was a Thursday.
    (day_number(date) + 4).rem_euclid(7).try_into().unwrap_or_default()
}

/// 1 January 1970, in days since 1 March of the year 0.
const EPOCH: i64 = 719_468;

/// Days since 1 March of the year 0, after Howard Hinnant's `days_from_civil`: counted from March, a leap day is the
/// last of its year.
fn to_days(date: Date) -> i64 {
    let (year, month) = (i64::from(date.year), i64::from(date.month));
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    365 * year + leap_days + (153 * month + 2) / 5 + i64::from(date.day) - 1
}

fn from_days(days: i64) -> Option<Date> {
    // 400 years have 146 097 days; what is left is a day within them.
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let (day, month) = (of_year - (153 * month + 2) / 5 + 1, if month < 10 { month + 3 } else { month - 9 });
    let year = era.checked_mul(400)?.checked_add(year)? + i64::from(month <= 2);
    if !(0..=9999).contains(&year) {
        return None;
    }
    Some(Date { year: year.try_into().ok()?, month: month.try_into().ok()?, day: day.try_into().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_the_calendar_follows_the_one_before() {
        let mut date = Date { year: 1599, month: 12, day: 31 };
        for year in 1600..=2101 {
            let days = if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) { 366 } else { 365 };
            for _ in 0..days {
                let next = plus_days(date, 1).unwrap();
                assert!(next > date && is_real(next), "{next} after {date}");
                assert!(next.day == 1 || next.day == date.day + 1, "{next} after {date}");
                assert_eq!(plus_days(next, -1), Some(date));
                date = next;
            }
            assert_eq!(date, Date { year, month: 12, day: 31 });
        }
    }

    #[test]
    fn a_date_is_read_in_one_way_only() {
        let date = Date { year: 2026, month: 1, day: 21 };
        assert_eq!(Date::from_iso(&date.to_string()), Some(date));
        assert_eq!(Date::from_iso("2026-01-21T10:00:00Z"), Some(date));
        let others = [
            "20261-1-21",
            "2026-1-021",
            "+026-01-21",
            "2026-01- 1",
            "2026/01/21",
            "26-01-2026",
            "2026-01-2",
            "",
        ];
        for other in others {
            assert_eq!(Date::from_iso(other), None, "{other}");
        }
    }

    #[test]
    fn the_calendar_has_no_other_days() {
        for (year, month, day) in
            [(2026, 2, 29), (1900, 2, 29), (2026, 4, 31), (2026, 0, 1), (2026, 13, 1), (2026, 5, 0)]
        {
            assert!(!is_real(Date { year, month, day }), "{year}-{month}-{day}");
        }
        assert!(is_real(Date { year: 2000, month: 2, day: 29 }));
        assert_eq!(plus_days(Date { year: 9999, month: 12, day: 31 }, 1), None);
        assert_eq!(plus_days(Date { year: 2026, month: 1, day: 1 }, i64::MAX), None);
    }
}
