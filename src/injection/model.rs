//! The weights, and what a text's windows sum up to.

use super::figures::{
    BIAS, DAMPING, FOREIGN, FOREIGN_MORE, FOREIGN_QUOTED, QUOTED, RULES, SCALE, SLOTS,
};
use super::rules::Rule;
use super::sink::{Feature, Sink};

/// Words of a block.
pub(super) const BLOCK: u32 = 16;
/// How many blocks the windows have; the widest says how many are kept.
const WINDOWS: [usize; 3] = [2, 8, 32];
const WIDEST: usize = 32;

/// What each doubling of a text's blocks takes off, beyond the first 2^FREE, at most so often.
const DOUBLING: Logit = 128;
const FREE: u32 = 4;
const MOST_DOUBLINGS: u32 = 3;

/// Weights for hashes: `weights.bin`, made by the training script.
static WEIGHTS: &[u8; SLOTS] = include_bytes!("weights.bin");

/// A logit in 256ths.
pub(super) type Logit = i32;

/// The strongest window so far.
#[derive(Debug, Clone, Copy)]
pub(super) struct Best {
    pub(super) logit: Logit,
    pub(super) rule: Rule,
}

/// Sums up blocks, and keeps the strongest of the windows that end with each.
#[derive(Debug)]
pub(super) struct Windows {
    speech: &'static Speech,
    blocks: [Block; WIDEST],
    /// How many blocks are complete.
    complete: usize,
    block: Block,
    words: u32,
    best: Option<Best>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Block {
    sum: i32,
    features: u32,
    rules: u32,
    /// Rules that hold within a quotation.
    quoted: u32,
}

/// What is said of any text of somebody's.
#[derive(Debug)]
pub(super) struct Speech {
    /// What a text without words scores.
    bias: Logit,
    /// What each rule adds.
    rules: [i16; Rule::COUNT],
    /// What it adds if it holds within a quotation only.
    quoted: [i16; Rule::COUNT],
}

impl Windows {
    pub(super) fn new(speech: &'static Speech) -> Self {
        Self {
            speech,
            blocks: [Block::default(); WIDEST],
            complete: 0,
            block: Block::default(),
            words: 0,
            best: None,
        }
    }

    /// The strongest window; `None` of a text without words. `long`: a long text has many windows, and the strongest
    /// of many is strong by chance.
    pub(super) fn finish(mut self, long: bool) -> Option<Best> {
        if self.words > 0 || self.block.rules | self.block.quoted != 0 {
            self.end_block();
        }
        let doublings = self.complete.max(1).ilog2().saturating_sub(FREE);
        let less = i32::try_from(doublings.min(MOST_DOUBLINGS)).unwrap_or_default();
        let less = if long {
            less.saturating_mul(DOUBLING)
        } else {
            0
        };
        self.best.map(|best| Best {
            logit: best.logit.saturating_sub(less),
            ..best
        })
    }

    fn end_block(&mut self) {
        let block = std::mem::take(&mut self.block);
        self.words = 0;
        if let Some(place) = self.blocks.get_mut(self.complete % WIDEST) {
            *place = block;
        }
        self.complete = self.complete.saturating_add(1);
        let mut all = Block::default();
        for back in 1..=self.complete.min(WIDEST) {
            let at = self.complete.wrapping_sub(back) % WIDEST;
            let one = self.blocks.get(at).copied().unwrap_or_default();
            all.sum = all.sum.saturating_add(one.sum);
            all.features = all.features.saturating_add(one.features);
            all.rules |= one.rules;
            all.quoted |= one.quoted;
            if WINDOWS.contains(&back) || (back == self.complete && back < WIDEST) {
                self.window(all);
            }
        }
    }

    fn window(&mut self, window: Block) {
        let found = window.logit(self.speech);
        if self.best.is_none_or(|best| found.logit > best.logit) {
            self.best = Some(found);
        }
    }
}

impl Block {
    fn logit(self, speech: &Speech) -> Best {
        let root = self.features.saturating_add(DAMPING).isqrt().max(1);
        let root = i32::try_from(root).unwrap_or(i32::MAX);
        let scaled = self.sum.saturating_mul(SCALE);
        let words = scaled.checked_div(root).unwrap_or_default();
        let words = words.saturating_add(speech.bias);
        let mut logit = words;
        let mut most = (words.max(0), Rule::Wording);
        let weights = speech.rules.iter().zip(&speech.quoted);
        for (rule, (weight, quoted)) in Rule::ALL.iter().zip(weights) {
            let held = self.rules & rule.bit() != 0;
            let weight = Logit::from(if held { *weight } else { *quoted });
            if held || self.quoted & rule.bit() != 0 {
                logit = logit.saturating_add(weight);
                if weight > most.0 {
                    most = (weight, *rule);
                }
            }
        }
        Best {
            logit,
            rule: most.1,
        }
    }
}

impl Sink for Windows {
    fn feature(&mut self, _: Feature, hash: u32) {
        // As many parts of all hashes as there are weights.
        let place = u64::from(hash).saturating_mul(SLOTS as u64) >> 32;
        let place = usize::try_from(place).unwrap_or_default();
        let weight = WEIGHTS.get(place).copied().unwrap_or_default();
        self.block.sum = self
            .block
            .sum
            .saturating_add(i32::from(weight.cast_signed()));
        self.block.features = self.block.features.saturating_add(1);
    }

    fn rules(&mut self, held: u32, quoted: u32) {
        self.block.rules |= held;
        self.block.quoted |= quoted;
    }

    fn word(&mut self) {
        self.words = self.words.saturating_add(1);
        if self.words >= BLOCK {
            self.end_block();
        }
    }
}

/// Of a user's text.
pub(super) static OWN: Speech = Speech {
    bias: BIAS,
    rules: RULES,
    quoted: QUOTED,
};
/// Of a tool's result or a document.
pub(super) static OTHERS: Speech = Speech {
    bias: BIAS.saturating_add(FOREIGN),
    rules: sum(RULES, FOREIGN_MORE),
    quoted: sum(QUOTED, FOREIGN_QUOTED),
};

/// Logits from -8 to 8, in thousandths of one.
const SIGMOID: [u16; 17] = [
    0, 1, 2, 7, 18, 47, 119, 269, 500, 731, 881, 953, 982, 993, 998, 999, 1000,
];

/// The logistic function, by lines between whole logits.
pub(super) fn thousandths(logit: Logit) -> u16 {
    let from = logit.clamp(-8 * 256, 8 * 256 - 1).saturating_add(8 * 256);
    let whole = usize::try_from(from / 256).unwrap_or_default();
    let [low, high] = [whole, whole.saturating_add(1)]
        .map(|at| i32::from(SIGMOID.get(at).copied().unwrap_or_default()));
    let between = high.saturating_sub(low).saturating_mul(from % 256) / 256;
    u16::try_from(low.saturating_add(between)).unwrap_or_default()
}

/// Nobody but a user may give orders: what a rule adds in a text of others.
const fn sum(mut weights: [i16; Rule::COUNT], more: [i16; Rule::COUNT]) -> [i16; Rule::COUNT] {
    let mut at = 0;
    while at < Rule::COUNT {
        #[expect(
            clippy::indexing_slicing,
            clippy::arithmetic_side_effects,
            reason = "at compile time"
        )]
        {
            weights[at] += more[at];
            at += 1;
        }
    }
    weights
}
