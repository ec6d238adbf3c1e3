//! What stands in place of a value, and the way back, also in text that comes in parts.
//!
//! Everything that stands for a value is made of the value and a key: the same value has the same
//! placeholder in every turn of a conversation and on every worker, and nothing is remembered for it.
//!
//! *Never*: knows what kinds of values there are, or what a message is.
//!
//! | file | owns |
//! | --- | --- |
//! | `key` | the key |
//! | `vault` | which text stands for which value within one request |
//! | `written` | how a model may write a placeholder |
//! | `lane` | putting the values back into one running text |
//! | `fake` | values that look like others |
//! | `partial` | the last four |

pub mod fake;
mod key;
mod lane;
mod partial;
mod vault;
mod written;

pub use key::Key;
pub use lane::{Form, Lane};
pub use partial::partial;
pub use vault::{Vault, placeholders};

#[cfg(test)]
mod tests;
