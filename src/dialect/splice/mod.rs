//! Requests and replies that stay as they are but for a few bytes: where the model, the switches and the
//! texts of a body stand, whatever its dialect. Each dialect's module gives a [`Grammar`] for its requests
//! and a reader of [`Chunk`]s for its replies.

mod adjacent;
mod chunk;
mod cut;
mod draft;
mod passage;
mod request;
mod speaker;
mod stream_options;
mod talk;
pub(in crate::dialect) mod texts;
pub(in crate::dialect) mod tools;
mod walk;
mod wanted;

pub use chunk::{Chunk, Said, Thought, Voice, Way};
pub use draft::{Draft, Grammar, Stop};
pub use passage::{Passage, Place};
pub use request::{Line, Request};
pub use speaker::Speaker;
pub use stream_options::StreamOptions;
pub use wanted::Wanted;

pub(in crate::dialect) use cut::cut;
pub(in crate::dialect) use draft::walk_draft;
pub(in crate::dialect) use talk::{Talk, document, has_words, is_opaque};
pub(in crate::dialect) use walk::{arguments, aside, body, index, items, object, whole};

#[cfg(test)]
mod tests;
