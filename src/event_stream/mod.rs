//! AWS event streams (`application/vnd.amazon.eventstream`) from bytes that come cut anywhere: frames with
//! typed headers, a payload and two checksums, both of which are verified (Smithy, "Amazon Event Stream
//! Specification", <https://smithy.io/2.0/aws/amazon-eventstream.html>).
//!
//! *Never*: knows what a payload means.

mod crc;
mod decoder;
#[cfg(test)]
pub(crate) mod encode;
mod frame;
mod header;

pub use decoder::{Decoder, Fault, LARGEST_FRAME};
pub use frame::Frame;
pub use header::Value;

#[cfg(test)]
mod tests;
