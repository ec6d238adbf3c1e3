//! Personal data and secrets: found in every text of a request, and masked, refused or reported.

mod fake;
mod ids;
mod search;
mod work;

use std::collections::BTreeMap;

use crate::dialect::splice::{Passage, Request};
use crate::json::Edit;
use crate::mask::{Vault, placeholders};
use crate::policy::Redact;
use crate::refusal::Refusal;
use crate::seen::Seen;
use crate::tokens::Encoding;

pub(super) use search::Search;
use search::Spot;
use work::Work;

/// What was found, by kind and by what was done: counts, never values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings(pub BTreeMap<(String, &'static str), u64>);

impl Findings {
    /// One more of this kind.
    pub fn add(&mut self, name: &str, done: &'static str) {
        let count = self.0.entry((name.to_owned(), done)).or_default();
        *count = count.saturating_add(1);
    }
}

/// A request without what may not leave.
#[derive(Debug, Default)]
pub struct Redacted {
    /// The edits to the body.
    pub edits: Vec<Edit>,
    /// The values that are to be put back.
    pub vault: Vault,
    /// What was found.
    pub findings: Findings,
}

/// Looks through every text of `request` that is not known to be clean; the texts that are masked stand
/// masked in it afterwards. `encodings` are those of the models that it may go to, as far as they are known:
/// input in tokens is read by them.
///
/// # Errors
///
/// The findings, with a refusal, when a rule blocks one of them, or one stands where it cannot be taken out.
pub fn redact(
    rules: Option<&Redact>,
    seen: &Seen,
    encodings: &[Encoding],
    request: &mut Request<'_>,
) -> Result<Redacted, (Findings, Refusal)> {
    let Some(rules) = rules else {
        return Ok(Redacted::default());
    };
    let is_clean = |passage: &Passage<'_>| {
        let name = passage.name(seen);
        name.is_some_and(|name| seen.is_clean(name, passage.form))
    };
    let mut search = Search::new(rules);
    // All is found before anything is made of it: a fake must not be a value of the same request.
    let mut found: Vec<(&mut Passage<'_>, Vec<Spot>)> = Vec::new();
    let passages = request.passages.iter_mut();
    for passage in passages.filter(|own| !is_clean(own)) {
        let spots = search.passage(passage);
        match spots.is_empty() {
            true => keep_clean(seen, passage),
            false => found.push((passage, spots)),
        }
    }
    let values = found.iter().flat_map(|(_, spots)| spots);
    let mut work = Work::new(rules, values.map(|spot| spot.value.clone()).collect());
    for (passage, spots) in &mut found {
        work.passage(passage, spots);
    }
    if !request.ids.is_empty() {
        work.ids(&mut search, encodings, &request.ids);
    }
    work.finish()
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

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
