//! Limits: what a request may cost is held before it goes out, and becomes what it did cost when it is over.
//!
//! [`hold`] is called once for a request that goes out, [`settle`] once for every request that ends, however it does.
//! Limits on models and providers are held for every target of the chain, and settled for the one that has answered; a
//! target that is at its limit is left out of the chain.

mod claims;
mod estimate;
pub mod fleet;
mod hold;
mod settle;
mod told;
pub mod usage;
mod whose;

use crate::dialect::Tier;
use crate::ledger::Hold;

pub use estimate::estimate;
pub use hold::{Holding, Planned, hold};
pub use settle::settle;

/// What a request may come to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Estimate {
    /// Input tokens, as counted.
    pub input: u64,
    /// Output tokens: what the request allows, else what the model's answers usually have.
    pub output: u64,
    /// The request says itself how long the answer may be.
    pub set: bool,
    /// The tier that it asks for.
    pub tier: Tier,
}

/// What the limits have to do with one request.
#[derive(Debug, Default)]
pub struct Limited {
    /// What is held.
    pub holds: Vec<Held>,
    /// What it may come to.
    pub estimate: Estimate,
    /// Headers that tell the client how it stands.
    pub told: Vec<(String, String)>,
    /// What they are made of, before the fleet's service has said its part.
    shown: Vec<told::Shown>,
    /// The limit that refused it.
    pub refused: Option<String>,
    /// Limits that only observe, and would have refused it.
    pub would_refuse: Vec<String>,
    /// Limits of which it has used up so much that somebody is to know.
    pub warned: Vec<String>,
    /// What the fleet's service counts of it.
    pub shares: Vec<fleet::Share>,
    /// Limits that had no room for a counter of its own.
    pub crowded: Vec<String>,
}

/// A hold, and what it is of.
#[derive(Debug)]
pub struct Held {
    /// The limit's place in the policy.
    pub limit: usize,
    /// The target's model and provider, for a limit on targets.
    pub target: Option<(String, String)>,
    /// The hold.
    pub hold: Hold,
}

#[cfg(test)]
mod tests;
