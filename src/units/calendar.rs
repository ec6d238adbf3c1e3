//! Moments by the civil calendar, in UTC.

/// Nanoseconds since 1970 of a moment as RFC 3339 writes it.
pub(super) fn read(text: &str) -> Option<u64> {
    let (date, time) = text.split_at_checked(10)?;
    let time = time.strip_prefix(['T', 't', ' '])?;
    let (clock, zone) = time.split_at_checked(8)?;
    let [year, month, day] = fields(date, '-', [4, 2, 2])?;
    let [hour, minute, second] = fields(clock, ':', [2, 2, 2])?;
    let (nanos, zone) = fraction(zone)?;
    let offset = match zone {
        "Z" | "z" => 0,
        zone => {
            let (sign, zone) = zone.split_at_checked(1)?;
            let [hours, minutes] = fields(zone, ':', [2, 2])?;
            let own = hours
                .checked_mul(60)?
                .checked_add(minutes)?
                .checked_mul(60)?;
            match sign {
                _ if hours > 23 || minutes > 59 => return None,
                "+" => own,
                "-" => own.checked_neg()?,
                _ => return None,
            }
        }
    };
    // A leap second counts as the one after it.
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let days = days(year, month, day)?;
    let seconds = days.checked_mul(86_400)?;
    let seconds = seconds.checked_add(hour.checked_mul(3600)?)?;
    let seconds = seconds.checked_add(minute.checked_mul(60)?)?;
    let seconds = seconds.checked_add(second)?.checked_sub(offset)?;
    let nanos = seconds.checked_mul(1_000_000_000)?.checked_add(nanos)?;
    u64::try_from(nanos).ok()
}

/// Numbers of so many digits with a mark between them.
fn fields<const N: usize>(text: &str, mark: char, lengths: [usize; N]) -> Option<[i64; N]> {
    let mut numbers = [0; N];
    let mut parts = text.split(mark);
    for (number, length) in numbers.iter_mut().zip(lengths) {
        let part = parts.next()?;
        if part.len() != length || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(numbers)
}

/// Nanoseconds behind the point, and what follows them.
fn fraction(text: &str) -> Option<(i64, &str)> {
    let Some(rest) = text.strip_prefix('.') else {
        return Some((0, text));
    };
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, zone) = rest.split_at_checked(length)?;
    let nanos: String = digits.chars().chain("000000000".chars()).take(9).collect();
    let nanos = nanos.parse().ok()?;
    (!digits.is_empty()).then_some((nanos, zone))
}

/// Days from 1970 to a date that is on the calendar (H. Hinnant, "chrono-Compatible Low-Level Date
/// Algorithms").
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let longest = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    };
    if day < 1 || day > longest {
        return None;
    }
    // The year begins in March, so that the odd day is its last.
    let (year, month) = match month {
        3.. => (year, month.checked_sub(3)?),
        _ => (year.checked_sub(1)?, month.checked_add(9)?),
    };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (month.checked_mul(153)?.checked_add(2)? / 5).checked_add(day.checked_sub(1)?)?;
    let leaps = (of_era / 4).checked_sub(of_era / 100)?;
    let of_era = of_era
        .checked_mul(365)?
        .checked_add(leaps)?
        .checked_add(of_year)?;
    era.checked_mul(146_097)?
        .checked_add(of_era)?
        .checked_sub(719_468)
}

/// A moment in seconds since 1970 as RFC 3339 writes it, in UTC.
pub fn rfc3339(seconds: u64) -> String {
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    // The civil calendar from days, by eras of 400 years that begin on the first of March (H. Hinnant,
    // "chrono-Compatible Low-Level Date Algorithms").
    let shifted = days.saturating_add(719_468);
    let (era, day) = (shifted / 146_097, shifted % 146_097);
    let leaps = (day / 1460).saturating_add(day / 146_096);
    let year_of_era = (day.saturating_add(day / 36_524).saturating_sub(leaps)) / 365;
    let before = year_of_era
        .saturating_mul(365)
        .saturating_add(year_of_era / 4)
        .saturating_sub(year_of_era / 100);
    let day_of_year = day.saturating_sub(before);
    let nth_month = (day_of_year.saturating_mul(5).saturating_add(2)) / 153;
    let first = (nth_month.saturating_mul(153).saturating_add(2)) / 5;
    let day = day_of_year.saturating_sub(first).saturating_add(1);
    let (month, late) = match nth_month {
        0..=9 => (nth_month.saturating_add(3), 0),
        _ => (nth_month.saturating_sub(9), 1),
    };
    let year = era
        .saturating_mul(400)
        .saturating_add(year_of_era)
        .saturating_add(late);
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_by_the_calendar() {
        let rows = [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_709_251_199, "2024-02-29T23:59:59Z"),
            (4_107_542_399, "2100-02-28T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ];
        for (seconds, text) in rows {
            assert_eq!(rfc3339(seconds), text);
        }
    }

    #[test]
    fn moments_are_read_by_the_calendar() {
        let second = |seconds: u64| Some(seconds * 1_000_000_000);
        let rows = [
            ("1970-01-01T00:00:00Z", second(0)),
            ("2000-02-29T00:00:00Z", second(951_782_400)),
            ("2000-02-29t01:00:00+01:00", second(951_782_400)),
            ("2000-02-28T18:30:00-05:30", second(951_782_400)),
            ("2024-02-29 23:59:59z", second(1_709_251_199)),
            ("2100-03-01T00:00:00.000Z", second(4_107_542_400)),
            ("1970-01-01T00:00:01.5Z", Some(1_500_000_000)),
            ("1970-01-01T00:00:00.1234567899Z", Some(123_456_789)),
            ("2016-12-31T23:59:60Z", second(1_483_228_800)),
        ];
        for (text, nanos) in rows {
            assert_eq!(read(text), nanos, "{text}");
        }
        for seconds in (0..4_200_000_000).step_by(12_345_677) {
            assert_eq!(read(&rfc3339(seconds)), second(seconds));
        }
        let wrong = [
            "",
            "2027-01-31",
            "2027-01-31T00:00:00",
            "2027-02-29T00:00:00Z",
            "2100-02-29T00:00:00Z",
            "2027-13-01T00:00:00Z",
            "2027-00-01T00:00:00Z",
            "2027-01-00T00:00:00Z",
            "2027-1-1T00:00:00Z",
            "2027-01-31T24:00:00Z",
            "2027-01-31T00:60:00Z",
            "2027-01-31T00:00:61Z",
            "2027-01-31T00:00:00.Z",
            "2027-01-31T00:00:00+24:00",
            "2027-01-31T00:00:00+0100",
            "2027-01-31T00:00:00ZZ",
            "1969-12-31T23:59:59Z",
            "1970-01-01T00:00:00+01:00",
            "9999-12-31T23:59:59Z",
            "٢٠٢٧-01-31T00:00:00Z",
            "+027-01-31T00:00:00Z",
        ];
        for text in wrong {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
