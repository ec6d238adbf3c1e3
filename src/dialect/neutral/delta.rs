//! What a stream brings next.
//!
//! Every reader keeps to this order, so that the writers of strict dialects need not buffer:
//!
//! ```text
//! Begin (Open Say* Close)* Finish  Usage?  End            for one choice
//! ```
//!
//! - `Begin` comes once and first, before any other delta.
//! - Blocks of a choice are numbered 0, 1, 2 … in the order they open. At most one block of a choice is
//!   open at a time, but for tool calls whose fragments a provider interleaves.
//! - All blocks of a choice are closed before its `Finish`.
//! - `Usage` may come at any time and often; its figures are running totals.
//! - `End` comes last, and only if the provider ended the stream as its dialect says. After `Error`
//!   nothing comes.

use serde_json::Value;

use super::{Citation, Error, Stop};
use crate::dialect::Reported;

/// The next piece of a streamed reply.
#[derive(Debug, Clone, PartialEq)]
pub enum Delta {
    /// The reply begins.
    Begin {
        /// The provider's id of the reply.
        id: Option<String>,
        /// The model, as the provider names it.
        model: Option<String>,
        /// When it was made, in seconds since 1970.
        created: Option<u64>,
    },
    /// A block begins.
    Open {
        /// Of which choice.
        choice: u32,
        /// Which block of it, from 0.
        block: u32,
        /// What it is.
        kind: BlockKind,
    },
    /// The next words of a block: text, thought, refusal, or a piece of a call's arguments.
    Say {
        /// Of which choice.
        choice: u32,
        /// Of which block.
        block: u32,
        /// The words.
        text: String,
        /// OpenAI's `logprobs` object for these words.
        logprobs: Option<Value>,
    },
    /// The proof of a thought (or, with Gemini, of a text or a call), whole.
    Sign {
        /// Of which choice.
        choice: u32,
        /// Of which block.
        block: u32,
        /// The signature.
        signature: String,
    },
    /// A source that the open text names.
    Cite {
        /// Of which choice.
        choice: u32,
        /// Of which block.
        block: u32,
        /// The source.
        citation: Citation,
    },
    /// A block ends.
    Close {
        /// Of which choice.
        choice: u32,
        /// Which block.
        block: u32,
    },
    /// A choice ends.
    Finish {
        /// Which choice.
        choice: u32,
        /// Why.
        stop: Stop,
    },
    /// What was used so far.
    Usage(Reported),
    /// The stream is complete.
    End,
    /// The provider broke off with an error.
    Error(Error),
}

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// Words.
    Text,
    /// The model's thought.
    Thought,
    /// A thought that only the provider can read, whole (see `Thought::sealed`), with OpenAI's id of it.
    Sealed {
        /// The opaque data.
        data: String,
        /// OpenAI's id of a reasoning item.
        id: Option<String>,
    },
    /// The model declines.
    Refusal,
    /// A call of a tool.
    Call {
        /// Its id; made by the reader for dialects without ids.
        id: String,
        /// The tool's name.
        name: String,
        /// It is a call of a custom tool: its input is free text.
        custom: bool,
    },
}
