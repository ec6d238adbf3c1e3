//! Long pieces, a window at a time: which tokens of a window no later byte can change.
//!
//! Let `b` be the end of a token in the encoding of some prefix of a piece. If the encodings of all prefixes
//! that end at one of `longest` consecutive positions behind `b` have a token that ends at `b`, then every
//! encoding of more of the piece has, for it must end a token at one of those positions, and what stands
//! before that is the encoding of that prefix. So the tokens up to `b` are final, and what follows `b` is
//! encoded as if it stood alone.

use super::{
    Model, emit,
    piece::Scratch,
    sink::Sink,
    tables::{Seam, Tables},
    trie::Node,
};

/// Bytes that are encoded at once.
pub(super) const WINDOW: usize = 1 << 14;

/// Sends the tokens of a piece of any length to `sink`.
pub(super) fn encode<M: Model, S: Sink>(piece: &[u8], scratch: &mut Scratch, sink: &mut S) {
    let mut rest = piece;
    let mut window = WINDOW;
    while let Some(head) = rest.get(..window)
        && window < rest.len()
        && !sink.is_full()
    {
        let done = advance::<M, S>(head, scratch, sink);
        rest = rest.get(done..).unwrap_or_default();
        window = if done == 0 {
            window.saturating_mul(2)
        } else {
            WINDOW
        };
    }
    if !sink.is_full() {
        scratch.encode(M::TABLES, rest);
        emit::<M, S>(&scratch.tokens, sink);
    }
}

/// Sends the tokens of `head` that are final whatever follows to `sink`; how many bytes they are.
pub(super) fn advance<M: Model, S: Sink>(
    head: &[u8],
    scratch: &mut Scratch,
    sink: &mut S,
) -> usize {
    let tables = M::TABLES;
    scratch.encode(tables, head);
    let span = tables.longest.saturating_mul(4);
    let mut tokens = scratch.tokens.as_slice();
    let mut end = head.len();
    for attempt in 1..=4_usize {
        let before = head.len().saturating_sub(span.saturating_mul(attempt));
        while let Some((&last, others)) = tokens.split_last()
            && end > before
        {
            end = end.saturating_sub(tables.length(last));
            tokens = others;
        }
        let Some(&last) = tokens.last() else { return 0 };
        let around = head.get(end.saturating_sub(1)..).unwrap_or_default();
        if is_final(tables, last, around.get(..span).unwrap_or(around)) {
            emit::<M, S>(tokens, sink);
            return end;
        }
    }
    0
}

/// Whether every encoding of what came before and more has a token that ends behind the first byte of
/// `text`, `last` being that token.
fn is_final(tables: &Tables, last: Node, text: &[u8]) -> bool {
    // The last token of the encoding up to each position, where it goes through the first.
    let mut reached = vec![Node::NONE; text.len().wrapping_add(1)];
    if let Some(first) = reached.get_mut(1) {
        *first = last;
    }
    let mut in_a_row = 0;
    for at in 1..=text.len() {
        let before = reached.get(at).copied().unwrap_or(Node::NONE);
        if before == Node::NONE {
            in_a_row = 0;
            continue;
        }
        in_a_row = usize::wrapping_add(in_a_row, 1);
        if in_a_row > tables.longest {
            return true;
        }
        tables.prefixes(text.get(at..).unwrap_or_default(), |token, length| {
            if let Some(place) = reached.get_mut(at.wrapping_add(length))
                && *place == Node::NONE
                && tables.adjacent(before, token, Seam::of(text, at))
            {
                *place = token;
            }
        });
    }
    false
}
