//! What the training script found beside the weights.

use super::model::Logit;
use super::rules::Rule;

/// How many weights there are.
pub(super) const SLOTS: usize = 32768;
/// What a text without words scores, in 256ths of a logit.
pub(super) const BIAS: Logit = -77;
/// What is added in a tool's result or a document.
pub(super) const FOREIGN: Logit = -179;
/// What a weight is multiplied with, in 256ths.
pub(super) const SCALE: i32 = 7;
/// Features that each window has beside its own, so that short ones are not overrated.
pub(super) const DAMPING: u32 = 16;
/// What each rule adds.
pub(super) const RULES: [i16; Rule::COUNT] = [
    616, 124, 382, 493, 257, 287, 301, 387, 512, 244, 511, 512, 253, 258, 253, 180, 180, 255,
];
/// What it adds if it holds within a quotation only.
pub(super) const QUOTED: [i16; Rule::COUNT] = [
    308, 48, 189, 238, 128, 148, 154, 192, 256, 128, 256, 255, 128, 128, 128, 81, 89, 128,
];
/// What it adds more where nobody may give orders.
pub(super) const FOREIGN_MORE: [i16; Rule::COUNT] = [
    34, 173, 263, 54, 226, 0, 0, 0, 513, 155, 437, 366, 238, 485, 414, 0, 109, 129,
];
/// And there within a quotation.
pub(super) const FOREIGN_QUOTED: [i16; Rule::COUNT] =
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 23, 0, 9, 0];
