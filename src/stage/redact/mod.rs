//! Personal data and secrets: found in every text of a request, and masked, refused or reported.

mod fake;
mod ids;
mod search;
mod work;

use std::collections::BTreeMap;
use std::ops::Range;

use super::across::Across;
use crate::dialect::splice::{Passage, Request};
use crate::json::Edit;
use crate::mask::{Form, Vault, placeholders};
use crate::pii::{Finding, Kind};
use crate::policy::Redact;
use crate::refusal::Refusal;
use crate::seen::Seen;
use crate::tokens::Encoding;

pub(super) use ids::text as text_of_ids;
pub(super) use search::Search;
use search::Spot;
use work::Work;

/// How much of a credential must stand in the next part for it to be the rest of the one before, in bytes.
const LEAST_REST: usize = 12;

/// What was found, by kind and by what was done, and the rules that found credentials: counts, never values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings(
    pub BTreeMap<(String, &'static str), u64>,
    pub BTreeMap<&'static str, u64>,
);

impl Findings {
    /// One more of this kind.
    pub fn add(&mut self, name: &str, done: &'static str) {
        let count = self.0.entry((name.to_owned(), done)).or_default();
        *count = count.saturating_add(1);
    }

    /// The rule of a finding, where it says more than its kind: whose credential it is.
    fn add_rule(&mut self, finding: &Finding) {
        if finding.kind == Kind::Secret {
            let count = self.1.entry(finding.rule).or_default();
            *count = count.saturating_add(1);
        }
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
    let mut found: BTreeMap<usize, Vec<Spot>> = BTreeMap::new();
    let passages = request.passages.iter().enumerate();
    for (nth, passage) in passages.filter(|(_, own)| !is_clean(own)) {
        let spots = search.passage(passage);
        match spots.is_empty() {
            true => keep_clean(seen, passage),
            false => {
                found.insert(nth, spots);
            }
        }
    }
    for run in request.adjacent() {
        across(&mut search, seen, request, run, &mut found);
    }
    let values = found.values().flatten();
    let mut work = Work::new(rules, values.map(|spot| spot.value.clone()).collect());
    for (nth, spots) in &found {
        if let Some(passage) = request.passages.get_mut(*nth) {
            work.passage(passage, spots);
        }
    }
    if !request.ids.is_empty() {
        work.ids(&mut search, encodings, &request.ids);
    }
    work.finish()
}

/// What is found across the ends of these parts of a message, and in none of them alone: it is taken out of each.
fn across(
    search: &mut Search<'_>,
    seen: &Seen,
    request: &Request<'_>,
    run: Range<usize>,
    found: &mut BTreeMap<usize, Vec<Spot>>,
) {
    let own = Across::new(request.passages.get(run.clone()).unwrap_or_default(), "");
    for (start, seam) in own.seams() {
        let name = seen.name(seam.as_bytes());
        if name.is_some_and(|name| seen.is_clean(name, Form::Plain)) {
            continue;
        }
        let mut spots = Vec::new();
        search.plain(seam, &mut spots);
        if let (true, Some(name)) = (spots.is_empty(), name)
            && placeholders(seam).next().is_none()
        {
            seen.keep_clean(name, Form::Plain);
        }
        for spot in spots {
            let moved = |place: usize| place.saturating_add(start);
            let Some(pieces) = own.pieces(&(moved(spot.at.start)..moved(spot.at.end))) else {
                continue;
            };
            let places = pieces.into_iter();
            let places = places.map(|(nth, at)| (run.start.saturating_add(nth), at));
            let places: Vec<(usize, Range<usize>)> = places.collect();
            if !make_room(&spot, &places, found) {
                continue;
            }
            for (piece, (nth, at)) in places.into_iter().enumerate() {
                let rest = piece > 0;
                let own = Spot {
                    at,
                    rest,
                    ..spot.clone()
                };
                found.entry(nth).or_default().push(own);
            }
        }
    }
}

/// Whether what was found in one of these places alone leaves them to what was found across them: a credential that goes
/// on in the next part takes the place of its beginning. A few letters there are rather words of their own.
fn make_room(
    spot: &Spot,
    places: &[(usize, Range<usize>)],
    found: &mut BTreeMap<usize, Vec<Spot>>,
) -> bool {
    let meets =
        |known: &Range<usize>, at: &Range<usize>| known.start < at.end && at.start < known.end;
    let within =
        |known: &Range<usize>, at: &Range<usize>| at.start <= known.start && known.end <= at.end;
    let known = |nth: usize| found.get(&nth).into_iter().flatten();
    let met: Vec<(usize, Range<usize>)> = places
        .iter()
        .flat_map(|(nth, at)| {
            let met = known(*nth).filter(|known| meets(&known.at, at));
            met.map(|known| (*nth, known.at.clone()))
        })
        .collect();
    let left_over = |(nth, at): &(usize, Range<usize>)| {
        let own = met.iter().filter(|(other, _)| other == nth);
        at.len().saturating_sub(own.map(|(_, at)| at.len()).sum())
    };
    let covered = met.iter().all(|(nth, known)| {
        places
            .iter()
            .any(|(own, at)| own == nth && within(known, at))
    });
    let goes_on = places.iter().map(left_over).sum::<usize>() >= LEAST_REST;
    let continues = spot.finding.kind == Kind::Secret && covered && goes_on;
    if !(met.is_empty() || continues) {
        return false;
    }
    for (nth, gone) in met {
        if let Some(spots) = found.get_mut(&nth) {
            spots.retain(|spot| spot.at != gone);
        }
    }
    true
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
mod addresses;
#[cfg(test)]
mod parts;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
