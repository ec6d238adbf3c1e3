//! Long runs of letters, digits, `-` and `_`: every credential with a form of its own has one, prose hardly any.
//!
//! They are hunted backwards from where a run that begins here would at least reach, so that text without them
//! costs a look at few of its bytes.

use super::super::base64::Runs;
use super::super::text::{Text, is_token};
use super::drawn::Measure;
use super::rules::{self, Rule};
use super::{Found, crc, form, jwt};

/// The shortest run that is looked at.
const SHORTEST: usize = 16;

/// How far before a run the credential may begin, over full stops and tildes.
const AHEAD: usize = 32;

/// The fewest characters of a token that only its scheme announces (`Bearer …`, RFC 6750).
const BEARER: usize = 20;

/// Addresses that let in whoever knows them, by host and the path they begin with.
const HOOKS: &[(&str, &str)] = &[
    ("slack", "hooks.slack.com/"),
    ("discord", "discord.com/api/webhooks/"),
    ("discord", "discordapp.com/api/webhooks/"),
    ("microsoft_teams", ".webhook.office.com/webhookb2/"),
    ("google_chat", "chat.googleapis.com/v1/spaces/"),
];

/// How far before a run the scheme of such an address may stand.
const URL: usize = 160;

/// What [`is_token`] says of each byte.
#[expect(
    clippy::indexing_slicing,
    reason = "a constant, and a fault would end the build"
)]
const TOKEN: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0u8;
    while byte < 128 {
        table[byte as usize] = is_token(byte);
        byte = byte.wrapping_add(1);
    }
    table
};

/// Calls `found` for every credential that a long run belongs to.
pub(in crate::pii) fn hunt(text: &Text<'_>, found: &mut impl FnMut(Found)) {
    let mut runs = Runs::default();
    // A run begins at `floor` at the earliest; one that is long enough has the byte at `i` in it.
    let (mut floor, mut i) = (0usize, SHORTEST.saturating_sub(1));
    while i < text.len() {
        let start = text.run_back(
            i.saturating_add(1),
            i.saturating_add(1).saturating_sub(floor),
            |b| TOKEN.get(usize::from(b)).is_some_and(|token| *token),
        );
        if start > floor {
            floor = start;
            i = start.saturating_add(SHORTEST).saturating_sub(1);
            continue;
        }
        let end = text.run(i, is_token);
        if let Some(credential) = around(text, start, end) {
            let data = runs.around(text, start);
            if data.is_none_or(|data| data.start == credential.range.start) {
                found(credential);
            }
        }
        floor = end.saturating_add(1);
        i = end.saturating_add(SHORTEST);
    }
}

/// The credential that the run belongs to.
fn around(text: &Text<'_>, start: usize, end: usize) -> Option<Found> {
    let start = begin(text, start, end);
    let joined = |b: u8| is_token(b) || matches!(b, b'.' | b'~' | b'/' | b'+');
    let ahead = text.run_back(start, AHEAD, joined);
    let mut at = ahead;
    loop {
        let free = at == start || !text.word_before(at);
        if free && let Some(found) = prefixed(text, at).or_else(|| azure(text, at)) {
            return (found.range.end > start).then_some(found);
        }
        if at >= start {
            break;
        }
        at = text
            .run_to(at, start.saturating_sub(at), is_token)
            .saturating_add(1)
            .min(start);
    }
    inner(text, start, end)
        .or_else(|| terraform(text, start, end))
        .or_else(|| numbered(text, start, end))
        .or_else(|| hook(text, start))
        .or_else(|| bearer(text, start))
        .or_else(|| glued(text, start, end))
}

/// Where the credential of a run may begin: not at a dash, nor at what an escape has left before it.
fn begin(text: &Text<'_>, start: usize, end: usize) -> usize {
    let skip = match (text.before(start), text.at(start)) {
        (b'\\', b'n' | b'r' | b't') => 1,
        (b'%', _) => 2,
        _ => 0,
    };
    let from = start.saturating_add(skip).min(end);
    text.run_to(from, end.saturating_sub(from), |b| matches!(b, b'-' | b'_'))
}

/// A credential whose form begins at `start`, the longest prefix first.
fn prefixed(text: &Text<'_>, start: usize) -> Option<Found> {
    if text.has(start, jwt::BEGIN)
        && let Some(end) = jwt::end(text, start)
    {
        return Some(Found {
            rule: "jwt",
            range: start..end,
        });
    }
    let rules = rules::beginning_with(text.at(start));
    rules.iter().rev().find_map(|rule| whole(text, start, rule))
}

fn whole(text: &Text<'_>, start: usize, rule: &Rule) -> Option<Found> {
    let end = form::end(text, start, rule.form)?;
    Some(Found {
        rule: rule.name,
        range: start..end,
    })
}

