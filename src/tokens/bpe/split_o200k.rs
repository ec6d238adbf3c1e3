//! Where a piece ends under the pattern of o200k_base and o200k_harmony.
//!
//! The pattern (the build script holds it against the published one) has seven alternatives, tried in order:
//!
//! ```text
//! [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?
//! [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?
//! \p{N}{1,3}
//!  ?[^\s\p{L}\p{N}]+[\r\n/]*
//! \s*[\r\n]+
//! \s+(?!\S)
//! \s+
//! ```

use super::{
    class::{BOTH, DIGIT, LEAD, LETTER, LOWER, LOWER_SET, MARK, NEWLINE, SYMBOL, UPPER, WHITE},
    text::Text,
};

/// Where the piece that begins at `start` ends; `start` only at the end of the text.
pub(super) fn piece_end(text: &mut Text<'_>, start: usize) -> usize {
    let (first, second) = text.class(start);
    // A mark is a letter to the first two alternatives; as the lead of another it ends at the same place.
    if first & (LETTER | MARK) != 0 {
        return word(text, start).map_or(second, |end| text.contraction(end, true));
    }
    if first & LEAD != 0 {
        let (class, _) = text.class(second);
        if class & (LETTER | MARK) != 0 {
            return word(text, second).map_or(second, |end| text.contraction(end, true));
        }
        if first & SYMBOL != 0 {
            return symbols(text, second);
        }
        if class & SYMBOL != 0 && text.byte(start) == Some(b' ') {
            return symbols(text, second);
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
        Some(end) => end,
        None if white.ends_text() => white.end,
        None => white.but_last(),
    }
}

/// Where the letters and marks from `at` end, without a lead before or a contraction behind them.
///
/// The upper-case part is as long as it can be. If lower case follows, that goes with it. If not, the last
/// character that counts as both cases stands for the lower-case part, and the capitals behind it are left
/// to the next piece; where there is none the capitals are the piece.
#[inline(always)]
fn word(text: &mut Text<'_>, start: usize) -> Option<usize> {
    let mut at = start;
    let mut after_both = None;
    loop {
        let (class, next) = text.class(at);
        if class == LOWER {
            return Some(text.run(next, LOWER_SET));
        }
        if class & (UPPER | BOTH | MARK) == 0 {
            break;
        }
        at = next;
        if class != UPPER {
            after_both = Some(next);
        }
    }
    after_both.or((at > start).then_some(at))
}

/// `[^\s\p{L}\p{N}]*[\r\n/]*`, the rest of the fourth alternative.
#[inline(always)]
fn symbols(text: &mut Text<'_>, at: usize) -> usize {
    let mut end = text.run(at, SYMBOL);
    loop {
        let (class, next) = text.class(end);
        if class != NEWLINE && text.byte(end) != Some(b'/') {
            return end;
        }
        end = next;
    }
}
