//! Where something stands in a text, however it is escaped.

use std::ops::Range;

use crate::dialect::splice::{Passage, Place};
use crate::json::{Kind as JsonKind, Reader, Text};
use crate::mask::Form;
use crate::pii::Finding;
use crate::policy::{Action, Redact};

/// How often a text is unescaped, at the most: JSON in a string of JSON.
const MOST_LAYERS: usize = 3;

/// A shorter number is none that is looked for.
const SHORTEST_NUMBER: usize = 7;

/// A longer key says nothing of its value.
const LONGEST_KEY: usize = 64;

/// A longer text is looked at without its key, so that what it says does not depend on where it stands: it may be
/// known from an earlier request.
const LONGEST_VALUE: usize = 128;

/// The keys of the dialects' own texts, which say nothing of them, and none.
const PLAIN_KEYS: &[&str] = &[
    "",
    "content",
    "text",
    "input",
    "instructions",
    "prompt",
    "system",
];

/// How much of the text around a finding is kept where it must be found again, in characters.
const AROUND: usize = 100;

/// A finding's place in a passage's text, and the value as it was meant.
#[derive(Clone)]
pub(in crate::stage) struct Spot {
    pub(in crate::stage) at: Range<usize>,
    pub(in crate::stage) finding: Finding,
    pub(super) value: String,
    /// It stands where nothing can be changed, as in a key.
    pub(super) fixed: bool,
    /// It stands in a JSON number, all of which `at` is.
    pub(super) number: bool,
    /// What stands here goes on where another place of the same value ends: it is taken out.
    pub(super) rest: bool,
    /// The text around it, where a fake is wanted.
    pub(super) before: String,
    pub(super) after: String,
}

/// A detector and the buffer that it is used with again and again.
pub(in crate::stage) struct Search<'r> {
    rules: &'r Redact,
    found: Vec<Finding>,
}

impl<'r> Search<'r> {
    pub(in crate::stage) fn new(rules: &'r Redact) -> Self {
        let found = Vec::new();
        Self { rules, found }
    }

    /// What stands in a passage.
    pub(super) fn passage(&mut self, passage: &Passage<'_>) -> Vec<Spot> {
        let mut spots = Vec::new();
        let text = passage.text();
        match passage.form {
            // What a short text is, its key says: `"cpf": "…"`. Longer ones are known by what they say.
            Form::Plain if text.len() < LONGEST_VALUE => match passage.key() {
                key if key.len() > LONGEST_KEY || PLAIN_KEYS.contains(&key) => {
                    self.plain(text, &mut spots);
                }
                key => self.behind(&[key, ": "].concat(), text, &mut spots),
            },
            Form::Plain => self.plain(text, &mut spots),
            Form::Json => self.json(text, &mut spots),
        }
        match passage.place {
            Place::Text | Place::Base64 => {}
            Place::Fixed => spots.iter_mut().for_each(|spot| spot.fixed = true),
            Place::Number => whole_number(&mut spots, 0..text.len()),
        }
        spots
    }

    /// A text is looked at as what it says when it is unescaped: a tool's result is mostly JSON, and
    /// what stands behind a `\n` there does not begin with an n.
    pub(in crate::stage) fn plain(&mut self, text: &str, spots: &mut Vec<Spot>) {
        self.behind("", text, spots);
    }

    /// A text that stands behind some words, which may say what it is.
    fn behind(&mut self, words: &str, text: &str, spots: &mut Vec<Spot>) {
        let mut layers: Vec<Text> = Vec::new();
        for _ in 0..MOST_LAYERS {
            let outer = layers.last().map_or(text, |layer| layer.chars.as_str());
            if memchr::memchr(b'\\', outer.as_bytes()).is_none() {
                break;
            }
            layers.push(Text::unescape_loosely(outer));
        }
        let said = layers.last().map_or(text, |layer| layer.chars.as_str());
        let source = |place: usize| {
            let inward = layers.iter().rev();
            inward.fold(place, |place, layer| layer.source(place))
        };
        let both = (!words.is_empty()).then(|| [words, said].concat());
        let said = both.as_deref().unwrap_or(said);
        self.found.clear();
        self.rules.detector.scan(said, &mut self.found);
        for finding in self.found.iter().filter(|own| own.start >= words.len()) {
            let own = |place: usize| source(place.saturating_sub(words.len()));
            let value = said.get(finding.start..finding.end).unwrap_or_default();
            let (_, rule) = self.rules.rule(finding.kind);
            let (before, after) = match rule.action {
                Action::Fake => around(said, finding),
                _ => Default::default(),
            };
            spots.push(Spot {
                at: own(finding.start)..own(finding.end),
                finding: *finding,
                value: value.to_owned(),
                fixed: false,
                number: false,
                rest: false,
                before,
                after,
            });
        }
    }

