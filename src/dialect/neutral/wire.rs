//! How streams are read and written: the two shapes that every dialect's module fills.

use super::Delta;

/// Reads a provider's stream, event by event.
pub trait DeltaReader {
    /// Takes in one event: its name (SSE `event:`, or `:event-type` of an AWS frame; empty when it has
    /// none) and its data. What is no event of the dialect is passed over, broken data is a
    /// [`Delta::Error`].
    fn event(&mut self, name: &str, data: &str, out: &mut Vec<Delta>);

    /// The bytes have ended. A stream that its dialect ends without a last event ends here well; any other
    /// that is not over yet brings a [`Delta::Error`].
    fn end(&mut self, out: &mut Vec<Delta>);
}

/// Writes a client's stream, delta by delta.
pub trait DeltaWriter {
    /// The bytes for one delta, whole events of server-sent events; often none.
    fn delta(&mut self, delta: &Delta, out: &mut Vec<u8>);
}

/// What a client is told beside what the provider says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// The model, by the name that the client asked for.
    pub model: String,
    /// For ids that the provider does not give: differs from request to request.
    pub random: u64,
    /// Now, in seconds since 1970, for replies without a time.
    pub now: u64,
    /// The client wants usage in the stream (OpenAI's `stream_options.include_usage`).
    pub usage: bool,
    /// The client wants its embeddings in base64 (OpenAI's `encoding_format`).
    pub base64: bool,
}

/// What a request is written for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Aim<'a> {
    /// What the provider calls the model.
    pub model: &'a str,
    /// The provider's kind, for the quirks of those that share a dialect.
    pub kind: &'a str,
    /// Cache marks are placed by Tollgate where the client set none (`prompt_cache: auto`): at the end of
    /// tools and instructions and of the last turn but one, so that earlier bytes never change.
    pub mark_cache: bool,
}
