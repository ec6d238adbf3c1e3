//! Edits to a text: what to put in place of which bytes, applied in one pass.

use std::ops::Range;

/// The bytes in `at` become `with`; an empty `at` inserts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Where, in the bytes before any edit.
    pub at: Range<usize>,
    /// What stands there afterwards.
    pub with: Vec<u8>,
}

impl Edit {
    /// An edit that replaces `at` by `with`.
    pub fn new(at: Range<usize>, with: impl Into<Vec<u8>>) -> Self {
        Self {
            at,
            with: with.into(),
        }
    }
}

/// `bytes` with all `edits` made. Edits are sorted here; one that overlaps an earlier one, or lies
/// outside the bytes, is left out.
pub fn apply(bytes: &[u8], edits: &mut [Edit]) -> Vec<u8> {
    edits.sort_by_key(|edit| (edit.at.start, edit.at.end));
    let added: usize = edits.iter().map(|edit| edit.with.len()).sum();
    let mut out = Vec::with_capacity(bytes.len().saturating_add(added));
    let mut done = 0;
    for edit in edits {
        let (Some(before), Some(_)) = (bytes.get(done..edit.at.start), bytes.get(edit.at.clone()))
        else {
            continue;
        };
        out.extend_from_slice(before);
        out.extend_from_slice(&edit.with);
        done = edit.at.end;
    }
    out.extend_from_slice(bytes.get(done..).unwrap_or_default());
    out
}

/// Where the byte at `place` stands after `edits`, for a place that no edit replaces. At a place
/// where text is inserted, the answer is the place after the insertion.
pub fn shifted(place: usize, edits: &[Edit]) -> usize {
    edits
        .iter()
        .filter(|edit| edit.at.end <= place)
        .fold(place, |place, edit| {
            place
                .saturating_add(edit.with.len())
                .saturating_sub(edit.at.len())
        })
}
