//! What a byte of ASCII may be part of: one table for all detectors, a bit for each class.

/// A digit.
pub(super) const DIGIT: u8 = 1;
/// A letter or digit.
pub(super) const ALNUM: u8 = 2;
/// Of base64url, and of most tokens: as [`ALNUM`], and `-`, `_`.
pub(super) const TOKEN: u8 = 4;
/// Of base64, standard or URL-safe: as [`TOKEN`], and `+`, `/`.
pub(super) const BASE64: u8 = 8;
/// Of a word: as [`ALNUM`], and `_`.
pub(super) const WORD: u8 = 16;
/// A capital or a small letter.
pub(super) const LETTER: u8 = 32;
/// What may stand between the groups of a number or code, and any byte beyond ASCII, which may be part of a
/// typographic space or dash.
pub(super) const GAP: u8 = 64;

#[expect(
    clippy::indexing_slicing,
    reason = "a constant, and a fault would end the build"
)]
const CLASSES: [u8; 256] = {
    let mut table = [GAP; 256];
    let mut byte = 0u8;
    while byte < 128 {
        table[byte as usize] = match byte {
            b'0'..=b'9' => DIGIT | ALNUM | TOKEN | BASE64 | WORD,
            b'A'..=b'Z' | b'a'..=b'z' => LETTER | ALNUM | TOKEN | BASE64 | WORD,
            b'_' => TOKEN | BASE64 | WORD | GAP,
            b'-' => TOKEN | BASE64 | GAP,
            b'+' | b'/' => BASE64 | GAP,
            b' ' | b'.' | b'(' | b')' => GAP,
            _ => 0,
        };
        byte = byte.wrapping_add(1);
    }
    table
};

/// Whether the byte is of one of the classes.
#[inline(always)]
pub(super) fn is(byte: u8, classes: u8) -> bool {
    CLASSES.get(usize::from(byte)).copied().unwrap_or(0) & classes != 0
}
