//! Personal data and secrets: found in every text of a request, and masked, refused or reported.

mod search;

use std::collections::BTreeMap;

use crate::dialect::splice::{Passage, Request};
use crate::json::{Edit, Text, apply};
use crate::mask::{Vault, placeholders};
use crate::policy::{Action, Mode, Redact};
use crate::refusal::Refusal;
use crate::seen::Seen;

use search::{Search, Spot};

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
        search: Search::new(&rules.detector),
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
    search: Search<'r>,
}

impl Work<'_> {
    fn passage(&mut self, seen: &Seen, passage: &mut Passage<'_>) {
        let mut spots = Vec::new();
        let text = passage.text();
        self.search.text(text, passage.form, &mut spots);
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
