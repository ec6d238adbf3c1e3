//! Reads a text character by character, by class, and notes whether its end was looked at.

use super::{
    class::{self, END},
    tables::table,
};

/// A text and whether anything was decided by where it ends.
pub(in crate::tokens) struct Text<'a> {
    bytes: &'a [u8],
    /// Set once a question was answered by the end of the text: with more text the answer could be another.
    pub(super) saw_end: bool,
}

const STAGES: usize = 0x11_0000 / 64;

/// Classes by character: block numbers, then blocks of 64; see `build/tokens/classes.rs`.
static CLASSES: &[[u8; 1]] = table!("classes.bin", 1);

/// The class of a character.
#[inline(always)]
fn class_of(block: usize, low: u8) -> u8 {
    let (stages, blocks) = CLASSES.split_at(STAGES * 2);
    let stage = stages.as_chunks::<2>().0.get(block);
    let number = stage.map_or(0, |&[[low], [high]]| u16::from_le_bytes([low, high]));
    let at = (usize::from(number) << 6) | usize::from(low & 0x3f);
    blocks.get(at).map_or(END, |&[class]| class)
}

/// Classes of ASCII; [`END`] for all other bytes.
static ASCII: [u8; 256] = ascii();

const fn ascii() -> [u8; 256] {
    let mut classes = [END; 256];
    let mut rest: &mut [u8] = &mut classes;
    let mut byte = 0_u8;
    while let Some((first, others)) = rest.split_first_mut() {
        *first = match byte {
            b'a'..=b'z' => class::LOWER,
            b'A'..=b'Z' => class::UPPER,
            b'0'..=b'9' => class::DIGIT,
            b'\n' | b'\r' => class::NEWLINE,
            b' ' | b'\t' | 0x0b | 0x0c => class::SPACE,
            0x80.. => END,
            _ => class::OTHER,
        };
        rest = others;
        byte = byte.wrapping_add(1);
    }
    classes
}

/// The class of an ASCII byte; [`END`] for any other.
#[inline(always)]
pub(super) fn ascii_class(byte: u8) -> u8 {
    ASCII.get(usize::from(byte)).map_or(END, |&class| class)
}

impl<'a> Text<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            saw_end: false,
        }
    }

    /// The byte at `at`, if the text goes on that far.
    #[inline(always)]
    pub(super) fn byte(&mut self, at: usize) -> Option<u8> {
        let byte = self.bytes.get(at).copied();
        if byte.is_none() {
            self.saw_end = true;
        }
        byte
    }

    /// The class of the character at `at` and where the next one begins; [`END`] behind the last.
    #[inline(always)]
    pub(super) fn class(&mut self, at: usize) -> (u8, usize) {
        let Some(first) = self.byte(at) else {
            return (END, at);
        };
        if first < 0x80 {
            (ascii_class(first), at.wrapping_add(1))
        } else {
            self.wide_class(first, at)
        }
    }

    #[inline(always)]
    fn wide_class(&self, first: u8, at: usize) -> (u8, usize) {
        let tail = |behind: usize| {
            self.bytes
                .get(at.wrapping_add(behind))
                .map_or(0, |&byte| byte & 0x3f)
        };
        let high = |byte: u8, shift: u32| usize::from(byte) << shift;
        if matches!(first, 0xe5..=0xe9 | 0xeb | 0xec) {
            // Han and Hangul; the build script has looked whether all of these are letters.
            (class::BOTH, at.wrapping_add(3))
        } else if first < 0xe0 {
            (
                class_of(usize::from(first & 0x1f), tail(1)),
                at.wrapping_add(2),
            )
        } else if first < 0xf0 {
            (
                class_of(high(first & 0x0f, 6) | usize::from(tail(1)), tail(2)),
                at.wrapping_add(3),
            )
        } else {
            let block = high(first & 0x07, 12) | high(tail(1), 6) | usize::from(tail(2));
            (class_of(block, tail(3)), at.wrapping_add(4))
        }
    }

    /// Where the run of characters of the classes in `set` that begins at `at` ends.
    #[inline(always)]
    pub(super) fn run(&mut self, mut at: usize, set: u8) -> usize {
        loop {
            let (class, next) = self.class(at);
            if class & set == 0 {
                return at;
            }
            at = next;
        }
    }

    /// Where the longest match of `\p{N}{1,3}` at `at` ends; `at` where there is none.
    #[inline(always)]
    pub(super) fn three_digits(&mut self, mut at: usize) -> usize {
        for _ in 0..3 {
            let (class, next) = self.class(at);
            if class & class::DIGIT == 0 {
                break;
            }
            at = next;
        }
        at
    }

    /// The white space that begins at `at`.
    #[inline(always)]
    pub(super) fn white(&mut self, start: usize) -> White {
        let mut white = White {
            start,
            end: start,
            last: start,
            after_newline: None,
            class_behind: END,
        };
        loop {
            while self
                .bytes
                .get(white.end..)
                .and_then(|rest| rest.first_chunk())
                == Some(b"        ")
            {
                white.last = white.end.wrapping_add(7);
                white.end = white.end.wrapping_add(8);
            }
            let (class, next) = self.class(white.end);
            if class & class::WHITE == 0 {
                white.class_behind = class;
                return white;
            }
            white.last = white.end;
            white.end = next;
            if class == class::NEWLINE {
                white.after_newline = Some(next);
            }
        }
    }

    /// Where a contraction such as `'s` or `'ll` at `at` ends; `at` where there is none.
    ///
    /// Without regard to case U+017F is an `s` too, as it is for the regex engine.
    #[inline(always)]
    pub(super) fn contraction(&mut self, at: usize, any_case: bool) -> usize {
        if self.byte(at) == Some(b'\'') {
            self.contraction_after_quote(at, any_case)
        } else {
            at
        }
    }

    fn contraction_after_quote(&mut self, at: usize, any_case: bool) -> usize {
        let fold = |byte: u8| {
            if any_case {
                byte.to_ascii_lowercase()
            } else {
                byte
            }
        };
        let Some(first) = self.byte(at.wrapping_add(1)) else {
            return at;
        };
        let second = match fold(first) {
            b's' | b't' | b'm' | b'd' => return at.wrapping_add(2),
            b'r' | b'v' => b'e',
            b'l' => b'l',
            0xc5 if any_case => 0xbf,
            _ => return at,
        };
        match self.byte(at.wrapping_add(2)) {
            Some(byte) if fold(byte) == second => at.wrapping_add(3),
            _ => at,
        }
    }
}

/// A run of white space.
pub(super) struct White {
    start: usize,
    /// Where it ends.
    pub(super) end: usize,
    /// Where its last character begins.
    last: usize,
    /// Where the last line break in it ends.
    pub(super) after_newline: Option<usize>,
    class_behind: u8,
}

impl White {
    /// Whether nothing follows.
    pub(super) fn ends_text(&self) -> bool {
        self.class_behind == END
    }

    /// `\s+(?!\S)|\s`: the run without its last character, which goes to what follows; a single one stays.
    pub(super) fn but_last(&self) -> usize {
        if self.last > self.start {
            self.last
        } else {
            self.end
        }
    }
}
