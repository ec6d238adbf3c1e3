//! Numbered placeholders in place of values, and the way back, also in text that comes in parts.
//!
//! *Never*: knows what kinds of values there are, or what a message is.

mod lane;
mod vault;

pub use lane::{Form, Lane};
pub use vault::{Vault, placeholders};

#[cfg(test)]
mod tests;
