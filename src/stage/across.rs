//! What stands across the ends of a message's parts: a value whose beginning is in one and whose end in the next.

use std::ops::Range;

use crate::dialect::splice::Passage;

/// How far from the end of a part is looked, in bytes: words before a value say what it is.
const REACH: usize = 1024;

/// The parts of a message as one text.
pub(super) struct Across {
    text: String,
    /// Where each part ends in it.
    ends: Vec<usize>,
}

impl Across {
    /// The parts with `between` put between them.
    pub(super) fn new(parts: &[Passage<'_>], between: &str) -> Self {
        let mut own = Self {
            text: String::new(),
            ends: Vec::with_capacity(parts.len()),
        };
        for (nth, part) in parts.iter().enumerate() {
            if nth > 0 {
                own.text.push_str(between);
            }
            own.text.push_str(part.text());
            own.ends.push(own.text.len());
        }
        own
    }

    /// The stretches of the text around the ends of its parts, each with the place where it begins.
    pub(super) fn seams(&self) -> impl Iterator<Item = (usize, &str)> {
        let mut seams: Vec<Range<usize>> = Vec::new();
        let last = self.ends.len().saturating_sub(1);
        for end in self.ends.iter().take(last) {
            let start = self.text.floor_char_boundary(end.saturating_sub(REACH));
            let end = self.text.floor_char_boundary(end.saturating_add(REACH));
            match seams.last_mut().filter(|seam| seam.end >= start) {
                Some(seam) => seam.end = end,
                None => seams.push(start..end),
            }
        }
        let text = |seam: Range<usize>| Some((seam.start, self.text.get(seam)?));
        seams.into_iter().filter_map(text)
    }

    /// The parts in which this place is, and where in each; `None` where it is only one. For parts with nothing between
    /// them.
    pub(super) fn pieces(&self, at: &Range<usize>) -> Option<Vec<(usize, Range<usize>)>> {
        let mut start = 0;
        let mut pieces = Vec::new();
        for (nth, end) in self.ends.iter().copied().enumerate() {
            let own = at.start.max(start)..at.end.min(end);
            if own.start < own.end {
                let inside = |place: usize| place.saturating_sub(start);
                pieces.push((nth, inside(own.start)..inside(own.end)));
            }
            start = end;
        }
        (pieces.len() > 1).then_some(pieces)
    }
}
