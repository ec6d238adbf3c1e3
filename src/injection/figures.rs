//! What the training script found beside the weights.

use super::model::Logit;
use super::rules::Rule;

/// How many weights there are.
pub(super) const SLOTS: usize = 32768;
/// What a text without words scores, in 256ths of a logit.
pub(super) const BIAS: Logit = -90;
/// What is added in a tool's result or a document.
pub(super) const FOREIGN: Logit = -270;
/// What a weight is multiplied with, in 256ths.
pub(super) const SCALE: i32 = 6;
/// Features that each window has beside its own, so that short ones are not overrated.
pub(super) const DAMPING: u32 = 16;
/// What each rule adds.
pub(super) const RULES: [i16; Rule::COUNT] = [
    611, 119, 378, 490, 257, 285, 301, 387, 512, 242, 511, 512, 253, 257, 251, 179, 179, 255,
];
/// What it adds if it holds within a quotation only.
pub(super) const QUOTED: [i16; Rule::COUNT] = [
    309, 52, 189, 244, 128, 147, 154, 192, 256, 128, 256, 256, 128, 128, 128, 83, 91, 128,
];
/// What it adds more where nobody may give orders.
pub(super) const FOREIGN_MORE: [i16; Rule::COUNT] = [
    520, 445, 393, 310, 257, 0, 0, 0, 513, 125, 485, 424, 242, 628, 632, 148, 114, 129,
];
/// And there within a quotation.
pub(super) const FOREIGN_QUOTED: [i16; Rule::COUNT] =
    [0, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 21, 0, 14, 0];
