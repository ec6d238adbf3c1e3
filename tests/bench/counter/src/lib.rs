//! The token counter and the detectors behind plain exports: a text is written into memory once, and slices
//! of it are counted or looked through.

#[path = "../../kit/text.rs"]
mod text;

use std::cell::RefCell;

use tollgate::injection::{self, Source};
use tollgate::json::Reader;
use tollgate::pii::{Detector, Kind};
use tollgate::tokens::{Counter, Encoding};

struct Bench {
    text: String,
    counter: Counter,
    /// Of all kinds, of the default ones, of none.
    detectors: [Detector; 3],
    attacks: injection::Detector,
}

thread_local! {
    static BENCH: RefCell<Bench> = RefCell::new(Bench {
        text: String::new(),
        counter: Counter::new(),
        attacks: injection::Detector::new(),
        detectors: [&Kind::BUILT_IN[..], &Kind::DEFAULT, &[]].map(|kinds| Detector::new(kinds, Vec::new())),
    });
}

/// Takes a text of `length` NULs, to be written over with UTF-8; where it is.
#[unsafe(no_mangle)]
pub extern "C" fn blank(length: usize) -> *const u8 {
    take("\0".repeat(length))
}

/// Takes a text of English words and some code, of `length` bytes or a few more; where it is.
#[unsafe(no_mangle)]
pub extern "C" fn prose(length: usize, seed: u64) -> *const u8 {
    take(text::prose(&mut text::Dice::new(seed), length))
}

fn take(text: String) -> *const u8 {
    BENCH.with_borrow_mut(|bench| {
        bench.text = text;
        bench.text.as_ptr()
    })
}

/// Does `work` with the bytes `from..to` of the text: 0 counts o200k_base, 1 cl100k_base, 2, 3 and 4 look for all
/// kinds of personal data, the default ones and none, 5 scores prompt attacks, 6 reads them as a value of JSON, 7 checks that they are
/// UTF-8.
#[unsafe(no_mangle)]
pub extern "C" fn run(work: u32, from: usize, to: usize) -> usize {
    BENCH.with_borrow_mut(|bench| {
        let text = &bench.text[from..to];
        match work {
            0 => bench.counter.count(Encoding::O200kBase, text),
            1 => bench.counter.count(Encoding::Cl100kBase, text),
            2..=4 => {
                let mut found = Vec::new();
                bench.detectors[work as usize - 2].scan(text, &mut found);
                found.len()
            }
            5 => usize::from(bench.attacks.score(text, Source::User).score),
            6 => Reader::new(text).skip().map_or(0, |read| read.len()),
            _ => str::from_utf8(text.as_bytes()).map_or(0, str::len),
        }
    })
}