    /// JSON within a string: each of its strings and numbers is looked at for itself, behind its key. A text
    /// that is not JSON is looked at as it stands.
    fn json(&mut self, text: &str, spots: &mut Vec<Spot>) {
        let Some(pieces) = pieces(text) else {
            return self.plain(text, spots);
        };
        for piece in pieces {
            let said = text.get(piece.at.clone()).unwrap_or_default();
            let first = spots.len();
            let key = text.get(piece.key.clone()).unwrap_or_default();
            match key.len() {
                1..=LONGEST_KEY => self.behind(&[key, ": "].concat(), said, spots),
                _ => self.plain(said, spots),
            }
            let own = spots.get_mut(first..).unwrap_or_default();
            for spot in own.iter_mut() {
                let place = |at: usize| piece.at.start.saturating_add(at);
                spot.at = place(spot.at.start)..place(spot.at.end);
                spot.fixed = piece.what == What::Key;
            }
            if piece.what == What::Number {
                let mut numbers = spots.split_off(first);
                whole_number(&mut numbers, piece.at);
                spots.append(&mut numbers);
            }
        }
    }
}

/// What was found in a number stands for all of it.
fn whole_number(spots: &mut Vec<Spot>, at: Range<usize>) {
    spots.truncate(1);
    for spot in spots {
        spot.at = at.clone();
        spot.number = true;
    }
}

fn around(text: &str, finding: &Finding) -> (String, String) {
    let before = text.get(..finding.start).unwrap_or_default();
    let before: Vec<char> = before.chars().rev().take(AROUND).collect();
    let after = text.get(finding.end..).unwrap_or_default();
    let after = after.chars().take(AROUND).collect();
    (before.into_iter().rev().collect(), after)
}

/// What a piece of a JSON text is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Key,
    Text,
    Number,
}

/// A piece of a JSON text, without its quotes, and the key before it.
struct Piece {
    what: What,
    at: Range<usize>,
    key: Range<usize>,
}

/// The pieces of a JSON text; `None` when it is not JSON.
fn pieces(text: &str) -> Option<Vec<Piece>> {
    let mut reader = Reader::new(text);
    let mut found = Vec::new();
    collect(&mut reader, 0..0, &mut found)?;
    reader.end().ok()?;
    Some(found)
}

fn collect(reader: &mut Reader<'_>, key: Range<usize>, found: &mut Vec<Piece>) -> Option<()> {
    match reader.kind().ok()? {
        JsonKind::String => {
            let at = reader.string().ok()?.inner();
            let what = What::Text;
            found.push(Piece { what, at, key });
        }
        JsonKind::Number => {
            let at = reader.skip().ok()?;
            let what = What::Number;
            if at.len() >= SHORTEST_NUMBER {
                found.push(Piece { what, at, key });
            }
        }
        JsonKind::Object => {
            reader.enter_object().ok()?;
            while let Some(key) = reader.next_key().ok()? {
                let at = key.inner();
                found.push(Piece {
                    what: What::Key,
                    at: at.clone(),
                    key: 0..0,
                });
                collect(reader, at, found)?;
            }
        }
        JsonKind::Array => {
            reader.enter_array().ok()?;
            while reader.next_item().ok()? {
                collect(reader, key.clone(), found)?;
            }
        }
        _ => {
            reader.skip().ok()?;
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::tests::{VALUES, policy, sent};
    use crate::dialect::Dialect;
    use crate::policy::{Action, Mode};

    #[test]
    fn a_key_says_what_its_value_is() {
        let rows = [
            (
                Dialect::Anthropic,
                json!({"model": "m", "max_tokens": 9, "messages": [{"role": "assistant", "content": [{"type": "tool_use",
                    "id": "t", "name": "f", "input": {"mobile" : "030 1234567", "order": "030 1234567"}}]}]}),
            ),
            (
                Dialect::Gemini,
                json!({"contents": [{"role": "model", "parts": [{"functionCall": {"name": "f",
                    "args": {"mobile": "030 1234567", "order": "030 1234567"}}}]}]}),
            ),
        ];
        for (dialect, body) in rows {
            let (left, redacted) = sent(
                dialect,
                &body.to_string(),
                &policy(&Action::Mask, Mode::Enforce),
            );
            let found: u64 = redacted.findings.0.values().sum();
            assert_eq!(
                (found, left.matches("030 1234567").count()),
                (1, 1),
                "{left}"
            );
            assert!(left.contains("\"order\":\"030 1234567\""), "{left}");
        }
    }

    #[test]
    fn a_credential_is_told_by_its_rule() {
        let body = json!({"model": "m", "messages": [{"role": "user", "content": VALUES[6]}]});
        let rules = policy(&Action::Mask, Mode::Enforce);
        let (_, redacted) = sent(Dialect::OpenAiChat, &body.to_string(), &rules);
        assert_eq!(
            redacted.findings.1.into_iter().collect::<Vec<_>>(),
            [("github", 1)]
        );
    }
}
