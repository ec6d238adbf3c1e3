//! Where a piece ends under the pattern of p50k_base and r50k_base.
//!
//! Its alternatives, tried in order; the build script holds them against what the published pattern does:
//!
//! ```text
//! '(?:[sdmt]|ll|ve|re)
//!  ?\p{L}++
//!  ?\p{N}++
//!  ?[^\s\p{L}\p{N}]++
//! \s++$
//! \s+(?!\S)
//! \s
//! ```

use super::{
    class::{DIGIT, LETTER, SYMBOL, WHITE},
    text::Text,
};

/// Where the piece that begins at `start` ends; `start` only at the end of the text.
pub(super) fn piece_end(text: &mut Text<'_>, start: usize) -> usize {
    let contraction = text.contraction(start, false);
    if contraction > start {
        return contraction;
    }
    let (first, second) = text.class(start);
    let (kind, from) = if text.byte(start) == Some(b' ') {
        text.class(second)
    } else {
        (first, second)
    };
    for set in [LETTER, DIGIT, SYMBOL] {
        if kind & set != 0 {
            return text.run(from, set);
        }
    }
    if first & WHITE == 0 {
        return start;
    }
    let white = text.white(start);
    if white.ends_text() {
        white.end
    } else {
        white.but_last()
    }
}
