//! Rate limits in the headers of replies: each provider's names and forms, told in those of the client's dialect.
//!
//! OpenAI, "Rate limits in headers": `x-ratelimit-{limit,remaining,reset}-{requests,tokens}`, where a reset is the time
//! until it (`1s`, `6m0s`, `20ms`). Anthropic, "Rate limits, response headers":
//! `anthropic-ratelimit-{requests,tokens}-{limit,remaining,reset}`, where a reset is a moment (RFC 3339). The others have
//! no headers for it, and their clients read none.
//!
//! *Never*: touches `retry-after`, which is the same for all.

use super::Dialect;
use crate::units::rfc3339;

/// What of a reply's head changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Limits {
    /// Headers of the provider that the client would not understand.
    pub gone: Vec<String>,
    /// Headers that the client knows.
    pub told: Vec<(String, String)>,
}

/// Whose names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Names {
    OpenAi,
    Anthropic,
    None,
}

const COUNTED: [&str; 2] = ["requests", "tokens"];
const SAID: [&str; 3] = ["limit", "remaining", "reset"];

/// The rate limits among `headers`, from a provider that speaks `from` for a client that speaks `to`. `now` is in
/// seconds since 1970.
pub fn limits<'a>(
    from: Dialect,
    to: Dialect,
    headers: impl Iterator<Item = (&'a str, &'a [u8])>,
    now: u64,
) -> Limits {
    let (from, to) = (names(from), names(to));
    let mut limits = Limits::default();
    if from == to {
        return limits;
    }
    for (name, value) in headers {
        if !name.starts_with(prefix(from)) || from == Names::None {
            continue;
        }
        limits.gone.push(name.to_owned());
        let value = std::str::from_utf8(value).unwrap_or_default();
        limits.told.extend(told(from, to, name, value, now));
    }
    limits
}

/// The headers in which a client is told of one thing that is limited: `requests`, `tokens`, or for Anthropic's clients
/// `input-tokens` and `output-tokens`; how much is allowed and how much of it is left; and until when, `now` and that in
/// seconds since 1970. Clients of dialects without such headers get OpenAI's.
pub fn headers(
    to: Dialect,
    counted: &str,
    (limit, left): (u64, u64),
    until: u64,
    now: u64,
) -> impl Iterator<Item = (String, String)> {
    let names = match names(to) {
        Names::None => Names::OpenAi,
        own => own,
    };
    let reset = match names {
        Names::Anthropic => rfc3339(until),
        _ => spelled(until.saturating_sub(now)),
    };
    let values = [limit.to_string(), left.to_string(), reset];
    let told = SAID.iter().zip(values);
    let told = told.filter_map(|(said, value)| Some((header(names, counted, said)?, value)));
    told.collect::<Vec<_>>().into_iter()
}

fn names(dialect: Dialect) -> Names {
    match dialect {
        Dialect::OpenAiChat | Dialect::OpenAiResponses | Dialect::OpenAiCompletions => {
            Names::OpenAi
        }
        Dialect::Anthropic => Names::Anthropic,
        _ => Names::None,
    }
}

fn prefix(names: Names) -> &'static str {
    match names {
        Names::OpenAi => "x-ratelimit-",
        Names::Anthropic => "anthropic-ratelimit-",
        Names::None => "",
    }
}

fn header(names: Names, counted: &str, said: &str) -> Option<String> {
    let (first, second) = match names {
        Names::OpenAi => (said, counted),
        Names::Anthropic => (counted, said),
        Names::None => return None,
    };
    Some([prefix(names), first, "-", second].concat())
}

fn told(from: Names, to: Names, name: &str, value: &str, now: u64) -> Option<(String, String)> {
    let mut all = COUNTED
        .iter()
        .flat_map(|counted| SAID.iter().map(move |said| (*counted, *said)));
    let (counted, said) =
        all.find(|(counted, said)| header(from, counted, said).as_deref() == Some(name))?;
    let value = match (said, from, to) {
        ("reset", Names::OpenAi, Names::Anthropic) => rfc3339(now.saturating_add(duration(value)?)),
        ("reset", Names::Anthropic, Names::OpenAi) => spelled(moment(value)?.saturating_sub(now)),
        _ => value.to_owned(),
    };
    Some((header(to, counted, said)?, value))
}

