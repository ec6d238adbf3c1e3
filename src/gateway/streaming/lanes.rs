//! The running texts of a stream, with masked values put back into each.

use std::collections::BTreeMap;

use crate::dialect::openai_chat::{Chunk, Said, Voice, chunk_with};
use crate::gateway::originals::Originals;
use crate::json::{Edit, apply, quote};
use crate::mask::Lane;
use crate::sse::Event;

/// One running text for each choice and voice.
#[derive(Debug)]
pub(super) struct Lanes {
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
    pub(super) fn new(originals: Option<Originals>) -> Self {
        Self {
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
            let lane = self.open.entry((said.choice, said.voice)).or_default();
            let mut told = lane.push(&text, originals.form(said.voice), &originals.vault);
            if ends(chunk, said) {
                told.push_str(&lane.finish());
            }
            if told != text {
                edits.push(Edit::new(said.token.span(), quote(&told)));
            }
        }
        // What is held for a choice that ends here without another word goes before its end.
        for (choice, _) in &chunk.finished {
            self.flush(*choice, event, json, out);
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
        let choices: Vec<u32> = self.open.keys().map(|(choice, _)| *choice).collect();
        for choice in choices {
            self.flush(choice, &Event::read(&mould.raw), &mould.json, out);
        }
    }

    fn flush(&mut self, choice: u32, mould: &Event<'_>, json: &str, out: &mut Vec<u8>) {
        let own = (choice, Voice::Content)..=(choice, Voice::Arguments(u32::MAX));
        for ((_, voice), lane) in self.open.range_mut(own) {
            let held = lane.finish();
            if !held.is_empty() {
                let data = chunk_with(json, choice, *voice, &held);
                out.extend_from_slice(&mould.with_data(&data));
            }
        }
    }
}

/// The choice ends with these words.
fn ends(chunk: &Chunk, said: &Said) -> bool {
    chunk
        .finished
        .iter()
        .any(|(choice, _)| *choice == said.choice)
}
