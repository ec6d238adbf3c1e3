//! What the training script found beside the weights.

use super::model::Logit;
use super::rules::Rule;

/// What a text without words scores, in 256ths of a logit.
pub(super) const BIAS: Logit = -251;
/// What a weight is multiplied with, in 256ths.
pub(super) const SCALE: i32 = 5;
/// Features that each window has beside its own, so that short ones are not overrated.
pub(super) const DAMPING: u32 = 16;
/// What each rule adds.
pub(super) const RULES: [i16; Rule::COUNT] = [
    634, 396, 390, 511, 257, 300, 312, 384, 512, 244, 512, 517, 255, 259, 248, 196, 177, 255,
];
/// What it adds more where nobody may give orders.
pub(super) const FOREIGN_MORE: [i16; Rule::COUNT] = [
    512, 384, 384, 256, 256, 0, 0, 0, 512, 384, 768, 768, 256, 768, 768, 384, 256, 256,
];
