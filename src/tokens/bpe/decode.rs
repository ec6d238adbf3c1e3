//! From token ids back to bytes, for tests and diagnosis.

use super::{
    Model,
    tables::{Tables, Token},
};

/// The bytes of `ids`; what is no ordinary token of the encoding is left out.
pub(in crate::tokens) fn decode<M: Model>(ids: &[u32]) -> Vec<u8> {
    let tables = M::TABLES;
    let tokens = tokens_by_rank(tables);
    let mut bytes = Vec::new();
    for &id in ids
        .iter()
        .filter(|&&id| M::RANKS.is_none_or(|ranks| id < ranks))
    {
        if let Some(&token) = tokens.get(id as usize) {
            spell(tables, token, &mut bytes);
        }
    }
    bytes
}

fn tokens_by_rank(tables: &Tables) -> Vec<Token> {
    let mut tokens = vec![Token::NONE; tables.entries.len()];
    for (slot, _) in (0..).zip(tables.entries) {
        let entry = tables.entry(Token(slot));
        if entry.len() > 0
            && let Some(place) = tokens.get_mut(entry.rank() as usize)
        {
            *place = Token(slot);
        }
    }
    tokens
}

/// Appends the bytes of a token, which are those of its left part and of its right part.
fn spell(tables: &Tables, token: Token, bytes: &mut Vec<u8>) {
    let mut parts = vec![token];
    while let Some(part) = parts.pop() {
        let entry = tables.entry(part);
        if entry.len() == 1 {
            let single =
                (0..=u8::MAX).find(|&byte| tables.token(tables.longest(&[byte]).0) == part);
            bytes.extend(single);
        } else if entry.len() > 1 {
            parts.push(entry.right());
            parts.push(entry.left());
        }
    }
}
