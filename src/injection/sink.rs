//! What takes in a text's features.

/// What takes in a text's features, in the order of the text.
pub(super) trait Sink {
    /// Something that a weight stands for: a hash, whose upper bits say which.
    fn feature(&mut self, kind: Feature, hash: u32);
    /// Rules hold here, one bit each, or do so within a quotation.
    fn rules(&mut self, held: u32, quoted: u32);
    /// A word ends.
    fn word(&mut self);
}

/// What a feature is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Feature {
    /// A word.
    Word,
    /// Two words.
    Pair,
    /// Three words.
    Triple,
    /// Four letters.
    Letters,
    /// What words stand for, whatever their language: one concept, or two that follow each other.
    Concepts,
}

/// Spreads a hash over its upper bits.
pub(super) fn scatter(hash: u32) -> u32 {
    let mixed = (hash ^ (hash >> 15)).wrapping_mul(0x2c1b_3c6d);
    (mixed ^ (mixed >> 13)).wrapping_mul(0x9e37_79b1)
}
