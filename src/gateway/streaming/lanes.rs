//! The running texts of a stream, with masked values put back into each.

use std::collections::BTreeMap;

use crate::dialect::Dialect;
use crate::dialect::splice::{Chunk, Said, Voice};
use crate::gateway::originals::{Originals, renamed};
use crate::json::{Edit, apply, quote};
use crate::mask::Lane;
use crate::sse::Event;
use crate::stage::record::Record;

/// One running text for each choice and voice.
#[derive(Debug)]
pub(super) struct Lanes {
    dialect: Dialect,
    /// The name that the client asked for, where the target has another.
    alias: Option<String>,
    /// `None`: nothing was masked.
    originals: Option<Originals>,
    open: BTreeMap<(u32, Voice), Lane>,
    /// The last event while some text is held back: the mould for an event that brings it.
    mould: Option<Mould>,
    /// How many events were put in between the provider's. Each makes those behind it later by one.
    added: u64,
    /// The number that an event would have now, in dialects that number their events.
    next: u64,
}

#[derive(Debug)]
struct Mould {
    raw: Vec<u8>,
    json: String,
}

impl Lanes {
    pub(super) fn new(record: &Record, originals: Option<Originals>) -> Self {
        Self {
            dialect: record.dialect,
            alias: record.alias().map(str::to_owned),
            originals,
            open: BTreeMap::new(),
            mould: None,
            added: 0,
            next: 0,
        }
    }

    /// The number of an event that is put at the end.
    pub(super) fn next_number(&self) -> u64 {
        self.next
    }

    /// Passes an event on, with the values that it names put back, and the model by the name that the
    /// client asked for.
    pub(super) fn event(
        &mut self,
        event: &Event<'_>,
        json: &str,
        chunk: &Chunk,
        out: &mut Vec<u8>,
    ) {
        let number = chunk.number.clone();
        let told: Option<u64> = number.clone().and_then(|at| json.get(at)?.parse().ok());
        if let Some(told) = told {
            self.next = told.saturating_add(self.added);
        }
        let mut edits: Vec<Edit> = self.rename(chunk).into_iter().collect();
        if self.originals.is_none() {
            self.next = self.next.saturating_add(1);
            pass(event, json, edits, out);
            return;
        }
        self.end_other_voices((event, json), chunk, out);
        let Some(originals) = &self.originals else {
            return;
        };
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
            self.flush(*lane, (event, json), out);
        }
        if let (Some(at), true) = (number, self.added > 0 && told.is_some()) {
            edits.push(Edit::new(at, self.next.to_string()));
        }
        self.next = self.next.saturating_add(1);
        pass(event, json, edits, out);
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
            self.flush(lane, (&Event::read(&mould.raw), &mould.json), out);
        }
    }

    /// Where a lane has several voices, one begins when another has ended. Arguments of several calls may
    /// come by turns.
    fn end_other_voices(&mut self, mould: (&Event<'_>, &str), chunk: &Chunk, out: &mut Vec<u8>) {
        let speaks = |said: &&Said| !said.again && !said.token.inner().is_empty();
        for said in chunk.said.iter().filter(speaks) {
            let own = (said.lane, Voice::Content)..(said.lane, Voice::Arguments(0));
            let others = self.open.range(own).map(|((_, voice), _)| *voice);
            let others: Vec<Voice> = others.filter(|voice| *voice != said.voice).collect();
            for voice in others {
                self.bring((said.lane, voice), mould, out);
            }
        }
    }

    fn flush(&mut self, place: u32, mould: (&Event<'_>, &str), out: &mut Vec<u8>) {
        let own = (place, Voice::Content)..=(place, Voice::Arguments(u32::MAX));
        let voices: Vec<Voice> = self.open.range(own).map(|((_, voice), _)| *voice).collect();
        for voice in voices {
            self.bring((place, voice), mould, out);
        }
    }

    /// An event that was made from a mould of the provider's.
    fn put(&self, raw: &[u8], out: &mut Vec<u8>) {
        let event = Event::read(raw);
        let data = event.data().unwrap_or_default();
        let json = String::from_utf8_lossy(&data);
        let chunk = self.dialect.read_chunk(&json).unwrap_or_default();
        pass(
            &event,
            &json,
            self.rename(&chunk).into_iter().collect(),
            out,
        );
    }

    fn rename(&self, chunk: &Chunk) -> Option<Edit> {
        let alias = self.alias.as_deref()?;
        chunk.model.map(|token| renamed((alias, token)))
    }

    /// Brings what is held back of one text, in an event of its own.
    fn bring(&mut self, place: (u32, Voice), mould: (&Event<'_>, &str), out: &mut Vec<u8>) {
        let held = self.open.get_mut(&place).map(Lane::finish);
        if let Some(held) = held.filter(|held| !held.is_empty()) {
            let event = self.dialect.late_event(mould, self.next, place, &held);
            self.put(&event, out);
            self.added = self.added.saturating_add(1);
            self.next = self.next.saturating_add(1);
        }
    }
}

/// Passes an event on with these edits to its data.
fn pass(event: &Event<'_>, json: &str, mut edits: Vec<Edit>, out: &mut Vec<u8>) {
    if edits.is_empty() {
        out.extend_from_slice(event.raw);
    } else {
        out.extend_from_slice(&event.with_data(&apply(json.as_bytes(), &mut edits)));
    }
}
