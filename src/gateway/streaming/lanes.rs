//! The running texts of a stream, each looked through and with masked values put back into it.

use std::collections::BTreeMap;

use crate::dialect::Dialect;
use crate::dialect::splice::{Chunk, Said, Voice, Way};
use crate::gateway::originals::{Originals, renamed};
use crate::json::{Edit, apply};
use crate::mask::{Form, Lane};
use crate::sse::Event;
use crate::stage::record::Record;
use crate::stage::review::{Review, Reviews};
use crate::window::{Stopped, Window};

/// One running text for each choice and voice.
#[derive(Debug)]
pub(super) struct Lanes {
    dialect: Dialect,
    /// The name that the client asked for, where the target has another.
    alias: Option<String>,
    originals: Originals,
    reviews: Reviews,
    open: BTreeMap<(u32, Voice), Running>,
    /// The last event while some text is held back: the mould for an event that brings it.
    mould: Option<Mould>,
    /// How many events were put in between the provider's. Each makes those behind it later by one.
    added: u64,
    /// The number that an event would have now, in dialects that number their events.
    next: u64,
}

/// A running text.
#[derive(Debug)]
struct Running {
    form: Form,
    window: Window,
    lane: Lane,
    /// Another one tells the same: what is found in it is counted there.
    repeats: bool,
}

impl Running {
    fn new(form: Form) -> Self {
        Self {
            form,
            window: Window::new(form),
            lane: Lane::default(),
            repeats: false,
        }
    }

    fn push(
        &mut self,
        part: &str,
        originals: &Originals,
        review: &mut Review<'_>,
        reviews: Reviews,
    ) -> Result<String, Stopped> {
        review.form = self.form;
        review.again = self.repeats;
        let looked = match reviews {
            Reviews::Nothing => None,
            _ => Some(self.window.push(part, review)?),
        };
        // What is only watched does not wait.
        let said = looked.filter(|_| reviews == Reviews::Holds);
        let said = said.as_deref().unwrap_or(part);
        Ok(match originals.restores() {
            true => self.lane.push(said, self.form, &originals.vault),
            false => said.to_owned(),
        })
    }

    fn finish(
        &mut self,
        originals: &Originals,
        review: &mut Review<'_>,
        reviews: Reviews,
    ) -> Result<String, Stopped> {
        review.form = self.form;
        review.again = self.repeats;
        let rest = self.window.finish(review)?;
        let mut told = match (reviews, originals.restores()) {
            (Reviews::Holds, true) => self.lane.push(&rest, self.form, &originals.vault),
            (Reviews::Holds, false) => rest,
            _ => String::new(),
        };
        told.push_str(&self.lane.finish());
        Ok(told)
    }

    /// Words wait here.
    fn holds(&self, reviews: Reviews) -> bool {
        !self.lane.is_empty() || reviews == Reviews::Holds && !self.window.is_empty()
    }
}

#[derive(Debug)]
struct Mould {
    raw: Vec<u8>,
    json: String,
}

impl Lanes {
    pub(super) fn new(record: &Record, originals: Originals, reviews: Reviews) -> Self {
        Self {
            dialect: record.dialect,
            alias: record.alias().map(str::to_owned),
            originals,
            reviews,
            open: BTreeMap::new(),
            mould: None,
            added: 0,
            next: 0,
        }
    }

    /// The values that are put back.
    pub(super) fn originals(&self) -> &Originals {
        &self.originals
    }

    /// Nothing may pass that was not looked through.
    pub(super) fn holds_replies(&self) -> bool {
        self.reviews == Reviews::Holds
    }

    /// The number of an event that is put at the end.
    pub(super) fn next_number(&self) -> u64 {
        self.next
    }

    /// Passes an event on, with the values that it names put back, and the model by the name that the
    /// client asked for.
    ///
    /// # Errors
    ///
    /// The reply must end before this event. `review` says why.
    pub(super) fn event(
        &mut self,
        event: &Event<'_>,
        json: &str,
        chunk: &Chunk,
        review: &mut Review<'_>,
        out: &mut Vec<u8>,
    ) -> Result<(), Stopped> {
        let number = chunk.number.clone();
        let told: Option<u64> = number.clone().and_then(|at| json.get(at)?.parse().ok());
        if let Some(told) = told {
            self.next = told.saturating_add(self.added);
        }
        let mut edits: Vec<Edit> = self.rename(chunk).into_iter().collect();
        if !self.originals.restores() && self.reviews == Reviews::Nothing {
            self.next = self.next.saturating_add(1);
            pass(event, json, edits, out);
            return Ok(());
        }
        self.end_other_voices((event, json), chunk, review, out)?;
        for said in &chunk.said {
            edits.extend(self.said(said, json, chunk, review)?);
        }
        if self.reviews == Reviews::Holds {
            let echoes = chunk.echoes.iter();
            edits.extend(echoes.map(|(at, empty)| Edit::new(at.clone(), *empty)));
        }
        // What is held for a choice that ends here without another word goes before its end.
        for lane in &chunk.closed {
            self.flush(*lane, (event, json), review, out)?;
        }
        if let (Some(at), true) = (number, self.added > 0 && told.is_some()) {
            edits.push(Edit::new(at, self.next.to_string()));
        }
        self.next = self.next.saturating_add(1);
        pass(event, json, edits, out);
        let holds = self.open.values().any(|own| own.holds(self.reviews));
        self.mould = holds.then(|| Mould {
            raw: event.raw.to_vec(),
            json: json.to_owned(),
        });
        Ok(())
    }

