//! Personal data and secrets: found in every text of a request, and masked, refused or reported.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::dialect::splice::{Passage, Request};
use crate::json::{Edit, Kind as JsonKind, Reader, Text, apply};
use crate::mask::{Form, Vault, placeholders};
use crate::pii::{Detector, Finding};
use crate::policy::{Action, Mode, Redact};
use crate::refusal::Refusal;
use crate::seen::Seen;

/// What was found, by kind and by what was done: counts, never values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings(pub BTreeMap<(String, &'static str), u64>);

/// A request without what may not leave.
#[derive(Debug, Default)]
pub struct Redacted {
    /// The edits to the body.
    pub edits: Vec<Edit>,
    /// The values that were masked.
    pub vault: Vault,
    /// What was found.
    pub findings: Findings,
}

/// Looks through every text of `request` that is not known to be clean; the texts that are masked stand
/// masked in it afterwards.
///
/// # Errors
///
/// The findings, with a refusal, when a rule blocks one of them.
pub fn redact(
    rules: Option<&Redact>,
    seen: &Seen,
    request: &mut Request<'_>,
) -> Result<Redacted, (Findings, Refusal)> {
    let Some(rules) = rules else {
        return Ok(Redacted::default());
    };
    let is_clean = |passage: &Passage<'_>| {
        let name = passage.name(seen);
        name.is_some_and(|name| seen.is_clean(name, passage.form))
    };
    let passages = request.passages.iter_mut();
    let mut passages: Vec<&mut Passage<'_>> = passages.filter(|own| !is_clean(own)).collect();
    let mut work = Work {
        rules,
        vault: Vault::new(passages.iter().map(|passage| passage.text())),
        findings: Findings::default(),
        blocked: Vec::new(),
        edits: Vec::new(),
        found: Vec::new(),
    };
    for passage in &mut passages {
        work.passage(seen, passage);
    }
    if work.blocked.is_empty() {
        Ok(Redacted {
            edits: work.edits,
            vault: work.vault,
            findings: work.findings,
        })
    } else {
        let refusal = Refusal::Blocked(work.blocked);
        Err((work.findings, refusal))
    }
}

struct Work<'r> {
    rules: &'r Redact,
    vault: Vault,
    findings: Findings,
    blocked: Vec<String>,
    edits: Vec<Edit>,
    found: Vec<Finding>,
}

/// How often a text is unescaped, at the most: JSON in a string of JSON.
const MOST_LAYERS: usize = 3;

/// A finding's place in a passage's text, and the value as it was meant.
struct Spot {
    at: Range<usize>,
    finding: Finding,
    value: String,
}

impl Work<'_> {
    fn passage(&mut self, seen: &Seen, passage: &mut Passage<'_>) {
        let mut spots = Vec::new();
        match passage.form {
            Form::Plain => self.plain(passage.text(), &mut spots),
            Form::Json => self.json(passage.text(), &mut spots),
        }
        if spots.is_empty() {
            return Self::keep_clean(seen, passage);
        }
        let mut masked: Vec<Edit> = spots.iter().filter_map(|spot| self.decide(spot)).collect();
        if masked.is_empty() {
            return;
        }
        let source = Text::unescape(passage.raw());
        let base = passage.token.inner().start;
        let place = |at: usize| base.saturating_add(source.source(at));
        self.edits.extend(
            masked
                .iter()
                .map(|edit| Edit::new(place(edit.at.start)..place(edit.at.end), edit.with.clone())),
        );
        let text = apply(passage.text().as_bytes(), &mut masked);
        passage.mask(String::from_utf8(text).unwrap_or_default());
    }

    /// Nothing was found in the text. One with a placeholder in it is not clean: that is taken in every
    /// request that it comes with.
    fn keep_clean(seen: &Seen, passage: &Passage<'_>) {
        if let Some(name) = passage.name(seen)
            && placeholders(passage.text()).next().is_none()
        {
            seen.keep_clean(name, passage.form);
        }
    }

    /// A text is looked at as what it says when it is unescaped: a tool's result is mostly JSON, and
    /// what stands behind a `\n` there does not begin with an n.
    fn plain(&mut self, text: &str, spots: &mut Vec<Spot>) {
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
        for finding in scan(&self.rules.detector, said, &mut self.found) {
            let at = source(finding.start)..source(finding.end);
            let value = said.get(finding.start..finding.end);
            let value = value.unwrap_or_default().to_owned();
            spots.push(Spot { at, finding, value });
        }
    }

    /// JSON within a string: each of its strings is looked at for itself. A text that is not JSON is
    /// looked at as it stands.
    fn json(&mut self, text: &str, spots: &mut Vec<Spot>) {
        let Some(strings) = strings(text) else {
            return self.plain(text, spots);
        };
        for inner in strings {
            let raw = text.get(inner.clone()).unwrap_or_default();
            let first = spots.len();
            self.plain(raw, spots);
            for spot in spots.iter_mut().skip(first) {
                let place = |at: usize| inner.start.saturating_add(at);
                spot.at = place(spot.at.start)..place(spot.at.end);
            }
        }
    }

    /// Notes the finding; the edit that masks it, if a rule says so.
    fn decide(&mut self, spot: &Spot) -> Option<Edit> {
        let (name, action) = self.rules.rule(spot.finding.kind);
        let enforced = self.rules.mode == Mode::Enforce;
        let done = match (action, enforced) {
            (Action::Mask, true) => "masked",
            (Action::Block, true) => "blocked",
            (Action::Mask, false) => "would_mask",
            (Action::Block, false) => "would_block",
            (Action::Observe, _) => "observed",
        };
        let count = self.findings.0.entry((name.to_owned(), done)).or_default();
        *count = count.saturating_add(1);
        match done {
            "masked" => {
                let label = name.to_ascii_uppercase();
                let placeholder = self.vault.placeholder(&label, &spot.value);
                Some(Edit::new(spot.at.clone(), placeholder))
            }
            "blocked" => {
                if !self.blocked.iter().any(|known| known == name) {
                    self.blocked.push(name.to_owned());
                }
                None
            }
            _ => None,
        }
    }
}

/// The findings in a text, taken out of a buffer that is used again.
fn scan(detector: &Detector, text: &str, found: &mut Vec<Finding>) -> Vec<Finding> {
    found.clear();
    detector.scan(text, found);
    std::mem::take(found)
}

/// Where the strings of a JSON text stand, keys too, without their quotes; `None` when it is not JSON.
fn strings(text: &str) -> Option<Vec<Range<usize>>> {
    let mut reader = Reader::new(text);
    let mut found = Vec::new();
    collect(&mut reader, &mut found)?;
    reader.end().ok()?;
    Some(found)
}

fn collect(reader: &mut Reader<'_>, found: &mut Vec<Range<usize>>) -> Option<()> {
    match reader.kind().ok()? {
        JsonKind::String => found.push(reader.string().ok()?.inner()),
        JsonKind::Object => {
            reader.enter_object().ok()?;
            while let Some(key) = reader.next_key().ok()? {
                found.push(key.inner());
                collect(reader, found)?;
            }
        }
        JsonKind::Array => {
            reader.enter_array().ok()?;
            while reader.next_item().ok()? {
                collect(reader, found)?;
            }
        }
        _ => {
            reader.skip().ok()?;
        }
    }
    Some(())
}
