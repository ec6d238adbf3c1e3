//! The encodings by name, and what can be asked of one.

use super::bpe::{
    self,
    sink::{Count, Ids, UpTo},
    with_model,
};

/// A byte-pair encoding with its vocabulary and splitting pattern, as published in
/// [`tiktoken`](https://github.com/openai/tiktoken/blob/0.12.0/tiktoken_ext/openai_public.py).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// GPT-4o, GPT-4.1, GPT-5 and the o series.
    O200kBase,
    /// gpt-oss; ordinary text is encoded as in [`Encoding::O200kBase`].
    O200kHarmony,
    /// GPT-4, GPT-3.5 and the `text-embedding-3` models.
    Cl100kBase,
    /// `text-davinci-003` and Codex.
    #[cfg(feature = "p50k")]
    P50kBase,
    /// GPT-2, GPT-3 and the first embedding models.
    #[cfg(feature = "p50k")]
    R50kBase,
}

/// The text has more tokens than the limit it was counted against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OverLimit;

impl Encoding {
    /// The bytes of a sequence of token ids; ids that are no ordinary token give none. Meant for tests and
    /// diagnosis: each call first walks the whole vocabulary.
    pub fn decode(self, ids: &[u32]) -> Vec<u8> {
        with_model!(self, M => bpe::decode::<M>(ids))
    }
}

/// Counts tokens; keeps memory and the counts of short pieces from text to text, under 350 KB.
#[derive(Default)]
pub struct Counter {
    memory: bpe::Memory,
}

impl Counter {
    /// A counter that has met no text; takes its memory when it is first used.
    pub fn new() -> Self {
        Self::default()
    }

    pub(super) fn memory(&mut self) -> &mut bpe::Memory {
        &mut self.memory
    }

    /// The number of tokens of `text`. Linear in its length.
    pub fn count(&mut self, encoding: Encoding, text: &str) -> usize {
        let mut sink = Count::default();
        with_model!(encoding, M => bpe::encode::<M, _>(text, &mut self.memory, &mut sink));
        sink.tokens
    }

    /// The number of tokens of `text` if it is at most `limit`; stops counting soon after it is passed.
    ///
    /// # Errors
    /// [`OverLimit`] when there are more.
    pub fn count_up_to(
        &mut self,
        encoding: Encoding,
        text: &str,
        limit: usize,
    ) -> Result<usize, OverLimit> {
        if with_model!(encoding, M => bpe::fewest_tokens::<M>(text.len())) > limit {
            return Err(OverLimit);
        }
        let mut sink = UpTo::new(limit);
        with_model!(encoding, M => bpe::encode::<M, _>(text, &mut self.memory, &mut sink));
        sink.total()
    }

    /// Appends the token ids of `text` to `ids`.
    pub fn encode(&mut self, encoding: Encoding, text: &str, ids: &mut Vec<u32>) {
        with_model!(encoding, M => bpe::encode::<M, _>(text, &mut self.memory, &mut Ids(ids)));
    }
}
