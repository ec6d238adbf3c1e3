//! A text that can be looked at from any offset: total accessors, no panic past either end.

use super::class;

/// A text under the eyes of the detectors. Offsets are bytes.
pub(super) struct Text<'a> {
    text: &'a str,
    /// Bytes and characters looked at, so that tests can prove the work linear.
    #[cfg(test)]
    pub(super) steps: std::cell::Cell<usize>,
}

impl<'a> Text<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Text {
            text,
            #[cfg(test)]
            steps: std::cell::Cell::new(0),
        }
    }

    #[cfg(test)]
    fn step(&self, by: usize) {
        self.steps.set(self.steps.get().saturating_add(by));
    }

    #[cfg(not(test))]
    #[inline(always)]
    fn step(&self, _by: usize) {}

    pub(super) fn as_str(&self) -> &'a str {
        self.text
    }

    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// The byte at `i`; NUL past the end, which no detector takes for anything.
    #[inline]
    pub(super) fn at(&self, i: usize) -> u8 {
        self.step(1);
        self.text.as_bytes().get(i).copied().unwrap_or(0)
    }

    /// The byte just before `i`; NUL at the start.
    #[inline]
    pub(super) fn before(&self, i: usize) -> u8 {
        match i.checked_sub(1) {
            Some(i) => self.at(i),
            None => 0,
        }
    }

    /// The character at `i`, if `i` is a boundary inside the text.
    pub(super) fn char_at(&self, i: usize) -> Option<char> {
        self.step(1);
        self.text.get(i..)?.chars().next()
    }

    /// The character just before `i`, if `i` is a boundary.
    pub(super) fn char_before(&self, i: usize) -> Option<char> {
        self.step(1);
        self.text.get(..i)?.chars().next_back()
    }

    /// The text between two boundaries; empty where they are none.
    pub(super) fn slice(&self, start: usize, end: usize) -> &'a str {
        let slice = self.text.get(start..end).unwrap_or("");
        self.step(slice.len());
        slice
    }

    /// The `most` characters before `i`, or those there are.
    pub(super) fn before_by(&self, i: usize, most: usize) -> &'a str {
        let before = self.text.get(..i).unwrap_or("");
        let start = before.char_indices().rev().take(most).last();
        self.slice(start.map_or(i, |(start, _)| start), i)
    }

    /// The `most` characters from `i` on, or those there are.
    pub(super) fn after_by(&self, i: usize, most: usize) -> &'a str {
        let after = self.text.get(i..).unwrap_or("");
        let end = after.char_indices().nth(most);
        let end = end.map_or(self.len(), |(end, _)| i.saturating_add(end));
        self.slice(i, end)
    }

    /// Whether `what` stands at `i`.
    pub(super) fn has(&self, i: usize, what: &str) -> bool {
        self.step(what.len());
        let rest = self.text.as_bytes().get(i..);
        rest.is_some_and(|rest| rest.starts_with(what.as_bytes()))
    }

    /// The first offset from `i` on whose byte is not one of `class`.
    pub(super) fn run(&self, i: usize, class: impl FnMut(u8) -> bool) -> usize {
        self.run_to(i, usize::MAX, class)
    }

    /// As [`run`](Self::run), looking at `most` bytes at most.
    pub(super) fn run_to(&self, i: usize, most: usize, mut class: impl FnMut(u8) -> bool) -> usize {
        let rest = self.text.as_bytes().get(i..).unwrap_or(&[]);
        let rest = rest.get(..most).unwrap_or(rest);
        let run = rest.iter().position(|byte| !class(*byte));
        let run = run.unwrap_or(rest.len());
        self.step(run);
        i.saturating_add(run)
    }

    /// The first offset of the run of `class` that ends at `i`, looking at `most` bytes at most.
    pub(super) fn run_back(&self, i: usize, most: usize, class: impl Fn(u8) -> bool) -> usize {
        let before = self.text.as_bytes().get(..i).unwrap_or(&[]);
        let floor = before.len().saturating_sub(most);
        let before = before.get(floor..).unwrap_or(&[]);
        let run = before.iter().rev().position(|byte| !class(*byte));
        let run = run.unwrap_or(before.len());
        self.step(run);
        i.saturating_sub(run)
    }

    /// Whether a word goes on just before `i`.
    pub(super) fn word_before(&self, i: usize) -> bool {
        match self.before(i) {
            0x80.. => self.char_before(i).is_some_and(is_spaced_letter),
            byte => is_word(byte),
        }
    }

    /// Whether a word goes on at `i`.
    pub(super) fn word_at(&self, i: usize) -> bool {
        match self.at(i) {
            0x80.. => self.char_at(i).is_some_and(is_spaced_letter),
            byte => is_word(byte),
        }
    }
}

/// A byte of an ASCII word.
#[inline(always)]
pub(super) fn is_word(byte: u8) -> bool {
    class::is(byte, class::WORD)
}

/// A letter of a script that puts spaces between words, so that a letter beside a value belongs to
/// the same word. Chinese, Japanese, Thai and others write on without a space.
pub(super) fn is_spaced_letter(c: char) -> bool {
    c < '\u{0590}' && c.is_alphanumeric() || ('\u{1e00}'..'\u{2000}').contains(&c)
}

/// A byte of base64, standard or URL-safe.
#[inline(always)]
pub(super) fn is_base64(byte: u8) -> bool {
    class::is(byte, class::BASE64)
}

/// A byte of base64url, and of most tokens.
#[inline(always)]
pub(super) fn is_token(byte: u8) -> bool {
    class::is(byte, class::TOKEN)
}
