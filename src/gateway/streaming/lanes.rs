//! The running texts of a stream, with masked values put back into each.

use std::collections::BTreeMap;

use crate::dialect::Dialect;
use crate::dialect::splice::{Chunk, Voice};
use crate::gateway::originals::Originals;
use crate::json::{Edit, apply, quote};
use crate::mask::Lane;
use crate::sse::Event;

/// One running text for each choice and voice.
#[derive(Debug)]
pub(super) struct Lanes {
    dialect: Dialect,
    /// `None`: nothing was masked.
    originals: Option<Originals>,
    open: BTreeMap<(u32, Voice), Lane>,
    /// The last event while some text is held back: the mould for an event that brings it.
    mould: Option<Mould>,
}

#[derive(Debug)]
struct Mould {
    raw: Vec<u8>,
    json: String,
}

impl Lanes {
    pub(super) fn new(dialect: Dialect, originals: Option<Originals>) -> Self {
        Self {
            dialect,
            originals,
            open: BTreeMap::new(),
            mould: None,
        }
    }

    /// Passes an event on, with the values that it names put back.
    pub(super) fn event(
        &mut self,
        event: &Event<'_>,
        json: &str,
        chunk: &Chunk,
        out: &mut Vec<u8>,
    ) {
        let Some(originals) = &self.originals else {
            out.extend_from_slice(event.raw);
            return;
        };
        let mut edits: Vec<Edit> = Vec::new();
        for said in &chunk.said {
            let text = said.token.text(json);
            let form = originals.form(said.voice);
            let told = if said.again {
                Lane::whole(&text, form, &originals.vault)
            } else {
                let lane = self.open.entry((said.lane, said.voice)).or_default();
                let mut told = lane.push(&text, form, &originals.vault);
                if chunk.closed.contains(&said.lane) {
                    told.push_str(&lane.finish());
                }
                told
            };
            if told != text {
                edits.push(Edit::new(said.token.span(), quote(&told)));
            }
        }
        // What is held for a choice that ends here without another word goes before its end.
        for lane in &chunk.closed {
            self.flush(*lane, event, json, out);
        }
        if edits.is_empty() {
            out.extend_from_slice(event.raw);
        } else {
            out.extend_from_slice(&event.with_data(&apply(json.as_bytes(), &mut edits)));
        }
        let holds = self.open.values().any(|lane| !lane.is_empty());
        self.mould = holds.then(|| Mould {
            raw: event.raw.to_vec(),
            json: json.to_owned(),
        });
    }

    /// Brings everything that is held back: the stream ends.
    pub(super) fn flush_all(&mut self, out: &mut Vec<u8>) {
        let Some(mould) = self.mould.take() else {
            return;
        };
        let lanes: Vec<u32> = self.open.keys().map(|(lane, _)| *lane).collect();
        for lane in lanes {
            self.flush(lane, &Event::read(&mould.raw), &mould.json, out);
        }
    }

    fn flush(&mut self, place: u32, mould: &Event<'_>, json: &str, out: &mut Vec<u8>) {
        let own = (place, Voice::Content)..=(place, Voice::Arguments(u32::MAX));
        for ((_, voice), lane) in self.open.range_mut(own) {
            let held = lane.finish();
            if !held.is_empty() {
                let event = self.dialect.late_event(mould, json, (place, *voice), &held);
                out.extend_from_slice(&event);
            }
        }
    }
}
