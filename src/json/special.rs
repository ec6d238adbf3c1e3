//! The search for the bytes that end the plain part of a JSON string: the first eight at once, since most strings are
//! short, then in blocks, of which the compiler makes vector instructions, then eight at a time.

const BLOCK: usize = 32;
const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// The offset of the first quote, backslash or control byte, or the length when there is none.
///
/// Control bytes (below U+0020) must be escaped inside a string: RFC 8259, section 7.
pub(super) fn plain_len(bytes: &[u8]) -> usize {
    if let Some(first) = bytes.first_chunk()
        && let Some(within) = first_special(*first)
    {
        return within;
    }
    let (blocks, _) = bytes.as_chunks::<BLOCK>();
    let plain = blocks.iter().take_while(|block| !any_special(block));
    let before = plain.count().saturating_mul(BLOCK);
    let rest = bytes.get(before..).unwrap_or_default();
    before.saturating_add(plain_len_of_rest(rest))
}

#[inline(always)]
fn plain_len_of_rest(bytes: &[u8]) -> usize {
    let (words, tail) = bytes.as_chunks::<8>();
    for (nth, word) in words.iter().enumerate() {
        if let Some(within) = first_special(*word) {
            return nth.saturating_mul(8).saturating_add(within);
        }
    }
    let before = words.len().saturating_mul(8);
    let within = tail.iter().position(|&byte| is_special(byte));
    before.saturating_add(within.unwrap_or(tail.len()))
}

#[inline(always)]
fn first_special(word: [u8; 8]) -> Option<usize> {
    let marks = specials(u64::from_le_bytes(word));
    let within = usize::try_from(marks.trailing_zeros() / 8).unwrap_or(0);
    (marks != 0).then_some(within)
}

/// Without a way out in the middle, which vectors do not have.
#[inline(always)]
fn any_special(block: &[u8; BLOCK]) -> bool {
    let any = |any, &byte: &u8| any | u8::from(is_special(byte));
    block.iter().fold(0, any) != 0
}

#[inline(always)]
fn is_special(byte: u8) -> bool {
    (byte == b'"') | (byte == b'\\') | (byte < 0x20)
}

/// A set high bit in each byte that is special; bits above the lowest set one may be false alarms.
fn specials(word: u64) -> u64 {
    let quote = zero_bytes(word ^ (ONES.wrapping_mul(b'"'.into())));
    let backslash = zero_bytes(word ^ (ONES.wrapping_mul(b'\\'.into())));
    let control = word.wrapping_sub(ONES.wrapping_mul(0x20)) & !word & HIGHS;
    quote | backslash | control
}

fn zero_bytes(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word & HIGHS
}
