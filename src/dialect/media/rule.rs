//! How providers turn an image's size into tokens.

use super::image::{Detail, Image};

/// A published rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageRule {
    /// Tiles of 512 pixels after scaling: `base` and `tile` tokens (OpenAI, "Images and vision").
    Tiles {
        /// For the image; all there is at low detail.
        base: u64,
        /// For each tile.
        tile: u64,
    },
    /// Patches of 32 pixels, 1,536 at the most, times hundredths (OpenAI, the same page).
    Patches(u64),
    /// Area by 750 after scaling to 1,568 pixels (Anthropic, "Vision").
    Area,
    /// 258 for a small image or for each tile of 768 pixels (Gemini, "Understand and count tokens").
    Fixed,
}

impl ImageRule {
    /// The rule of an OpenAI model, by how its name begins; the longest beginning decides. Models
    /// that are not known count as gpt-4o.
    pub fn of_openai(model: &str) -> Self {
        const RULES: [(&str, ImageRule); 12] = [
            ("gpt-4o-mini", tiles(2833, 5667)),
            ("gpt-4o", tiles(85, 170)),
            ("gpt-4.1-mini", ImageRule::Patches(162)),
            ("gpt-4.1-nano", ImageRule::Patches(246)),
            ("gpt-4.1", tiles(85, 170)),
            ("gpt-4.5", tiles(85, 170)),
            ("gpt-5-mini", ImageRule::Patches(162)),
            ("gpt-5-nano", ImageRule::Patches(246)),
            ("gpt-5", tiles(70, 140)),
            ("o1", tiles(75, 150)),
            ("o3", tiles(75, 150)),
            ("o4-mini", ImageRule::Patches(172)),
        ];
        RULES
            .iter()
            .filter(|(start, _)| model.starts_with(start))
            .max_by_key(|(start, _)| start.len())
            .map_or(tiles(85, 170), |(_, rule)| *rule)
    }

    /// How many tokens an image counts.
    pub fn tokens(self, image: Image) -> u64 {
        let Image { width, height, .. } = image;
        match self {
            Self::Tiles { base, .. } if image.detail == Detail::Low => base,
            Self::Tiles { base, tile } => {
                let (width, height) = fit(width, height, 2048, u64::max);
                let (width, height) = fit(width, height, 768, u64::min);
                let tiles = width.div_ceil(512).saturating_mul(height.div_ceil(512));
                base.saturating_add(tile.saturating_mul(tiles))
            }
            Self::Patches(hundredths) => {
                let patches = width.div_ceil(32).saturating_mul(height.div_ceil(32));
                patches.min(1536).saturating_mul(hundredths).div_ceil(100)
            }
            Self::Area => {
                let (width, height) = fit(width, height, 1568, u64::max);
                (width.saturating_mul(height)).div_ceil(750).min(1600)
            }
            Self::Fixed if width <= 384 && height <= 384 => 258,
            Self::Fixed => {
                let tiles = width.div_ceil(768).saturating_mul(height.div_ceil(768));
                tiles.saturating_mul(258)
            }
        }
    }
}

const fn tiles(base: u64, tile: u64) -> ImageRule {
    ImageRule::Tiles { base, tile }
}

/// Scales down, keeping the shape, until the side that `pick` names is at most `most`.
fn fit(width: u64, height: u64, most: u64, pick: fn(u64, u64) -> u64) -> (u64, u64) {
    let side = pick(width, height);
    if side <= most {
        return (width, height);
    }
    let scaled = |length: u64| {
        let product = length.saturating_mul(most);
        product.checked_div(side).unwrap_or(length).max(1)
    };
    (scaled(width), scaled(height))
}
