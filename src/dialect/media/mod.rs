//! What images, audio and files in a request count, where no text stands for them.
//!
//! Sizes are read from the first bytes of a data URL; nothing is decoded further. What lies behind
//! another address is not fetched, and counts as [`Image::UNSEEN`].

mod image;
mod rule;

pub use image::{Detail, Image};
pub use rule::ImageRule;

/// Bytes of audio that count one token: compressed speech of 64 kbit/s has 8,000 bytes a second, and
/// OpenAI counts ten tokens a second. An estimate: the length is not read.
const AUDIO_BYTES: u64 = 800;

/// Bytes of a file that count one token. Providers read a document's text and see its pages; this
/// is what a page of some 100 KiB comes to with 1,000 tokens of text. An estimate.
const FILE_BYTES: u64 = 100;

/// Something in a request that is no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// An image.
    Image(Image),
    /// Audio of so many bytes.
    Audio(u64),
    /// A document of so many bytes.
    File(u64),
}

impl Media {
    /// How many tokens it counts by this rule for images.
    pub fn tokens(self, rule: ImageRule) -> u64 {
        match self {
            Self::Image(image) => rule.tokens(image),
            Self::Audio(bytes) => bytes.div_ceil(AUDIO_BYTES),
            Self::File(bytes) => bytes.div_ceil(FILE_BYTES),
        }
    }

    /// Whether the count is more than the provider's own rule says.
    pub fn is_estimate(self) -> bool {
        !matches!(self, Self::Image(Image { seen: true, .. }))
    }
}

/// How many bytes a base64 text of this length stands for.
pub fn decoded_len(base64: usize) -> u64 {
    u64::try_from(base64).unwrap_or(u64::MAX).saturating_mul(3) / 4
}

#[cfg(test)]
mod tests;