    /// The edit after which a piece of text says what may be told now.
    fn said(
        &mut self,
        said: &Said,
        json: &str,
        chunk: &Chunk,
        review: &mut Review<'_>,
    ) -> Result<Option<Edit>, Stopped> {
        if !said.runs() {
            review.again = said.way == Way::Again;
            return self.originals.whole(said, json, review, self.reviews);
        }
        let own = (said.lane, Voice::Content)..=(said.lane, Voice::Aside);
        let mut others = self.open.range(own).map(|((_, voice), _)| *voice);
        let mut now = chunk.said.iter().filter(|other| other.lane == said.lane);
        let repeats = others.any(|other| said.voice.repeats(other))
            || now.any(|other| said.voice.repeats(other.voice));
        let text = said.text(json);
        let place = (said.lane, said.voice);
        let form = self.originals.form(said);
        let running = self.open.entry(place).or_insert_with(|| Running::new(form));
        running.repeats = repeats;
        let mut told = running.push(&text, &self.originals, review, self.reviews)?;
        if said.way == Way::Last || chunk.closed.contains(&said.lane) {
            told.push_str(&running.finish(&self.originals, review, self.reviews)?);
        }
        Ok((told != text).then(|| said.edit(&told)))
    }

    /// Brings everything that is held back: the stream ends.
    ///
    /// # Errors
    ///
    /// As for [`event`](Self::event).
    pub(super) fn flush_all(
        &mut self,
        review: &mut Review<'_>,
        out: &mut Vec<u8>,
    ) -> Result<(), Stopped> {
        if self.reviews == Reviews::Watches {
            for running in self.open.values_mut() {
                // What is found is noted; the words themselves have gone.
                review.form = running.form;
                review.again = running.repeats;
                running.window.finish(review)?;
            }
        }
        let Some(mould) = self.mould.take() else {
            return Ok(());
        };
        let lanes: Vec<u32> = self.open.keys().map(|(lane, _)| *lane).collect();
        for lane in lanes {
            let event = Event::read(&mould.raw);
            self.flush(lane, (&event, &mould.json), review, out)?;
        }
        Ok(())
    }

    /// Where a lane has several voices, one begins when another has ended. Arguments of several calls may
    /// come by turns.
    fn end_other_voices(
        &mut self,
        mould: (&Event<'_>, &str),
        chunk: &Chunk,
        review: &mut Review<'_>,
        out: &mut Vec<u8>,
    ) -> Result<(), Stopped> {
        let speaks = |said: &&Said| said.runs() && !said.token.inner().is_empty();
        let speaking: Vec<&Said> = chunk.said.iter().filter(speaks).collect();
        for said in &speaking {
            let own = (said.lane, Voice::Content)..(said.lane, Voice::Arguments(0));
            let others = self.open.range(own).map(|((_, voice), _)| *voice);
            // Some tell the same thought in several places at once.
            let speaks = |voice: &Voice| {
                let mut own = speaking.iter().filter(|other| other.lane == said.lane);
                own.any(|other| other.voice == *voice)
            };
            let others: Vec<Voice> = others.filter(|voice| !speaks(voice)).collect();
            for voice in others {
                self.bring((said.lane, voice), mould, review, out)?;
            }
        }
        Ok(())
    }

    fn flush(
        &mut self,
        place: u32,
        mould: (&Event<'_>, &str),
        review: &mut Review<'_>,
        out: &mut Vec<u8>,
    ) -> Result<(), Stopped> {
        let own = (place, Voice::Content)..=(place, Voice::Aside);
        let voices: Vec<Voice> = self.open.range(own).map(|((_, voice), _)| *voice).collect();
        for voice in voices {
            self.bring((place, voice), mould, review, out)?;
        }
        Ok(())
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
    fn bring(
        &mut self,
        place: (u32, Voice),
        mould: (&Event<'_>, &str),
        review: &mut Review<'_>,
        out: &mut Vec<u8>,
    ) -> Result<(), Stopped> {
        let Some(running) = self.open.get_mut(&place) else {
            return Ok(());
        };
        let held = running.finish(&self.originals, review, self.reviews)?;
        if !held.is_empty() {
            let event = self.dialect.late_event(mould, self.next, place, &held);
            self.put(&event, out);
            self.added = self.added.saturating_add(1);
            self.next = self.next.saturating_add(1);
        }
        Ok(())
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