/// `6m0s`, `1h2m3.5s`, `20ms`: in whole seconds, rounded up.
fn duration(text: &str) -> Option<u64> {
    const UNITS: [(&str, f64); 5] = [
        ("ms", 0.001),
        ("d", 86_400.0),
        ("h", 3600.0),
        ("m", 60.0),
        ("s", 1.0),
    ];
    let mut rest = text.trim();
    let mut seconds = 0.0_f64;
    while !rest.is_empty() {
        let end = rest.find(|char: char| !char.is_ascii_digit() && char != '.');
        // Some providers give bare seconds.
        let (number, behind) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
        let number: f64 = number.parse().ok()?;
        let unit = UNITS
            .iter()
            .find_map(|(unit, worth)| Some((behind.strip_prefix(unit)?, worth)));
        let (behind, worth) = unit.or(behind.is_empty().then_some(("", &1.0)))?;
        seconds += number * worth;
        rest = behind;
    }
    let whole = !text.trim().is_empty() && (0.0..1e9).contains(&seconds);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is in range"
    )]
    whole.then_some(seconds.ceil() as u64)
}

/// As OpenAI spells a duration.
fn spelled(seconds: u64) -> String {
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    let seconds = seconds % 60;
    match (hours, minutes) {
        (0, 0) => format!("{seconds}s"),
        (0, _) => format!("{minutes}m{seconds}s"),
        _ => format!("{hours}h{minutes}m{seconds}s"),
    }
}

