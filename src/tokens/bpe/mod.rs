//! Byte-pair encoding over static tables: text → pieces → tokens.

mod cache;
mod class;
mod decode;
mod hash;
mod long;
mod model;
mod pair;
mod piece;
mod runs;
mod short;
pub(super) mod sink;
mod split_cl100k;
mod split_o200k;
#[cfg(feature = "p50k")]
mod split_p50k;
mod stream;
mod tables;
mod text;
mod trie;

pub(super) use decode::decode;
pub(super) use model::{Cl100k, Model, O200k, with_model};
#[cfg(feature = "p50k")]
pub(super) use model::{P50k, R50k};
pub(super) use stream::Held;

use super::encoding::OverLimit;
use cache::{Cache, Key};
use piece::Scratch;
use sink::{Count, Sink};
use tables::{Tables, Token};
use text::Text;
use trie::Node;

/// What is used over again from text to text: memory, and the counts of pieces met before.
#[derive(Default)]
pub(super) struct Memory {
    scratch: Scratch,
    cache: Cache,
}

/// Sends the tokens of `text` to `sink`, until it is full.
pub(super) fn encode<M: Model, S: Sink>(text: &str, memory: &mut Memory, sink: &mut S) {
    let bytes = text.as_bytes();
    let mut text = Text::new(bytes);
    let mut at = 0;
    memory.cache.prepare();
    while at < bytes.len() && !sink.is_full() {
        at = encode_piece::<M, S>(&mut text, bytes, at, memory, sink);
    }
}

/// The least number of tokens a text of `bytes` bytes can have.
pub(super) fn fewest_tokens<M: Model>(bytes: usize) -> usize {
    bytes.div_ceil(M::TABLES.longest.max(1))
}

/// Sends the tokens of the piece at `at` to `sink`; where the piece ends.
#[inline(always)]
fn encode_piece<M: Model, S: Sink>(
    text: &mut Text<'_>,
    bytes: &[u8],
    at: usize,
    memory: &mut Memory,
    sink: &mut S,
) -> usize {
    let (end, words) = bounds::<M>(text, bytes, at);
    count_piece::<M, S>(bytes.get(at..end).unwrap_or_default(), words, memory, sink);
    end
}

/// Where the piece at `at` ends, and the sixteen bytes it begins with, if there are as many.
#[inline(always)]
fn bounds<M: Model>(text: &mut Text<'_>, bytes: &[u8], at: usize) -> (usize, Option<[u64; 2]>) {
    let rest = bytes.get(at..).unwrap_or_default();
    let words = rest.first_chunk::<16>().map(words);
    let bits = words.map_or(0, |words| M::short_piece(words));
    // Every character is in some class, so that a piece is never empty.
    let end = if bits > 0 {
        at.wrapping_add((bits >> 3) as usize)
    } else {
        M::piece_end(text, at).max(at.wrapping_add(1))
    };
    (end, words)
}

/// Sends the tokens of `piece` to `sink`, from the cache if it is short.
#[inline(always)]
fn count_piece<M: Model, S: Sink>(
    piece: &[u8],
    words: Option<[u64; 2]>,
    memory: &mut Memory,
    sink: &mut S,
) {
    let Some(words) = words.filter(|_| !S::IDS && piece.len() <= cache::LONGEST) else {
        return tokens::<M, S>(piece, &mut memory.scratch, sink);
    };
    let key = Key::new(words, piece.len(), M::NUMBER);
    let mut count = memory.cache.find(key);
    if count == 0 {
        count = count_anew::<M>(piece, memory, key);
    }
    sink.add(count);
}

#[inline(always)]
fn words(bytes: &[u8; 16]) -> [u64; 2] {
    let whole = u128::from_le_bytes(*bytes);
    [whole as u64, (whole >> 64) as u64]
}

/// Counts the tokens of a short piece and keeps the count.
#[inline(never)]
fn count_anew<M: Model>(piece: &[u8], memory: &mut Memory, key: Key) -> usize {
    let mut count = Count::default();
    tokens::<M, Count>(piece, &mut memory.scratch, &mut count);
    memory.cache.keep(key, count.tokens);
    count.tokens
}

/// Sends the tokens of one piece, or of the rest of one, to `sink`.
#[inline(always)]
fn tokens<M: Model, S: Sink>(piece: &[u8], scratch: &mut Scratch, sink: &mut S) {
    let tables = M::TABLES;
    let (token, length) = tables.longest(piece);
    if length == piece.len() {
        return emit::<M, S>(&[token], sink);
    }
    if piece.len() <= long::WINDOW {
        scratch.encode_from(tables, piece, (token, length));
        return emit::<M, S>(&scratch.tokens, sink);
    }
    long::encode::<M, S>(piece, scratch, sink);
}

/// Sends tokens to `sink`, those that the encoding does not have in parts.
#[inline(always)]
fn emit<M: Model, S: Sink>(tokens: &[Node], sink: &mut S) {
    if !S::IDS && M::RANKS.is_none() {
        return sink.add(tokens.len());
    }
    for &node in tokens {
        emit_parts::<M, S>(M::TABLES, M::TABLES.token(node), sink);
    }
}

fn emit_parts<M: Model, S: Sink>(tables: &Tables, token: Token, sink: &mut S) {
    let entry = tables.entry(token);
    if M::RANKS.is_some_and(|ranks| entry.rank() >= ranks) && entry.len() > 1 {
        emit_parts::<M, S>(tables, entry.left(), sink);
        emit_parts::<M, S>(tables, entry.right(), sink);
    } else if S::IDS {
        sink.push(entry.rank());
    } else {
        sink.add(1);
    }
}
