//! Long runs of letters, digits, `-` and `_`: every credential with a form of its own has one, prose hardly any.
//!
//! They are hunted by blocks: a run that is long enough has a whole block in it, and few blocks of a text without
//! such runs are nothing but letters.

use super::super::base64::Runs;
use super::super::text::{Text, is_base64, is_token};
use super::drawn::Measure;
use super::rules::{self, Inner, Rule};
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

/// A run that is long enough has one of these whole, wherever it begins.
const BLOCK: usize = SHORTEST / 2;

/// The blocks that are looked at together, in bytes.
const CHUNK: usize = 8 * BLOCK;

/// Calls `found` for every credential that a long run belongs to.
pub(in crate::pii) fn hunt(text: &Text<'_>, found: &mut impl FnMut(Found)) {
    let mut hunt = Hunt {
        text,
        runs: Runs::default(),
        floor: 0,
    };
    let mut i = 0usize;
    while let Some(rest) = text.as_str().as_bytes().get(i..)
        && !rest.is_empty()
    {
        match rest.first_chunk() {
            Some(chunk) => {
                for (nth, others) in others(chunk).into_iter().enumerate() {
                    if others == 0 {
                        hunt.visit(i.saturating_add(nth.saturating_mul(BLOCK)), found);
                    }
                }
            }
            None => {
                for (nth, block) in rest.as_chunks::<BLOCK>().0.iter().enumerate() {
                    if block.iter().all(|byte| is_token(*byte)) {
                        hunt.visit(i.saturating_add(nth.saturating_mul(BLOCK)), found);
                    }
                }
            }
        }
        // Blocks stay where they are, so that the next one is whole too.
        let past = hunt.floor.saturating_sub(i) / BLOCK;
        i = i.saturating_add(past.saturating_mul(BLOCK).max(CHUNK));
    }
}

/// For each block whether there is a byte in it that no token has: 0 for none. Written so that the compiler makes
/// vector instructions of it.
#[inline]
fn others(chunk: &[u8; CHUNK]) -> [u64; CHUNK / BLOCK] {
    let mut odd = [0u8; CHUNK];
    for (odd, byte) in odd.iter_mut().zip(chunk) {
        let letter = (byte | 0x20).wrapping_sub(b'a') < 26;
        let digit = byte.wrapping_sub(b'0') < 10;
        *odd = u8::from(!(letter | digit | (*byte == b'-') | (*byte == b'_')));
    }
    let mut blocks = [0; CHUNK / BLOCK];
    for (block, odd) in blocks.iter_mut().zip(odd.as_chunks().0) {
        *block = u64::from_ne_bytes(*odd);
    }
    blocks
}

struct Hunt<'t> {
    text: &'t Text<'t>,
    runs: Runs,
    /// What lies before was looked at.
    floor: usize,
}

impl Hunt<'_> {
    /// Looks at the run that the block at `i` is part of.
    fn visit(&mut self, i: usize, found: &mut impl FnMut(Found)) {
        let Some(back) = i.checked_sub(self.floor) else {
            return;
        };
        let start = self.text.run_back(i, back, is_token);
        let end = self.text.run(i.saturating_add(BLOCK), is_token);
        self.floor = end.saturating_add(1);
        if end.saturating_sub(start) < SHORTEST {
            return;
        }
        let data = self.runs.around(self.text, start);
        if let Some(data) = &data
            && start > data.start.saturating_add(AHEAD)
        {
            // In data nothing counts but what it begins with.
            self.floor = data.end;
            return;
        }
        if let Some(credential) = around(self.text, start, end)
            && data.is_none_or(|data| data.start == credential.range.start)
        {
            found(credential);
        }
    }
}

/// The credential that the run belongs to.
fn around(text: &Text<'_>, start: usize, end: usize) -> Option<Found> {
    let start = begin(text, start, end);
    let joined = |b: u8| is_base64(b) || matches!(b, b'.' | b'~');
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
    let first = text.at(start);
    if !rules::may_begin(first, text.at(start.saturating_add(1))) {
        return None;
    }
    if text.has(start, jwt::BEGIN)
        && let Some(end) = jwt::end(text, start)
    {
        return Some(Found {
            rule: "jwt",
            range: start..end,
        });
    }
    let rules = rules::beginning_with(first);
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
    let told = |mark: &(usize, &str)| text.has(start.saturating_add(mark.0), mark.1);
    let fits = |inner: &&Inner| inner.lengths.contains(&len) && told(&inner.mark);
    let mut inner = rules::INNER.iter().filter(fits);
    inner.find_map(|inner| whole(text, start, &inner.rule))
}

/// A client secret of Entra ID that begins at `first`: three characters, a digit, `Q~`, 31 to 34 more.
fn azure(text: &Text<'_>, first: usize) -> Option<Found> {
    let in_secret = |b: u8| is_token(b) || matches!(b, b'.' | b'~');
    let mark = first.saturating_add(4);
    if text.at(mark) != b'Q' || !text.has(mark, "Q~") || !text.before(mark).is_ascii_digit() {
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

/// A client secret of Azure whose first `~` stands at `tilde`: full stops and tildes may leave no long run in it.
pub(super) fn azure_at(text: &Text<'_>, tilde: usize) -> Option<Found> {
    let first = tilde.checked_sub(5)?;
    let free = text.before(tilde) == b'Q' && !text.word_before(first);
    free.then(|| azure(text, first)).flatten()
}

/// A token of HCP Terraform: 14 characters, `.atlasv1.`, 60 to 70 more.
fn terraform(text: &Text<'_>, start: usize, end: usize) -> Option<Found> {
    const MIDDLE: &str = ".atlasv1.";
    if text.before(start) != b'.' {
        return None;
    }
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
    if !matches!(text.at(sign), b':' | b'|') {
        return None;
    }
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
    if !before.contains('.') {
        return None;
    }
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
    if text.at(space) != b' ' || !matches!(text.before(space), b'r' | b'R') {
        return None;
    }
    let word = text.slice(space.checked_sub(6)?, space);
    if !word.eq_ignore_ascii_case("bearer") {
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
    if end.saturating_sub(start) <= LEN {
        return None;
    }
    let run = text.slice(start, end.min(start.saturating_add(256)));
    let at = run.find("gh")?;
    let token = run.get(at..at.checked_add(LEN)?)?;
    let first = start.saturating_add(at);
    crc::is_github(token).then_some(Found {
        rule: "github",
        range: first..first.saturating_add(LEN),
    })
}