/// A moment as RFC 3339 writes it, in seconds since 1970.
fn moment(text: &str) -> Option<u64> {
    let (date, time) = text.trim().split_once(['T', 't', ' '])?;
    let mut date = date.splitn(3, '-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (date.next()??, date.next()??, date.next()??);
    let zone = time.find(['Z', 'z', '+', '-'])?;
    let (time, zone) = time.split_at_checked(zone)?;
    let mut time = time.splitn(3, ':');
    let hours: i64 = time.next()?.parse().ok()?;
    let minutes: i64 = time.next()?.parse().ok()?;
    let seconds: i64 = time.next()?.split('.').next()?.parse().ok()?;
    let of_day = seconds.checked_add(hours.checked_mul(3600)?)?;
    let of_day = of_day.checked_add(minutes.checked_mul(60)?)?;
    let days = days(year, month, day)?;
    let local = days.checked_mul(86_400)?.checked_add(of_day)?;
    u64::try_from(local.checked_sub(offset(zone)?)?).ok()
}

/// `Z`, `+02:00`: in seconds.
fn offset(zone: &str) -> Option<i64> {
    if zone.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let (sign, zone) = zone.split_at_checked(1)?;
    let (hours, minutes) = zone.split_once(':')?;
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    let seconds = hours
        .checked_mul(60)?
        .checked_add(minutes)?
        .checked_mul(60)?;
    match sign {
        "-" => seconds.checked_neg(),
        _ => Some(seconds),
    }
}

/// Days from 1970 to a day of the Gregorian calendar. Years are counted from March, so that a leap day ends one.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    if !(1970..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let (year, month) = match month {
        1 | 2 => (year.checked_sub(1)?, month.checked_add(9)?),
        _ => (year, month.checked_sub(3)?),
    };
    let leaps = (year / 4)
        .checked_sub(year / 100)?
        .checked_add(year / 400)?;
    let before = month.checked_mul(153)?.checked_add(2)? / 5;
    let days = year
        .checked_mul(365)?
        .checked_add(leaps)?
        .checked_add(before)?;
    days.checked_add(day)?.checked_sub(719_469)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-03-01T00:00:00Z
    const NOW: u64 = 1_772_323_200;

    fn told(from: Dialect, to: Dialect, headers: &[(&str, &str)]) -> Vec<String> {
        let headers = headers
            .iter()
            .map(|(name, value)| (*name, value.as_bytes()));
        let limits = limits(from, to, headers, NOW);
        let gone = limits.gone.into_iter().map(|name| format!("-{name}"));
        let told = limits.told.into_iter();
        gone.chain(told.map(|(name, value)| format!("{name}: {value}")))
            .collect()
    }

    #[test]
    fn both_ways() {
        let openai = [
            ("x-ratelimit-limit-requests", "60"),
            ("x-ratelimit-remaining-tokens", "149984"),
            ("x-ratelimit-reset-requests", "1s"),
            ("x-ratelimit-reset-tokens", "6m0s"),
            ("x-ratelimit-limit-images", "1"),
            ("x-request-id", "r"),
        ];
        assert_eq!(
            told(Dialect::OpenAiChat, Dialect::Anthropic, &openai),
            [
                "-x-ratelimit-limit-requests",
                "-x-ratelimit-remaining-tokens",
                "-x-ratelimit-reset-requests",
                "-x-ratelimit-reset-tokens",
                "-x-ratelimit-limit-images",
                "anthropic-ratelimit-requests-limit: 60",
                "anthropic-ratelimit-tokens-remaining: 149984",
                "anthropic-ratelimit-requests-reset: 2026-03-01T00:00:01Z",
                "anthropic-ratelimit-tokens-reset: 2026-03-01T00:06:00Z",
            ]
        );
        let anthropic = [
            ("anthropic-ratelimit-requests-limit", "50"),
            ("anthropic-ratelimit-tokens-remaining", "7"),
            ("anthropic-ratelimit-tokens-reset", "2026-03-01T01:02:03Z"),
            ("anthropic-ratelimit-requests-reset", "2026-02-28T23:59:59Z"),
            ("anthropic-ratelimit-input-tokens-limit", "9"),
        ];
        for to in [Dialect::OpenAiChat, Dialect::OpenAiResponses] {
            assert_eq!(
                told(Dialect::Anthropic, to, &anthropic).get(5..).unwrap(),
                [
                    "x-ratelimit-limit-requests: 50",
                    "x-ratelimit-remaining-tokens: 7",
                    "x-ratelimit-reset-tokens: 1h2m3s",
                    "x-ratelimit-reset-requests: 0s",
                ]
            );
        }
        assert_eq!(
            told(Dialect::Anthropic, Dialect::Gemini, &anthropic).len(),
            5
        );
        assert!(told(Dialect::OpenAiChat, Dialect::OpenAiResponses, &openai).is_empty());
        assert!(told(Dialect::Bedrock, Dialect::OpenAiChat, &openai).is_empty());
    }

    #[test]
    fn durations_and_moments() {
        for (text, seconds) in [
            ("20ms", Some(1)),
            ("1h2m3.5s", Some(3724)),
            ("7.66s", Some(8)),
            ("12", Some(12)),
            ("1d1s", Some(86_401)),
            ("", None),
            ("soon", None),
            ("-1s", None),
            ("1e9s", None),
            ("99999999999999s", None),
        ] {
            assert_eq!(duration(text), seconds, "{text}");
        }
        for (text, seconds) in [
            ("1970-01-01T00:00:00Z", Some(0)),
            ("2024-02-29T12:00:00Z", Some(1_709_208_000)),
            ("2026-03-01T00:00:00.25+02:00", Some(NOW - 7200)),
            ("2026-02-28T20:30:00-03:30", Some(NOW)),
            ("2026-13-01T00:00:00Z", None),
            ("tomorrow", None),
            ("2026-03-01T00:00:00", None),
            ("99999999999-03-01T00:00:00Z", None),
        ] {
            assert_eq!(moment(text), seconds, "{text}");
        }
        for seconds in [0, 951_782_400, 951_868_800, NOW, 4_107_542_400] {
            assert_eq!(moment(&rfc3339(seconds)), Some(seconds));
        }
        assert_eq!((spelled(0), spelled(360)), ("0s".into(), "6m0s".into()));
    }
}
