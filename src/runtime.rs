//! What lasts longer than a stream: the policy and the meters of one worker.

use crate::policy::Policy;
use crate::stage::meters::Meters;
use crate::units::Moment;

/// A configuration at work.
#[derive(Debug, Default)]
pub struct Runtime {
    /// The compiled configuration.
    pub policy: Policy,
    /// The stats.
    pub meters: Meters,
    /// When the configuration was read.
    pub since: Moment,
}
