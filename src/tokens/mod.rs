//! Counts tokens exactly as OpenAI's tokenizers do, over tables laid out at build time (`build/`).
//!
//! *Never*: special tokens (text that looks like one is ordinary text, as in a provider's own count of
//! user content), or what a message is.

mod bpe;
mod encoding;
mod name;
mod stream;

pub use encoding::{Counter, Encoding, OverLimit};
pub use name::encoding_of;
pub use stream::Stream;
