//! Server-sent events (WHATWG HTML, section 9.2) from bytes that come cut anywhere, each event with
//! its bytes as they came, so that it can be passed on, edited or left out.
//!
//! *Never*: knows what an event's data means.

mod event;
mod splitter;

pub use event::{Event, write_event};
pub use splitter::{LONGEST_EVENT, Piece, Splitter};

#[cfg(test)]
mod tests;
