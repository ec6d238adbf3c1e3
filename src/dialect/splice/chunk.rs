//! What a reply or an event of a streamed reply says: its texts and where they stand, why it ended, what
//! was used.

use std::ops::Range;

use crate::dialect::Reported;
use crate::json::Token;

/// What kind of running text of a reply a piece belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Voice {
    /// The answer.
    Content,
    /// The model's reasoning, as far as it is shown.
    Reasoning,
    /// Why the model declines.
    Refusal,
    /// The words of an audio answer.
    Transcript,
    /// The arguments of the tool call with this index.
    Arguments(u32),
}

/// A piece of text that is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// Which part of the reply: the choice's index in dialects of choices, the block's or item's
    /// index in dialects of blocks.
    pub lane: u32,
    /// Which of its texts.
    pub voice: Voice,
    /// Where.
    pub token: Token,
    /// The event repeats a whole text that its stream has brought in pieces before.
    pub again: bool,
}

/// A whole reply, or one event of a stream.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chunk {
    /// What is said, in the order of the bytes.
    pub said: Vec<Said>,
    /// Where the words stand once more token by token, with figures for each (`logprobs`), and what stands there
    /// where nobody may read them.
    pub echoes: Vec<(Range<usize>, &'static str)>,
    /// The lanes that end here.
    pub closed: Vec<u32>,
    /// Where the model's name stands.
    pub model: Option<Token>,
    /// Why the reply ends, in the provider's word.
    pub finish_reason: Option<String>,
    /// What was used, as far as is known here.
    pub usage: Option<Reported>,
    /// The event reports usage and nothing else, to those who asked for it.
    pub usage_only: bool,
    /// The stream is complete with this event.
    pub ends: bool,
    /// Where an error object stands.
    pub error: Option<Range<usize>>,
    /// Where the event's number in its stream stands, in dialects that number them.
    pub number: Option<Range<usize>>,
}
