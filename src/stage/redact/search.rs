//! Where something stands in a text, however it is escaped.

use std::ops::Range;

use crate::json::{Kind as JsonKind, Reader, Text};
use crate::mask::Form;
use crate::pii::{Detector, Finding};

/// How often a text is unescaped, at the most: JSON in a string of JSON.
const MOST_LAYERS: usize = 3;

/// A finding's place in a passage's text, and the value as it was meant.
pub(super) struct Spot {
    pub(super) at: Range<usize>,
    pub(super) finding: Finding,
    pub(super) value: String,
}

/// A detector and the buffer that it is used with again and again.
pub(super) struct Search<'d> {
    detector: &'d Detector,
    found: Vec<Finding>,
}

impl<'d> Search<'d> {
    pub(super) fn new(detector: &'d Detector) -> Self {
        let found = Vec::new();
        Self { detector, found }
    }

    /// What stands in a text of this form.
    pub(super) fn text(&mut self, text: &str, form: Form, spots: &mut Vec<Spot>) {
        match form {
            Form::Plain => self.plain(text, spots),
            Form::Json => self.json(text, spots),
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
        for finding in self.scan(said) {
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

    fn scan(&mut self, text: &str) -> Vec<Finding> {
        self.found.clear();
        self.detector.scan(text, &mut self.found);
        std::mem::take(&mut self.found)
    }
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
