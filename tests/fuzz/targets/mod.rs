//! What is done with arbitrary bytes, and what has to hold of what comes out. `cargo fuzz` and the test of this
//! folder call the same functions.

mod bodies;
mod deltas;
mod engines;
mod order;
mod output;
mod streams;

use tollgate::dialect::Dialect;

/// A target: it panics when something does not hold.
pub type Target = fn(&[u8]);

/// Every target, by its name.
pub const TARGETS: &[(&str, Target)] = &[
    ("json", engines::json),
    ("frames", engines::frames),
    ("bodies", bodies::bodies),
    ("streams", streams::streams),
    ("deltas", deltas::deltas),
];

/// The dialects that clients speak.
const CLIENTS: [Dialect; 5] = [
    Dialect::OpenAiChat,
    Dialect::OpenAiResponses,
    Dialect::OpenAiCompletions,
    Dialect::Anthropic,
    Dialect::Gemini,
];

/// A choice among `items` by a first byte, which in seeds is a digit.
fn pick<T: Copy>(items: &[T], byte: u8) -> T {
    items[usize::from(byte.wrapping_sub(b'0')) % items.len()]
}
