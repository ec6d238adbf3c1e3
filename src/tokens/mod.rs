//! Token counts of plain text.
//!
//! *Never*: knows what a message is.

mod count;

pub use count::{Encoding, count, encoding_of};
