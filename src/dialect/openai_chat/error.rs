//! An error in the midst of a stream of chunks: OpenAI's servers send it as an event without a name.

use crate::dialect::neutral::Error;
use crate::dialect::openai;

/// The event that ends a stream that broke.
pub fn error_event(error: &Error) -> Vec<u8> {
    [b"data: ".as_slice(), &openai::write_error(error), b"\n\n"].concat()
}
