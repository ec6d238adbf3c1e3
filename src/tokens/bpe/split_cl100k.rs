//! Where a piece ends under the pattern of cl100k_base.
//!
//! Its alternatives, tried in order; the build script holds them against what the published pattern does:
//!
//! ```text
//! '(?i:[sdmt]|ll|ve|re)
//! [^\r\n\p{L}\p{N}]?+\p{L}++
//! \p{N}{1,3}+
//!  ?[^\s\p{L}\p{N}]++[\r\n]*+
//! \s++$
//! \s*[\r\n]
//! \s+(?!\S)
//! \s
//! ```

use super::{
    class::{DIGIT, LEAD, LETTER, NEWLINE, SYMBOL, WHITE},
    text::Text,
};

/// Where the piece that begins at `start` ends; `start` only at the end of the text.
pub(super) fn piece_end(text: &mut Text<'_>, start: usize) -> usize {
    let contraction = text.contraction(start, true);
    if contraction > start {
        return contraction;
    }
    let (first, second) = text.class(start);
    if first & LETTER != 0 {
        return text.run(second, LETTER);
    }
    if first & LEAD != 0 {
        let (class, third) = text.class(second);
        if class & LETTER != 0 {
            return text.run(third, LETTER);
        }
        if first & SYMBOL != 0 || (class & SYMBOL != 0 && text.byte(start) == Some(b' ')) {
            let end = text.run(second, SYMBOL);
            return text.run(end, NEWLINE);
        }
    }
    if first == DIGIT {
        return text.three_digits(start);
    }
    if first & WHITE == 0 {
        return start;
    }
    let white = text.white(start);
    match white.after_newline {
        _ if white.ends_text() => white.end,
        Some(end) => end,
        None => white.but_last(),
    }
}
