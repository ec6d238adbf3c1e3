//! Counters that all workers of a process share, from which amounts are held before something is done and
//! settled, once, when it is over.
//!
//! A counter belongs to a window of time and has two amounts of every measure: what was *used*, and what is *held* for
//! what is still under way. A claim is granted when used, held and claimed together stay within its bounds; several
//! claims are granted together or not at all. A [`Hold`] can only be given back by being settled or released, and
//! either takes it away.
//!
//! Counters lie on a fixed number of pages in the process's shared data. A page is changed by compare-and-swap: what
//! another worker has done in between is never overwritten, and a claim is looked at again then. After [`TRIES`]
//! such rounds a claim is denied, never granted unseen; what is to be settled waits in its worker for the next call.
//!
//! How much there can be is bounded. Each page has room for [`ROOM`] counters; those whose window is over make room.
//! When a page is full, the new counters of a rule that would lie on it share one, the rule's *crowd*, until the
//! window is over: many that should each have a limit then have one together, so that no limit is passed. Which page
//! a counter lies on hangs on a secret of the process, so that nobody can choose names to fill a certain page. Counters
//! whose names a client can invent lie apart from the others.
//!
//! *Never*: knows what is counted.

mod amounts;
mod book;
mod calendar;
mod claim;
mod page;

pub use amounts::{Amounts, Bound, MEASURES, Measure};
pub use book::{Ledger, ROOM, TRIES};
pub use calendar::{Every, Unit, Window};
pub use claim::{Claim, Denied, Granted, Hold, Row, Standing};

use crate::host::Host;

/// What all workers of a process share: values with versions.
pub trait Shared {
    /// A value and its version; `None` when there is none.
    fn read(&self, name: &str) -> Option<(Vec<u8>, u32)>;
    /// Puts a value there, unless another has been put there since the version was read. A value that was not there
    /// is written with a version that none has. Whether it was done.
    fn write(&self, name: &str, value: &[u8], version: u32) -> bool;
}

impl Shared for &dyn Host {
    fn read(&self, name: &str) -> Option<(Vec<u8>, u32)> {
        self.shared(name)
    }

    fn write(&self, name: &str, value: &[u8], version: u32) -> bool {
        self.set_shared(name, value, version).is_ok()
    }
}

/// A counter's name: the rule it belongs to, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The rule, by a number that stays the same from configuration to configuration.
    pub rule: u64,
    /// Whose counter of the rule it is; any bytes but 255 first.
    pub whose: Vec<u8>,
    /// Clients can invent such names.
    pub open: bool,
}

#[cfg(test)]
mod tests;
