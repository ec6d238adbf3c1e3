//! The one form in which all dialects meet: what a request asks, what a reply says, what a stream brings
//! next. Each dialect's module reads its own wire format into these and writes them out again, so that
//! there are as many modules as dialects, not as pairs of them.
//!
//! *Never*: knows any wire format.

mod delta;
mod error;
mod loss;
mod part;
mod reply;
mod request;
mod tool;
mod wire;

pub use delta::{BlockKind, Delta};
pub use error::{Error, ErrorKind};
pub use loss::{Cannot, Field, Place, Rest, Written, tree};
pub use part::{CacheMark, Citation, Media, MediaKind, Part, PartKind, Source, Thought};
pub use reply::{Choice, Reply, Stop};
pub use request::{Effort, Format, Reasoning, Request, Role, Sampling, Turn};
pub use tool::{Tool, ToolCall, ToolChoice, ToolKind, ToolResult};
pub use wire::{Aim, DeltaReader, DeltaWriter, Told};
