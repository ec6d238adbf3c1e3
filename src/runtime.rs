//! What lasts longer than a stream: the policy, the meters, the token counter and the texts seen of one
//! worker.

use std::cell::Cell;

use crate::ledger::Ledger;
use crate::policy::Policy;
use crate::seen::Seen;
use crate::stage::admit::Learned;
use crate::stage::audit::Chain;
use crate::stage::calibration::Calibration;
use crate::stage::limit::fleet::Outbox;
use crate::stage::meters::Meters;
use crate::stage::typical::Typical;
use crate::tokens::Counter;
use crate::units::Moment;

/// What a request may take beyond its own times, in seconds: a client that is slow to send and to read.
const SLACK: u64 = 900;

/// A configuration at work.
#[derive(Default)]
pub struct Runtime {
    /// The compiled configuration.
    pub policy: Policy,
    /// The stats.
    pub meters: Meters,
    /// What was learnt of models without a public tokenizer.
    pub calibration: Calibration,
    /// How long answers were.
    pub typical: Typical,
    /// What the fleet's service is to be told.
    pub outbox: Outbox,
    /// The counters of the limits.
    pub ledger: Ledger,
    /// The longest that a request may take, in seconds, and then some.
    pub longest: u64,
    /// The texts of requests that came before.
    pub seen: Seen,
    /// The sealed lines of the log.
    pub audit: Chain,
    /// The keys that a source has told of.
    pub learned: Learned,
    /// When the configuration was read.
    pub since: Moment,
    /// An attempt may hold a reply and turn it into a failure while its body comes. Envoy 1.36 ends with
    /// a segmentation fault when it retries then.
    pub may_hold_replies: bool,
    counter: Cell<Counter>,
}

impl Runtime {
    /// A configuration that is put to work at `since`.
    pub fn new(policy: Policy, meters: Meters, since: Moment) -> Self {
        Self {
            meters,
            calibration: Calibration::default(),
            typical: Typical::default(),
            outbox: Outbox::default(),
            ledger: Ledger::default(),
            longest: policy.longest_total().as_secs().saturating_add(SLACK),
            seen: Seen::default(),
            audit: Chain::default(),
            learned: Learned::default(),
            since,
            may_hold_replies: true,
            policy,
            counter: Cell::default(),
        }
    }

    /// Lends the worker's token counter out.
    pub fn counting<T>(&self, work: impl FnOnce(&mut Counter) -> T) -> T {
        let mut counter = self.counter.take();
        let done = work(&mut counter);
        self.counter.set(counter);
        done
    }
}

impl std::fmt::Debug for Runtime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Runtime")
            .field("policy", &self.policy)
            .finish_non_exhaustive()
    }
}
