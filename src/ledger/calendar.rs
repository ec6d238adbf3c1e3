//! Windows of time by the UTC calendar: each begins where the one before it ends.

/// So many of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Every {
    /// At least 1.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
}

/// What windows are measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Seconds.
    Second,
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days, from midnight.
    Day,
    /// Weeks, from Monday (ISO 8601).
    Week,
    /// Months of the calendar.
    Month,
}

/// A window, in seconds since 1970: from `start` until before `until`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Window {
    /// Its first second.
    pub start: u64,
    /// The first second after it.
    pub until: u64,
}

const DAY: u64 = 86_400;

impl Unit {
    /// Every unit with the text that stands for it and how many of it a window may have at the most: about a year.
    pub const ALL: [(Self, &'static str, u32); 6] = [
        (Self::Second, "s", 31_536_000),
        (Self::Minute, "m", 525_600),
        (Self::Hour, "h", 8_760),
        (Self::Day, "d", 366),
        (Self::Week, "w", 53),
        (Self::Month, "mo", 12),
    ];

    /// The seconds of one, and how far into one of them 1970 began; `None` when they are not all of one length.
    fn seconds(self) -> Option<(u64, u64)> {
        match self {
            Self::Second => Some((1, 0)),
            Self::Minute => Some((60, 0)),
            Self::Hour => Some((3600, 0)),
            Self::Day => Some((DAY, 0)),
            // 1970 began on a Thursday.
            Self::Week => Some((7 * DAY, 3 * DAY)),
            Self::Month => None,
        }
    }
}

impl Every {
    /// The window that a moment, in seconds since 1970, lies in. Windows of one unit begin with it (a day at midnight,
    /// a week on Monday, a month on its first day), those of several are counted from 1970.
    pub fn window(self, now: u64) -> Window {
        let count = u64::from(self.count.max(1));
        let Some((unit, offset)) = self.unit.seconds() else {
            return months(now, count);
        };
        let length = unit.saturating_mul(count);
        let into = now.saturating_add(offset).checked_rem(length);
        let into = into.unwrap_or_default();
        // The window in which 1970 began may have begun before it.
        let until = now.saturating_sub(into).saturating_add(length);
        let until = match now.checked_sub(into) {
            Some(_) => until,
            None => length.saturating_sub(offset),
        };
        Window {
            start: now.saturating_sub(into),
            until,
        }
    }
}

impl std::fmt::Display for Every {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let row = Unit::ALL.iter().find(|(unit, ..)| *unit == self.unit);
        let unit = row.map_or("", |(_, text, _)| text);
        write!(f, "{}{unit}", self.count)
    }
}

fn months(now: u64, count: u64) -> Window {
    let (year, month) = month_of(now / DAY);
    let nth = year.saturating_mul(12).saturating_add(month);
    let nth = nth.saturating_sub(1970 * 12);
    let into = nth.checked_rem(count).unwrap_or_default();
    let first = nth.saturating_sub(into);
    Window {
        start: first_day(first).saturating_mul(DAY),
        until: first_day(first.saturating_add(count)).saturating_mul(DAY),
    }
}

/// The year and the month (from 0) of a day counted from 1970 (H. Hinnant, "chrono-Compatible Low-Level Date
/// Algorithms": years begin in March, in eras of 400 years).
fn month_of(days: u64) -> (u64, u64) {
    let shifted = days.saturating_add(719_468);
    let (era, day) = (shifted / 146_097, shifted % 146_097);
    let leaps = (day / 1460).saturating_add(day / 146_096);
    let year = (day.saturating_add(day / 36_524).saturating_sub(leaps)) / 365;
    let before = days_before(year);
    let day = day.saturating_sub(before);
    let month = (day.saturating_mul(5).saturating_add(2)) / 153;
    let year = era.saturating_mul(400).saturating_add(year);
    match month {
        0..=9 => (year, month.saturating_add(2)),
        _ => (year.saturating_add(1), month.saturating_sub(10)),
    }
}

/// The day, counted from 1970, on which a month begins that is counted from January 1970.
fn first_day(nth: u64) -> u64 {
    let (year, month) = ((nth / 12).saturating_add(1970), nth % 12);
    let (year, month) = match month {
        0 | 1 => (year.saturating_sub(1), month.saturating_add(10)),
        _ => (year, month.saturating_sub(2)),
    };
    let (era, year) = (year / 400, year % 400);
    let in_year = (month.saturating_mul(153).saturating_add(2)) / 5;
    let days = era
        .saturating_mul(146_097)
        .saturating_add(days_before(year));
    days.saturating_add(in_year).saturating_sub(719_468)
}

