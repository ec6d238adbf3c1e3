//! JSON as bytes with places: a strict reader that never builds a tree, the text of a string
//! with the way back to its bytes, and edits that leave every other byte alone.
//!
//! *Never*: knows what a field means.

mod edit;
mod fault;
mod leaves;
mod mentions;
mod nesting;
mod path;
mod quote;
mod reader;
mod special;
mod text;

pub use edit::{Edit, apply, shifted};
pub use fault::{Fault, FaultKind, Kind, MAX_DEPTH};
pub use leaves::{Leaves, Scalar, Tree};
pub use mentions::mentions;
pub use nesting::Nesting;
pub use path::at;
pub use quote::{quote, quote_into};
pub use reader::Reader;
pub use text::{Text, Token, plain};

#[cfg(test)]
mod tests;
