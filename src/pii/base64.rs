//! Runs of base64 in which nothing may start: images, audio and files in a text.
//!
//! Two forms: the payload of a `data:` URI (RFC 2397) of any length, and any unbroken run of at
//! least 256 base64 characters (RFC 4648, both alphabets). Lines of a wrapped PEM or MIME body are
//! shorter, but letters on both sides keep the detectors out of them.

use std::ops::Range;

use super::text::{Text, is_base64};

/// The shortest run that is taken for data, not for a word or a key.
const LONG: usize = 256;

/// The longest media type with parameters that is looked for between `data:` and the comma.
const MEDIA_TYPE: usize = 100;

/// The run measured last, so that no byte of it is measured twice.
#[derive(Default)]
pub(super) struct Runs {
    last: Range<usize>,
}

impl Runs {
    /// The long run that `i` lies in, if it lies in one.
    pub(super) fn around(&mut self, text: &Text<'_>, i: usize) -> Option<Range<usize>> {
        if !self.last.contains(&i) {
            let floor = if self.last.end <= i { self.last.end } else { 0 };
            let back = LONG.min(i.saturating_sub(floor));
            let start = text.run_back(i, back, is_base64);
            self.last = start..text.run(i, is_base64);
        }
        (self.last.len() >= LONG).then(|| self.last.clone())
    }
}

/// Whether a long run may go through `i`: it would reach far to one side. Most words end before the second look.
pub(super) fn may_be_long(text: &Text<'_>, i: usize) -> bool {
    const STEPS: [usize; 7] = [1, 2, 4, 8, 16, 32, 64];
    let ahead = |step: &usize| is_base64(text.at(i.saturating_add(*step)));
    let behind = |step: &usize| i.checked_sub(*step).is_some_and(|i| is_base64(text.at(i)));
    STEPS.iter().all(ahead) || STEPS.iter().all(behind)
}

/// The payload of the base64 data URI whose `data:` has its colon at `colon`.
pub(super) fn data_uri(text: &Text<'_>, colon: usize) -> Option<Range<usize>> {
    let scheme = text.slice(colon.checked_sub(4)?, colon);
    if !scheme.eq_ignore_ascii_case("data") {
        return None;
    }
    let start = colon.saturating_add(1);
    let in_type = |b: u8| b.is_ascii_graphic() && b != b',' && b != b'"';
    let comma = text.run_to(start, MEDIA_TYPE, in_type);
    let marker = text.slice(comma.saturating_sub(7).max(start), comma);
    if text.at(comma) != b',' || !marker.eq_ignore_ascii_case(";base64") {
        return None;
    }
    let payload = comma.saturating_add(1);
    let end = text.run(payload, |b| is_base64(b) || matches!(b, b'=' | b'%'));
    Some(payload..end)
}

/// Whether `i` lies inside one of the sorted `ranges`.
pub(super) fn covers(ranges: &[Range<usize>], i: usize) -> bool {
    covering(ranges, i).is_some()
}

/// Whether a credential that begins at `i` is part of data: a long run that begins with it is no data, unless a
/// data URI says that it is.
pub(super) fn hides(ranges: &[Range<usize>], text: &Text<'_>, i: usize) -> bool {
    covering(ranges, i).is_some_and(|range| range.start != i || text.before(i) == b',')
}

fn covering(ranges: &[Range<usize>], i: usize) -> Option<&Range<usize>> {
    let after = ranges.partition_point(|range| range.start <= i);
    let candidate = after.checked_sub(1).and_then(|last| ranges.get(last));
    candidate.filter(|range| range.contains(&i))
}
