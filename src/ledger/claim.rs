//! What is asked of the ledger, and what it says.

use super::amounts::{Amounts, Bound};
use super::{Name, Window};

/// What is wanted of one counter.
#[derive(Debug, Clone)]
pub struct Claim<'a> {
    /// The counter.
    pub name: Name,
    /// Its window now.
    pub window: Window,
    /// What it may come to.
    pub bounds: &'a [Bound],
    /// What is to be held.
    pub amounts: Amounts,
    /// It is held even if a bound would be passed.
    pub observed: bool,
    /// Of several claims that are refused, the one that ranks highest is told.
    pub rank: u64,
}

/// How a counter stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// What was used.
    pub used: Amounts,
    /// What is held, for others as well.
    pub held: Amounts,
    /// The first of its bounds that the claim would pass.
    pub over: Option<usize>,
    /// It is one for many, as there was no room for more.
    pub crowd: bool,
}

/// Amounts that are held of a counter. Whoever has it gives it to [`Ledger::settle`] or [`Ledger::release`].
#[derive(Debug, PartialEq, Eq)]
#[must_use = "what is held must be settled or released"]
pub struct Hold {
    /// The row, the crowd's where it is there.
    pub(super) name: Name,
    /// Its page.
    pub(super) place: String,
    pub(super) window: Window,
    pub(super) amounts: Amounts,
}

/// A claim that was granted, and how its counter stood before.
pub type Granted = (Hold, Standing);

/// Why claims are not granted; nothing is held of any of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Denied {
    /// A bound would be passed.
    Over {
        /// Which of the claims; of several the one that ranks highest.
        claim: usize,
        /// How its counter stands.
        standing: Box<Standing>,
    },
    /// Other workers changed the counters again and again.
    Busy,
}

/// A counter as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The rule.
    pub rule: u64,
    /// Whose it is; `None`: one for many.
    pub whose: Option<Vec<u8>>,
    /// Its window.
    pub window: Window,
    /// What was used.
    pub used: Amounts,
    /// What is held.
    pub held: Amounts,
}