/// Forms that begin with what anything may begin with.
fn inner(text: &Text<'_>, start: usize, end: usize) -> Option<Found> {
    let len = end.saturating_sub(start);
    let fits = |(_, least, most): &&(Rule, usize, usize)| (*least..=*most).contains(&len);
    rules::INNER
        .iter()
        .filter(fits)
        .find_map(|(rule, ..)| whole(text, start, rule))
}

/// A client secret of Entra ID that begins at `first`: three characters, a digit, `Q~`, 31 to 34 more.
fn azure(text: &Text<'_>, first: usize) -> Option<Found> {
    let in_secret = |b: u8| is_token(b) || matches!(b, b'.' | b'~');
    let mark = first.saturating_add(4);
    if !text.has(mark, "Q~") || !text.before(mark).is_ascii_digit() {
        return None;
    }
    let end = text.run_to(first, 48, in_secret);
    let end = if text.before(end) == b'.' {
        end.saturating_sub(1)
    } else {
        end
    };
    let fits = (37..=40).contains(&end.saturating_sub(first));
    fits.then_some(Found {
        rule: "azure",
        range: first..end,
    })
}

/// A token of HCP Terraform: 14 characters, `.atlasv1.`, 60 to 70 more.
fn terraform(text: &Text<'_>, start: usize, end: usize) -> Option<Found> {
    const MIDDLE: &str = ".atlasv1.";
    let dot = start.checked_sub(MIDDLE.len())?;
    let first = dot.checked_sub(14)?;
    let fits =
        text.has(dot, MIDDLE) && text.run_to(first, 15, |b| b.is_ascii_alphanumeric()) == dot;
    let end = text.run_to(end, 8, |b| is_token(b) || b == b'=');
    let long = (60..=72).contains(&end.saturating_sub(start));
    (fits && long).then_some(Found {
        rule: "terraform",
        range: first..end,
    })
}

/// What stands behind a number: a Telegram bot's token (a colon, 35 characters that begin with `A`), a Facebook
/// application's (a bar, 27 to 40).
fn numbered(text: &Text<'_>, start: usize, end: usize) -> Option<Found> {
    let sign = start.checked_sub(1)?;
    let first = text.run_back(sign, 18, |b| b.is_ascii_digit());
    let (digits, len) = (sign.saturating_sub(first), end.saturating_sub(start));
    let rule = match text.at(sign) {
        b':' if text.at(start) == b'A' && len == 35 && (5..=16).contains(&digits) => "telegram",
        b'|' if (27..=40).contains(&len) && (15..=16).contains(&digits) => "facebook",
        _ => return None,
    };
    // Telegram's own paths have `bot` before the number.
    let free = !text.word_before(first) || text.has(first.saturating_sub(3), "bot");
    let drawn = Measure::of(text.slice(start, end).as_bytes()).is_key(false);
    (free && drawn).then_some(Found {
        rule,
        range: first..end,
    })
}

/// An address that lets in whoever knows it.
fn hook(text: &Text<'_>, start: usize) -> Option<Found> {
    if text.before(start) != b'/' {
        return None;
    }
    let in_url =
        |b: u8| is_token(b) || matches!(b, b'.' | b'/' | b':' | b'@' | b'%' | b'?' | b'=' | b'&');
    let begin = text.run_back(start, URL, in_url);
    let before = text.slice(begin, start);
    let (rule, _) = HOOKS.iter().find(|(_, host)| before.contains(host))?;
    let scheme = before
        .rfind("http")
        .map_or(begin, |at| begin.saturating_add(at));
    let end = text.run_to(start, 512, in_url);
    let end = if matches!(text.before(end), b'.' | b'?' | b':') {
        end.saturating_sub(1)
    } else {
        end
    };
    Some(Found {
        rule,
        range: scheme..end,
    })
}

/// What `Bearer` announces, if it was drawn.
fn bearer(text: &Text<'_>, start: usize) -> Option<Found> {
    let space = start.checked_sub(1)?;
    let word = text.slice(space.checked_sub(6)?, space);
    if text.at(space) != b' ' || !word.eq_ignore_ascii_case("bearer") {
        return None;
    }
    let end = text.run_to(start, 2048, |b| {
        is_token(b) || matches!(b, b'.' | b'~' | b'+' | b'/' | b'=')
    });
    let end = if text.before(end) == b'.' {
        end.saturating_sub(1)
    } else {
        end
    };
    let drawn = Measure::of(text.slice(start, end).as_bytes()).is_drawn(BEARER);
    drawn.then_some(Found {
        rule: "bearer_token",
        range: start..end,
    })
}

/// A GitHub token that other letters run into: its checksum says where it stands.
fn glued(text: &Text<'_>, start: usize, end: usize) -> Option<Found> {
    const LEN: usize = 40;
    let run = text.slice(start, end.min(start.saturating_add(256)));
    let at = run.find("gh").filter(|_| run.len() > LEN)?;
    let token = run.get(at..at.checked_add(LEN)?)?;
    let first = start.saturating_add(at);
    crc::is_github(token).then_some(Found {
        rule: "github",
        range: first..first.saturating_add(LEN),
    })
}
