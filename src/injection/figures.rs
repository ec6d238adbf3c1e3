//! What the training script found beside the weights.

use super::model::Logit;
use super::rules::Rule;

/// How many weights there are.
pub(super) const SLOTS: usize = 32768;
/// What a text without words scores, in 256ths of a logit.
pub(super) const BIAS: Logit = -203;
/// What is added in a tool's result or a document.
pub(super) const FOREIGN: Logit = -274;
/// What a weight is multiplied with, in 256ths.
pub(super) const SCALE: i32 = 6;
/// Features that each window has beside its own, so that short ones are not overrated.
pub(super) const DAMPING: u32 = 16;
/// What each rule adds.
pub(super) const RULES: [i16; Rule::COUNT] = [
    622, 125, 385, 499, 258, 294, 304, 387, 512, 239, 510, 513, 254, 258, 254, 179, 182, 255,
];
/// What it adds more where nobody may give orders.
pub(super) const FOREIGN_MORE: [i16; Rule::COUNT] = [
    517, 469, 402, 333, 256, 0, 0, 0, 476, 151, 441, 372, 236, 645, 599, 127, 106, 132,
];
