//! A running text that is let go piece by piece, in such a way that nothing of what a search finds in it
//! has gone before it is found.
//!
//! ```text
//!  ┌ gone ─────────┐┌ held ──────────────────────────┐
//!  … context ………… │ … may be released … │ … reach … │ ◀─ what comes next
//!                   └──────── ▲ ─────────┘
//!                          boundary
//! ```
//!
//! The boundary lies [`Search::reach`] bytes before the end, and further back when it would cut a find or a
//! long word in two. No more than [`MOST`] bytes and the last part are ever held.
//!
//! *Never*: knows what is looked for, or what a message is.

mod strings;

use std::ops::Range;

use crate::json::Nesting;
use crate::mask::Form;
use strings::Strings;

/// The most that is held back, in bytes: a longer find is replaced as far as it has come, and what follows
/// of it is dropped.
pub const MOST: usize = 8 << 10;

/// How much of what has gone is still looked at, in bytes: words before a value say what it is.
const CONTEXT: usize = 512;

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit<W> {
    /// Where.
    pub at: Range<usize>,
    /// What.
    pub what: W,
}

/// What a search finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hits<W> {
    /// Everything, in any order; hits may overlap.
    pub all: Vec<Hit<W>>,
    /// Where something begins that is found only when more of it has come, longer than the search's reach.
    pub open: Option<usize>,
}

impl<W> Default for Hits<W> {
    fn default() -> Self {
        Self {
            all: Vec::new(),
            open: None,
        }
    }
}

/// Something that looks for what may not pass.
pub trait Search {
    /// What it finds.
    type What;

    /// What is in `text`.
    fn search(&mut self, text: &str) -> Hits<Self::What>;

    /// How long a find with spaces in it may be, together with what must stand behind it, in bytes.
    fn reach(&self) -> usize;

    /// What is done about a find.
    fn judge(&mut self, what: &Self::What, value: &str) -> Verdict;
}

/// What is done about a find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing.
    Pass,
    /// This stands in its place.
    Replace(String),
    /// Nothing more is said, by any text.
    Stop,
}

/// The text must not go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped;

/// One running text.
#[derive(Debug, Clone)]
pub struct Window {
    /// The end of what has gone, then what is held.
    text: String,
    /// How much of `text` has gone.
    gone: usize,
    /// A find was longer than can be held: what comes next of it is dropped.
    dropping: bool,
    /// Where the text is JSON: what stands where the held part begins.
    nesting: Option<Nesting>,
    /// Where its last bracket is, as far as it has come.
    ahead: Option<Strings>,
}

impl Window {
    /// An empty text of this form.
    pub fn new(form: Form) -> Self {
        let is_json = form == Form::Json;
        Self {
            text: String::new(),
            gone: 0,
            dropping: false,
            nesting: is_json.then(Nesting::default),
            ahead: is_json.then(Strings::default),
        }
    }

    /// Takes in the next part of the text; what may go now.
    ///
    /// # Errors
    ///
    /// The search has stopped the text. What was held is not told.
    pub fn push<S: Search>(&mut self, part: &str, search: &mut S) -> Result<String, Stopped> {
        let part = match self.dropping {
            true => part.trim_start_matches(is_run),
            false => part,
        };
        self.dropping &= part.is_empty();
        self.text.push_str(part);
        let whole = self.ahead.as_mut().is_some_and(|own| own.advance(part));
        let end = self.text.len();
        let ready = floor(&self.text, end.saturating_sub(search.reach()));
        let latest = match whole {
            // Nothing that is found goes on behind the last bracket.
            true => end,
            false => run_start(&self.text, ready),
        };
        if latest <= self.gone && self.held() <= MOST {
            return Ok(String::new());
        }
        let mut hits = search.search(&self.text);
        let boundary = self.boundary(&hits, latest);
        if self.text.len().saturating_sub(boundary) <= MOST {
            return self.release(boundary, &mut hits.all, search);
        }
        let boundary = forced(&hits, ready).max(self.gone);
        let told = self.release(boundary, &mut hits.all, search)?;
        // The boundary is the end only where a hit goes on there.
        self.dropping = boundary == end;
        Ok(told)
    }

    /// Everything that is held: the text ends here, or something else comes first.
    ///
    /// # Errors
    ///
    /// As for [`push`](Self::push).
    pub fn finish<S: Search>(&mut self, search: &mut S) -> Result<String, Stopped> {
        if self.is_empty() {
            return Ok(String::new());
        }
        let mut hits = search.search(&self.text);
        self.release(self.text.len(), &mut hits.all, search)
    }

    /// Nothing is held.
    pub fn is_empty(&self) -> bool {
        self.gone >= self.text.len()
    }

    /// How much is held, in bytes.
    pub fn held(&self) -> usize {
        self.text.len().saturating_sub(self.gone)
    }

