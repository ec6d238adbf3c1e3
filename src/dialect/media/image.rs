//! An image as far as its price needs it: its size and the detail that was asked for.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;

/// How much of an image's base64 text is looked at, in bytes: a JPEG may carry a preview before its
/// size.
const LOOKED_AT: usize = 128 << 10;

/// How closely the model is to look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Detail {
    /// `low`
    Low,
    /// `high`, `auto`, or nothing said.
    #[default]
    High,
}

/// An image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Image {
    /// In pixels.
    pub width: u64,
    /// In pixels.
    pub height: u64,
    /// As asked for.
    pub detail: Detail,
    /// The size was read from the image, not assumed.
    pub seen: bool,
}

impl Image {
    /// What is assumed of an image whose size cannot be read.
    pub const UNSEEN: Self = Self {
        width: 1024,
        height: 1024,
        detail: Detail::High,
        seen: false,
    };

    /// The image at a `data:` URL (RFC 2397), or behind an address that is not looked up.
    pub fn at(url: &str, detail: Detail) -> Self {
        let unseen = Self {
            detail,
            ..Self::UNSEEN
        };
        let data = url
            .strip_prefix("data:")
            .and_then(|rest| rest.split_once(";base64,"))
            .map(|(_, data)| data);
        data.and_then(|data| Self::of_base64(data, detail))
            .unwrap_or(unseen)
    }

    /// The image of this base64 text; `None` when it is none, or of an unknown format.
    pub fn of_base64(data: &str, detail: Detail) -> Option<Self> {
        let size = size(data)?;
        let pixels = |side: usize| u64::try_from(side).unwrap_or(u64::MAX);
        Some(Self {
            width: pixels(size.width).max(1),
            height: pixels(size.height).max(1),
            detail,
            seen: true,
        })
    }
}

fn size(base64: &str) -> Option<imagesize::ImageSize> {
    let start = base64.get(..LOOKED_AT).unwrap_or(base64);
    let start = start.trim_end_matches('=');
    // Whole groups of four characters only: the last one may be cut.
    let whole = start.len().saturating_sub(start.len() % 4);
    let head = start.get(..whole).filter(|head| !head.is_empty())?;
    let bytes = STANDARD_NO_PAD.decode(head).ok()?;
    imagesize::blob_size(&bytes).ok()
}