/// The days of an era before one of its years.
fn days_before(year: u64) -> u64 {
    let leaps = (year / 4).saturating_sub(year / 100);
    year.saturating_mul(365).saturating_add(leaps)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::rfc3339;

    fn window(count: u32, unit: Unit, now: u64) -> (String, String) {
        let Window { start, until } = Every { count, unit }.window(now);
        (rfc3339(start), rfc3339(until))
    }

    /// 2024-02-29T23:59:59Z, a Thursday.
    const LEAP: u64 = 1_709_251_199;

    #[test]
    fn windows_begin_where_the_calendar_says() {
        use Unit::{Day, Hour, Minute, Month, Second, Week};
        let rows = [
            (
                1,
                Second,
                LEAP,
                "2024-02-29T23:59:59Z",
                "2024-03-01T00:00:00Z",
            ),
            (
                10,
                Second,
                LEAP,
                "2024-02-29T23:59:50Z",
                "2024-03-01T00:00:00Z",
            ),
            (
                1,
                Minute,
                LEAP,
                "2024-02-29T23:59:00Z",
                "2024-03-01T00:00:00Z",
            ),
            (
                1,
                Minute,
                LEAP + 1,
                "2024-03-01T00:00:00Z",
                "2024-03-01T00:01:00Z",
            ),
            (
                6,
                Hour,
                LEAP,
                "2024-02-29T18:00:00Z",
                "2024-03-01T00:00:00Z",
            ),
            (1, Day, LEAP, "2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z"),
            (
                1,
                Week,
                LEAP,
                "2024-02-26T00:00:00Z",
                "2024-03-04T00:00:00Z",
            ),
            (
                1,
                Week,
                1_709_510_399,
                "2024-02-26T00:00:00Z",
                "2024-03-04T00:00:00Z",
            ),
            (
                1,
                Week,
                1_709_510_400,
                "2024-03-04T00:00:00Z",
                "2024-03-11T00:00:00Z",
            ),
            (
                1,
                Month,
                LEAP,
                "2024-02-01T00:00:00Z",
                "2024-03-01T00:00:00Z",
            ),
            (
                1,
                Month,
                LEAP + 1,
                "2024-03-01T00:00:00Z",
                "2024-04-01T00:00:00Z",
            ),
            (
                3,
                Month,
                LEAP,
                "2024-01-01T00:00:00Z",
                "2024-04-01T00:00:00Z",
            ),
            (
                12,
                Month,
                LEAP,
                "2024-01-01T00:00:00Z",
                "2025-01-01T00:00:00Z",
            ),
            (
                1,
                Month,
                1_767_225_599,
                "2025-12-01T00:00:00Z",
                "2026-01-01T00:00:00Z",
            ),
            (
                1,
                Month,
                1_767_225_600,
                "2026-01-01T00:00:00Z",
                "2026-02-01T00:00:00Z",
            ),
            // 2100 is no leap year.
            (
                1,
                Month,
                4_107_542_399,
                "2100-02-01T00:00:00Z",
                "2100-03-01T00:00:00Z",
            ),
            (1, Month, 0, "1970-01-01T00:00:00Z", "1970-02-01T00:00:00Z"),
            (1, Week, 0, "1970-01-01T00:00:00Z", "1970-01-05T00:00:00Z"),
        ];
        for (count, unit, now, start, until) in rows {
            let own = window(count, unit, now);
            assert_eq!(
                (own.0.as_str(), own.1.as_str()),
                (start, until),
                "{count} {unit:?} {now}"
            );
        }
    }

    proptest::proptest! {
        #[test]
        fn windows_follow_each_other_without_a_gap(now in 0_u64..4_200_000_000, count in 1_u32..13, nth in 0_usize..6) {
            let every = Every { count, unit: Unit::ALL[nth].0 };
            let own = every.window(now);
            proptest::prop_assert!(own.start <= now && now < own.until);
            proptest::prop_assert_eq!(every.window(own.start), own);
            proptest::prop_assert_eq!(every.window(own.until - 1), own);
            proptest::prop_assert_eq!(every.window(own.until).start, own.until);
        }
    }
}