    /// A whole text, looked at at once.
    ///
    /// # Errors
    ///
    /// As for [`push`](Self::push).
    pub fn whole<S: Search>(text: &str, form: Form, search: &mut S) -> Result<String, Stopped> {
        let mut window = Self::new(form);
        window.text.push_str(text);
        window.finish(search)
    }

    /// Up to where the text may go, of what ends at `latest`.
    fn boundary<W>(&self, hits: &Hits<W>, latest: usize) -> usize {
        let mut boundary = latest.min(hits.open.unwrap_or(latest));
        // A hit may begin in another one, so the first that is cut decides.
        while let Some(first) = cut(hits, boundary).map(|hit| hit.at.start).min() {
            boundary = first;
        }
        boundary.max(self.gone)
    }

    fn release<S: Search>(
        &mut self,
        to: usize,
        hits: &mut [Hit<S::What>],
        search: &mut S,
    ) -> Result<String, Stopped> {
        hits.sort_by_key(|hit| (hit.at.start, hit.at.end));
        let mut out = String::with_capacity(to.saturating_sub(self.gone));
        let mut done = self.gone;
        let ready = |hit: &&mut Hit<S::What>| hit.at.end > self.gone && hit.at.end <= to;
        for hit in hits.iter_mut().filter(ready) {
            let value = self.text.get(hit.at.clone()).unwrap_or_default();
            match search.judge(&hit.what, value) {
                Verdict::Pass => {}
                Verdict::Stop => return Err(Stopped),
                Verdict::Replace(_) if hit.at.end <= done => {}
                Verdict::Replace(with) => {
                    let start = hit.at.start.max(done);
                    let before = self.text.get(done..start).unwrap_or_default();
                    let value = self.text.get(start..hit.at.end).unwrap_or_default();
                    match &mut self.nesting {
                        None => out.extend([before, &with]),
                        Some(nesting) => replace(nesting, before, value, &with, &mut out),
                    }
                    done = hit.at.end;
                }
            }
        }
        let rest = self.text.get(done..to).unwrap_or_default();
        out.push_str(rest);
        if let Some(nesting) = &mut self.nesting {
            nesting.advance(rest);
        }
        self.gone = to;
        self.forget();
        Ok(out)
    }

    /// What has gone long ago is forgotten.
    fn forget(&mut self) {
        let old = floor(&self.text, self.gone.saturating_sub(CONTEXT));
        // Not at every word: what is moved is then a small part of what came.
        if old >= CONTEXT {
            self.text.drain(..old);
            self.gone = self.gone.saturating_sub(old);
        }
    }
}

/// Tells `before`, and `with` in place of `value`, where both are JSON. What stands in place of a number goes in
/// quotes, and takes the sign before it along.
fn replace(nesting: &mut Nesting, before: &str, value: &str, with: &str, out: &mut String) {
    let is_number = value
        .bytes()
        .all(|byte| byte == b'-' || byte.is_ascii_digit());
    let (mut ahead, mut sign) = (before, "");
    if let Some(rest) = before.strip_suffix('-').filter(|_| is_number) {
        (ahead, sign) = (rest, "-");
    }
    out.push_str(ahead);
    nesting.advance(ahead);
    if !nesting.is_value_due() {
        out.push_str(sign);
        nesting.advance(sign);
        sign = "";
    }
    out.push_str(&match is_number {
        true => nesting.quoted(with),
        false => nesting.written(with),
    });
    nesting.advance(sign);
    nesting.advance(value);
}

/// Up to where a text goes that cannot be held any longer: with its hits as far as they have come.
fn forced<W>(hits: &Hits<W>, ready: usize) -> usize {
    let mut boundary = ready;
    while let Some(last) = cut(hits, boundary).map(|hit| hit.at.end).max() {
        boundary = last;
    }
    boundary
}

/// The hits that begin before a place and end behind it.
fn cut<W>(hits: &Hits<W>, place: usize) -> impl Iterator<Item = &Hit<W>> {
    let all = hits.all.iter();
    all.filter(move |hit| hit.at.start < place && place < hit.at.end)
}

/// The nearest boundary of characters at `place` or before it.
fn floor(text: &str, place: usize) -> usize {
    let mut place = place.min(text.len());
    while !text.is_char_boundary(place) {
        place = place.saturating_sub(1);
    }
    place
}

/// Where the run begins that goes on at `place`; `place` itself where none does, or one that is too long to
/// be held.
fn run_start(text: &str, place: usize) -> usize {
    let goes_on = text
        .get(place..)
        .is_some_and(|rest| rest.starts_with(is_run));
    let before = text.get(..place).unwrap_or_default();
    let start = before.trim_end_matches(is_run).len();
    let short = text.len().saturating_sub(start) <= MOST;
    if goes_on && short { start } else { place }
}

/// A character of keys, tokens, addresses and numbers: where one goes on, so does what it is part of.
fn is_run(char: char) -> bool {
    char.is_ascii_alphanumeric() || "._-+/=:@%~&?#$!*".contains(char)
}

#[cfg(test)]
mod tests;
